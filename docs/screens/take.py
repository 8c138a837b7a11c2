"""Photographs the public pages of a running server; `script/screens` starts it."""

import argparse
import io
from pathlib import Path
from typing import NamedTuple

import requests
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from smartspec.tests.servers import chromium

FOLDER = Path(__file__).parent
QUALITY, LONGEST = 78, 2400
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# A finger does not hover; contexts that only say `has_touch` do not know that.
FINGERS = (
    "--blink-settings=primaryHoverType=1,availableHoverTypes=1,primaryPointerType=2,availablePointerTypes=2"
)
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 500) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 80));
  }
  scrollTo(0, 0);
  await new Promise((done) => setTimeout(done, 400));
}"""


class Shot(NamedTuple):
    """`path` may name {image}, {video}, {audio} and {thai}: the newest work of each sort."""

    name: str
    path: str
    width: int = 1440
    scheme: str = "light"
    press: str = ""  # the name of a link that is clicked first

    @property
    def is_phone(self) -> bool:
        return self.width < 600


SHOTS = [
    Shot("front", "/gallery"),
    Shot("front-dark", "/gallery", scheme="dark"),
    Shot("front-phone", "/gallery", width=390),
    Shot("front-thai-phone-dark", "/th/gallery", width=390, scheme="dark"),
    Shot("images-popular", "/gallery/images?sort=popular"),
    Shot("work", "/gallery/{image}"),
    Shot("work-full", "/gallery/{image}", scheme="dark", press="Full size"),
    Shot("work-phone", "/gallery/{image}", width=390),
    Shot("work-thai-dark", "/th/gallery/{thai}", scheme="dark"),
    Shot("work-video", "/gallery/{video}"),
    Shot("work-audio", "/gallery/{audio}"),
    Shot("search", "/gallery/search?q=river"),
    Shot("search-thai-phone", "/th/gallery/search?q=น้ำ", width=390),
    Shot("search-nothing", "/gallery/search?q=dinosaur"),
    Shot("model", "/gallery/model/nano-banana-pro"),
    Shot("takedown-phone", "/takedown", width=390),
    Shot("narrow", "/gallery/{image}", width=320),
]


def newest_works(url: str) -> dict[str, str]:
    """The slug of the newest work of each kind, and of the newest one told in Thai."""
    found = {}
    for kind in ("image", "video", "audio"):
        answer = requests.get(f"{url}/api/v1/gallery", {"media_type": kind, "limit": 50}, timeout=20).json()
        found[kind] = next(item["slug"] for item in answer["results"] if item["language"] == "en")
        if kind == "image":
            found["thai"] = next(item["slug"] for item in answer["results"] if item["language"] == "th")
    return found


def photograph(browser: Browser, url: str, shot: Shot, works: dict[str, str]) -> None:
    is_phone = shot.is_phone
    context = browser.new_context(
        viewport={"width": shot.width, "height": 844 if is_phone else 900},
        color_scheme=shot.scheme,
        is_mobile=is_phone,
        has_touch=is_phone,
    )
    page = context.new_page()
    page.goto(url + shot.path.format(**works), wait_until="load")
    page.evaluate(SCROLL)
    if shot.press:
        page.get_by_role("link", name=shot.press).click()
        page.wait_for_timeout(600)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=not shot.press))).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, LONGEST)))
    picture.save(FOLDER / f"{shot.name}.webp", quality=QUALITY, method=6)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/screens", description=__doc__)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000")
    url = parser.parse_args().url
    works = newest_works(url)
    with sync_playwright() as playwright:
        for by_finger in (False, True):
            arguments = [*ARGUMENTS, FINGERS] if by_finger else ARGUMENTS
            browser = playwright.chromium.launch(executable_path=chromium.path(), args=arguments)
            for shot in SHOTS:
                if shot.is_phone == by_finger:
                    photograph(browser, url, shot, works)
                    print(shot.name, flush=True)
            browser.close()


if __name__ == "__main__":
    main()
