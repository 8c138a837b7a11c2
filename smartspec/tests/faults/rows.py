"""The product's tables read with plain SQL: nothing of the product's own code tells what is in them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from psycopg.rows import dict_row


class Rows:
    """`url` is the product's DATABASE_URL; each question opens a connection of its own."""

    def __init__(self, url: str):
        self.url = url
        self.is_sqlite = urlsplit(url).scheme == "sqlite"

    def all(self, sql: str) -> list[dict]:
        return [as_plain(row) for row in (self._sqlite(sql) if self.is_sqlite else self._postgres(sql))]

    def one(self, sql: str) -> dict:
        return self.all(sql)[0]

    def _sqlite(self, sql: str) -> Iterator[dict]:
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            yield from (dict(row) for row in connection.execute(sql).fetchall())

    def _postgres(self, sql: str) -> list[dict]:
        with psycopg.connect(self.url, row_factory=dict_row, connect_timeout=5) as connection:
            return connection.execute(sql).fetchall()


def as_plain(row: dict) -> dict:
    """Ids alike on both databases: 32 hexadecimal digits."""
    return {name: value.hex if isinstance(value, UUID) else value for name, value in row.items()}
