"""Two people, one work, one moment: with real threads and real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from gallery import jobs, moderation, submission
from gallery.errors import FilesOnTheMove
from gallery.models import Category, Decision, Item
from gallery.tests.factories import make_category, make_item, make_staff, make_task, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run every act in a thread of its own, all starting together; what each returned, or its error."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except FilesOnTheMove as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_many_approvals_are_one():
    shelf = make_category()
    item = make_item(shown=False, files=True, rendered=False, categories=(shelf,))
    staff = [make_staff() for _number in range(4)]
    results = at_once(
        *(lambda by=by: moderation.approve(Item.objects.get(pk=item.pk), by=by) for by in staff)
    )
    assert results.count(True) == 1
    assert Decision.objects.filter(action="approve").count() == 1
    assert Category.objects.get().item_count == 1


def test_approval_and_rejection_leave_files_where_the_last_decision_says():
    item = make_item(shown=False, files=True, rendered=False)
    approver, refuser = make_staff(), make_staff()
    at_once(
        lambda: moderation.approve(Item.objects.get(pk=item.pk), by=approver),
        lambda: moderation.reject(Item.objects.get(pk=item.pk), by=refuser, reason="no"),
    )
    jobs.sweep(10)
    item = Item.objects.select_related("media").get()
    assert (item.media.visibility == "public") is item.is_shown


def test_the_same_title_at_once_gives_different_addresses():
    tasks = [make_task(user=make_user()) for _number in range(4)]
    at_once(*(lambda task=task: create(task) for task in tasks))
    assert sorted(Item.objects.values_list("slug", flat=True)) == [
        "blue-hour",
        "blue-hour-2",
        "blue-hour-3",
        "blue-hour-4",
    ]


def create(task):
    return submission.create_from_task(task, by=task.user, fields={"title": "Blue hour"})
