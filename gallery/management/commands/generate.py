"""manage.py generate: from a prompt to a file, and with --publish to a page."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from accounts.models import User
from gallery import addresses, reserving
from gallery.following import LOOK_EVERY, follow
from gallery.models import Item, Reservation
from generation import services
from generation.errors import TASK_ERRORS
from generation.models import GenerationTask
from smartspec.lib.errors import ProductError
from storage_app.placing import absolute


class Command(BaseCommand):
    help = "Generate an image, a video or a sound from a prompt and print where it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["image", "video", "audio"])
        parser.add_argument("prompt")
        parser.add_argument("--model", help="model id; each kind has a default")
        parser.add_argument(
            "--option", action="append", default=[], metavar="KEY=VALUE", help="may be repeated"
        )
        parser.add_argument("--publish", action="store_true", help="approve it for the public gallery")
        parser.add_argument("--title", default="", help="title in the gallery; default: from the prompt")
        parser.add_argument("--user", help="username who pays; default: the first member of staff")
        parser.add_argument("--patience", type=float, default=30, help="seconds to wait for a worker")

    def handle(self, *args, **given) -> None:
        try:
            user = payer(given["user"])
            task = self.submit(user, given)
            self.watch(task, given["patience"])
            self.report(task)
            if given["publish"]:
                self.stdout.write(f"page: {self.page(task, given['patience'])}")
        except ProductError as error:
            raise CommandError(str(error.detail)) from error

    def submit(self, user: User, given: dict) -> GenerationTask:
        body = options(given["option"]) | {"prompt": given["prompt"]}
        if given["model"]:
            body["model_id"] = given["model"]
        with transaction.atomic():
            task, _replayed = services.submit(user=user, task_type=given["kind"], body=body)
            if given["publish"]:
                fields = {"title": given["title"]} if given["title"] else {}
                reserving.reserve(task, by=user, fields=fields, approve=True)
        return task

    def watch(self, task: GenerationTask, patience: float) -> None:
        with tqdm(total=100, bar_format="{desc:<12} {bar} {percentage:3.0f}% {elapsed}") as bar:

            def seen(task: GenerationTask) -> None:
                bar.set_description_str(task.stage, refresh=False)
                bar.n = max(bar.n, round(task.progress * 100))
                bar.refresh()

            follow(task, patience=patience, seen=seen)
            if task.status == "completed":
                bar.n = 100
                bar.refresh()

    def report(self, task: GenerationTask) -> None:
        if task.status != "completed":
            reason = TASK_ERRORS.get(task.error_code, TASK_ERRORS["internal"])
            raise CommandError(f"{task.status}: {reason}")
        for output in task.outputs.select_related("asset"):
            self.stdout.write(absolute(output.asset.file.url))
        self.stdout.write(f"credits used: {task.credits_used.normalize():f}")

    def page(self, task: GenerationTask, patience: float) -> str:
        last_moment = time.monotonic() + patience
        while time.monotonic() < last_moment:
            item = Item.objects.public().filter(generation_task=task).first()
            if item is not None:
                return addresses.item_url(item.slug)
            time.sleep(LOOK_EVERY)
        stuck = Reservation.objects.filter(task=task).exclude(error="").first()
        why = stuck.error if stuck else "the gallery's job has not run yet"
        raise CommandError(f"The file is there, but its page is not: {why}")


def payer(username: str | None) -> User:
    if username:
        found = User.objects.filter(username=username, is_active=True).first()
        if found is None:
            raise CommandError(f"There is no user {username}.")
        return found
    found = User.objects.filter(is_staff=True, is_active=True).order_by("date_joined").first()
    if found is None:
        raise CommandError("There is no member of staff yet: make one with manage.py createuser NAME --staff")
    return found


def options(pairs: list[str]) -> dict[str, Any]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise CommandError(f"An option is KEY=VALUE, not {pair}")
        found[name] = read(value)
    return found


def read(value: str) -> Any:
    """Numbers, true, false and JSON lists as themselves, everything else as text."""
    try:
        return json.loads(value)
    except ValueError:
        return value
