"""What the provider says that nobody has heard before is counted and listed, but not of whom."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from generation import alarms, jobs, unknown_words
from generation.models import Alarm, GenerationTask
from generation.sandbox.faults import FAILURES, REFUSALS
from generation.tests.conftest import run, submit

pytestmark = pytest.mark.django_db


def listed() -> dict[str, int]:
    return dict(Alarm.objects.filter(kind="unknown_answer").values_list("subject", "count"))


def step(task) -> GenerationTask:
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
    jobs.advance(str(task.pk))
    return GenerationTask.objects.get(pk=task.pk)


@pytest.mark.parametrize(
    ("raw", "pattern"),
    [
        ("500: Blorp flimmed.", "500: Blorp flimmed."),
        ("500: task 0f3c9a1b77e24d5b8c6d1e2f3a4b5c6d has gone", "500: task … has gone"),
        ("500: order 1776000000000 of 3 is late", "500: order … of 3 is late"),
        ("400: cannot read https://files.example/a.png?x=1 now", "400: cannot read … now"),
        ("500: two\n  lines", "500: two lines"),
        ("422: E003", "422: E003"),
    ],
)
def test_a_sentence_is_the_same_whatever_it_is_about(raw, pattern):
    assert unknown_words.pattern_of(raw) == pattern


def test_unknown_words_of_a_failed_task_are_counted(sandbox, user, monkeypatch):
    monkeypatch.setitem(FAILURES, "500", "Blorp flimmed.")
    for _time in range(2):
        run(submit(user, prompt="a bridge [sandbox:fail]"))
    assert listed() == {"failure: 500: Blorp flimmed.": 2}


def test_unknown_words_of_a_refused_order_are_counted_and_cost_nothing(sandbox, user, monkeypatch):
    monkeypatch.setitem(REFUSALS, "422", "The moon is in the wrong house.")
    task = run(submit(user, prompt="a bridge [sandbox:refuse=422]"))
    assert (task.status, task.credits_used) == ("failed", 0)
    assert listed() == {"order: HTTP 200, 422: The moon is in the wrong house.": 1}


def test_unknown_words_that_leave_an_order_in_doubt_are_counted(sandbox, user, monkeypatch):
    monkeypatch.setitem(REFUSALS, "599", "Who knows.")
    assert step(submit(user, prompt="a bridge [sandbox:refuse=599]")).stage == "unconfirmed"
    assert listed() == {"order: HTTP 200, 599: Who knows.": 1}


def test_words_that_we_know_are_not_listed(sandbox, user):
    run(submit(user, prompt="a bridge [sandbox:moderated]"))
    sandbox.desk.mode.set({"paused_models": ["z-image"]})
    run(submit(user, model_id="z-image"))
    assert listed() == {}


def test_what_the_person_wrote_and_what_opens_doors_are_left_out(db):
    raw = "500: my secret plan: cannot be drawn, see https://files.example/a.png?sig=0123456789"
    unknown_words.tell("failure", raw, prompt="my secret plan")
    alarm = Alarm.objects.get()
    assert alarm.subject == "failure: 500: …: cannot be drawn, see …"
    assert alarm.detail == "500: …: cannot be drawn, see https://files.example/a.png?…"


def test_a_provider_that_babbles_does_not_fill_the_inbox(db):
    for number in range(unknown_words.MOST_LISTED + 5):
        unknown_words.tell("failure", f"500: nonsense {number}")
    assert len(listed()) == unknown_words.MOST_LISTED + 1
    assert listed()["others"] == 5
    unknown_words.tell("failure", "500: nonsense 3")
    assert listed()["failure: 500: nonsense 3"] == 2


def test_the_operator_sees_them_by_kind_with_their_count(client):
    client.force_login(make_user("boss", is_staff=True))
    unknown_words.tell("order", "HTTP 200, 422: The moon is in the wrong house.")
    unknown_words.tell("order", "HTTP 200, 422: The moon is in the wrong house.")
    alarms.sound("key_refused", "kie.ai")
    inbox = client.get(reverse("admin:generation_alarm_changelist"), {"kind": "unknown_answer"})
    (row,) = inbox.context["cl"].result_list
    assert (row.subject, row.count) == ("order: HTTP 200, 422: The moon is in the wrong house.", 2)
