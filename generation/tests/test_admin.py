"""Staff look at tasks and act on them through the services."""

import pytest
from django.urls import reverse

from accounts import ledger
from accounts.tests.factories import make_user
from generation.models import GenerationTask
from generation.tests.conftest import run, submit

LIST = reverse("admin:generation_generationtask_changelist")


@pytest.fixture
def staff(client, db):
    boss = make_user(username="boss")
    boss.is_staff = boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    return client


def act(client, action, *tasks):
    return client.post(
        LIST, {"action": action, "_selected_action": [str(task.pk) for task in tasks]}, follow=True
    )


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
    act(staff, "cancel_tasks", task)
    task.refresh_from_db()
    assert (task.status, task.error_code) == ("cancelled", "cancelled_by_operator")
    assert ledger.balance_of(user).held == 0


def test_staff_can_generate_a_task_again_for_its_owner(staff, sandbox, user):
    first = run(submit(user, prompt="x [sandbox:fail]"))
    act(staff, "retry_tasks", first)
    again = GenerationTask.objects.exclude(pk=first.pk).get()
    assert (again.user, again.parent_id) == (user, first.pk)


def test_nobody_edits_a_task_by_hand(staff, sandbox, user):
    task = submit(user)
    staff.post(reverse("admin:generation_generationtask_change", args=[task.pk]), {"status": "completed"})
    task.refresh_from_db()
    assert task.status == "pending"
