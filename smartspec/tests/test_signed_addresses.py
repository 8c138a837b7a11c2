"""An address with a signature is made for whoever asks: no row, no public page and no log tells it again."""

import io
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from accounts.keys import SCOPES
from accounts.tests.factories import make_key
from gallery.models import Item
from gallery.tests.factories import make_category, make_item, make_staff
from gallery.tests.working import worker
from generation.models import GenerationTask
from generation.tests.conftest import running_sandbox, sandbox
from smartspec.lib.logs import blotted
from storage_app.tests import media
from storage_app.tests.sending import Sender, put

__all__ = ["running_sandbox", "sandbox"]

pytestmark = pytest.mark.django_db(transaction=True)
SIGNED = ("/media/private/", "/storage/staging/", "X-Amz-")
PUBLIC_PAGES = (
    "/gallery",
    "/th/gallery",
    "/gallery/images",
    "/gallery/search?q=lighthouse",
    "/gallery/category/night",
    "/gallery/archive",
    "/gallery/{slug}",
    "/th/gallery/{slug}",
    "/gallery/{slug}/embed",
    "/gallery/feed",
    "/th/gallery/feed",
    "/sitemap.xml",
    "/llms.txt",
    "/oembed?url=http://127.0.0.1:8000/gallery/{slug}",
    "/api/v1/gallery",
    "/api/v1/gallery/{slug}",
)


@pytest.fixture
def moderator(sandbox) -> Sender:
    user = make_staff("anong")
    return Sender(user, make_key(user, scopes=SCOPES)[1])


@pytest.fixture
def work(moderator) -> Item:
    """Ordered, made, published; beside it something that waits, and an upload put straight into storage."""
    night = make_category("Night")
    with worker():
        call_command(
            "generate", "image", "a lighthouse", publish=True, title="Lighthouse", stdout=io.StringIO()
        )
        call_command("generate", "image", "a lighthouse", stdout=io.StringIO())
    item = Item.objects.public().get()
    item.categories.add(night)
    make_item(shown=False, files=True, title="Waiting")
    return item


def generate(**options) -> None:
    call_command("generate", "image", "a lighthouse", stdout=io.StringIO(), **options)


def is_signed(text: str) -> bool:
    return any(mark in text for mark in SIGNED)


def everything_with_a_signature(moderator: Sender) -> list[str]:
    """What its owner and a moderator are answered, who may see the files."""
    png = media.make_png(60, 40)
    ticket = moderator.ticket(png)
    put(ticket, png)
    tasks = [f"/api/v1/generation/tasks/{task.pk}" for task in GenerationTask.objects.all()]
    items = [f"/api/v1/admin/gallery/{item.pk}" for item in Item.objects.exclude(status="approved")]
    answers = [moderator.client.get(path).content.decode() for path in tasks + items]
    return [ticket["url"], moderator.complete(ticket).content.decode(), *answers]


def rows_with_a_signature() -> list[str]:
    return [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(is_signed(repr(row)) for row in model._base_manager.values())
    ]


def test_none_is_ever_stored(moderator, work):
    told = everything_with_a_signature(moderator)
    assert [is_signed(text) for text in told] == [True] * len(told)
    assert len(told) == 5
    assert rows_with_a_signature() == []


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_none_is_told_to_the_public(work, path):
    answer = Client().get(path.format(slug=work.slug))
    assert answer.status_code == 200
    assert not is_signed(answer.content.decode())


def test_none_stands_in_a_sitemap(work):
    index = Client().get("/sitemap.xml").content.decode()
    parts = [part.partition("</loc>")[0] for part in index.split("<loc>")[1:]]
    assert parts
    for part in parts:
        assert not is_signed(Client().get(part.removeprefix("http://127.0.0.1:8000")).content.decode())


def test_none_is_logged(moderator, work):
    """Not even one that opens nothing any more: whoever reads logs does not learn what they look like."""
    ticket = moderator.ticket(media.make_png(60, 40))
    task = GenerationTask.objects.first()
    private = moderator.client.get(f"/api/v1/generation/tasks/{task.pk}").json()["output_url"]
    for url in (ticket["url"], private):
        path = urlsplit(url).path
        secret = max(path.split("/"), key=len)
        said = blotted(f"Not Found: {path}")
        assert "[secret]" in said
        assert secret not in said
