"""The database itself refuses to change or delete rows of the ledger, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "credit_ledger"
MESSAGE = "credit_ledger is append-only"

FORBID = {
    "sqlite": [
        f"CREATE TRIGGER credit_ledger_no_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        f"CREATE TRIGGER credit_ledger_no_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION credit_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER credit_ledger_no_update BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION credit_ledger_refuse()",
        f"CREATE TRIGGER credit_ledger_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION credit_ledger_refuse()",
    ],
}
ALLOW = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS credit_ledger_no_update",
        "DROP TRIGGER IF EXISTS credit_ledger_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS credit_ledger_no_update ON {TABLE}",
        f"DROP TRIGGER IF EXISTS credit_ledger_no_truncate ON {TABLE}",
    ],
}


def forbid_change(connection: BaseDatabaseWrapper) -> None:
    _run(connection, FORBID)


def allow_change(connection: BaseDatabaseWrapper) -> None:
    _run(connection, ALLOW)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For emptying a whole database, the one moment at which ledger rows may go."""
    if TABLE not in connection.introspection.table_names():
        yield
        return
    allow_change(connection)
    try:
        yield
    finally:
        forbid_change(connection)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
