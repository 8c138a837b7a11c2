"""From a prompt to the public page, through a real browser and real processes."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from accounts import keys
from accounts.tests.factories import PASSWORD, make_user
from smartspec.tests.servers import chromium, programs, surroundings

pytestmark = pytest.mark.browser

TITLE, THAI_TITLE = "Lanterns above the river", "โคมลอยเหนือแม่น้ำ"
LABEL = {
    "title": TITLE,
    "description": "Paper lanterns rise from a dark river. Each carries a small wish, and none comes back.",
    "alt_text": "Glowing paper lanterns in the night sky above a river.",
    "language": "en",
}
THAI_LABEL = {
    "title": THAI_TITLE,
    "description": "โคมกระดาษลอยขึ้นจากแม่น้ำยามค่ำ แต่ละดวงพาคำอธิษฐานขึ้นไปด้วย",
    "alt_text": "โคมกระดาษเรืองแสงบนท้องฟ้าเหนือแม่น้ำยามค่ำคืน",
}


class Site:
    """What a person with an API key and a browser can reach."""

    def __init__(self, url: str, key: str, artifacts: Path):
        self.url, self.artifacts = url, artifacts
        self.api = requests.Session()
        self.api.headers["X-API-Key"] = key

    def post(self, path: str, body: dict) -> dict:
        answer = self.api.post(f"{self.url}/api/v1{path}", json=body, timeout=20)
        assert answer.ok, answer.text
        return answer.json()

    def finished(self, task: dict, *, seconds: float = 60) -> dict:
        end = time.monotonic() + seconds
        while task["status"] in ("pending", "processing"):
            assert time.monotonic() < end, task
            time.sleep(0.2)
            task = self.api.get(task["urls"]["self"], timeout=20).json()
        return task

    def wait_for_pictures(self, item: dict, *, seconds: float = 60) -> None:
        """A published copy has renditions of its own, made by a job."""
        end = time.monotonic() + seconds
        while not item["thumbnails"]:
            assert time.monotonic() < end, item
            time.sleep(0.2)
            item = self.api.get(f"{self.url}/api/v1/admin/gallery/{item['id']}", timeout=20).json()

    def photograph(self, page: Page, name: str) -> None:
        variant = f"{surroundings.database()}-{surroundings.storage()}"
        page.screenshot(path=self.artifacts / f"{variant}-{name}.png", full_page=True)


@pytest.fixture
def artifacts(tmp_path) -> Iterator[Path]:
    """Screenshots and logs, kept where script/test says."""
    yield tmp_path
    if place := os.environ.get("TEST_ARTIFACTS"):
        folder = Path(place) / f"journey-{surroundings.database()}-{surroundings.storage()}"
        folder.mkdir(parents=True, exist_ok=True)
        for file in [*tmp_path.glob("*.png"), *tmp_path.glob("*.log")]:
            shutil.copy(file, folder)


@pytest.fixture
def site(transactional_db, artifacts) -> Iterator[Site]:
    provider, base_url = programs.sandbox(artifacts, "--speed", "2")
    env = {
        "KIE_AI_BASE_URL": base_url,
        "KIE_AI_API_KEY": "sandbox-key",
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
    }
    web, url = programs.web(artifacts, env)
    worker = programs.worker(artifacts, env | {"SITE_URL": url, "CALLBACK_URL": url})
    user = make_user("curator", is_staff=True)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    _row, key = keys.issue(user=user, name="journey", scopes=keys.scopes_of(user))
    yield Site(url, key, artifacts)
    for process in (worker, web, provider):
        process.stop()


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium.open_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page.set_default_timeout(15_000)
        yield page


def test_from_a_prompt_to_the_public_page(site, page):
    task = site.post("/generation/image", {"prompt": "floating lanterns above a river at night"})
    task = site.finished(task)
    assert task["status"] == "completed"
    assert requests.get(task["output_url"], timeout=20).headers["Content-Type"] == "image/png"

    translations = {"translations": {"th": THAI_LABEL}}
    item = site.post("/admin/gallery", LABEL | translations | {"task_id": task["id"]})
    assert item["status"] == "pending"
    assert requests.get(f"{site.url}/gallery/{item['slug']}", timeout=20).status_code == 404

    site.wait_for_pictures(item)
    approve_in_the_admin(site, page)
    troubles = listen_for_troubles(page)
    find_in_the_gallery(site, page)
    find_in_thai(site, page, item["slug"])
    find_in_the_sitemap(site, item["slug"])
    assert troubles == []


def approve_in_the_admin(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/admin/gallery/item/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    picture = page.locator(".field-thumbnail img")
    expect(picture).to_be_visible()
    assert_loaded(picture)
    site.photograph(page, "1-admin-queue")
    page.get_by_role("link", name=TITLE).click()
    site.photograph(page, "2-admin-item")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("1 work was changed.")).to_be_visible()
    site.photograph(page, "3-admin-approved")


def find_in_the_gallery(site: Site, page: Page) -> None:
    page.goto(site.url)
    expect(page).to_have_url(f"{site.url}/gallery")
    link = page.get_by_role("link", name=TITLE).first
    expect(link).to_be_visible()
    assert_loaded(page.locator("main img").first)
    site.photograph(page, "4-gallery")
    link.click()
    expect(page).to_have_title(f"{TITLE} | SmartSpec Gallery")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert_loaded(page.get_by_role("img", name=LABEL["alt_text"]))
    site.photograph(page, "5-item")


def find_in_thai(site: Site, page: Page, slug: str) -> None:
    page.goto(f"{site.url}/th/gallery/{slug}")
    expect(page.locator("html")).to_have_attribute("lang", "th")
    expect(page.get_by_role("heading", level=1)).to_have_text(THAI_TITLE)
    site.photograph(page, "6-item-thai")


def find_in_the_sitemap(site: Site, slug: str) -> None:
    """The index leads to it; its picture is a public file."""
    index = requests.get(f"{site.url}/sitemap.xml", timeout=20).text
    maps = [requests.get(url, timeout=20).text for url in locations(index)]
    (entry,) = [part for text in maps for part in text.split("<url>") if f"/gallery/{slug}</loc>" in part][:1]
    (picture,) = re.findall("<image:loc>(.*?)</image:loc>", entry)
    assert requests.get(picture, timeout=20).headers["Content-Type"] == "image/png"


def listen_for_troubles(page: Page) -> list[str]:
    """Whatever the browser's console complains about from now on.

    Chromium also complains when a page without view transitions, the admin's, leads to one with them.
    """
    troubles: list[str] = []

    def keep(words: str) -> None:
        if "ViewTransition opt-in disabled" not in words:
            troubles.append(words)

    page.on("console", lambda said: keep(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: keep(str(error)))
    return troubles


def locations(xml: str) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", xml)


def assert_loaded(picture) -> None:
    """The browser has decoded it."""
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 0
