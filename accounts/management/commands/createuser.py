from decimal import Decimal, InvalidOperation
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import keys, ledger, people
from accounts.models import User

ASK = "?"


class Command(BaseCommand):
    help = "Makes a person. With --key the only line on standard output is a new API key, shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--password", nargs="?", const=ASK, help="asked for when no value is given")
        parser.add_argument("--email", default="")
        parser.add_argument("--staff", action="store_true", help="may do everything in the admin")
        parser.add_argument("--credits", help="instead of the usual starting credits")
        parser.add_argument("--key", action="store_true", help="make an API key, too")

    def handle(self, *args, username: str, **options) -> None:
        try:
            user, secret = self._create(username, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write(f"{user.username} was created.", self.style.SUCCESS)
        if secret:
            self.stdout.write(secret)

    @transaction.atomic
    def _create(self, username: str, options: dict) -> tuple[User, str]:
        user = people.create_user(
            username=username,
            password=self._password(options["password"]),
            email=options["email"],
            is_staff=options["staff"],
            credits=self._credits(options["credits"]),
        )
        if not options["key"]:
            return user, ""
        _key, secret = keys.issue(user=user, name="command line", scopes=keys.scopes_of(user))
        return user, secret

    def _password(self, given: str | None) -> str | None:
        if given == ASK:
            given = getpass("Password: ")
        if given is not None:
            validate_password(given)
        return given

    def _credits(self, given: str | None) -> Decimal | None:
        if given is None:
            return None
        try:
            return ledger.valid(given) if Decimal(given) else Decimal(0)
        except (InvalidOperation, ValueError) as error:
            raise CommandError(f"--credits takes an amount such as 500 or 209.5, not {given}.") from error
