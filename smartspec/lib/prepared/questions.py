"""Questions: what a queryset finds, as rows or as instances."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from smartspec.lib.prepared.given import filled


class Shape(NamedTuple):
    """How a row becomes an instance: `names` are those of its own columns, from `first` on."""

    model: type[Model]
    names: list[str]
    first: int
    related: list[RelatedPopulator]
    more: dict[str, int]  # annotations by their columns


class Written(NamedTuple):
    sql: str
    params: tuple[Any, ...]  # a Given where a value comes in
    converters: dict[int, tuple[list[Callable], Expression]]  # by column: from what the database says
    shape: Shape | None  # of a queryset of instances


class Prepared:
    """`build` makes a queryset out of Givens. It is called once for each kind of database."""

    def __init__(self, build: Callable[[], QuerySet]):
        self.build = build
        self.written: dict[str, Written] = {}

    def rows(self, **values: Any) -> list[list]:
        """The columns of what the queryset would find with these values, in one query."""
        written = self.written.get(connection.vendor) or self.write()
        with connection.cursor() as cursor:
            cursor.execute(written.sql, filled(written.params, values))
            return [converted(row, written) for row in cursor.fetchall()]

    def instances(self, **values: Any) -> list[Model]:
        """The same as instances, with what is selected besides."""
        found = self.rows(**values)
        return [instance_of(row, self.written[connection.vendor].shape) for row in found]

    def write(self) -> Written:
        """Two threads that come here at once write the same."""
        compiler = self.build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, *_names in compiler.select[: compiler.col_count]]
        written = Written(sql, tuple(params), compiler.get_converters(columns), shape_of(compiler))
        self.written[connection.vendor] = written
        return written


def shape_of(compiler: SQLCompiler) -> Shape | None:
    info = compiler.klass_info
    if info is None:
        return None
    own = [compiler.select[place][0].target.attname for place in info["select_fields"]]
    related = get_related_populators(info, compiler.select, connection.alias)
    return Shape(info["model"], own, info["select_fields"][0], related, dict(compiler.annotation_col_map))


def instance_of(row: list, shape: Shape) -> Model:
    own = row[shape.first : shape.first + len(shape.names)]
    made = shape.model.from_db(connection.alias, shape.names, own)
    for other in shape.related:
        other.populate(row, made)
    for name, place in shape.more.items():
        setattr(made, name, row[place])
    return made


def converted(row: tuple, written: Written) -> list:
    values = list(row)
    for place, (converters, expression) in written.converters.items():
        for convert in converters:
            values[place] = convert(values[place], expression, connection)
    return values
