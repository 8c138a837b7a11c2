"""Whatever happens in the house, and however late: every number is the one that its rows tell."""

import math
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from accounts.models import LedgerEntry
from gallery.models import Decision, Item, ModelNumbers, Numbers
from gallery.numbers import book, histogram, jobs, rolling
from gallery.numbers.period import Period
from gallery.numbers.sheets.house import backlog_by_day
from gallery.tests.histories import House, clock
from generation.models import GenerationTask, TaskEvent

pytestmark = pytest.mark.django_db
SEEDS = range(3)
ENDS = {"completed/done", "failed/done", "cancelled/done"}


@pytest.fixture(params=SEEDS)
def life(request):
    """A house after some days, whose worker has looked at it now and then; time goes on inside the test."""
    with clock() as now:
        house = House(now, request.param)
        for _step in range(130):
            house.step()
            if house.chance.random() < 0.2:
                work()
        now.go(timedelta(hours=1))
        work()
        yield house


def work():
    while jobs.sweep(50):
        pass


def day_of(moment):
    return timezone.localdate(moment)


def last_ends():
    """{task: the day on which it reached the state it is in}"""
    found = {}
    for event in TaskEvent.objects.filter(new__in=ENDS).order_by("pk"):
        found[event.task_id] = day_of(event.at)
    return found


def refunds():
    """(day, task, credits) of every refund in the ledger"""
    grants = LedgerEntry.objects.filter(kind="grant", reason__startswith="refund of ")
    return [(day_of(grant.created_at), grant.reason.split()[2][:36], grant.amount) for grant in grants]


def counted_by_hand():
    """{(day, model, name): number} from the rows themselves, read from end to end."""
    found = Counter()
    ends = last_ends()
    models = {str(task.pk): task.model_id for task in GenerationTask.objects.all()}
    for task in GenerationTask.objects.all():
        born = (day_of(task.created_at), task.model_id)
        found[*born, "ordered"] += 1
        found[*born, "remixes"] += "remix_of" in task.output_metadata
        if task.pk not in ends:
            continue
        end = (ends[task.pk], task.model_id)
        found[*end, task.status] += 1
        found[*end, "remixes_completed"] += task.status == "completed" and "remix_of" in task.output_metadata
        found[*end, "sold"] += task.credits_used
        if task.started_at:
            found[*end, "cost"] += task.upstream_credits or 0
            found[*end, "wasted"] += 0 if task.credits_used else task.upstream_credits or 0
    for day, task, amount in refunds():
        found[day, models[task], "refunds"] += 1
        found[day, models[task], "refunded"] += amount
    return {key: Decimal(number) for key, number in found.items() if number}


def kept():
    names = "ordered remixes completed remixes_completed failed cancelled sold cost wasted refunds refunded"
    rows = ModelNumbers.objects.values("day", "model_id", *names.split())
    sums = {(row["day"], row["model_id"], name): Decimal(row[name]) for row in rows for name in names.split()}
    return {key: number for key, number in sums.items() if number}


def test_tasks_and_credits_are_what_their_rows_say(life):
    assert kept() == counted_by_hand()


def test_what_was_sold_is_what_the_ledger_captured(life):
    captured = LedgerEntry.objects.filter(kind="capture").aggregate(all=Sum("amount"))["all"] or 0
    assert sum(ModelNumbers.objects.values_list("sold", flat=True)) == captured


def test_failures_are_kept_by_cause(life):
    expected = Counter(
        (ends_on, task.model_id, task.error_code)
        for task in GenerationTask.objects.filter(status="failed")
        for ends_on in [last_ends()[task.pk]]
    )
    found = Counter(
        {
            (row.day, row.model_id, code): number
            for row in ModelNumbers.objects.all()
            for code, number in row.causes.items()
        }
    )
    assert found == expected


