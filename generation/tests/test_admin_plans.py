"""The lists of the admin walk an index from the newest row on, however many there are."""

import pytest
from django.db import connection

from accounts.models import ApiKey, AuditEntry, LedgerEntry
from generation.models import GenerationTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def eager_planner(db):
    """On a small table PostgreSQL would rather read and sort everything."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")


@pytest.mark.parametrize(
    ("model", "index"),
    [
        (GenerationTask, "task_newest"),
        (LedgerEntry, "ledger_newest"),
        (ApiKey, "key_newest"),
        (AuditEntry, "audit_entries_at"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_the_newest_rows_come_from_an_index(eager_planner, model, index):
    plan = model.objects.order_by(*model._meta.ordering)[:100].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
