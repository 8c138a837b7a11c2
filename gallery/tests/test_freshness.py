"""What is published, changed or hidden shows at once wherever it stands, and nothing is kept per visitor."""

from datetime import UTC, datetime

import pytest

from gallery import editing, moderation
from gallery.models import Item
from gallery.tests.factories import make_category, make_item, make_staff
from gallery.tests.test_indexing import THAI

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 9, 5, tzinfo=UTC)


@pytest.fixture
def boat():
    """A work that stands on every kind of page, waiting to be shown."""
    shelf = make_category("Water", translations={"th": {"name": "สายน้ำ"}})
    beside = {"categories": (shelf,), "model_id": "flux-2", "published_at": MARCH, "rendered": False}
    make_item(slug="neighbour", title="A quiet neighbour of works", is_featured=True, **beside)
    return make_item(
        shown=False,
        files=True,
        slug="boat",
        title="Lantern boat of the evening",
        translations={"th": THAI},
        categories=(shelf,),
        model_id="flux-2",
        prompt="an evening boat",
    )


def places():
    """Every address under which the work can be met, but for its own."""
    lists = ["", "/images", "/category/water", "/model/flux-2", "/feed", "/category/water/feed", "/neighbour"]
    lists += ["/search?q=evening"]
    return [
        *(f"{prefix}/gallery{path}" for path in lists for prefix in ("", "/th")),
        "/api/v1/gallery",
        "/api/v1/gallery/categories/water",
        "/api/v1/gallery/search?q=evening",
    ]


OWN = ("/gallery/boat", "/th/gallery/boat", "/gallery/boat/embed", "/api/v1/gallery/boat")


def shows(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"/gallery/boat" in answer.content


def test_a_work_is_everywhere_as_soon_as_it_is_shown_and_nowhere_once_it_is_hidden(client, boat):
    staff = make_staff()
    for path in places():
        assert not shows(client, path), path
    assert {client.get(path).status_code for path in OWN} == {404}
    moderation.approve(boat, by=staff)
    for path in places():
        assert shows(client, path), path
    assert {client.get(path).status_code for path in OWN} == {200}
    moderation.hide(boat, by=staff)
    for path in places():
        assert not shows(client, path), path
    assert {client.get(path).status_code for path in OWN} == {404}
    moderation.show(Item.objects.get(pk=boat.pk), by=staff)
    assert all(shows(client, path) for path in places())


def test_new_words_are_everywhere_at_once(client, boat):
    moderation.approve(boat, by=make_staff())
    with_words = [path for path in places() if "/th/" not in path and "search" not in path]
    before = {path: client.get(path).content for path in with_words}
    fields = {"title": "A raft of paper lanterns", "slug": "raft"}
    editing.edit(boat, by=make_staff(), fields=fields)
    for path in with_words:
        after = client.get(path).content
        assert b"A raft of paper lanterns" not in before[path]
        assert b"A raft of paper lanterns" in after, path
        assert b"/gallery/boat" not in after, path
    for path in OWN:
        moved = client.get(path)
        assert (moved.status_code, moved["Location"]) == (301, path.replace("boat", "raft"))


def test_what_is_removed_is_gone_at_once_and_never_told_from_memory(client, boat):
    moderation.approve(boat, by=make_staff())
    assert {client.get(path).status_code for path in OWN} == {200}
    moderation.remove(boat, by=make_staff(), reason="asked for")
    for path in OWN:
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1", path
    for path in places():
        assert not shows(client, path), path


FILES = ("/sitemap.xml", "/sitemap-pages.xml", "/robots.txt", "/llms.txt")


@pytest.mark.parametrize("path", [*places(), *OWN, *FILES, "/gallery/none"])
def test_nobody_gets_a_cookie_and_no_answer_depends_on_one(client, boat, path):
    moderation.approve(boat, by=make_staff())
    answer = client.get(path)
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert "public" in answer.get("Cache-Control", "public")
