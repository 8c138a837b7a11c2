"""Rollups of some busy months, as a worker would have left them: the page reads nothing else."""

import math
import random
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from gallery.models import Day, DayCount, ItemNumbers, ModelNumbers, Numbers
from gallery.numbers import histogram
from gallery.tests.factories import make_item

MODELS = (  # id, kind, orders a day, seconds that half of them take, credits
    ("nano-banana-pro", "image", 160, 24, 18),
    ("flux-2", "image", 90, 11, 5),
    ("wan/2-6-text-to-video", "video", 35, 170, 105),
    ("sora-2-pro", "video", 12, 240, 150),
    ("elevenlabs/text-to-speech-turbo-2-5", "audio", 40, 4, 6),
)
CAUSES = ("provider_error", "provider_error", "provider_error", "content_rejected", "provider_timeout")
SOUGHT = ("dinosaur", "wedding invitation", "แมวอวกาศ", "isometric office", "logo", "ช้างทรงเครื่อง", "anime")
WAYS = ("line", "facebook", "copy", "x", "send")


def fill(*, days: int = 60, works: int = 8, last: date | None = None) -> None:
    last = last or timezone.localdate()
    chance = random.Random(7)
    items = [make_item(title=title) for title in titles(works)]
    for _waiting in range(6):
        make_item(shown=False)
    for ago in range(days):
        day = last - timedelta(days=ago)
        swing = (1 - ago / days / 2) * (0.75 if day.weekday() > 4 else 1) * chance.uniform(0.85, 1.15)
        ModelNumbers.objects.bulk_create(a_models_day(day, swing, chance, *model) for model in MODELS)
        the_house(day, swing, chance, ago, days)
        visitors(day, swing, chance)
        ItemNumbers.objects.bulk_create(
            ItemNumbers(
                day=day, item=item, views=round(swing * chance.uniform(40, 60) * 3 / (n + 2)), likes=n
            )
            for n, item in enumerate(items)
        )


def titles(number: int) -> list[str]:
    known = ["Lantern boats", "โคมลอยเหนือแม่น้ำ", "A quiet canal", "Harbour wave, after woodblock"]
    return [*known, *(f"Study of light number {n}" for n in range(number))][:number]


def times(chance: random.Random, number: int, half: float) -> dict[str, int]:
    return histogram.of(1000 * half * math.exp(chance.gauss(0, 0.45)) for _n in range(number))


def a_models_day(day, swing, chance, model_id, kind, orders, seconds, price) -> ModelNumbers:
    ordered = round(orders * swing * chance.uniform(0.8, 1.2))
    failed = sum(chance.random() < 0.03 for _n in range(ordered))
    cancelled = sum(chance.random() < 0.02 for _n in range(ordered))
    completed = ordered - failed - cancelled
    refunds = int(chance.random() < 0.25)
    codes = [chance.choice(CAUSES) for _n in range(failed)]
    return ModelNumbers(
        day=day,
        model_id=model_id,
        media_type=kind,
        ordered=ordered,
        remixes=ordered // 12,
        completed=completed,
        remixes_completed=ordered // 13,
        failed=failed,
        cancelled=cancelled,
        sold=completed * price,
        cost=(Decimal(price) * 7 / 10) * (completed + cancelled),
        wasted=(Decimal(price) * 7 / 10) * cancelled,
        refunds=refunds,
        refunded=refunds * price,
        causes={code: codes.count(code) for code in set(codes)},
        took=times(chance, completed, seconds),
        waited=times(chance, completed, 1.4 + swing),
    )


def the_house(day: date, swing: float, chance: random.Random, ago: int, days: int) -> None:
    judged = round(22 * swing)
    grown = 1 - ago / days / 3
    Numbers.objects.create(
        day=day,
        submitted=judged + (2 if ago % 4 else -5),
        settled=judged,
        approved=judged - judged // 6,
        rejected=judged // 6,
        decided_after=times(chance, judged, 2400),
        stored={
            "image": [round(9000 * grown), round(31e9 * grown)],
            "video": [round(1900 * grown), round(52e9 * grown)],
            "audio": [round(1500 * grown), round(2.1e9 * grown)],
            "rendition": [round(140_000 * grown), round(8.4e9 * grown)],
        },
        stored_at=timezone.now(),
    )


def visitors(day: date, swing: float, chance: random.Random) -> None:
    views = round(900 * swing)
    Day.objects.update_or_create(
        pk=day,
        defaults={"views": views, "visitors": round(views / 3.1), "robot_views": chance.randint(60, 160)},
    )
    counted = [("like", "", views // 18), ("remix", "app", views // 22)]
    counted += [("share", way, max(1, round(views / 90 / (n + 1)))) for n, way in enumerate(WAYS)]
    counted += [("missed", words, 9 - n) for n, words in enumerate(SOUGHT) if chance.random() < 0.5]
    DayCount.objects.bulk_create(
        DayCount(day=day, what=what, words=words, count=count) for what, words, count in counted
    )
