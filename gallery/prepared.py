"""Questions that are asked all the time with other values: Django writes their SQL once."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """Stands in a queryset for a value that comes when the question is asked. None is equal to nothing."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]


class Written(NamedTuple):
    sql: str
    params: tuple[Any, ...]  # a Given where a value comes in
    converters: dict[int, tuple[list[Callable], Expression]]  # by column: from what the database says


class Prepared:
    """`build` makes a queryset of value lists out of Givens. It is called once for each kind of database."""

    def __init__(self, build: Callable[[], QuerySet]):
        self.build = build
        self.written: dict[str, Written] = {}

    def rows(self, **values: Any) -> list[list]:
        """What the queryset would find with these values, in one query."""
        written = self.written.get(connection.vendor) or self.write()
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [param_of(each, values) for each in written.params])
            return [converted(row, written) for row in cursor.fetchall()]

    def write(self) -> Written:
        """Two threads that come here at once write the same."""
        compiler = self.build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, *_names in compiler.select[: compiler.col_count]]
        written = Written(sql, tuple(params), compiler.get_converters(columns))
        self.written[connection.vendor] = written
        return written


def param_of(param: Any, values: dict[str, Any]) -> Any:
    if not isinstance(param, Given):
        return param
    return param.output_field.get_db_prep_value(values[param.name], connection)


def converted(row: tuple, written: Written) -> list:
    values = list(row)
    for place, (converters, expression) in written.converters.items():
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return values
