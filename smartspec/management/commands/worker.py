"""`manage.py worker`: takes the jobs of every room off the queue and off their rows."""

from django.conf import settings
from django.core.management.base import BaseCommand

from smartspec.lib.queue.parent import Parent


class Command(BaseCommand):
    help = "Runs jobs until SIGTERM or Ctrl-C; running jobs are finished first."

    def add_arguments(self, parser):
        parser.add_argument("--workers", type=int, default=settings.WORKERS, help="child processes")
        parser.add_argument("--grace", type=float, default=20.0, help="seconds for running jobs at the end")

    def handle(self, *args, **options):
        Parent(workers=options["workers"], grace=options["grace"], ready=self.ready).run()

    def ready(self) -> None:
        self.stdout.write("worker ready")
        self.stdout.flush()
