"""A test database that is a copy of one that was migrated before."""

import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from smartspec.tests.servers import template
from smartspec.tests.servers.template import Template


@pytest.mark.django_db
def test_this_runs_database_has_every_migration():
    call_command("migrate", check_unapplied=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite_only("PostgreSQL copies databases by itself")
class TestFiles:
    def test_the_first_has_to_migrate_and_the_second_gets_a_copy(self, tmp_path):
        first, second = Template(tmp_path), Template(tmp_path)
        assert not first.lay(str(tmp_path / "first"))
        first.keep()
        assert second.lay(str(tmp_path / "second"))
        assert tables(tmp_path / "second") == set(connection.introspection.table_names())

    def test_what_was_copied_is_not_kept_again(self, tmp_path):
        first, second = Template(tmp_path), Template(tmp_path)
        first.lay(str(tmp_path / "first"))
        first.keep()
        before = first.path.stat()
        second.lay(str(tmp_path / "second"))
        second.keep()
        assert second.path.stat() == before

    def test_other_migrations_are_another_template(self, tmp_path, monkeypatch):
        before = Template(tmp_path).path
        monkeypatch.setattr(template, "fingerprint", lambda: "of-tomorrow")
        assert Template(tmp_path).path != before


def tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {name for (name,) in rows if not name.startswith("sqlite_")}
    database.close()
    return found
