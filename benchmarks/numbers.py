"""What the page of numbers costs in a house that has made a million tasks in two years."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from statistics import median

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import contest, growth
from benchmarks.contest import Runner
from benchmarks.run import Run
from benchmarks.staff_lists import OPEN, for_staff, served, signed_in
from benchmarks.table import Line
from gallery.models import ModelNumbers
from gallery.numbers import months
from gallery.tests import busy_months
from gallery.tests.factories import make_task
from generation import catalogue
from generation.models import GenerationTask

TASKS = 1_000_000
DAYS, WORKS = 732, 200  # a year and the one before; works that are kept of a day
MOST_MS = 300.0
A_DAY = TASKS // DAYS // len(catalogue.ALL_MODELS)


def lines(run: Run) -> Iterator[Line]:
    roll_up()
    make_tasks()
    keeper = signed_in()
    today = timezone.localdate()
    year = f"since={today - timedelta(days=365)}&until={today}"
    with ExitStack() as stack:
        host = served(run, stack, OPEN)
        for name, query in (("30 days", "days=30"), ("90 days", "days=90"), ("a year", year)):
            runner = Runner(name, [for_staff(f"/admin/gallery/numbers/?{query}", keeper)])
            [found] = contest.take_turns([(host, runner)], rounds=run.rounds)
            ms = [each / 1000 for each in found]
            shown = f"{median(ms):.0f} ms ({min(ms):.0f}–{max(ms):.0f}) of processor time"
            what = f"page of numbers of {name}, {TASKS:,} tasks"
            yield Line(what, median(ms), MOST_MS, shown, unit=" ms")


def roll_up() -> None:
    """The rollups that a worker would have made of the tasks."""
    usual = busy_months.MODELS
    busy_months.MODELS = tuple(
        (spec.id, spec.media_type, A_DAY, 20 + 9 * number, 10)
        for number, spec in enumerate(catalogue.ALL_MODELS.values())
    )
    busy_months.fill(days=DAYS, works=WORKS)
    busy_months.MODELS = usual
    for month in ModelNumbers.objects.dates("day", "month"):
        months.mark(month)
    months.catch_up()


def make_tasks() -> None:
    """Copies of one task, and of whatever else is there."""
    make_task()
    changes = {
        "id": "copy_id",
        "external_task_id": "'ext-' || n",
        "callback_token": "'token-' || n",
    }
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("CREATE TEMPORARY TABLE bench_copies (n integer PRIMARY KEY)")
        cursor.execute(growth.dialect("numbers", copies=TASKS // GenerationTask.objects.count()))
        cursor.execute(growth.copied(GenerationTask, changes))
        cursor.execute("DROP TABLE bench_copies")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
