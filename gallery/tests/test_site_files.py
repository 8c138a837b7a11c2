import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from gallery import announcing, editing, jobs, moderation
from gallery.models import Announcement
from gallery.tests.factories import make_category, make_item, make_staff

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
KEY = "0123456789abcdef"


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.answers.pop(0))
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def indexnow(settings):
    """A receiver of announcements; what it was told, and what it answers next."""
    server = HTTPServer(("127.0.0.1", 0), Taker)
    server.told, server.answers = [], [200]
    settings.INDEXNOW_KEY, settings.INDEXNOW_URL = KEY, f"http://127.0.0.1:{server.server_port}/indexnow"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def due():
    Announcement.objects.update(due_at=timezone.now())


def test_nobody_is_told_anything_unless_that_is_wanted(client):
    item = make_item()
    editing.edit(item, by=make_staff(), fields={"title": "Another title"})
    assert not Announcement.objects.exists()
    assert client.get(f"/{KEY}.txt").status_code == 404


def test_changed_works_are_announced_in_one_message(indexnow):
    for slug in ("boat", "moon"):
        item = make_item(slug=slug)
        editing.edit(item, by=make_staff(), fields={"title": "Another title"})
        editing.edit(item, by=make_staff(), fields={"title": "And another title"})
    assert jobs.announce() is False  # the first waits for company
    due()
    jobs.announce()
    [message] = indexnow.told
    assert message["host"] == "127.0.0.1:8000"
    assert message["keyLocation"] == f"{SITE}/{KEY}.txt"
    assert sorted(message["urlList"]) == sorted(
        f"{SITE}{prefix}/gallery/{slug}" for prefix in ("", "/th") for slug in ("boat", "moon")
    )
    assert not Announcement.objects.exists()


def test_what_is_taken_down_is_announced_and_what_never_was_shown_is_not(indexnow):
    moderation.hide(make_item(slug="boat"), by=make_staff())
    moderation.reject(make_item(slug="moon", shown=False), by=make_staff(), reason="no")
    assert {each.url for each in Announcement.objects.all()} == {
        f"{SITE}/gallery/boat",
        f"{SITE}/th/gallery/boat",
    }


def test_a_message_that_is_not_taken_is_sent_again(indexnow):
    indexnow.answers[:] = [503, 200]
    moderation.hide(make_item(slug="boat"), by=make_staff())
    for left in (2, 0):
        due()
        jobs.announce()
        assert Announcement.objects.count() == left
    assert len(indexnow.told) == 2


def test_an_announcement_is_given_up_in_the_end(indexnow):
    indexnow.answers[:] = [503]
    moderation.hide(make_item(slug="boat"), by=make_staff())
    Announcement.objects.update(tries=announcing.GIVE_UP, due_at=timezone.now())
    jobs.announce()
    assert Announcement.objects.count() == 1


def test_the_key_shows_whose_message_it_was(client, indexnow):
    answer = client.get(f"/{KEY}.txt")
    assert (answer.content.decode(), answer["Content-Type"]) == (KEY, "text/plain; charset=utf-8")
    assert client.get("/another-key.txt").status_code == 404


@pytest.mark.parametrize("key", ["", "short", "not/a/key/at-all"])
def test_a_key_that_is_none_switches_it_off(settings, key):
    settings.INDEXNOW_KEY = key
    assert announcing.key() == ""


def test_programs_that_read_are_told_where_to_go_on(client):
    shelf = make_category("Boats", description="Everything\nthat floats [well]")
    make_item(categories=(shelf,))
    text = client.get("/llms.txt").content.decode()
    assert text.startswith("# SmartSpec Gallery\n\n> ")
    assert f"- [Sitemap]({SITE}/sitemap.xml)" in text
    assert f"- [Boats]({SITE}/gallery/category/boats): Everything that floats (well)\n" in text


def test_a_closed_gallery_tells_nothing(client, settings):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    assert client.get("/llms.txt").status_code == 404
    assert client.get("/oembed?url=x").status_code == 404


def test_the_thai_front_page_is_found_without_its_slash(client):
    answer = client.get("/th")
    assert (answer.status_code, answer["Location"]) == (301, "/th/gallery")
