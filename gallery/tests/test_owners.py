"""What becomes of a work when its maker lets go."""

import pytest

from accounts import closing
from accounts.tests.factories import make_key, make_user
from gallery.models import Item
from gallery.tests.factories import make_item, make_task
from generation import services

pytestmark = pytest.mark.django_db


def test_a_pending_work_goes_with_its_task():
    item = make_item(shown=False, generation_task=make_task())
    services.delete(item.generation_task, by=item.generation_task.user)
    item.refresh_from_db()
    assert item.status == "withdrawn"
    assert item.decisions.first().reason == "its task was deleted"


def test_a_published_work_stays_on_its_own_copies():
    item = make_item(shown=True, files=True, generation_task=make_task())
    services.delete(item.generation_task, by=item.generation_task.user)
    item.refresh_from_db()
    assert item.is_shown
    assert item.media.file.storage.exists(item.media.file.name)


def test_an_owners_works_are_removed_when_the_account_closes(client):
    user = make_user(username="leaver")
    items = [make_item(shown=True, created_by=user), make_item(shown=False, created_by=user)]
    closing.close(user)
    assert {Item.objects.get(pk=item.pk).status for item in items} == {"removed"}
    assert client.get(f"/gallery/{items[0].slug}").status_code == 410


def test_the_file_of_a_work_is_in_use(client):
    user = make_user(username="keeper")
    item = make_item(shown=True, created_by=user)
    _key, secret = make_key(user)
    answer = client.delete(f"/api/v1/storage/{item.media.file.name}", headers={"X-API-Key": secret})
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
