"""Makers share their own works, mend their words and take them back."""

import json

import pytest

from accounts.tests.factories import make_key, make_user
from gallery import moderation
from gallery.models import Item
from gallery.tests.factories import make_item, make_staff, make_task

pytestmark = pytest.mark.django_db
LABEL = {"title": "Boats at dusk", "description": "Two boats wait.", "alt_text": "Two boats on a river"}


@pytest.fixture
def maker():
    return make_user(username="maker")


@pytest.fixture
def api(client, maker):
    _key, secret = make_key(maker)
    client.defaults["HTTP_X_API_KEY"] = secret
    return client


def send(api, method, path, body=None):
    call = getattr(api, method)
    return call(f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")


def test_a_shared_task_waits_for_moderation(api, maker):
    task = make_task(user=maker)
    answer = send(api, "post", f"/generation/tasks/{task.pk}/share", LABEL)
    assert (answer.status_code, answer.json()["status"]) == (201, "pending")
    assert answer.json()["title"] == LABEL["title"]
    assert Item.objects.get().created_by == maker
    assert api.get(f"/gallery/{answer.json()['slug']}").status_code == 404


def test_sharing_twice_gives_the_first_item_again(api, maker):
    task = make_task(user=maker)
    first = send(api, "post", f"/generation/tasks/{task.pk}/share", LABEL)
    again = send(api, "post", f"/generation/tasks/{task.pk}/share", LABEL)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])


def test_somebody_elses_task_cannot_be_shared(api):
    task = make_task(user=make_user(username="other"))
    assert send(api, "post", f"/generation/tasks/{task.pk}/share", LABEL).status_code == 404


def test_an_unfinished_task_cannot_be_shared(api, maker):
    task = make_task(user=maker, done=False)
    answer = send(api, "post", f"/generation/tasks/{task.pk}/share", LABEL)
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_completed")


@pytest.mark.parametrize("body", [{}, {"title": ""}, LABEL | {"is_featured": True}, LABEL | {"slug": "mine"}])
def test_a_maker_says_words_and_decides_nothing_else(api, maker, body):
    task = make_task(user=maker)
    assert send(api, "post", f"/generation/tasks/{task.pk}/share", body).status_code == 400
    assert not Item.objects.exists()


def test_makers_see_their_own_works_with_state_and_reason(api, maker):
    mine, _theirs = make_item(shown=False, created_by=maker), make_item(shown=False)
    moderation.reject(mine, by=make_staff(), reason="Too dark.")
    (found,) = api.get("/api/v1/me/items").json()["results"]
    assert (found["id"], found["status"], found["reason"]) == (str(mine.pk), "rejected", "Too dark.")


def test_a_mended_work_waits_again_and_leaves_the_wall(api, maker):
    item = make_item(shown=True, files=True, created_by=maker)
    answer = send(api, "patch", f"/me/items/{item.pk}", {"title": "A better title"})
    assert (answer.status_code, answer.json()["status"]) == (200, "pending")
    assert api.get(f"/gallery/{item.slug}").status_code == 404


def test_a_change_that_changes_nothing_keeps_the_work_on_the_wall(api, maker):
    item = make_item(shown=True, created_by=maker)
    answer = send(api, "patch", f"/me/items/{item.pk}", {"title": item.title})
    assert answer.json()["status"] == "approved"


def test_a_work_taken_back_is_gone_from_the_wall(api, maker):
    item = make_item(shown=True, files=True, created_by=maker)
    assert send(api, "delete", f"/me/items/{item.pk}").json()["status"] == "withdrawn"
    assert api.get(f"/gallery/{item.slug}").status_code == 404


def test_somebody_elses_work_does_not_exist_here(api):
    item = make_item(shown=True)
    for method in ("patch", "delete"):
        assert send(api, method, f"/me/items/{item.pk}", {"title": "Mine now"}).status_code == 404


def test_a_key_without_the_scope_shares_nothing(client, maker):
    _key, secret = make_key(maker, scopes=["generate"])
    task = make_task(user=maker)
    answer = client.post(
        f"/api/v1/generation/tasks/{task.pk}/share",
        json.dumps(LABEL),
        content_type="application/json",
        headers={"X-API-Key": secret},
    )
    assert answer.json()["code"] == "insufficient_scope"
