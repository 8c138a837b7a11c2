"""Rows changed and rows added, without asking Django for their SQL each time."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from smartspec.lib.prepared.given import filled


class Change:
    """`build` makes a queryset and what changes in its rows, both out of Givens; once for each database."""

    def __init__(self, build: Callable[[], tuple[QuerySet, dict[str, Any]]]):
        self.build = build
        self.written: dict[str, tuple[str, tuple]] = {}

    def __call__(self, **values: Any) -> int:
        """Carry it out with these values; returns how many rows it changed."""
        sql, params = self.written.get(connection.vendor) or self.write()
        with connection.cursor() as cursor:
            cursor.execute(sql, filled(params, values))
            return cursor.rowcount

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


def insert(row: Model) -> None:
    """`row.save(force_insert=True)` without signals, for a row that waits for nothing from the database.

    A key that the database counts stays unknown. Raises what `save` would.
    """
    written = insertion(type(row), connection.vendor)
    params = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in written.fields]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
    row._state.adding, row._state.db = False, connection.alias


@cache
def insertion(model: type[Model], vendor: str) -> Insertion:
    fields = tuple(field for field in model._meta.concrete_fields if not isinstance(field, AutoField))
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    [(sql, _params)] = query.get_compiler(connection=connection).as_sql()
    return Insertion(sql, fields)
