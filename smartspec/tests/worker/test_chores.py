import time

import pytest

from smartspec.lib.queue.chores import LONGEST_REST, Chore
from smartspec.lib.queue.slots import Slot


def chore(work, **options) -> Chore:
    return Chore("an errand", work, slot=Slot(), deadline=60, **options)


def fail() -> int:
    raise RuntimeError("no luck")


def test_a_chore_that_found_work_is_due_again_at_once():
    busy = chore(lambda: 3, every=60)
    assert busy.run() == 3
    assert busy.due <= time.monotonic()


def test_a_chore_that_found_nothing_rests():
    idle = chore(lambda: 0, every=60)
    assert idle.run() == 0
    assert idle.due > time.monotonic() + 50


def test_a_failing_chore_rests_longer_and_longer_up_to_a_limit():
    broken = chore(fail)
    rests = []
    for _attempt in range(8):
        before = time.monotonic()
        assert broken.run() == 0
        rests.append(round(broken.due - before, 1))
    assert rests == [0.5, 1.0, 2.0, 4.0, 8.0, LONGEST_REST, LONGEST_REST, LONGEST_REST]


def test_an_outage_is_told_once_in_full_and_then_in_one_line(caplog):
    broken = chore(fail)
    broken.run()
    broken.run()
    assert [bool(record.exc_info) for record in caplog.records] == [True, False]


def test_one_success_ends_the_rests():
    results = iter([None, 1])
    shaky = chore(lambda: next(results) or fail())
    shaky.run()
    assert shaky.run() == 1
    assert shaky.failures == 0


def test_work_stands_under_its_deadline_and_rest_under_none():
    slot = Slot()
    hurried = Chore("late", lambda: int(slot.is_overdue()), slot=slot, deadline=-1)
    assert hurried.run() == 1
    assert not slot.is_overdue()


@pytest.mark.parametrize("wakeup", [{"receipt": 7, "package": "signed"}, {"receipt": None, "package": "ภาพ"}])
def test_a_slot_remembers_what_its_process_held(wakeup):
    slot = Slot()
    slot.hold(wakeup)
    assert slot.take() == wakeup
    assert slot.take() is None


def test_a_wakeup_too_large_for_the_slot_is_not_remembered():
    slot = Slot()
    slot.hold({"receipt": 1, "package": "x" * 70_000})
    assert slot.take() is None
