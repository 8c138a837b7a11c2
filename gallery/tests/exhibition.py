"""A small gallery with every kind of page in it, for tests that walk through all of them."""

from datetime import timedelta

from django.utils import timezone

from gallery import moderation
from gallery.models import Category
from gallery.tests.factories import make_category, make_item, make_staff

LONG_THAI = "น้ำขึ้นที่บ้านผู้ใหญ่กรุงเทพมหานครอมรรัตนโกสินทร์"
SAID = "Once the river told a tale.\n\nIt was not long, and nobody was asleep before its end."
STANDING = [
    "/gallery",
    "/gallery/images",
    "/gallery/videos",
    "/gallery/audio",
    "/gallery/images?sort=popular",
    "/gallery/search",
    "/gallery/search?q=lantern",
    "/gallery/search?q=lanterm",
    "/gallery/search?q=dinosaur",
    "/gallery/model/nano-banana-pro",
    "/gallery/model/z-image",
    "/gallery/archive",
    "/about/terms",
    "/about/privacy",
    "/about/licence",
    "/takedown",
    "/verify",
    "/styleguide",
]


def hang(*, files: bool = False) -> list[str]:
    """Works of every kind and condition; returns the paths of all pages that answer 200, in English."""
    rivers = make_category(
        "Rivers",
        description="Slow water.",
        translations={"th": {"name": "แม่น้ำ", "description": "น้ำที่ไหลช้า ๆ"}},
    )
    night = make_category("Night rivers", parent=rivers)
    make_category("Nothing yet")
    works = [
        make_item(title="Lantern river", categories=(rivers, night), keywords=["lantern"], files=files),
        make_item(title=LONG_THAI, language="th", categories=(night,), files=files),
        make_item(title="A film of lanterns", media_type="video", categories=(rivers,), files=files),
        make_item(title="A sound of lanterns", media_type="audio", files=files),
        make_item(title="A voice", prompt=SAID, media_type="audio", files=files),
        make_item(title="Not for everybody", rating="sensitive", files=files),
        make_item(title="An untold prompt", show_prompt=False, files=files),
    ]
    slugs = [work.slug for work in works]
    month = timezone.localtime(works[0].published_at)
    shelves = [f"/gallery/category/{slug}" for slug in Category.objects.values_list("slug", flat=True)]
    shown = [f"/gallery/{slug}" for slug in slugs]
    frames = [f"/gallery/{slug}/embed" for slug in slugs if slug != "not-for-everybody"]
    return [
        *STANDING,
        *shelves,
        *shown,
        *frames,
        f"/gallery/{slugs[0]}/report",
        f"/gallery/archive/{month:%Y/%m}",
    ]


def hang_more(count: int = 24) -> list[str]:
    """Older pictures enough for a second page."""
    now = timezone.now()
    for at in range(count):
        make_item(title=f"Older lantern {at}", published_at=now - timedelta(days=1, minutes=at))
    return ["/gallery?page=2", "/gallery/images?page=2"]


def take_down() -> str:
    """The path of a work that hung here once."""
    item = make_item(title="Gone for good")
    moderation.remove(item, by=make_staff(), reason="rights")
    return f"/gallery/{item.slug}"


def in_both(paths: list[str]) -> list[str]:
    return [*paths, *(f"/th{path}" for path in paths)]
