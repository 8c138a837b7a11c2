"""Moderator, Operator, Owner: what each may open and what stays closed."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from gallery.desk.groups import GROUPS, permissions
from gallery.models import Report, ReportOutcome
from gallery.tests.factories import make_item, make_staff
from generation.models import Alarm

pytestmark = pytest.mark.django_db

DESK = "/admin/gallery/item/moderate/"
GENERATE = "/admin/gallery/item/generate/"
ITEMS, TASKS, ALARMS = "/admin/gallery/item/", "/admin/generation/generationtask/", "/admin/generation/alarm/"
SWITCHES, REPORTS = "/admin/generation/modelswitch/add/", "/admin/gallery/report/"
PEOPLE, LEDGER, AUDIT = "/admin/accounts/user/", "/admin/accounts/ledgerentry/", "/admin/accounts/auditentry/"
NEW_PERSON, RIGHTS = "/admin/accounts/user/add/", "/admin/auth/group/"

DOORS = {
    "Moderator": {DESK, REPORTS},
    "Operator": {DESK, REPORTS, GENERATE, ITEMS, TASKS, ALARMS, SWITCHES, PEOPLE},
    "Owner": {
        DESK,
        REPORTS,
        GENERATE,
        ITEMS,
        TASKS,
        ALARMS,
        SWITCHES,
        PEOPLE,
        LEDGER,
        AUDIT,
        NEW_PERSON,
    },
}
ALL = DOORS["Owner"] | {RIGHTS}


@pytest.fixture(autouse=True)
def groups(db):
    """As `migrate` makes them; a test before may have emptied the tables."""
    call_command("migrate", verbosity=0)


def member(client, name: str) -> User:
    person = make_staff()
    User.objects.filter(pk=person.pk).update(is_superuser=False)
    person.groups.add(Group.objects.get(name=name))
    client.force_login(User.objects.get(pk=person.pk))
    return person


@pytest.mark.parametrize("name", DOORS)
def test_every_group_opens_its_doors_and_no_other(client, name):
    member(client, name)
    assert {door for door in ALL if client.get(door).status_code == 200} == DOORS[name]


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("Moderator", ["Works to judge", "Open reports"]),
        ("Operator", ["Works to judge", "Open reports", "Alarms", "Generate"]),
    ],
)
def test_the_first_page_leads_to_what_waits(client, name, links):
    member(client, name)
    page = client.get("/admin/").content.decode()
    shown = [
        words for words in ("Works to judge", "Open reports", "Alarms", "Generate") if f"{words}</a>" in page
    ]
    assert shown == links


def test_the_first_page_counts_what_waits(client):
    member(client, "Operator")
    make_item(shown=False)
    Report.objects.create(item=make_item(), reason="other")
    Alarm.objects.create(kind="key_refused", subject="our key")
    assert client.get("/admin/").content.decode().count("<strong>1</strong>") == 3


def rights_of(group: Group) -> set[str]:
    return {
        f"{right.content_type.app_label}.{right.codename}"
        for right in group.permissions.select_related("content_type")
    }


@pytest.mark.parametrize("name", GROUPS)
def test_an_upgrade_gives_a_group_the_rights_that_it_lacks(name):
    group = Group.objects.get(name=name)
    group.permissions.clear()  # as before these rights were thought of
    call_command("migrate", verbosity=0)
    assert rights_of(group) == set(GROUPS[name])


def test_what_an_owner_gave_a_group_stays():
    moderators = Group.objects.get(name="Moderator")
    moderators.permissions.add(*permissions(("gallery.view_item",)))
    for _time in range(2):
        call_command("migrate", verbosity=0)
    assert rights_of(moderators) == {"gallery.moderate", "gallery.view_item"}


def test_other_groups_are_left_alone():
    readers = Group.objects.create(name="Readers")
    readers.permissions.set(permissions(("gallery.view_item",)))
    Group.objects.create(name="Nobody")
    call_command("migrate", verbosity=0)
    assert rights_of(readers) == {"gallery.view_item"}
    assert rights_of(Group.objects.get(name="Nobody")) == set()
    assert Group.objects.count() == len(GROUPS) + 2


def test_every_right_of_a_group_exists():
    for rights in GROUPS.values():
        assert len(permissions(rights)) == len(rights)
    with pytest.raises(LookupError):
        permissions(("gallery.fly",))


def test_a_takedown_request_is_closed_from_the_list(client):
    moderator = member(client, "Moderator")
    report = Report.objects.create(url="https://example.com/x", reason="copyright", text="mine")
    assert "mine" in client.get(REPORTS).content.decode()
    client.post(REPORTS, {"action": "uphold", "_selected_action": [report.pk]})
    assert ReportOutcome.objects.get(report=report).outcome == "upheld"
    assert "mine" not in client.get(REPORTS).content.decode()
    assert "mine" in client.get(REPORTS, {"state": "closed"}).content.decode()
    page = client.get(reverse("admin:gallery_report_change", args=[report.pk])).content.decode()
    assert moderator.username in page
