"""Does the gallery of this machine still need its demo?"""

import json
import urllib.request
from pathlib import Path

MARK = "demo-is-complete"


def is_wanted(folder: Path, url: str) -> bool:
    """Until it once ran to its end, and again when somebody has emptied the gallery."""
    return not (folder / MARK).exists() or gallery_is_empty(url)


def gallery_is_empty(url: str) -> bool:
    with urllib.request.urlopen(f"{url}/api/v1/gallery?limit=1", timeout=10) as answer:  # noqa: S310
        return not json.load(answer)["results"]


def mark_complete(folder: Path) -> None:
    (folder / MARK).touch()
