"""A column of tokens and the two ways of asking it: `@@` with PostgreSQL's GIN index, FTS5 with SQLite."""

from django.db import models
from django.db.models import Lookup

from smartspec.lib.tokens import Query

FULL_TEXT = "gallery_search_fts"  # SQLite's index beside the table, kept by triggers (see the migration)


class TokensField(models.Field):
    """A set of tokens without spaces, written as a sequence; `tsvector` or words in a text."""

    description = "tokens"

    def db_type(self, connection) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value, compiler, connection) -> str:
        return "array_to_tsvector(%s)" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value, connection, prepared=False):
        return list(value) if connection.vendor == "postgresql" else " ".join(value)


class TokensLookup(Lookup):
    """The right side is a `smartspec.lib.tokens.Query`; its longer runs have to be checked in the text."""

    def get_prep_lookup(self) -> Query:
        return self.rhs


@TokensField.register_lookup
class Matches(TokensLookup):
    """Asks the index: fast for what is rare."""

    lookup_name = "matches"

    def as_postgresql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} @@ %s::tsquery", [*params, tsquery(self.rhs)]

    def as_sqlite(self, compiler, connection):
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        inside = f"SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH %s"  # noqa: S608
        return f'{table}."id" IN ({inside})', [fts_query(self.rhs)]


@TokensField.register_lookup
class Holds(TokensLookup):
    """Asks the row itself, and no index: fast where only some rows are looked at anyway."""

    lookup_name = "holds"

    def as_postgresql(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        return f"ts_match_vq({sql}, %s::tsquery)", [*params, tsquery(self.rhs)]

    def as_sqlite(self, compiler, connection):
        sql, params = self.process_lhs(compiler, connection)
        wanted = self.rhs.tokens
        if not wanted:
            return "1", []
        checks = " AND ".join([f"instr(' ' || {sql} || ' ', %s) > 0"] * len(wanted))
        return checks, [param for token in wanted for param in (*params, f" {token} ")]


def tsquery(query: Query) -> str:
    """Tokens are letters and digits only, so quotes need no care."""
    return " & ".join([f"'{token}'" for token in query.tokens] + [f"'{each}':*" for each in query.letters])


def fts_query(query: Query) -> str:
    return " AND ".join([f'"{token}"' for token in query.tokens] + [f'"{each}"*' for each in query.letters])
