"""The chat of docs/clients on a page of another origin, in a real browser, beside the streams process."""

import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from accounts.tests.factories import make_key, make_user
from smartspec.lib.processes import Process, free_port
from smartspec.tests.clients.conftest import CLIENTS
from smartspec.tests.servers import chromium, programs

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><title>A chat</title><main></main>
<script type="module">
  import { imagine } from "./chat.js";
  window.imagine = (prompt, door) => imagine(document.querySelector("main"), prompt, door);
</script>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args) -> None:
        """The test's output is not the place."""


@pytest.fixture
def elsewhere(tmp_path) -> Iterator[str]:
    """The origin of a site that embeds us."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    (folder / "chat.js").write_text((CLIENTS / "chat.js").read_text())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def streams(folder: Path, env: dict[str, str], port: int) -> Process:
    options = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "granian", *options, "smartspec.asgi:application"]
    return Process(command, log=folder / "events.log", env=programs.environment(env)).answers(port)


@pytest.fixture
def start(transactional_db, tmp_path) -> Iterator:
    """Everything, for pages of the given origin; returns what `imagine` needs to know."""
    running = []

    def run(origin: str) -> dict[str, str]:
        provider, base_url = programs.sandbox(tmp_path, "--speed", "5")
        port = free_port()
        env = {
            "KIE_AI_BASE_URL": base_url,
            "KIE_AI_API_KEY": "sandbox-key",
            "GENERATION_RESULT_HOSTS": "127.0.0.1",
            "CORS_ALLOWED_ORIGINS": f"tauri://localhost,{origin}",
            "EVENTS_URL": f"http://127.0.0.1:{port}",
        }
        web, url = programs.web(tmp_path, env)
        events = streams(tmp_path, env | {"SITE_URL": url}, port)
        running.extend([programs.worker(tmp_path, env | {"SITE_URL": url}), events, web, provider])
        _key, secret = make_key(make_user(username="somchai", credits="500"))
        return {"base": url, "key": secret}

    yield run
    for process in running:
        process.stop()


@pytest.fixture
def door(start, elsewhere) -> dict[str, str]:
    return start(elsewhere)


@pytest.fixture
def shut_door(start) -> dict[str, str]:
    return start("https://chat.example")


@pytest.fixture
def page() -> Iterator[Page]:
    """After the doors: where a browser is driven, Django's rows are out of reach."""
    with chromium.open_browser() as browser:
        yield browser.new_page()


def chat(page: Page, elsewhere: str, door: dict[str, str]) -> None:
    page.goto(elsewhere)
    page.evaluate("door => { imagine('a lighthouse in the fog', door) }", door)


def tasks_of(door: dict[str, str]) -> list[dict]:
    answer = requests.get(
        f"{door['base']}/api/v1/generation/tasks", headers={"X-API-Key": door["key"]}, timeout=20
    )
    return answer.json()


def test_a_chat_elsewhere_orders_follows_and_shows_the_picture(door, elsewhere, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    chat(page, elsewhere, door)
    picture = page.get_by_role("img", name="a lighthouse in the fog")
    expect(picture).to_be_visible(timeout=60_000)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
    assert [task["status"] for task in tasks_of(door)] == ["completed"]
    [stream] = [url for url in asked if "/events?token=" in url]
    assert not stream.startswith(door["base"])


def test_a_chat_of_an_origin_that_was_not_named_is_kept_out_by_the_browser(shut_door, elsewhere, page):
    chat(page, elsewhere, shut_door)
    expect(page.locator("figure")).to_have_text("Failed to fetch")
    assert tasks_of(shut_door) == []
