"""Taking a row and reading it in one statement, whose SQL Django writes once for each kind of row."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, F, Model, QuerySet
from django.db.models.sql import UpdateQuery

from smartspec.lib.prepared import Given
from smartspec.lib.prepared.given import filled
from smartspec.lib.prepared.questions import Written, converted, instance_of, shape_of

NOW, UNTIL = Given("now", DateTimeField()), Given("until", DateTimeField())
COUNTED = {"fence": F("fence") + 1, "tries": F("tries") + 1}


def take(model: type[Model], *, now: datetime, until: datetime) -> Model | None:
    """The row that has been due longest and that nobody is just taking; None when there is none."""
    if not _can_skip_locked() and not _asked(_any_due(model, connection.vendor), now=now):
        return None  # a plain read: idle workers must not take the write lock
    return _first(_taking(model, connection.vendor), now=now, until=until)


def take_known(model: type[Model], pk: Any, *, now: datetime, until: datetime) -> Model | None:
    """The row `pk`, if it is due and free; waits for whoever is writing it."""
    return _first(_taking_known(model, connection.vendor), now=now, until=until, pk=pk)


def _can_skip_locked() -> bool:
    return connection.features.has_select_for_update_skip_locked


def _asked(written: Written, **values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(written.sql, filled(written.params, values))
        return cursor.fetchall()


def _first(written: Written, **values: Any) -> Model | None:
    for row in _asked(written, **values):
        return instance_of(converted(row, written), written.shape)
    return None


@cache
def _any_due(model: type[Model], vendor: str) -> Written:
    sql, params = model.objects.due(NOW).values("pk")[:1].query.get_compiler(connection=connection).as_sql()
    return Written(sql, tuple(params), {}, None)


@cache
def _taking(model: type[Model], vendor: str) -> Written:
    """The lock is taken by the inner SELECT: outside, two workers could pass the same condition in turn."""
    inner, params = _any_due(model, vendor)[:2]
    lock = " FOR UPDATE SKIP LOCKED" if _can_skip_locked() else ""
    update, before = _update(model.objects.order_by())
    key = f"{connection.ops.quote_name(model._meta.pk.column)} = ({inner}{lock})"
    return _returning(model, f"{update} WHERE {key}", (*before, *params))


@cache
def _taking_known(model: type[Model], vendor: str) -> Written:
    return _returning(
        model, *_update(model.objects.due(NOW).filter(pk=Given("pk", model._meta.pk)).order_by())
    )


def _update(rows: QuerySet) -> tuple[str, tuple]:
    query = rows.query.chain(UpdateQuery)
    query.add_update_values({"lease_until": UNTIL, **COUNTED})
    return query.get_compiler(connection=connection).as_sql()


def _returning(model: type[Model], update: str, params: tuple) -> Written:
    """The same statement, answering with the changed row."""
    compiler = model.objects.order_by().query.get_compiler(connection=connection)
    compiler.as_sql()
    columns = [column for column, *_names in compiler.select]
    names = ", ".join(sql for _column, (sql, _params), _alias in compiler.select)
    converters = compiler.get_converters(columns)
    return Written(f"{update} RETURNING {names}", tuple(params), converters, shape_of(compiler))
