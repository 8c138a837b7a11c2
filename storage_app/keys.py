"""Object keys: the one place that knows the layout of the buckets."""

import re
from uuid import UUID

MEDIA_TYPE_CHOICES = [("image", "image"), ("video", "video"), ("audio", "audio")]
FOLDERS = {"image": "images", "video": "videos", "audio": "audio"}
ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PERSONAL = re.compile(rf"(?:(?:images|videos|audio)/generated|uploads|exports)/({ID})/")
SHAPE = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)+[a-z0-9][a-z0-9-]*\.[a-z0-9]{2,5}")


def is_key(text: str) -> bool:
    """Could this be a key of ours? No dots but the last, nothing hidden, no way upwards."""
    return len(text) <= 300 and bool(SHAPE.fullmatch(text))


def generated(media_type: str, user_id: UUID, task_id: UUID, ext: str, number: int = 1) -> str:
    """Key of output `number` (1 is the first) of a task."""
    suffix = "" if number == 1 else f"-{number}"
    return f"{FOLDERS[media_type]}/generated/{user_id}/{task_id}{suffix}.{ext}"


def published(media_type: str, gallery_id: UUID, asset_id: UUID, ext: str) -> str:
    return f"{FOLDERS[media_type]}/gallery/{gallery_id}/{asset_id}.{ext}"


def size(width: int, recipe: int = 1) -> str:
    """The folder of a thumbnail: its width, and by which recipe it was made."""
    return str(width) if recipe == 1 else f"{width}-r{recipe}"


def thumbnail(size: str, asset_id: UUID, ext: str) -> str:
    """`size` names the recipe too: `640`, later `640-r2`."""
    return f"images/thumbnails/{size}/{asset_id}.{ext}"


def poster(asset_id: UUID) -> str:
    return f"videos/thumbnails/{asset_id}.jpg"


def preview(asset_id: UUID) -> str:
    return f"videos/previews/{asset_id}.mp4"


def social(asset_id: UUID) -> str:
    return f"images/social/{asset_id}.jpg"


def upload(user_id: UUID, upload_id: UUID, ext: str) -> str:
    return f"uploads/{user_id}/{upload_id}.{ext}"


def export(user_id: UUID, export_id: UUID) -> str:
    return f"exports/{user_id}/{export_id}.zip"


def staging(upload_id: UUID, ext: str) -> str:
    """Where a client puts bytes that nobody has looked at yet."""
    return f"staging/{upload_id}.{ext}"


def account_of(key: str) -> UUID | None:
    """In whose folder this lies. Says nothing about who may do what: that is for rows to tell."""
    found = PERSONAL.match(key)
    return UUID(found[1]) if found else None


def folders_of(account: UUID) -> list[str]:
    """Every folder in which only this person's objects lie."""
    generated = [f"{folder}/generated/{account}/" for folder in FOLDERS.values()]
    return [*generated, f"uploads/{account}/", f"exports/{account}/"]
