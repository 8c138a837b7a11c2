import uuid

import pytest
from rest_framework.test import APIClient

from accounts.tests.factories import make_key, make_user
from gallery.models import Decision, Item, Reservation
from gallery.tests.factories import make_category, make_item, make_staff, make_task
from generation.models import GenerationTask

pytestmark = pytest.mark.django_db
URL = "/api/v1/admin/gallery"


def test_a_finished_task_becomes_a_pending_item(staff_api):
    make_category("Boats")
    task = make_task()
    body = {"task_id": str(task.pk), "title": "Lantern boat", "categories": ["boats"], "keywords": ["boat"]}
    answer = staff_api.post(URL, body, format="json")
    assert answer.status_code == 201
    item = answer.json()
    assert (item["status"], item["slug"], item["task_id"]) == ("pending", "lantern-boat", str(task.pk))
    assert [category["slug"] for category in item["categories"]] == ["boats"]
    assert answer["Location"].endswith(f"/api/v1/admin/gallery/{item['id']}")


def test_files_of_a_pending_item_are_signed_for_its_moderator(staff_api):
    item = make_item(shown=False)
    body = staff_api.get(f"{URL}/{item.pk}").json()
    assert "/media/private/" in body["media_url"]
    assert "/media/private/" in body["thumbnail_url"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"task_id": "x"}, 400),
        ({"task_id": str(uuid.uuid4())}, 404),
        ({"task_id": str(uuid.uuid4()), "upload_key": "uploads/x"}, 400),
        ({"task_id": str(uuid.uuid4()), "language": "fr"}, 400),
        ({"task_id": str(uuid.uuid4()), "title": "x" * 256}, 400),
        ({"task_id": str(uuid.uuid4()), "translations": {"th": "x"}}, 400),
        ({"task_id": str(uuid.uuid4()), "translations": {"fr": {"title": "x"}}}, 400),
        ({"task_id": str(uuid.uuid4()), "translations": {"th": {"colour": "x"}}}, 400),
    ],
)
def test_a_wrong_body_is_refused(staff_api, body, status):
    answer = staff_api.post(URL, body, format="json")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_an_unfinished_task_cannot_become_an_item(staff_api):
    task = make_task(user=make_user(), done=False)
    answer = staff_api.post(URL, {"task_id": str(task.pk), "title": "A"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_completed")


def test_the_queue_is_walked_by_status_and_cursor(staff_api):
    for number in range(3):
        make_item(shown=False, title=str(number))
    make_item(title="shown")
    first = staff_api.get(f"{URL}?status=pending&limit=2").json()
    assert [item["title"] for item in first["results"]] == ["2", "1"]
    second = staff_api.get(first["next"]).json()
    assert [item["title"] for item in second["results"]] == ["0"]
    assert staff_api.get(f"{URL}?status=lost").status_code == 400


@pytest.mark.parametrize("limit", [24, 48])
def test_the_queue_takes_the_same_few_queries_at_any_length(staff_api, limit, django_assert_max_num_queries):
    for _number in range(limit):
        make_item(shown=False, rendered=False)
    with django_assert_max_num_queries(5):  # the key, its last use, items, decisions, categories
        assert len(staff_api.get(f"{URL}?limit={limit}").json()["results"]) == limit


def test_an_approved_item_is_public(staff_api, api):
    item = make_item(shown=False, files=True, rendered=False, slug="one")
    assert api.get("/api/v1/gallery/one").status_code == 404
    answer = staff_api.post(f"{URL}/{item.pk}/approve")
    assert (answer.status_code, answer.json()["status"]) == (200, "approved")
    assert api.get("/api/v1/gallery/one").status_code == 200


def test_a_rejection_needs_a_reason_and_tells_it(staff_api):
    item = make_item(shown=False)
    assert staff_api.post(f"{URL}/{item.pk}/reject", {}, format="json").status_code == 400
    answer = staff_api.post(f"{URL}/{item.pk}/reject", {"reason": "Blurred"}, format="json")
    assert (answer.json()["status"], answer.json()["reason"]) == ("rejected", "Blurred")


def test_featuring_is_switched_on_and_off(staff_api):
    item = make_item()
    assert staff_api.post(f"{URL}/{item.pk}/feature").json()["is_featured"]
    answer = staff_api.post(f"{URL}/{item.pk}/feature", {"featured": False}, format="json")
    assert not answer.json()["is_featured"]


def test_a_patch_changes_what_it_names(staff_api):
    item = make_item(title="Before", description="Stays")
    answer = staff_api.patch(f"{URL}/{item.pk}", {"title": "After", "slug": "after"}, format="json")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["title"], body["description"], body["slug"]) == ("After", "Stays", "after")


def test_rights_are_filled_in_and_emptied(staff_api):
    path = f"{URL}/{make_item().pk}"
    rights = {"license_url": "https://example.org/l", "credit_text": "Studio", "copyright_notice": "None"}
    told = staff_api.patch(path, rights | {"acquire_url": ""}, format="json").json()
    assert told | rights == told
    assert staff_api.patch(path, {"license_url": "ftp://example.org"}, format="json").status_code == 400
    assert staff_api.put(path, {"title": "Boat"}, format="json").json()["license_url"] == ""


def test_a_put_empties_what_it_leaves_out(staff_api):
    item = make_item(title="Before", description="Goes", categories=(make_category(),))
    body = staff_api.put(f"{URL}/{item.pk}", {"title": "After"}, format="json").json()
    assert (body["title"], body["description"], body["categories"]) == ("After", "", [])
    assert staff_api.put(f"{URL}/{item.pk}", {"description": "x"}, format="json").status_code == 400


@pytest.mark.parametrize(
    "body", [{"slug": "taken"}, {"categories": ["nowhere"]}, {"status": "approved"}, {"display_order": 2**40}]
)
def test_a_refused_edit_changes_nothing(staff_api, body):
    make_item(slug="taken")
    item = make_item(title="Before")
    answer = staff_api.patch(f"{URL}/{item.pk}", {"title": "After"} | body, format="json")
    assert answer.status_code == 400
    assert Item.objects.get(pk=item.pk).title == "Before"


def test_a_deleted_item_is_removed_for_good(staff_api, api):
    item = make_item(slug="one", files=True, rendered=False)
    answer = staff_api.delete(f"{URL}/{item.pk}")
    assert answer.json() == {"id": str(item.pk), "status": "removed", "deleted": True}
    assert api.get("/api/v1/gallery/one").status_code == 410
    assert staff_api.get(f"{URL}/{item.pk}").json()["media_url"] is None
    assert staff_api.post(f"{URL}/{item.pk}/approve").status_code == 409


def test_a_generated_item_is_promised_before_it_exists(staff_api, sandbox):
    body = {"prompt": "A boat", "model_id": "flux-2", "title": "Boat", "approve": True}
    answer = staff_api.post(f"{URL}/generate", body, format="json")
    assert answer.status_code == 202
    promise = answer.json()
    assert promise["item"]["status"] == "generating"
    reservation = Reservation.objects.get()
    assert str(reservation.item_id) == promise["item"]["id"]
    assert str(reservation.task_id) == promise["task"]["id"]
    assert (reservation.approve, reservation.fields) == (True, {"title": "Boat"})
    assert not Item.objects.exists()


def test_a_repeated_order_makes_one_promise(staff_api, sandbox):
    body = {"prompt": "A boat", "model_id": "flux-2"}
    answers = [
        staff_api.post(f"{URL}/generate", body, format="json", headers={"Idempotency-Key": "k"})
        for _time in range(2)
    ]
    assert answers[0].json()["item"] == answers[1].json()["item"]
    assert GenerationTask.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": "A boat"},
        {"prompt": "", "model_id": "flux-2"},
        {"prompt": "A boat", "model_id": "unknown"},
        {"prompt": "A boat", "model_id": "flux-2", "options": {"colour": "red"}},
        {"prompt": "A boat", "model_id": "flux-2", "categories": ["nowhere"]},
    ],
)
def test_a_refused_order_moves_no_credit_and_promises_nothing(staff_api, staff, sandbox, body):
    assert staff_api.post(f"{URL}/generate", body, format="json").status_code == 400
    assert not GenerationTask.objects.exists()
    assert not Reservation.objects.exists()
    staff.credits.refresh_from_db()
    assert staff.credits.held == 0


