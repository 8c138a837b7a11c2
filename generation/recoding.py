"""Reference files in a format that the model takes; the picture or the sound stays the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from generation.catalogue.option import Takes
from smartspec.lib.errors import InvalidInput
from storage_app import conversion
from storage_app.decoder import decode
from storage_app.file_types import FILE_TYPES, FileType, type_named
from storage_app.models import Asset
from storage_app.objects import original_of
from storage_app.scratch import workbench

ALSO_CALLED = {"jpeg": "jpg"}
HARDLY_A_LOSS = {"format": "WEBP", "quality": 95, "method": 4}


def fits(asset: Asset, takes: Takes) -> bool:
    """Whether the model takes the file as it is."""
    return type_named(asset.content_type).ext in endings(takes)


def endings(takes: Takes) -> set[str]:
    return {ALSO_CALLED.get(name, name) for name in takes.formats}


@contextmanager
def acceptable(asset: Asset, takes: Takes) -> Iterator[tuple[Path, FileType]]:
    """The file on this machine as the model takes it, for as long as the block lasts.

    Raises StorageFailed, Unreadable, or InvalidInput where nothing can be made of it.
    """
    with original_of(asset) as path:
        if fits(asset, takes):
            yield path, type_named(asset.content_type)
        elif asset.media_type == "image" and "webp" in endings(takes):
            with _as_webp(asset, path) as picture:
                yield picture, FILE_TYPES["webp"]
        elif asset.media_type == "audio" and "wav" in endings(takes):
            with conversion.as_wav(path) as sound:
                yield sound, FILE_TYPES["wav"]
        else:
            raise InvalidInput(_("The model does not take files of this type."))


@contextmanager
def _as_webp(asset: Asset, path: Path) -> Iterator[Path]:
    """The first frame in its full size, drawn where foreign bytes may be looked at."""
    wanted = {"role": "thumbnail", "format": "webp", "width": asset.width, "options": HARDLY_A_LOSS}
    with workbench() as folder:
        made = decode(
            "render",
            media_type="image",
            path=path,
            reader=type_named(asset.content_type).reader,
            peaks=None,
            making=None,  # it is somebody's own picture: nothing of ours made it
            wanted=[wanted],
            folder=str(folder.absolute()),
        )
        yield folder / made[0]["name"]
