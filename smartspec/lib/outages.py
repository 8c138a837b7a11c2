"""Is it our mistake, or is something away that we stand on?"""

import sqlite3

from django.db import InterfaceError, OperationalError

RETRY_AFTER_SECONDS = 5


def is_outage(error: BaseException | None) -> bool:
    """True when the database is down, starting, cut off or too busy: the same request is worth repeating.

    SQLite says "operational" of misspelt statements, too; those are ours.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
