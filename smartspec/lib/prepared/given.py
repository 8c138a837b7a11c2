"""The gap in a statement that is written before its values are known."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, Model
from django.db.models.expressions import SQLiteNumericMixin


class Given(SQLiteNumericMixin, Expression):
    """Stands in a queryset for a value that comes when it is carried out. None is equal to nothing."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]


def filled(params: Iterable[Any], values: Mapping[str, Any]) -> list:
    """What the database is given: `values` in the gaps, the rest as it was written."""
    return [value_of(param, values) if isinstance(param, Given) else param for param in params]


def value_of(gap: Given, values: Mapping[str, Any]) -> Any:
    value = values[gap.name]
    if isinstance(value, Model):
        value = value.prepare_database_save(gap.output_field)
    return gap.output_field.get_db_prep_value(value, connection)
