"""The browser of this machine, driven by Playwright: no download of another one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def path() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("Install Debian's package chromium, or name a browser in CHROMIUM.")
    return found


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Headless. Root has no sandbox; a container has little shared memory."""
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=options)
        yield browser
        browser.close()
