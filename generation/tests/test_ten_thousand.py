"""Ten thousand tasks that wait cost no more than none: fixed numbers of statements, and few rows read."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import make_user
from generation import admission, jobs, outline, outlook
from generation.models import NOT_ADMITTED, GenerationTask
from generation.services.refresh import poll_delay

pytestmark = pytest.mark.django_db

PEOPLE, EACH, UNDER_WAY = 40, 250, 100
FEW = 3 * UNDER_WAY  # rows: what is under way may be counted


def tasks_of(user, count: int, **state) -> list[GenerationTask]:
    now = timezone.now()
    fields = {"task_type": "image", "model_id": "z-image", "prompt": "x", "credits_quoted": 1, "size": "1K"}
    return [GenerationTask(user=user, changed_at=now, **fields, **state) for _ in range(count)]


@pytest.fixture
def crowd(settings):
    """Every place is taken, and nothing under way is due for an hour."""
    cache.clear()
    settings.GENERATION_MAX_IN_FLIGHT = UNDER_WAY
    now, rows = timezone.now(), []
    times = {"started_at": now, "deadline_at": now + timedelta(days=1), "due_at": now + timedelta(hours=1)}
    for number in range(PEOPLE):
        user = make_user(f"waiting-{number}", credits="1")
        rows += tasks_of(user, EACH, due_at=NOT_ADMITTED)
    busy = tasks_of(user, UNDER_WAY, status="processing", stage="waiting", **times)
    for number, task in enumerate(busy):
        task.external_task_id = f"order-{number}"
    GenerationTask.objects.bulk_create(rows + busy, batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE generation_tasks")
    return user


def waiting() -> GenerationTask:
    return GenerationTask.objects.waiting_for_admission().order_by("created_at").first()


def a_turn() -> None:
    assert jobs.sweep(limit=3) == 0


def a_start() -> None:
    """Of one that was called up the moment before."""
    assert admission.must_wait(waiting())


def a_poll() -> None:
    poll_delay(GenerationTask.objects.filter(stage="waiting").first())


def a_new_order() -> None:
    admission.first_due(waiting().user)


def a_look_at_the_queue() -> None:
    outline.queue()
    outline.oldest_due()


ROUNDS = {  # what is done again and again, and how many statements it takes
    a_turn: 5,
    a_start: 2,
    a_poll: 2,
    a_new_order: 3,
    a_look_at_the_queue: 4,
}


def statements(act) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"] for query in asked.captured_queries]


def test_rounds_take_as_many_statements_as_ever_and_read_few_rows(crowd):
    asked = {act.__name__: statements(act) for act in ROUNDS}
    assert {name: len(sqls) for name, sqls in asked.items()} == {
        act.__name__: count for act, count in ROUNDS.items()
    }
    if connection.vendor == "postgresql":  # SQLite does not say what it reads
        told = [sql for name, sqls in asked.items() if name != "a_look_at_the_queue" for sql in sqls]
        assert [sql for sql in told if rows_read(plan_of(sql)) > FEW] == []


def plan_of(sql: str) -> dict:
    """As it was carried out, and taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
        transaction.set_rollback(True)
    [plan] = json.loads(found) if isinstance(found, str) else found
    return plan["Plan"]


def rows_read(node: dict) -> float:
    """By this step of a plan and those below: what left the tables, and what was thrown away."""
    below = sum(map(rows_read, node.get("Plans", [])))
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) if "Relation Name" in node else 0
    return own * node["Actual Loops"] + below


def whole_line(sqls: list[str]) -> list[str]:
    return [sql for sql in sqls if "ROW_NUMBER()" in sql]


def test_a_long_line_is_read_once_in_two_seconds_whoever_asks(crowd, settings):
    settings.GENERATION_MAX_IN_FLIGHT = UNDER_WAY + 10
    settings.GENERATION_CREATES_PER_WINDOW = 1000
    called = []
    asked = statements(lambda: called.extend(admission.admit() for _ in range(5)))
    assert called == [10, 0, 0, 0, 0]
    GenerationTask.objects.exclude(due_at=NOT_ADMITTED).filter(status="pending").update(due_at=NOT_ADMITTED)
    asked += statements(admission.admit)
    assert len(whole_line(asked)) == 1


def test_the_numbers_of_a_long_line_are_read_once_in_two_seconds(crowd):
    GenerationTask.objects.filter(status="processing").update(due_at=timezone.now() + timedelta(hours=1))
    finished = tasks_of(crowd, 1, status="completed", stage="done", processing_time_ms=9000)
    GenerationTask.objects.bulk_create(finished)
    task = waiting()
    assert outlook.eta_ms(task) > 0
    assert len(statements(lambda: outlook.eta_ms(task))) == 1  # its place among its owner's
