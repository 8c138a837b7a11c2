"""2,000 works straight into rows: three kinds, a third in Thai, nine shelves on two levels."""

import itertools
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from accounts import people
from accounts.models import User
from gallery import cards, sitemap_parts, slugs
from gallery.models import Category, Item, ItemCategory, SearchEntry
from gallery.search import upkeep
from storage_app import keys
from storage_app.models import Asset

WORKS = 2_000
MINUTES_BETWEEN = 7
KINDS = (*["image"] * 7, *["video"] * 2, "audio")
EXTENSIONS = {"image": "png", "video": "mp4", "audio": "mp3"}
TYPES = {"image": "image/png", "video": "video/mp4", "audio": "audio/mpeg"}
MODELS = {
    "image": ("nano-banana-pro", "seedream-4-5", "flux-2"),
    "video": ("wan/2-6-text-to-video", "veo-3-1"),
    "audio": ("elevenlabs/text-to-speech-turbo-2-5",),
}
SIZES = ((1536, 1152), (1152, 1536), (1024, 1024), (1920, 1080), (1080, 1920), (1600, 1067), (2016, 864))
COLOURS = ("#3a6b5c", "#b0552c", "#1d2f4f", "#d9c9a3", "#777777", "#5b2a5e")
WIDTHS = {"avif": [320, 640, 960, 1280], "webp": [320, 640, 960, 1280]}
SHELVES = {
    "Places": ("Rivers", "Old towns"),
    "Moods": ("Night", "Rain"),
    "Crafts": ("Lacquer", "Weaving"),
}
IN_THAI = {
    "Places": "สถานที่", "Rivers": "แม่น้ำ", "Old towns": "เมืองเก่า", "Moods": "อารมณ์", "Night": "กลางคืน",
    "Rain": "สายฝน", "Crafts": "งานฝีมือ", "Lacquer": "เครื่องรัก", "Weaving": "ผ้าทอ",
}  # fmt: skip
ENGLISH = (
    ("Lantern boats", "Glass towers", "A quiet lane", "Terraced hills", "Old teak houses", "Paper kites"),
    ("above the river", "after the rain", "before sunrise", "in the dry season", "under a paper moon"),
)
THAI = (
    ("เรือโคม", "ตึกกระจก", "ตรอกเงียบ", "นาขั้นบันได", "เรือนไม้สักเก่า", "ว่าวกระดาษ"),
    ("เหนือแม่น้ำ", "หลังฝนตก", "ก่อนรุ่งสาง", "ในฤดูแล้ง", "ใต้พระจันทร์กระดาษ"),
)
SAID = {
    "en": "{title}, drawn slowly from the light that the place still keeps. Work {number} of a long series.",
    "th": "{title} วาดอย่างช้า ๆ จากแสงที่ยังเหลืออยู่ในที่แห่งนั้น งานชิ้นที่ {number} ของชุดยาว",
}
SEEN = {"en": "{title}, seen from the near bank at eye level", "th": "{title} มองจากฝั่งใกล้ในระดับสายตา"}


def hang() -> None:
    """Fill an empty gallery; nothing is stored but rows."""
    curator = people.create_user(username="curator", is_staff=True)
    shelves = build_shelves()
    hung = list(works(curator))
    Asset.objects.bulk_create([item.media for item in hung], batch_size=500)
    for item in hung:
        item.card = card(item.media)
    Item.objects.bulk_create(hung, batch_size=200)
    place(hung, shelves)
    upkeep.enter(hung)
    sitemap_parts.mark(SearchEntry.objects.values_list("pk", flat=True))


def build_shelves() -> list[Category]:
    """The shelves at the bottom, each with its parent at hand."""
    lowest = []
    for name, below in SHELVES.items():
        parent = shelf(name)
        lowest += [shelf(child, parent) for child in below]
    return lowest


def shelf(name: str, parent: Category | None = None) -> Category:
    said = {"th": {"name": IN_THAI[name], "description": f"ผลงานในหมวด{IN_THAI[name]}"}}
    return Category.objects.create(
        name=name, slug=slugs.slugify(name), description=f"Works about {name.lower()}.",
        translations=said, parent=parent,
    )  # fmt: skip


def works(curator: User) -> Iterator[Item]:
    newest = timezone.now()
    for number in range(WORKS):
        yield work(number, curator, newest - timedelta(minutes=MINUTES_BETWEEN * number))


def work(number: int, curator: User, when: datetime) -> Item:
    kind = KINDS[number % len(KINDS)]
    language = "th" if number % 3 == 2 else "en"
    first, second = THAI if language == "th" else ENGLISH
    title = f"{first[number % len(first)]} {second[number % len(second)]} {number}"
    models = MODELS[kind]
    item = Item(
        status="approved", language=language, title=title, slug=slugs.slugify(title), media_type=kind,
        description=SAID[language].format(title=title, number=number),
        alt_text=SEEN[language].format(title=title),
        prompt=f"{title}, soft light, woodblock print, fine paper grain",
        model_id=models[number % len(models)], keywords=["light", "paper", kind],
        is_featured=number % 100 == 40, created_by=curator, approved_by=curator, approved_at=when,
        published_at=when,
    )  # fmt: skip
    item.media = asset(kind, number, item.id)
    return item


def asset(kind: str, number: int, item_id: uuid.UUID) -> Asset:
    """A row without its file: lists and pages never open one."""
    width, height = SIZES[number % len(SIZES)] if kind != "audio" else (None, None)
    made = Asset(
        visibility="public", media_type=kind, content_type=TYPES[kind], bytes=1_200_000, sha256="0" * 64,
        width=width, height=height, duration_ms=None if kind == "image" else 5_000 + number,
        colour=COLOURS[number % len(COLOURS)], placeholder="data:image/webp;base64,UklGRg==",
        peaks=[(number + step * 37) % 101 for step in range(200)] if kind == "audio" else None,
    )  # fmt: skip
    made.file = keys.published(kind, item_id, made.id, EXTENSIONS[kind])
    return made


def card(media: Asset) -> dict:
    """As `gallery.cards.document` writes it once every rendition exists."""
    ratio, mat = cards.ratio_class(media.width, media.height)
    return {
        "id": str(media.id), "w": media.width, "h": media.height, "ratio": ratio, "mat": mat,
        "colour": cards.colour_class(media.colour), "original": media.file.name,
        "widths": {"webp": [640]} if media.media_type == "audio" else WIDTHS,
        "poster": media.media_type == "video", "peaks": cards.bars(media.peaks),
        "duration_ms": media.duration_ms,
    }  # fmt: skip


def place(hung: list[Item], shelves: list[Category]) -> None:
    placements = []
    for item, lowest in zip(hung, itertools.cycle(shelves), strict=False):
        for category, is_own in ((lowest, True), (lowest.parent, False)):
            placements.append(
                ItemCategory(item=item, category=category, is_own=is_own, published_at=item.published_at)
            )
            category.item_count += 1
    ItemCategory.objects.bulk_create(placements, batch_size=500)
    for category in {each for lowest in shelves for each in (lowest, lowest.parent)}:
        category.save(update_fields=["item_count"])
