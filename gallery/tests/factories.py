"""Rows for tests of this room and of the pages: `make_item()` is a shown image with all renditions."""

import uuid
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from gallery import cards, publishing, sitemap_parts, slugs
from gallery.models import Category, Item, ItemStats
from gallery.search import upkeep
from generation.models import GenerationTask, TaskOutput
from storage_app import keys, placing, probing, renditions
from storage_app.models import Asset, Rendition
from storage_app.tests import media

SHAPES = {  # width, height, duration in ms
    "image": (1536, 1152, None),
    "video": (1280, 720, 5000),
    "audio": (None, None, 24_000),
}
TYPES = {"image": ("png", "image/png"), "video": ("mp4", "video/mp4"), "audio": ("mp3", "audio/mpeg")}
MODELS = {
    "image": "nano-banana-pro",
    "video": "wan/2-6-text-to-video",
    "audio": "elevenlabs/text-to-speech-turbo-2-5",
}
WIDTHS = (320, 640, 960, 1280)
_numbers = count(1)


def make_staff(username: str = "") -> User:
    return make_user(username, is_staff=True)


def make_category(name: str = "", *, parent: Category | None = None, **fields) -> Category:
    name = name or f"Shelf {next(_numbers)}"
    return Category.objects.create(
        name=name, slug=fields.pop("slug", slugs.slugify(name)), parent=parent, **fields
    )


def make_asset(media_type: str = "image", *, key: str = "", visibility: str = "private", **fields) -> Asset:
    """The row of a stored file, without the file."""
    id_ = fields.pop("id", uuid.uuid4())
    width, height, duration_ms = SHAPES[media_type]
    ext, content_type = TYPES[media_type]
    return Asset.objects.create(
        id=id_,
        visibility=visibility,
        file=key or keys.published(media_type, uuid.uuid4(), id_, ext),
        media_type=media_type,
        content_type=content_type,
        **{
            "bytes": 120_000,
            "sha256": "0" * 64,
            "width": width,
            "height": height,
            "duration_ms": duration_ms,
            "colour": "#3a6b5c",
            "placeholder": "data:image/webp;base64,UklGRg==",
            "peaks": [n % 100 for n in range(200)] if media_type == "audio" else None,
        }
        | fields,
    )


def store_asset(media_type: str = "image", *, visibility: str = "private", seed: int = 1) -> Asset:
    """A small real file in storage, with its row; no renditions yet."""
    data = {
        "image": lambda: media.make_png(480, 360, seed=seed),
        "video": media.make_mp4,
        "audio": media.make_mp3,
    }
    id_ = uuid.uuid4()
    key = keys.published(media_type, uuid.uuid4(), id_, TYPES[media_type][0])
    with TemporaryDirectory() as folder:
        path = media.written(Path(folder), data[media_type]())
        facts = probing.describe(path, media_type=media_type)
        placing.put(path, key=key, content_type=facts.content_type, visibility=visibility)
    return placing.record(asset_id=id_, key=key, facts=facts, visibility=visibility)


def add_renditions(asset: Asset) -> None:
    """The rows of everything that is made of an original, without the files."""
    width, height = asset.width or 640, asset.height or 480
    made = [("social", "jpg", 1200, 630, keys.social(asset.id))]
    if asset.media_type == "audio":
        made.append(("card", "webp", 640, 480, keys.thumbnail("640", asset.id, "webp")))
    else:
        made += [
            ("thumbnail", ext, w, round(w * height / width), keys.thumbnail(str(w), asset.id, ext))
            for w in WIDTHS
            if w <= width
            for ext in ("avif", "webp")
        ]
    if asset.media_type == "video":
        made.append(("poster", "jpg", width, height, keys.poster(asset.id)))
    for role, ext, w, h, key in made:
        Rendition.objects.create(asset=asset, role=role, format=ext, width=w, height=h, bytes=9000, file=key)


def make_task(
    *, user: User | None = None, media_type: str = "image", done: bool = True, **fields
) -> GenerationTask:
    """A task with its first output (a real file) when `done`, else one that waits in the queue."""
    state = {"status": "completed", "stage": "done", "completed_at": timezone.now()}
    waiting = {"status": "pending", "stage": "queued", "due_at": timezone.now() + timedelta(hours=1)}
    task = GenerationTask.objects.create(
        user=user or make_user(),
        task_type=media_type,
        **{
            "model_id": MODELS[media_type],
            "prompt": "A lantern boat on a still river at dusk",
            "credits_quoted": 18,
        }
        | (state if done else waiting)
        | fields,
    )
    if done:
        TaskOutput.objects.create(task=task, asset=store_asset(media_type), number=1)
    return task


def make_item(
    *,
    shown: bool = True,
    media_type: str = "image",
    categories: tuple[Category, ...] = (),
    asset: dict | None = None,
    rendered: bool = True,
    files: bool = False,
    **fields,
) -> Item:
    """An item with its files' rows: shown, or (with `shown=False`) pending.

    `asset` overrides facts of the file; `files` puts real files into storage; `rendered` makes renditions.
    """
    number = next(_numbers)
    visibility = "public" if shown else "private"
    if files:
        original = store_asset(media_type, visibility=visibility, seed=number)
    else:
        original = make_asset(media_type, visibility=visibility, **(asset or {}))
    if rendered:
        (renditions.render_all if files else add_renditions)(original)
    title = fields.pop("title", f"Lantern boats number {number}")
    given = {
        "title": title,
        "slug": slugs.slug_for(title),
        "description": (
            f"Paper lanterns drift on a dark river. It is work number {number} of a series on lights."
        ),
        "alt_text": f"Orange lanterns reflected in black water, seen from a bridge ({number})",
        "prompt": f"Paper lanterns on a river at night, woodblock, print {number}",
        "model_id": MODELS[media_type],
        "media_type": media_type,
        "media": original,
    } | fields
    if shown:
        now = timezone.now()
        approval = {
            "status": "approved",
            "approved_at": now,
            "approved_by": make_staff(),
            "published_at": now,
        }
        given = approval | given
    item = Item(**given)
    item.card = cards.document(item)
    item.save(force_insert=True)
    ItemStats.objects.create(item=item)
    publishing.place(item, categories)
    sitemap_parts.mark(upkeep.refresh(item))
    return item
