from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import second_step
from accounts.models import User


class Command(BaseCommand):
    help = "Forget the phone and the recovery codes of a member of staff, who then sets up new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--remove", action="store_true", required=True)

    def handle(self, *args, username: str, **options) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is nobody called {username}.")
        removed = second_step.remove(user, by=None)
        self.stdout.write("The second step was removed." if removed else "There was none.")
