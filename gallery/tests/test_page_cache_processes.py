"""Two web processes with a page cache each, and a change that neither of them made."""

import urllib.request

import pytest
from django.db import connection

from gallery.caching import noticing
from gallery.models import Item
from gallery.tests.factories import make_item
from smartspec.tests.servers import programs

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
KEEPING = {"PAGE_CACHE_MB": "8"}


@pytest.fixture
def servers(tmp_path):
    started = [programs.web(tmp_path, KEEPING) for _ in range(2)]
    yield started
    for process, _ in started:
        process.stop()


def title_at(url: str) -> str:
    with urllib.request.urlopen(f"{url}/gallery/boat") as answer:
        return "new" if "A raft of paper lanterns" in answer.read().decode() else "old"


def test_a_committed_change_shows_on_every_process_and_an_unnoted_one_proves_the_memory(servers):
    work = make_item(slug="boat", title="Lantern boat of the evening")
    assert [title_at(url) for _, url in servers] == ["old", "old"]
    Item.objects.filter(pk=work.pk).update(title="A raft of paper lanterns")
    assert [title_at(url) for _, url in servers] == ["old", "old"]
    with connection.execute_wrapper(noticing.note):
        Item.objects.filter(pk=work.pk).update(title="A raft of paper lanterns")
    for process, url in servers:
        process.wait_until(lambda url=url: title_at(url) == "new")
