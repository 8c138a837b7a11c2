"""The same works are found on every database, and they are those that reading everything would find."""

import random
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import listing, walking
from gallery.listing import cards
from gallery.models import Item
from gallery.search import upkeep
from gallery.tests.factories import make_item, make_staff
from storage_app.models import Asset

WORKS, QUERIES = 5_000, 200
ENGLISH = re.findall(
    "[a-z]+",
    "lantern boat river moon dragon neon forest glass paper storm quiet harbour copper velvet orbit cedar"
    " canyon mirror winter saffron ink tide meadow granite",
)
THAI = re.findall(
    "[ก-๙]+",
    "กรุงเทพ เชียงใหม่ แม่น้ำ มังกร ช้าง นก วัด โคมลอย ดอกบัว ทะเล ภูเขา ฝน ยามเย็น ผู้หญิง เด็ก ข้าว แมว ป่า ไฟ เรือ",
)
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
    Asset.objects.bulk_create(files, batch_size=1_000)
    Item.objects.bulk_create(items, batch_size=1_000)
    return items


def parts_of(script, chance):
    """A word, a few in a row, or a piece of a run; now and then a number, which is rare."""
    how = chance.random()
    if how > 0.95:
        return str(chance.randrange(2 * WORKS))
    if script is ENGLISH or how < 0.4:
        return " ".join(chance.sample(script, chance.choice([1, 1, 2, 3])))
    run = "".join(chance.sample(script, 2))
    if how < 0.7:
        return run
    start = chance.randrange(len(run) - 1)
    return TONES.sub("", run)[start : start + chance.randint(1, 5)].strip() or "น"


def read(item):
    """Its texts as a reader who minds neither case nor tone marks sees them, and the words between spaces."""
    texts = [item.title, item.description, item.prompt, *item.keywords]
    folded = TONES.sub("", " | ".join(texts).lower())
    return folded, set(folded.split())


def reading_everything(library, q):
    """Newest first, by looking through every text of every work."""
    wanted = TONES.sub("", q.lower()).split()
    return [
        pk
        for pk, (text, words) in library
        if all(word in text if re.search("[ก-๙]", word) else word in words for word in wanted)
    ]


def everything_found(q):
    found = walking.take(
        listing.asked(q=q), size=WORKS, shape=lambda rows: rows.values_list("item_id", flat=True)
    )
    return found.rows


@pytest.mark.django_db
def test_every_search_finds_what_reading_everything_finds(monkeypatch):
    chance = random.Random(5)
    items = make_works(chance)
    upkeep.enter(items)
    items.sort(key=lambda item: (item.published_at, str(item.pk)), reverse=True)
    library = [(item.pk, read(item)) for item in items]
    sizes = []
    for number in range(QUERIES):
        monkeypatch.setattr(walking, "REACH", chance.choice([10, 200, 3_000]))
        script = THAI if number % 2 else ENGLISH
        q = parts_of(script, chance)
        expected = reading_everything(library, q)
        assert everything_found(q) == expected, q
        page, cursor = [], None
        for _number in range(2):
            found = cards(q=q, limit=20, cursor=cursor)
            page, cursor = [*page, *(card.id for card in found.items)], found.next_cursor
            if cursor is None:
                break
        assert page == expected[:40], q
        sizes.append(len(expected))
    assert (min(sizes), 1 in sizes) == (0, True)
    assert max(sizes) > WORKS / 10
