"""Rows changed and rows added, without asking Django for their SQL each time."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from smartspec.lib.prepared.given import filled


class Statement(NamedTuple):
    sql: str
    params: list


class Change:
    """`build` makes a queryset and what changes in its rows, both out of Givens; once for each database."""

    def __init__(self, build: Callable[[], tuple[QuerySet, dict[str, Any]]]):
        self.build = build
        self.written: dict[str, tuple[str, tuple]] = {}

    def __call__(self, **values: Any) -> int:
        """Carry it out with these values; returns how many rows it changed."""
        return carry_out(self.given(**values))[0]

    def given(self, **values: Any) -> Statement:
        sql, params = self.written.get(connection.vendor) or self.write()
        return Statement(sql, filled(params, values))

    def write(self) -> tuple[str, tuple]:
        """Two threads that come here at once write the same."""
        rows, changes = self.build()
        query = rows.query.chain(UpdateQuery)
        query.add_update_values(changes)
        written = query.get_compiler(connection=connection).as_sql()
        self.written[connection.vendor] = written
        return written


class Insertion(NamedTuple):
    sql: str
    fields: tuple[Field, ...]


def insert(*rows: Model) -> None:
    """`save(force_insert=True)` without signals, for rows that wait for nothing from the database.

    A key that the database counts stays unknown. Raises what `save` would.
    """
    carry_out(*map(adding, rows))


def adding(row: Model) -> Statement:
    """To be carried out: the row takes itself for stored from now on."""
    written = insertion(type(row), connection.vendor)
    params = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in written.fields]
    row._state.adding, row._state.db = False, connection.alias
    return Statement(written.sql, params)


@cache
def insertion(model: type[Model], vendor: str) -> Insertion:
    fields = tuple(field for field in model._meta.concrete_fields if not isinstance(field, AutoField))
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    [(sql, _params)] = query.get_compiler(connection=connection).as_sql()
    return Insertion(sql, fields)


def carry_out(*statements: Statement) -> list[int]:
    """Writes to different tables, in this order; how many rows each of them changed or added.

    Several are to be carried out in a transaction. PostgreSQL is sent them in one message.
    """
    if connection.vendor == "postgresql" and len(statements) > 1:
        return carried_out_at_once(statements)
    with connection.cursor() as cursor:
        return [rows_touched(cursor, each) for each in statements]


def carried_out_at_once(statements: Sequence[Statement]) -> list[int]:
    params = [param for each in statements for param in each.params]
    with connection.cursor() as cursor:
        cursor.execute(in_one(*(each.sql for each in statements)), params)
        return [*cursor.fetchone()]


def rows_touched(cursor: CursorWrapper, statement: Statement) -> int:
    cursor.execute(*statement)
    return cursor.rowcount


@cache
def in_one(*statements: str) -> str:
    """Counting them one after the other is what puts them in order."""
    parts = ", ".join(f"part_{place} AS ({sql} RETURNING 1)" for place, sql in enumerate(statements))
    counts = ", ".join(f"(SELECT count(*) FROM part_{place})" for place in range(len(statements)))  # noqa: S608
    return f"WITH {parts} SELECT {counts}"
