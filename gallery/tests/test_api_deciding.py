"""The moderators' API: taking decisions back, and deciding about many works at once."""

import uuid
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from gallery import editing, moderation, owners
from gallery.desk import bulk, sittings
from gallery.models import Decision, Item, Sitting
from gallery.tests.factories import make_item, make_staff

pytestmark = pytest.mark.django_db
URL = "/api/v1/admin/gallery"


def waiting() -> Item:
    return make_item(shown=False, files=True, rendered=False)


def together(api, items, action, **more):
    ids = [str(getattr(item, "pk", item)) for item in items]
    return api.post(f"{URL}/bulk", {"ids": ids, "action": action} | more, format="json")


def test_the_last_decision_is_taken_back_by_a_decision_of_its_own(staff_api):
    item = waiting()
    staff_api.post(f"{URL}/{item.pk}/reject", {"reason": "Too dark"}, format="json")
    answer = staff_api.post(f"{URL}/{item.pk}/undo")
    assert (answer.status_code, answer.json()["status"]) == (200, "pending")
    assert list(Decision.objects.order_by("id").values_list("action", flat=True)) == ["reject", "undo"]


def test_undo_again_takes_back_the_decision_before(staff_api):
    item = waiting()
    for path, body in (("approve", {}), ("feature", {"featured": True}), ("undo", {}), ("undo", {})):
        assert staff_api.post(f"{URL}/{item.pk}/{path}", body, format="json").status_code == 200
    item.refresh_from_db()
    assert (item.status, item.is_featured) == ("pending", False)
    answer = staff_api.post(f"{URL}/{item.pk}/undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")


def test_another_persons_decision_can_be_taken_back(staff_api, staff):
    item = make_item()
    Item.objects.filter(pk=item.pk).update(is_featured=True)
    Decision.objects.create(
        item=item,
        by=make_staff(),
        action="feature",
        before={"is_featured": False},
        after={"is_featured": True},
    )
    assert staff_api.post(f"{URL}/{item.pk}/undo").json()["is_featured"] is False
    assert Decision.objects.get(action="undo").by == staff


def test_many_works_are_decided_and_each_says_what_became_of_it(staff_api, staff):
    first, second, withdrawn = waiting(), waiting(), make_item(shown=False, status="withdrawn")
    nowhere = uuid.uuid4()
    answer = together(staff_api, [first, second, withdrawn, nowhere, first], "approve")
    assert answer.status_code == 200
    told = answer.json()
    assert told["changed"] == 2
    assert [(each["id"], each["changed"]) for each in told["results"]] == [
        (str(first.pk), True),
        (str(second.pk), True),
        (str(withdrawn.pk), False),
        (str(nowhere), False),
    ]
    assert [each["error"] and each["error"]["code"] for each in told["results"]] == [
        None,
        None,
        "wrong_state",
        "not_found",
    ]
    assert list(Decision.objects.values_list("action", "by")) == [("approve", staff.pk)] * 2


def test_a_work_that_was_so_already_is_no_error(staff_api):
    answer = together(staff_api, [make_item(is_featured=True)], "feature").json()
    assert (answer["changed"], answer["results"][0]["error"]) == (0, None)


def test_a_work_that_somebody_has_before_them_is_left_alone(staff_api):
    held = waiting()
    sittings.take(held.pk, by=make_staff("nan"))
    [result] = together(staff_api, [held], "approve").json()["results"]
    assert result["error"]["code"] == "being_judged"
    assert result["error"]["detail"].startswith("nan is looking at this work, until ")
    assert not Decision.objects.exists()


ACTS = {
    "approve": ("post", "/approve", {}),
    "reject": ("post", "/reject", {"reason": "Too dark"}),
    "feature": ("post", "/feature", {"featured": True}),
    "undo": ("post", "/undo", {}),
    "edit": ("patch", "", {"title": "Another title"}),
    "replace": ("put", "", {"title": "Another title"}),
    "remove": ("delete", "", {}),
}


def act(api, item, name):
    method, path, body = ACTS[name]
    return getattr(api, method)(f"{URL}/{item.pk}{path}", body, format="json")


