"""A thread that only waits keeps no connection from those that work."""

from django.db import connection


def give_back() -> None:
    """To the pool of the process (DATABASE_POOL), until the next question. Without a pool nothing happens."""
    if connection.settings_dict.get("OPTIONS", {}).get("pool"):
        connection.close()
