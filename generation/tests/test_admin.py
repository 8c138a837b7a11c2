"""Staff look at tasks and act on them through the services."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts import ledger
from accounts.models import AuditEntry
from accounts.tests.factories import make_user
from generation import alarms
from generation.models import Alarm, GenerationTask, ModelSwitch
from generation.tests.conftest import run, submit

LIST = reverse("admin:generation_generationtask_changelist")


@pytest.fixture
def staff(client, db):
    boss = make_user(username="boss")
    boss.is_staff = boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    return client


def act(client, action, *tasks, **form):
    chosen = {"action": action, "_selected_action": [str(task.pk) for task in tasks]}
    return client.post(LIST, chosen | form, follow=True)


WHY = {"apply": "1", "reason": "the customer rang"}


def audited() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(action="task_act").values_list("user__username", "object"))


def test_a_task_is_found_by_either_id(staff, sandbox, user):
    done = run(submit(user, prompt="the wanted one"))
    submit(user, prompt="a stranger")
    for word in (str(done.pk), done.external_task_id):
        page = staff.get(LIST, {"q": word}).content.decode()
        assert "the wanted one" in page
        assert "a stranger" not in page


def test_the_page_of_a_task_tells_its_history_and_hides_its_secret(staff, sandbox, user):
    done = run(submit(user))
    page = staff.get(reverse("admin:generation_generationtask_change", args=[done.pk])).content.decode()
    assert "processing/storing" in page
    assert done.outputs.get().asset.file.name in page
    assert done.callback_token not in page


def test_staff_can_stop_a_task(staff, sandbox, user):
    task = submit(user)
    act(staff, "cancel_tasks", task, **WHY)
    task.refresh_from_db()
    assert (task.status, task.error_code) == ("cancelled", "cancelled_by_operator")
    assert ledger.balance_of(user).held == 0


def test_staff_can_generate_a_task_again_for_its_owner(staff, sandbox, user):
    first = run(submit(user, prompt="x [sandbox:fail]"))
    act(staff, "retry_tasks", first, **WHY)
    again = GenerationTask.objects.exclude(pk=first.pk).get()
    assert (again.user, again.parent_id) == (user, first.pk)


def test_nobody_edits_a_task_by_hand(staff, sandbox, user):
    task = submit(user)
    staff.post(reverse("admin:generation_generationtask_change", args=[task.pk]), {"status": "completed"})
    task.refresh_from_db()
    assert task.status == "pending"


def do(client, task, act, reason="the customer rang"):
    url = reverse("admin:generation_task_act", args=[task.pk])
    return client.post(url, {"do": act, "reason": reason}, follow=True).content.decode()


def test_a_task_is_cancelled_on_its_page(staff, sandbox, user):
    task = submit(user)
    assert "The task was cancelled." in do(staff, task, "cancel")
    task.refresh_from_db()
    assert task.error_code == "cancelled_by_operator"
    assert "There was nothing to do." in do(staff, task, "cancel")


def test_a_refund_needs_a_reason_and_happens_once(staff, sandbox, user):
    done = run(submit(user))
    assert "Please write a reason first." in do(staff, done, "refund", "")
    assert ledger.balance_of(user).available == 482
    assert "The credits were given back." in do(staff, done, "refund", "wrong colours")
    assert "There was nothing to do." in do(staff, done, "refund", "again")
    assert ledger.balance_of(user).available == 500
    entry = user.credits.entries.first()
    assert (entry.amount, entry.reason) == (18, f"refund of {done.pk}: wrong colours")


def test_the_page_of_a_task_shows_its_receipt(staff, sandbox, user):
    done = run(submit(user))
    do(staff, done, "refund", "wrong colours")
    page = staff.get(f"/admin/generation/generationtask/{done.pk}/change/").content.decode()
    assert "quoted 18.00; captured 18.00; refunded 18.00; upstream cost 18.00; wrong colours" in page


def test_every_act_leaves_who_and_why(staff, sandbox, user):
    task = submit(user)
    do(staff, task, "cancel", "the customer rang")
    entry = LogEntry.objects.get(object_id=str(task.pk))
    assert (entry.user.username, entry.change_message) == ("boss", "cancel: the customer rang")
    assert audited() == [("boss", f"cancel {task.pk}: the customer rang")]


@pytest.mark.parametrize("name", ["cancel", "retry", "refetch", "refund"])
def test_no_act_is_done_without_a_reason(staff, sandbox, user, name):
    task = submit(user)
    before = GenerationTask.objects.values().get(pk=task.pk)
    assert "Please write a reason first." in do(staff, task, name, "  ")
    assert GenerationTask.objects.values().get(pk=task.pk) == before
    assert (GenerationTask.objects.count(), audited()) == (1, [])


def test_every_kind_of_act_leaves_a_row_of_the_audit(staff, sandbox, user):
    done, waiting = run(submit(user)), submit(user)
    for name, task in (("retry", done), ("refund", done), ("refetch", waiting), ("cancel", waiting)):
        do(staff, task, name, "why not")
    told = [f"cancel {waiting.pk}", f"refetch {waiting.pk}", f"refund {done.pk}", f"retry {done.pk}"]
    assert audited() == [("boss", f"{act}: why not") for act in told]


def test_an_act_that_did_nothing_leaves_no_row(staff, sandbox, user):
    done = run(submit(user))
    assert "There was nothing to do." in do(staff, done, "cancel")
    assert audited() == []


@pytest.mark.parametrize("action", ["cancel_tasks", "retry_tasks"])
def test_acts_on_many_ask_why_first_and_leave_a_row_for_each(staff, sandbox, user, action):
    tasks = [submit(user), submit(user)]
    page = act(staff, action, *tasks).content.decode()
    assert 'name="reason"' in page
    assert GenerationTask.objects.filter(status="pending").count() == 2
    act(staff, action, *tasks, apply="1", reason=" ")
    assert audited() == []
    act(staff, action, *tasks, **WHY)
    name = action.partition("_")[0]
    assert set(audited()) == {("boss", f"{name} {task.pk}: the customer rang") for task in tasks}


def test_a_task_that_cost_nothing_is_not_refunded(staff, sandbox, user):
    failed = run(submit(user, prompt="x [sandbox:fail]"))
    assert "There was nothing to do." in do(staff, failed, "refund", "sorry")


def test_a_waiting_task_is_looked_at_again(staff, sandbox, user):
    task = submit(user)
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now() + timedelta(hours=1))
    assert "The provider is asked again" in do(staff, task, "refetch")
    task.refresh_from_db()
    assert task.due_at <= timezone.now()
    assert "There was nothing to do." in do(staff, run(task), "refetch")


def test_the_page_of_a_task_shows_money_and_masks_the_providers_links(staff, sandbox, user):
    done = run(submit(user))
    words = "see https://files.example/a.png?sig=abc123&t=9 with token: 0123456789abcdef"
    GenerationTask.objects.filter(pk=done.pk).update(error_raw=words)
    page = staff.get(reverse("admin:generation_generationtask_change", args=[done.pk])).content.decode()
    assert "https://files.example/a.png?…" in page
    assert "abc123" not in page
    assert "0123456789abcdef" not in page
    assert "hold 18.00" in page
    assert "capture 18.00" in page


def test_who_may_only_look_acts_on_nothing(client, sandbox, user):
    viewer = make_user(username="viewer", is_staff=True)
    viewer.is_superuser = False
    viewer.save()
    viewer.user_permissions.set(Permission.objects.filter(codename="view_generationtask"))
    client.force_login(viewer)
    task = submit(user)
    page = client.get(reverse("admin:generation_generationtask_change", args=[task.pk]))
    assert page.status_code == 200
    assert 'name="do"' not in page.content.decode()
    url = reverse("admin:generation_task_act", args=[task.pk])
    assert client.post(url, {"do": "cancel"}).status_code == 403
    act(client, "cancel_tasks", task, **WHY)
    task.refresh_from_db()
    assert task.status == "pending"


def test_an_unknown_act_is_not_found(staff, sandbox, user):
    url = reverse("admin:generation_task_act", args=[submit(user).pk])
    assert staff.post(url, {"do": "explode"}).status_code == 404


def test_a_model_is_switched_off_with_a_reason_only(staff):
    url = reverse("admin:generation_modelswitch_add")
    page = staff.post(url, {"model_id": "flux-2", "reason": " "}).content.decode()
    assert "callers of the model read it" in page
    staff.post(url, {"model_id": "flux-2", "reason": "Being looked into."})
    switch = ModelSwitch.objects.get()
    assert (switch.model_id, switch.is_on, switch.reason) == ("flux-2", False, "Being looked into.")
    change = reverse("admin:generation_modelswitch_change", args=["flux-2"])
    staff.post(change, {"is_on": "on", "reason": ""})
    switch.refresh_from_db()
    assert switch.is_on


def test_only_models_of_the_catalogue_have_a_switch(staff):
    staff.post(reverse("admin:generation_modelswitch_add"), {"model_id": "dall-e", "reason": "x"})
    assert not ModelSwitch.objects.exists()


def test_the_alarm_inbox_shows_what_still_stands(staff):
    alarms.sound("out_of_credit", "the provider's account")
    alarms.sound("key_refused", "our key")
    inbox = reverse("admin:generation_alarm_changelist")
    alarm = Alarm.objects.get(kind="key_refused")
    staff.post(inbox, {"action": "clear_alarms", "_selected_action": [alarm.pk]})
    standing = staff.get(inbox).context["cl"].result_list
    assert [each.kind for each in standing] == ["out_of_credit"]
    cleared = staff.get(inbox, {"state": "cleared"}).context["cl"].result_list
    assert [each.kind for each in cleared] == ["key_refused"]


def test_the_list_of_tasks_costs_the_same_for_one_and_for_many(staff, user, django_assert_max_num_queries):
    for number in range(12):
        GenerationTask.objects.create(
            user=user,
            task_type="image",
            model_id="flux-2",
            credits_quoted=1,
            due_at=timezone.now(),
            prompt=number,
        )
    with django_assert_max_num_queries(8):
        staff.get(LIST)
