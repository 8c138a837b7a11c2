"""manage.py numbers: count days anew."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gallery.models import Numbers
from gallery.numbers import rolling


class Command(BaseCommand):
    help = "Counts the days that are marked; with --rebuild, every day again from its rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="count all days again")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="only from this day on")

    def handle(self, *args, rebuild: bool, since: date | None, **given) -> None:
        if since and not rebuild:
            raise CommandError("--since goes with --rebuild.")
        days = rolling.rebuild(since=since, told=self.tell) if rebuild else self.catch_up()
        self.stdout.write(f"{days} days were counted.")

    def catch_up(self) -> int:
        return rolling.catch_up(told=self.tell)

    def tell(self, numbers: Numbers) -> None:
        self.stdout.write(str(numbers))