@pytest.mark.parametrize("name", ACTS)
def test_what_somebody_has_before_them_is_not_touched_by_the_api_either(staff_api, staff, name):
    """The caller is a superuser: nobody is above it."""
    held, before = waiting(), timezone.now()
    moderation.feature(held, by=staff, featured=True)
    sittings.take(held.pk, by=make_staff("nan"))
    answer = act(staff_api, held, name)
    assert (answer.status_code, answer.json()["code"]) == (409, "being_judged")
    facts = {each["code"]: each["detail"] for each in answer.json()["errors"]}
    assert facts["held_by"] == "nan"
    assert before < datetime.fromisoformat(facts["held_until"]) <= timezone.now() + sittings.LASTS
    assert 0 < int(answer["Retry-After"]) <= 300
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("name", ACTS)
def test_who_has_the_work_acts_through_the_api_and_keeps_it(staff_api, staff, name):
    mine = waiting()
    moderation.feature(mine, by=staff, featured=True)
    sittings.take(mine.pk, by=staff)
    assert act(staff_api, mine, name).status_code == 200
    assert Sitting.objects.get().by == staff


@pytest.mark.parametrize("name", ACTS)
def test_a_call_leaves_the_work_to_whoever_comes_next(staff_api, staff, name):
    item = waiting()
    moderation.feature(item, by=staff, featured=True)
    assert act(staff_api, item, name).status_code == 200
    assert not Sitting.objects.exists()


def test_a_sitting_that_is_over_holds_nobody_up(staff_api):
    item = waiting()
    sittings.take(item.pk, by=make_staff("nan"))
    Sitting.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert act(staff_api, item, "approve").status_code == 200


def test_undo_puts_back_what_staff_wrote_and_leaves_makers_their_words(staff_api):
    maker = make_staff("maker")
    item = make_item(shown=False, title="First", created_by=maker)
    editing.edit(item, by=maker, fields={"title": "Makers own"})
    answer = staff_api.post(f"{URL}/{item.pk}/undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")
    staff_api.patch(f"{URL}/{item.pk}", {"title": "Better", "keywords": ["boat"]}, format="json")
    assert staff_api.post(f"{URL}/{item.pk}/undo").json()["title"] == "Makers own"
    item.refresh_from_db()
    assert (item.title, item.keywords) == ("Makers own", [])


def test_what_was_decided_before_a_maker_changed_the_work_is_past(staff_api, staff):
    maker = make_staff("maker")
    item = make_item(shown=False, created_by=maker)
    moderation.reject(item, by=staff, reason="Too dark")
    owners.mend(item, by=maker, fields={"title": "Brighter"})
    answer = staff_api.post(f"{URL}/{item.pk}/undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, "Through the API, without a reason."), ({"reason": "A letter came"}, "A letter came")],
)
def test_hiding_and_removing_keep_the_reason_that_was_given(staff_api, given, kept):
    item = make_item(files=True, rendered=False)
    staff_api.patch(f"{URL}/{item.pk}", {"is_public": False} | given, format="json")
    query = f"?{urlencode(given)}" if given else ""
    assert staff_api.delete(f"{URL}/{item.pk}{query}").json()["deleted"] is True
    assert list(Decision.objects.order_by("id").values_list("action", "reason")) == [
        ("hide", kept),
        ("remove", kept),
    ]


@pytest.mark.parametrize("action", ["reject", "hide", "remove"])
def test_what_the_maker_will_ask_about_needs_a_reason(staff_api, action):
    item = waiting()
    assert together(staff_api, [item], action).status_code == 400
    assert together(staff_api, [item], action, reason="Asked for").json()["changed"] == 1
    assert Decision.objects.get().reason == "Asked for"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": [], "action": "approve"},
        {"ids": ["x"], "action": "approve"},
        {"ids": [str(uuid.uuid4())], "action": "burn"},
        {"ids": [str(uuid.uuid4())] * (bulk.MOST + 1), "action": "approve"},
    ],
)
def test_a_wrong_body_is_refused(staff_api, body):
    assert staff_api.post(f"{URL}/bulk", body, format="json").status_code == 400
