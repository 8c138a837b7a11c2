"""One stylesheet and one script per page, put together from the files of the components.

A staticfiles finder: runserver, collectstatic and the hashing storage treat `css/site.css` and
`js/site.js` like any other file, and no build step stands between an edit and the page.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

SOURCE = settings.BASE_DIR / "static"
BUNDLES = {  # later files may override earlier ones
    "css/site.css": ("css/tokens.css", "css/base.css", "css/components/*.css"),
    "js/site.js": ("js/components/*.js",),
}
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
INDENT = re.compile(r"\n\s*")


def bundled(name: str) -> str:
    """The content of a bundle as it is served.

    Style sheets lose comments and indentation; each script is a block, so that its names stay its own.
    """
    files = [path for pattern in BUNDLES[name] for path in sorted(SOURCE.glob(pattern))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    if name.endswith(".js"):
        return "".join(f"{{\n{text}}}\n" for text in texts)
    return INDENT.sub("\n", COMMENT.sub("", "\n".join(texts))).lstrip()


class BundleFinder(BaseFinder):
    """Writes a bundle below LOCAL_DIR when it is asked for and its sources have changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.LOCAL_DIR / "bundles")

    def check(self, **kwargs) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        if path not in BUNDLES:
            return []
        found = str(self._written(path))
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in BUNDLES:
            self._written(name)
            yield name, self.storage

    def _written(self, name: str) -> Path:
        place, text = Path(self.storage.path(name)), bundled(name)
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_suffix(".new")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(place)
        return place
