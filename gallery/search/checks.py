"""A database in which Thai letters are no letters is refused, before anything is stored in it."""

from django.core.checks import Error, Tags, register
from django.db import connections

NO_LETTERS = ("C", "POSIX")


@register(Tags.database)
def letters_are_known(app_configs, databases=None, **kwargs) -> list[Error]:
    """Runs with `migrate` and with `check --database default`."""
    return [error for alias in databases or () for error in refused(alias, letters_of(alias))]


def letters_of(alias: str) -> str:
    """LC_CTYPE of the database; empty where there is no such thing."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        [letters] = cursor.fetchone()
    return letters


def refused(alias: str, letters: str) -> list[Error]:
    if letters not in NO_LETTERS:
        return []
    return [
        Error(
            f"The database “{alias}” has LC_CTYPE {letters}: it takes Thai letters for punctuation.",
            hint="Create it with LC_CTYPE C.UTF-8, th_TH.UTF-8 or en_US.UTF-8.",
            id="gallery.E001",
        )
    ]
