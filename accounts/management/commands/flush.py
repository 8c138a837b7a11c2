from django.core.management.commands import flush
from django.db import connections

from accounts import append_only


class Command(flush.Command):
    """Django's `flush`, which could not empty the ledger otherwise."""

    def handle(self, **options) -> None:
        with append_only.lifted(connections[options["database"]]):
            super().handle(**options)
