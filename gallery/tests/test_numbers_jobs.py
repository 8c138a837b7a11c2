"""Which days are counted when: the row is the queue."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from gallery.models import Decision, LogMark, ModelNumbers, Numbers
from gallery.numbers import desk_facts, jobs, logs, rolling
from gallery.tests.factories import make_item, make_task
from gallery.tests.histories import clock
from generation.models import TaskEvent
from storage_app.models import Asset

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    with clock() as moving:
        yield moving


def ordered(task=None):
    task = task or make_task(done=False)
    TaskEvent.objects.create(task=task, sequence=0, old="", new="pending/queued", who="test")
    return task


def work():
    while jobs.sweep(10):
        pass


def today():
    return Numbers.objects.get(pk=timezone.localdate())


def test_today_is_counted_again_and_again(now):
    work()
    ordered()
    now.go(rolling.REST)
    work()
    assert ModelNumbers.objects.get().ordered == 1
    assert today().due_at == now.now + rolling.REST


def test_what_changes_within_a_minute_waits_for_the_next_count(now):
    work()
    ordered()
    now.go(timedelta(seconds=50))
    work()
    assert not ModelNumbers.objects.exists()


def test_a_day_that_is_over_is_counted_a_last_time_and_then_rests(now):
    work()
    ordered()
    now.go(DAY)
    work()
    yesterday = Numbers.objects.get(pk=timezone.localdate() - DAY)
    assert yesterday.due_at is None
    assert ModelNumbers.objects.get(day=yesterday.day).ordered == 1


def test_just_after_midnight_the_day_before_still_counts(now):
    """A transaction may be on its way."""
    work()
    day = timezone.localdate()
    now.now = timezone.localtime().replace(hour=23, minute=59)
    ordered()
    now.go(timedelta(minutes=3))
    work()
    assert ModelNumbers.objects.get(day=day).ordered == 1
    assert Numbers.objects.get(pk=day).due_at is not None


def test_a_row_that_appears_late_marks_its_day_again(now):
    work()
    now.go(3 * DAY)
    work()
    late = ordered()
    TaskEvent.objects.filter(task=late).update(at=now.now - 3 * DAY)
    now.go(HOUR)
    work()
    assert ModelNumbers.objects.get().day == timezone.localdate() - 3 * DAY
    assert ModelNumbers.objects.get().ordered == 1


def test_a_mark_during_a_count_is_not_lost(now, monkeypatch):
    ordered()
    work()
    day = timezone.localdate()
    now.go(2 * DAY)
    work()
    logs.mark([day])
    claimed = Numbers.objects.claim(lease=rolling.LEASE, pk=day)
    real = desk_facts.of_day

    def disturbed(numbers):
        logs.mark([numbers.day])
        return real(numbers)

    monkeypatch.setattr(desk_facts, "of_day", disturbed)
    ModelNumbers.objects.update(ordered=7)
    assert not rolling.count(claimed)
    assert ModelNumbers.objects.get().ordered == 7
    monkeypatch.setattr(desk_facts, "of_day", real)
    work()
    assert ModelNumbers.objects.get().ordered == 1


def test_two_workers_never_count_one_day(now):
    work()
    now.go(HOUR)
    assert Numbers.objects.claim(lease=rolling.LEASE) is not None
    assert not jobs.count()


def test_a_day_that_cannot_be_counted_waits_longer_each_time(now, monkeypatch, caplog):
    work()
    now.go(HOUR)

    def broken(numbers):
        raise DatabaseError

    monkeypatch.setattr(rolling, "count", broken)
    assert jobs.count()
    assert today().due_at > now.now
    assert "were not counted" in caplog.text


def test_a_log_that_cannot_be_read_is_tried_again(now, monkeypatch, caplog):
    logs.begin()

    def broken(log):
        raise DatabaseError

    monkeypatch.setattr(logs, "look_through", broken)
    assert jobs.look()
    assert LogMark.objects.filter(due_at__gt=now.now).count() == 1
    assert "was not looked through" in caplog.text


def test_rows_are_looked_at_until_they_are_older_than_any_transaction(now):
    first = ordered()
    work()
    assert LogMark.objects.get(pk="event").read_to < TaskEvent.objects.get(task=first).pk
    now.go(logs.SETTLES + timedelta(seconds=1))
    work()
    assert LogMark.objects.get(pk="event").read_to == TaskEvent.objects.get(task=first).pk


def test_wide_gaps_in_a_log_are_skipped(now, monkeypatch):
    monkeypatch.setattr(logs, "AT_ONCE", 4)
    for _task in range(20):
        ordered()
    gone = TaskEvent.objects.order_by("pk").values_list("pk", flat=True)[3:17]
    TaskEvent.objects.filter(pk__in=list(gone)).delete()
    now.go(DAY)
    work()
    assert ModelNumbers.objects.get().ordered == 6


def test_an_idle_sweep_asks_little(now, django_assert_max_num_queries):
    work()
    with django_assert_max_num_queries(5):
        assert jobs.sweep(3) == 0


def test_counting_a_day_takes_the_same_queries_however_much_happened(now, django_assert_num_queries):
    for _task in range(40):
        ordered()
    logs.begin()
    for log in logs.LOGS:
        logs.look_through(log)
    claimed = Numbers.objects.claim(lease=rolling.LEASE)
    with django_assert_num_queries(11):
        assert rolling.count(claimed)


def test_storage_is_looked_at_once_an_hour(now):
    make_item()
    work()
    first = today().stored
    assert first["image"] == [1, 120_000]
    assert first["rendition"][0] == 9
    Asset.objects.update(bytes=5)
    now.go(timedelta(minutes=30))
    work()
    assert today().stored == first
    now.go(HOUR)
    work()
    assert today().stored["image"] == [1, 5]


def test_the_command_counts_what_is_due_and_tells_the_days():
    ordered()
    out = StringIO()
    call_command("numbers", stdout=out)
    assert out.getvalue().splitlines() == [str(timezone.localdate()), "1 days were counted."]


def test_the_command_rebuilds_from_a_day_on(now):
    ordered()
    work()
    now.go(2 * DAY)
    ordered()
    ModelNumbers.objects.all().delete()
    out = StringIO()
    call_command("numbers", "--rebuild", "--since", str(timezone.localdate()), stdout=out)
    assert out.getvalue().splitlines()[-1] == "1 days were counted."
    assert [row.day for row in ModelNumbers.objects.all()] == [timezone.localdate()]
    call_command("numbers", "--rebuild", stdout=out)
    assert ModelNumbers.objects.count() == 2


def test_a_day_without_rebuild_is_a_mistake():
    with pytest.raises(CommandError):
        call_command("numbers", "--since", "2026-01-01")


def test_a_rebuild_of_an_empty_house_counts_today():
    assert rolling.rebuild() == 1
    assert not Decision.objects.exists()


def test_a_rebuild_from_a_day_before_the_house_counts_every_day_since():
    begun = timezone.localdate() - 5 * DAY
    assert rolling.rebuild(since=begun) == 6
    assert isinstance(begun, date)
