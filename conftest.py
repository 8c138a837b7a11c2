"""Every test run: its surroundings first, Django after."""

import os

import django
import pytest

from smartspec.tests.servers import surroundings, template

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
def template_of_this_run() -> template.Template:
    return template.of_this_run(surroundings.database())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, template_of_this_run) -> None:
    """SQLite in a file as in real life: threads and processes of a test share it like a server."""
    given = django.db.connections["default"].settings_dict
    wanted = given["TEST"]
    if surroundings.database() == "sqlite":
        wanted["NAME"] = str(HOME / "test.sqlite3")
    wanted["NAME"] = wanted["NAME"] or f"test_{given['NAME']}"
    wanted["MIGRATE"] = not template_of_this_run.lay(wanted["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, template_of_this_run) -> None:
    """As pytest-django makes it; then the next process may copy it."""
    with django_db_blocker.unblock():
        template_of_this_run.keep()
