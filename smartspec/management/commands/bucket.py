"""`manage.py bucket save FOLDER` and `load FOLDER`: every object, for a backup and back."""

import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError, CommandParser

from storage_app.storages.stored import CHUNK_BYTES

PLACES = ("private", "public")


class Command(BaseCommand):
    help = "Copies all stored objects into a folder (save), or from it into an empty bucket (load)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("direction", choices=["save", "load"])
        parser.add_argument("folder", type=Path)

    def handle(self, *args, direction: str, folder: Path, **options) -> None:
        copy = {"save": save, "load": load}[direction]
        if direction == "load" and not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        number = sum(copy(storages[place], folder / place) for place in distinct())
        self.stdout.write(f"{number} objects")


def distinct() -> Iterator[str]:
    """One bucket for both is copied once."""
    yield PLACES[0]
    if not storages["private"].shares_objects_with(storages["public"]):
        yield PLACES[1]


def save(storage, folder: Path) -> int:
    """What an earlier run has saved is not read again: objects never change under their key."""
    number = 0
    for found in storage.listing():
        target = folder / found.key
        if not (target.exists() and target.stat().st_size == found.size):
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{target.name}.part")
            with storage.open(found.key) as source, part.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK_BYTES)
            part.rename(target)
        number += 1
    return number


def load(storage, folder: Path) -> int:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".part"]
    for path in files:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        storage.put(path, key=path.relative_to(folder).as_posix(), content_type=kind)
    return len(files)