def rank(values, share):
    """The nearest-rank quantile, exactly."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def assert_same_bucket(found, exact):
    assert histogram.bucket(found) == histogram.bucket(exact)
    assert exact < 1 or math.isclose(found, exact, rel_tol=0.025)


def ended_within(first, last):
    ends = last_ends()
    return [
        task for task in GenerationTask.objects.all() if task.pk in ends and first <= ends[task.pk] <= last
    ]


def durations(tasks, name):
    if name == "took":
        return [task.processing_time_ms for task in tasks if task.processing_time_ms is not None]
    return [
        (task.started_at - task.created_at) / timedelta(milliseconds=1) for task in tasks if task.started_at
    ]


def test_quantiles_of_any_period_lie_in_the_bucket_of_the_exact_ones(life):
    days = sorted({day for day, *_rest in counted_by_hand()})
    for first, last in [(days[0], days[-1]), (days[1], days[-2]), (days[2], days[2])]:
        now, _before = book.read(Period(first, last))
        for name in ("took", "waited"):
            values = durations(ended_within(first, last), name)
            for share in (0.5, 0.95):
                found = now.quantile(name, share)
                assert (found is None) == (not values)
                if values:
                    assert_same_bucket(found, rank(values, share))


def states_by_hand():
    """Every work's life as (moment, was it waiting from then on), in order."""
    lives = {item.pk: [(item.created_at, True)] for item in Item.objects.all()}
    for decision in Decision.objects.order_by("pk"):
        if "status" in decision.after:
            lives[decision.item_id].append((decision.at, decision.after["status"] == "pending"))
    return lives


def test_the_backlog_of_every_day_is_what_waited_then(life):
    days = [numbers.day for numbers in Numbers.objects.order_by("day")]
    now, _before = book.read(Period(days[0], days[-1]))
    expected = Counter()
    for life_of_a_work in states_by_hand().values():
        for day in now.period.days:
            told = [waits for moment, waits in life_of_a_work if day_of(moment) <= day]
            expected[day] += bool(told and told[-1])
    assert dict(backlog_by_day(now)) == dict(expected)


def test_decisions_are_counted_with_the_time_that_works_had_waited(life):
    verdicts, waited = Counter(), Counter()
    for decision in Decision.objects.filter(action__in=["approve", "reject"]).order_by("pk"):
        verdicts[day_of(decision.at), decision.action] += 1
        began = [
            moment for moment, waits in states_by_hand()[decision.item_id] if waits and moment < decision.at
        ]
        if decision.before["status"] == "pending":
            ms = (decision.at - began[-1]) / timedelta(milliseconds=1)
            waited[day_of(decision.at), str(histogram.bucket(ms))] += 1
    found, buckets = Counter(), Counter()
    for numbers in Numbers.objects.all():
        found[numbers.day, "approve"] += numbers.approved
        found[numbers.day, "reject"] += numbers.rejected
        buckets.update({(numbers.day, place): count for place, count in numbers.decided_after.items()})
    assert (+found, buckets) == (verdicts, waited)


def test_numbers_that_were_lost_are_rebuilt_the_same(life):
    before = kept()
    desk = list(Numbers.objects.order_by("day").values_list("day", "submitted", "settled", "decided_after"))
    ModelNumbers.objects.all().delete()
    Numbers.objects.all().delete()
    rolling.rebuild()
    assert kept() == before
    rebuilt = Numbers.objects.order_by("day").values_list("day", "submitted", "settled", "decided_after")
    assert [row for row in rebuilt if any(row[1:])] == [row for row in desk if any(row[1:])]


def test_a_rebuild_of_some_days_leaves_the_others_alone(life):
    days = [numbers.day for numbers in Numbers.objects.order_by("day")]
    before, middle = kept(), days[len(days) // 2]
    ModelNumbers.objects.filter(day=days[0]).update(ordered=999)
    ModelNumbers.objects.filter(day__gte=middle).update(ordered=999)
    told = []
    rolling.rebuild(since=middle, told=told.append)
    assert [numbers.day for numbers in told] == [day for day in days if day >= middle]
    assert {key: number for key, number in kept().items() if key[0] >= middle} == {
        key: number for key, number in before.items() if key[0] >= middle
    }
    assert set(ModelNumbers.objects.filter(day=days[0]).values_list("ordered", flat=True)) <= {999}
