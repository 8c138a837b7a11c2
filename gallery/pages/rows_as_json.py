"""Rows as one JSON value, so that what belongs to a work travels with it in a single query."""

from django.db.models import Aggregate, JSONField


class JSONList(Aggregate):
    """All values of a group as one JSON list, on PostgreSQL and SQLite."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)
