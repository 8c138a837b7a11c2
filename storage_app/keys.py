"""Object keys: the one place that knows the layout of the buckets."""

import re
from uuid import UUID

MEDIA_TYPE_CHOICES = [("image", "image"), ("video", "video"), ("audio", "audio")]
FOLDERS = {"image": "images", "video": "videos", "audio": "audio"}
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
