"""The same works are found on every database, and they are those that reading everything would find."""

import random
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import walking
from gallery.listing import cards
from gallery.models import Item
from gallery.search import upkeep
from gallery.tests.factories import make_item, make_staff
from storage_app.models import Asset

WORKS, QUERIES = 1_500, 200
ENGLISH = [
    "lantern",
    "boat",
    "river",
    "moon",
    "dragon",
    "neon",
    "forest",
    "glass",
    "paper",
    "storm",
    "quiet",
    "harbour",
    "copper",
    "velvet",
    "orbit",
    "cedar",
    "canyon",
    "mirror",
    "winter",
    "saffron",
    "ink",
    "tide",
    "meadow",
    "granite",
]
THAI = [
    "กรุงเทพ",
    "เชียงใหม่",
    "แม่น้ำ",
    "มังกร",
    "ช้าง",
    "นก",
    "วัด",
    "โคมลอย",
    "ดอกบัว",
    "ทะเล",
    "ภูเขา",
    "ฝน",
    "ยามเย็น",
    "ผู้หญิง",
    "เด็ก",
    "ข้าว",
    "แมว",
    "ป่า",
    "ไฟ",
    "เรือ",
]
TONES = re.compile("[็่้๊๋์๎]")


def said(words, chance, script):
    """A few words: Thai without spaces between them, mostly."""
    glue = " " if script is ENGLISH or chance.random() < 0.2 else ""
    return glue.join(chance.choice(words) for _ in range(chance.randint(2, 6)))


def make_works(chance):
    first = make_item(shown=False)
    approval = {"status": "approved", "approved_at": timezone.now(), "approved_by": make_staff()}
    copied = {field.name: getattr(first, field.name) for field in Item._meta.concrete_fields}
    del copied["id"], copied["slug"], copied["media"]  # every work has its own
    items, files = [], []
    for number in range(WORKS):
        script = THAI if number % 3 == 0 else ENGLISH
        texts = {
            "title": f"{said(script, chance, script)} {number}",
            "description": said(script, chance, script),
            "prompt": said(ENGLISH, chance, ENGLISH).upper(),
            "keywords": [chance.choice(THAI)] if number % 50 == 0 else [],
        }
        age = timedelta(minutes=chance.randrange(40 * WORKS))
        columns = copied | approval | texts | {"slug": str(number), "published_at": timezone.now() - age}
        files.append(Asset(file=f"{number}.png", media_type="image", bytes=1, visibility="public"))
        items.append(Item(media=files[-1], **columns))
    Asset.objects.bulk_create(files)
    Item.objects.bulk_create(items)
    return items


def parts_of(script, chance):
    """A word, a few in a row, or a piece of a run."""
    how = chance.random()
    if script is ENGLISH or how < 0.4:
        return " ".join(chance.sample(script, chance.choice([1, 1, 2, 3])))
    run = "".join(chance.sample(script, 2))
    if how < 0.7:
        return run
    start = chance.randrange(len(run) - 1)
    return TONES.sub("", run)[start : start + chance.randint(1, 5)].strip() or "น"


def reading_everything(items, q):
    """Newest first, by looking through every text of every work."""
    wanted = TONES.sub("", q.lower()).split()
    found = []
    for item in items:
        texts = [TONES.sub("", text.lower()) for text in everything(item)]
        if all(any(stands_in(word, text) for text in texts) for word in wanted):
            found.append(item)
    found.sort(key=lambda item: (item.published_at, str(item.pk)), reverse=True)
    return [item.slug for item in found]


def everything(item):
    return [item.title, item.description, item.prompt, *item.keywords]


def stands_in(word, text):
    return word in text if re.search("[ก-๙]", word) else word in text.split()


@pytest.mark.django_db
def test_every_search_finds_what_reading_everything_finds(monkeypatch):
    chance = random.Random(5)
    items = make_works(chance)
    upkeep.enter(items)
    for number in range(QUERIES):
        monkeypatch.setattr(walking, "REACH", chance.choice([10, 200, 3_000]))
        script = THAI if number % 2 else ENGLISH
        q = parts_of(script, chance)
        expected = reading_everything(items, q)
        slugs, cursor = [], None
        for _page in range(3):
            found = cards(q=q, limit=40, cursor=cursor)
            slugs += [card.slug for card in found.items]
            cursor = found.next_cursor
            if cursor is None:
                break
        assert slugs == expected[: len(slugs)], q
        assert len(slugs) == min(120, len(expected)), q
