"""The gallery that is measured: hung small and, where the ground wants it, grown large beside a copy."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks import exhibition, growth

SMALL = "small"  # the copy's name


def lay(works: int | None) -> str | None:
    """Tables and works; returns the address of the small copy of a gallery that was made large."""
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # the yardstick's own table, which needs users
    call_command("collectstatic", interactive=False, verbosity=0)
    exhibition.hang()
    if works is None:
        return None
    address = copied_aside()
    growth.grow(works)
    return address


def copied_aside() -> str:
    """The address of a second database with all that is in ours."""
    ours = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(Path(ours).with_stem(SMALL))])
    else:
        connection.close()  # a database with visitors is no template
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE {SMALL} TEMPLATE "{ours}"')
    return address_of(SMALL)


def address_of(name: str) -> str:
    """Of a database beside ours."""
    ours = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(ours['NAME']).with_stem(name)}"
    return f"postgres://{ours['USER']}@{ours['HOST']}:{ours['PORT']}/{name}"
