"""The test database is migrated once in a run; every further process of the run begins with a copy.

TEST_TEMPLATES is a folder that may outlive a run: a template's name has what the migrations say in it.
"""

import fcntl
import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

import psycopg
from django.apps import apps
from django.db import connections

from smartspec.tests.servers.surroundings import TEMPLATES


def fingerprint() -> str:
    """Of every migration of ours and of the packages' apps."""
    told = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()[:16]


class Template:
    """Who comes second waits until the first has made it."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{fingerprint()}.sqlite3"
        self._turn: IO[str] | None = None

    def lay(self, name: str) -> bool:
        """Make this database from the template; False when the caller is to migrate, and then to `keep`."""
        self._turn = self.path.with_suffix(".lock").open("w")
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        if not self.is_made():
            return False
        self.copy(name)
        self._turn.close()
        return True

    def keep(self) -> None:
        """The migrated database, for all who come later."""
        if not self._turn.closed:
            self.take_over()
            self._turn.close()

    def is_made(self) -> bool:
        return self.path.exists()

    def copy(self, name: str) -> None:
        shutil.copyfile(self.path, name)

    def take_over(self) -> None:
        unfinished = self.path.with_suffix(f".{os.getpid()}")
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(unfinished)])
        unfinished.rename(self.path)


class ServersTemplate(Template):
    """Within the one PostgreSQL server of a suite; it goes with the server."""

    NAME = "smartspec_template"

    def is_made(self) -> bool:
        return bool(self.ask("SELECT 1 FROM pg_database WHERE datname = %s", self.NAME))

    def copy(self, name: str) -> None:
        self.ask(f'CREATE DATABASE "{name}" TEMPLATE {self.NAME}')

    def take_over(self) -> None:
        name = connections["default"].settings_dict["NAME"]
        connections["default"].close()  # a database with guests cannot be copied
        self.ask(f'CREATE DATABASE {self.NAME} TEMPLATE "{name}"')

    def ask(self, sql: str, *values: str) -> list:
        url = os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(sql, values)
            return found.fetchall() if found.description else []


def of_this_run(database: str) -> Template:
    folder = Path(os.environ[TEMPLATES])
    return ServersTemplate(folder / "postgres") if database == "postgres" else Template(folder)
