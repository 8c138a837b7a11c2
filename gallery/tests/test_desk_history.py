"""Whoever changes a work, and wherever: a row of its history says so."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from gallery.desk import bulk, judging
from gallery.errors import HistoryStays
from gallery.models import Category, Decision, Item
from gallery.publishing import own_shelves
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db
LIST, DESK, API = "/admin/gallery/item/", "/admin/gallery/item/moderate/", "/api/v1/admin/gallery"
WATCHED = ("status", "is_public", "is_featured", "rating", "title", "slug", "approved_by_id", "media_id")


def form_of(client, item) -> dict:
    form = client.get(reverse("admin:gallery_item_change", args=[item.pk])).context["adminform"].form
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    given = {name: value for name, value in given.items() if value is not None and value is not False}
    return given | {"decisions-TOTAL_FORMS": 0, "decisions-INITIAL_FORMS": 0}


def action(name):
    def act(client, api, item):
        given = {"action": name, "_selected_action": [item.pk], "reason": "because"}
        client.post(f"{LIST}?status=all", given)

    return act


def button(name):
    def act(client, api, item):
        given = form_of(client, item) | {f"_{name}": "1", "reason": "because"}
        client.post(reverse("admin:gallery_item_change", args=[item.pk]), given)

    return act


def confirmed(ask):
    """The question is answered with yes, as its page would be."""

    def act(client, api, item):
        ask(client, api, item)
        assert not Decision.objects.filter(action="remove").exists()
        given = {"do": "remove", "confirmed": 1, "work": f"{item.pk}:{judging.seen_of(item)}", "preset": "1"}
        client.post(f"{DESK}bulk/", given)

    return act


def call(path, body=None, method="post"):
    def act(client, api, item):
        getattr(api, method)(f"{API}/{item.pk}{path}", body or {}, format="json")

    return act


def together(name):
    def act(client, api, item):
        body = {"ids": [str(item.pk)], "action": name, "reason": "because"}
        api.post(f"{API}/bulk", body, format="json")

    return act


def undone_by_call(client, api, item):
    call("/reject", {"reason": "because"})(client, api, item)
    call("/undo")(client, api, item)


def at_the_desk(verb):
    def act(client, api, item):
        given = {"do": verb, "seen": judging.seen_of(item), "preset": "1"}
        client.post(f"{DESK}{item.pk}/judge/", given)

    return act


def written_in_the_form(client, api, item):
    given = form_of(client, item) | {"title": "Another title", "rating": "sensitive", "slug": "another"}
    client.post(reverse("admin:gallery_item_change", args=[item.pk]), given)


def written_at_the_desk(client, api, item):
    shelf = Category.objects.get()
    given = {"seen": judging.seen_of(item), "language": "en", "title": "Another title", "shelves": [shelf.pk]}
    client.post(f"{DESK}{item.pk}/words/", given)


def undone(client, api, item):
    at_the_desk("reject")(client, api, item)
    client.post(f"{DESK}undo/")


def many(client, api, item):
    given = {"do": "reject", "confirmed": 1, "work": f"{item.pk}:{judging.seen_of(item)}", "preset": "2"}
    client.post(f"{DESK}bulk/", given)


ON_WAITING = {
    "action approve": action("approve"),
    "button approve": button("approve"),
    "API approve": call("/approve"),
    "desk approve": at_the_desk("approve"),
    "action reject": action("reject"),
    "button reject": button("reject"),
    "API reject": call("/reject", {"reason": "because"}),
    "desk reject": at_the_desk("reject"),
    "desk many": many,
    "desk undo": undone,
    "desk texts": written_at_the_desk,
    "form": written_in_the_form,
    "API edit": call("", {"title": "Another title", "rating": "sensitive"}, "patch"),
    "API replace": call("", {"title": "Another title"}, "put"),
    "API shelves": call("", {"categories": ["boats"]}, "patch"),
    "API undo": undone_by_call,
    "API many approve": together("approve"),
    "API many reject": together("reject"),
}
ON_SHOWN = {
    "action feature": action("feature"),
    "action hide": action("hide"),
    "action remove": confirmed(action("remove")),
    "button feature": button("feature"),
    "button hide": button("hide"),
    "button remove": confirmed(button("remove")),
    "API feature": call("/feature", {"featured": True}),
    "API hide": call("", {"is_public": False}, "patch"),
    "API remove": call("", method="delete"),
    "API many feature": together("feature"),
    "API many hide": together("hide"),
    "API many remove": together("remove"),
    "desk feature": at_the_desk("feature"),
    "desk hide": at_the_desk("hide"),
}
CASES = [(name, act, False) for name, act in ON_WAITING.items()]
CASES += [(name, act, True) for name, act in ON_SHOWN.items()]


@pytest.mark.parametrize(("act", "shown"), [pytest.param(act, shown, id=name) for name, act, shown in CASES])
def test_every_door_leaves_a_row_that_tells_the_change(client, staff, staff_api, act, shown):
    client.force_login(staff)
    make_category("Boats")
    item = make_item(shown=shown, files=True, rendered=False)
    before = facts(item)
    act(client, staff_api, item)
    assert facts(item) != before or Decision.objects.filter(action="undo").exists()
    assert told(item, before) == facts(item)
    assert set(Decision.objects.values_list("by", flat=True)) == {staff.pk}


def facts(item) -> dict:
    row = Item.objects.values(*WATCHED).get(pk=item.pk)
    return {name: str(value) for name, value in row.items()} | {"categories": str(own_shelves(item))}


def told(item, before: dict) -> dict:
    """What the history makes of the facts that were."""
    for decision in Decision.objects.filter(item=item).order_by("id"):
        for name, value in decision.before.items():
            assert name not in before or before[name] == str(value)
        before = before | {name: str(v) for name, v in decision.after.items() if name in before}
    return before


def test_many_at_once_leave_one_row_each(staff):
    items = [make_item(shown=False, files=True, rendered=False) for _number in range(3)]
    bulk.carry_out({item.pk: 0 for item in items}, verb="approve", by=staff)
    assert Decision.objects.filter(action="approve").count() == 3


class TestHistory:
    """What was decided stays as it was decided."""

    @pytest.fixture
    def decision(self, staff):
        return Decision.objects.create(item=make_item(), by=staff, action="reject", reason="Too dark")

    def test_it_is_neither_changed_nor_deleted_by_the_product(self, decision):
        decision.reason = "No reason"
        for change in (
            decision.save,
            decision.delete,
            Decision.objects.all().delete,
            lambda: Decision.objects.update(reason="No reason"),
        ):
            with pytest.raises(HistoryStays):
                change()
        assert Decision.objects.get().reason == "Too dark"

    def test_the_database_refuses_to_change_it(self, decision):
        statement = "UPDATE gallery_decisions SET reason = 'No reason'"
        refused = pytest.raises(DatabaseError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Decision.objects.get().reason == "Too dark"
