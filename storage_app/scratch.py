"""Files on their way, beside the stored ones: placing them is a second name, not a copy."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

LEFT_BEHIND_SECONDS = 24 * 3600


def scratch_folder() -> Path:
    """On disk on purpose: /tmp is memory on many machines, and a film is larger than what we may use."""
    folder = settings.MEDIA_ROOT / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def workbench() -> Iterator[Path]:
    """A folder of one's own, gone afterwards."""
    with TemporaryDirectory(dir=scratch_folder()) as folder:
        yield Path(folder)


def sweep_scratch() -> None:
    """Remove what killed workers left behind a day ago."""
    horizon = time.time() - LEFT_BEHIND_SECONDS
    for entry in scratch_folder().iterdir():
        if entry.stat().st_mtime > horizon:
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
