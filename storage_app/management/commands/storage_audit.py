"""manage.py storage_audit: does storage hold what the rows say, and nothing else?"""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from storage_app import audit
from storage_app.errors import StorageFailed


class Command(BaseCommand):
    help = "Compare storage with the database: what is missing, orphaned or of another size."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix", action="store_true", help="remove orphans and have damaged renditions made anew"
        )

    def handle(self, *, fix: bool, **options):
        found, fixed = Counter(), 0
        try:
            for finding in audit.findings():
                found[finding.kind] += 1
                repaired = fix and audit.fix(finding)
                fixed += repaired
                self.stdout.write(
                    f"{finding.kind}: {finding.visibility} {finding.key}{' (fixed)' if repaired else ''}"
                )
        except StorageFailed as error:
            raise CommandError(f"Storage does not answer: {error}") from error
        kinds = (audit.MISSING, audit.ORPHANED, audit.WRONG_SIZE)
        self.stdout.write(", ".join(f"{found[kind]} {kind}" for kind in kinds) + f"; {fixed} fixed.")
        if found.total() > fixed:
            raise CommandError("Storage and database disagree.")