CALLS = [
    ("get", ""),
    ("post", ""),
    ("get", "/{id}"),
    ("put", "/{id}"),
    ("patch", "/{id}"),
    ("delete", "/{id}"),
    ("post", "/{id}/approve"),
    ("post", "/{id}/reject"),
    ("post", "/{id}/feature"),
    ("post", "/generate"),
]


def caller(scopes, *, is_staff=True):
    """Somebody with a key, made while they were staff."""
    user = make_staff()
    client = APIClient()
    client.credentials(HTTP_X_API_KEY=make_key(user, scopes=scopes)[1])
    user.is_staff = is_staff
    user.save()
    return client


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_only_staff_with_the_scope_may(method, path):
    item = make_item(shown=False)
    url = URL + path.format(id=item.pk)
    assert getattr(APIClient(), method)(url).status_code == 401
    assert getattr(caller(["gallery:moderate"], is_staff=False), method)(url).status_code == 403
    answer = getattr(caller(["generate", "gallery:write"]), method)(url)
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    item.refresh_from_db()
    assert item.status == "pending"
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("method", "path"), [call for call in CALLS if "{id}" in call[1]])
def test_an_unknown_item_is_not_found(staff_api, method, path):
    url = URL + path.format(id=uuid.uuid4())
    body = {"title": "A"} if method in ("put", "patch") else {"reason": "x"} if "reject" in path else None
    assert getattr(staff_api, method)(url, body, format="json").status_code == 404
