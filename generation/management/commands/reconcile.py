"""`manage.py reconcile`: compares ledger, tasks and the provider's balance."""

from dataclasses import astuple
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from generation import reconciliation
from generation.provider import ProviderError

ROW = "{:10}  {:36} {:>6} {:>6} {:>10} {:>10}"


class Command(BaseCommand):
    help = "Compares ledger, tasks and the provider's balance; exit code 1 when they disagree."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7)

    def handle(self, *args, days, **options):
        self.stdout.write(ROW.format("day", "model", "tasks", "done", "earned", "spent"))
        for line in reconciliation.by_model_and_day(timezone.now() - timedelta(days=days)):
            self.stdout.write(ROW.format(str(line.day), *astuple(line)[1:]))
        self._balance()
        found = reconciliation.disagreements()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Ledger and tasks agree.")

    def _balance(self) -> None:
        try:
            reading, drift = reconciliation.read_balance()
        except ProviderError as error:
            self.stderr.write(f"The provider's balance could not be read: {error.raw}")
            return
        self.stdout.write(f"Provider's balance: {reading.credits}")
        if drift:
            word = "agrees" if drift.is_tolerable else "DRIFTS"
            self.stdout.write(
                f"Since {drift.since:%Y-%m-%d %H:%M}: took {drift.taken}, expected {drift.expected}, {word}."
            )
