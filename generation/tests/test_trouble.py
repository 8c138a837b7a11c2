"""Operator's faults stop the right thing, raise one alarm and lose no task."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import ledger
from generation import alarms, breaker, jobs, states
from generation.models import Alarm, Breaker, GenerationTask, ModelSwitch
from generation.sandbox.faults import FAILURES
from generation.tests.conftest import creates, run, submit


def step(task) -> GenerationTask:
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
    jobs.advance(str(task.pk))
    return GenerationTask.objects.get(pk=task.pk)


def let_time_pass():
    Breaker.objects.exclude(open_until=None).update(open_until=timezone.now())


def raised() -> list[tuple[str, str, int]]:
    return list(Alarm.objects.values_list("kind", "subject", "count"))


def test_a_refused_key_keeps_the_task_and_tells_the_operator(sandbox, user, settings):
    settings.KIE_AI_API_KEY = "wrong"
    task = step(submit(user))
    assert task.state == states.QUEUED
    assert raised() == [("key_refused", "kie.ai", 1)]
    settings.KIE_AI_API_KEY = sandbox.key
    let_time_pass()
    assert run(step(task)).status == "completed"


def test_while_our_account_is_refused_nothing_else_is_tried(sandbox, user, settings):
    settings.KIE_AI_API_KEY = "wrong"
    step(submit(user))
    settings.KIE_AI_API_KEY = sandbox.key
    other = step(submit(user, model_id="z-image"))
    assert other.state == states.QUEUED
    assert creates(sandbox) == 0


def test_an_empty_account_waits_and_goes_on_by_itself(sandbox, user):
    sandbox.desk.account.set(0)
    task = step(submit(user))
    assert (task.state, raised()) == (states.QUEUED, [("out_of_credit", "kie.ai", 1)])
    assert ledger.balance_of(user).held == 18
    sandbox.desk.account.set(1000)
    let_time_pass()
    assert run(step(task)).status == "completed"


def test_a_paused_model_is_switched_off_here_and_nobody_pays(sandbox, user):
    sandbox.desk.mode.set({"paused_models": ["z-image"]})
    task = step(submit(user, model_id="z-image"))
    assert (task.status, task.error_code) == ("failed", "model_unavailable")
    assert ModelSwitch.objects.get(pk="z-image").is_on is False
    assert raised() == [("model_switched_off", "z-image", 1)]
    assert ledger.balance_of(user).available == 500


def test_five_doubtful_orders_open_the_models_breaker(sandbox, user):
    sandbox.desk.mode.set({"faults": {"drop": True, "no-callback": True}})
    for _ in range(5):
        step(submit(user))
    sixth = step(submit(user))
    assert sixth.state == states.QUEUED
    assert creates(sandbox) == 5
    assert raised() == [("breaker_open", "nano-banana-pro", 1)]


def test_other_models_go_on_while_one_is_open(sandbox, user):
    for _ in range(5):
        breaker.strike("nano-banana-pro")
    assert run(submit(user, model_id="z-image")).status == "completed"


def test_one_probe_at_a_time_and_a_success_closes(db):
    for _ in range(5):
        breaker.strike("z-image")
    assert breaker.wait_for("z-image") > timedelta(seconds=25)
    let_time_pass()
    assert breaker.wait_for("z-image") is None
    assert breaker.wait_for("z-image") > timedelta(seconds=25)
    breaker.close("z-image")
    assert breaker.wait_for("z-image") is None


def test_old_strikes_do_not_count(db):
    for _ in range(4):
        breaker.strike("z-image")
    Breaker.objects.update(first_strike_at=timezone.now() - timedelta(minutes=1))
    assert not breaker.strike("z-image")
    assert breaker.wait_for("z-image") is None


@pytest.mark.django_db
def test_the_same_alarm_again_raises_its_count_until_it_is_cleared():
    alarms.sound("unknown_answer", "strange words")
    alarms.sound("unknown_answer", "strange words")
    assert raised() == [("unknown_answer", "strange words", 2)]
    assert alarms.clear(Alarm.objects.get())
    alarms.sound("unknown_answer", "strange words")
    assert sorted(raised()) == [
        ("unknown_answer", "strange words", 1),
        ("unknown_answer", "strange words", 2),
    ]


def test_words_that_we_do_not_know_are_counted(sandbox, user, monkeypatch):
    monkeypatch.setitem(FAILURES, "500", "Blorp flimmed.")
    run(submit(user, prompt="a bridge [sandbox:fail]"))
    assert [kind for kind, _subject, _count in raised()] == ["unknown_answer"]


def test_a_used_up_allowance_holds_everything_and_goes_on_by_itself(sandbox, user):
    task = step(submit(user, prompt="x [sandbox:refuse=433]"))
    other = step(submit(user, model_id="z-image"))
    assert [task.state, other.state] == [states.QUEUED, states.QUEUED]
    assert (raised(), creates(sandbox)) == ([("quota_used_up", "kie.ai", 1)], 0)
    let_time_pass()
    assert run(step(other)).status == "completed"


def test_maintenance_is_waited_out_without_waking_anybody(sandbox, user):
    sandbox.desk.mode.set({"faults": {"refuse": 455, "no-callback": True}, "next": 1})
    task = step(submit(user))
    assert (task.state, raised()) == (states.QUEUED, [])
    assert run(step(task)).status == "completed"


def test_a_key_refused_while_reading_tells_the_operator_and_keeps_the_task(sandbox, user, settings):
    task = run(submit(user, prompt="x [sandbox:stuck]"), until=["waiting"])
    settings.KIE_AI_API_KEY = "wrong"
    task = step(task)
    assert (task.stage, raised()) == ("waiting", [("key_refused", "kie.ai", 1)])
    settings.KIE_AI_API_KEY = sandbox.key
    sandbox.desk.release(task.external_task_id)
    assert run(task).status == "completed"


def test_a_key_refused_while_a_file_is_passed_on_keeps_the_task(sandbox, user, settings):
    picture = run(submit(user))
    settings.KIE_AI_API_KEY = "wrong"
    settings.GENERATION_STORE_ATTEMPTS = 1
    film = submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=str(picture.pk))
    film = step(film)
    assert (film.state, raised()) == (states.QUEUED, [("key_refused", "kie.ai", 1)])
    settings.KIE_AI_API_KEY = sandbox.key
    let_time_pass()
    assert run(step(film)).status == "completed"


def test_orders_for_a_model_switched_off_meanwhile_cost_nothing_and_nobody_waits_for_ever(sandbox, user):
    waiting = [submit(user, model_id="z-image") for _ in range(3)]
    sandbox.desk.mode.set({"paused_models": ["z-image"]})
    ended = [step(task) for task in waiting]
    assert {(task.status, task.error_code) for task in ended} == {("failed", "model_unavailable")}
    assert raised() == [("model_switched_off", "z-image", 3)]
    assert ledger.balance_of(user).held == 0
