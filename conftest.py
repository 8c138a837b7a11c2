"""Every test run: its surroundings first, Django after."""

import os

import django
import pytest

from smartspec.tests.servers import surroundings

HOME = surroundings.prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "smartspec.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # or a further test process would read settings before it comes here

pytest_plugins = ["smartspec.tests.variants"]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its server or its folder; dropping it would wait for every stray connection."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """SQLite in a file as in real life: threads and processes of a test share it like a server."""
    if surroundings.database() == "sqlite":
        from_settings = django.db.connections["default"].settings_dict
        from_settings["TEST"]["NAME"] = str(HOME / "test.sqlite3")
