"""People with a key each, and the tasks they have under way."""

from decimal import Decimal
from functools import cache

from django_q.models import OrmQ

from accounts import keys, people
from accounts.models import User
from generation import services
from generation.models import GenerationTask
from generation.states import FAILED

BUYERS = 200
CREDITS = Decimal(100_000)
PROMPT = "A lantern boat on a still river at dusk, seen from the bridge, soft light on wet stone"
ORDER = {"prompt": PROMPT, "model_id": "nano-banana-pro", "aspect_ratio": "16:9", "resolution": "2K"}


@cache
def buyers() -> list[tuple[User, str]]:
    """Each person with the secret of their key."""
    made = [people.create_user(username=f"buyer-{number}", credits=CREDITS) for number in range(BUYERS)]
    return [(buyer, keys.issue(user=buyer, name="bench")[1]) for buyer in made]


def ordered(count: int) -> list[GenerationTask]:
    """`count` accepted tasks, shared out among the buyers."""
    return [
        services.submit(user=buyers()[number % BUYERS][0], task_type="image", body=ORDER)[0]
        for number in range(count)
    ]


def end_tasks() -> None:
    """Make room, without the worker: only the rows matter here."""
    GenerationTask.objects.unfinished().update(status=FAILED.status, stage=FAILED.stage, due_at=None)
    OrmQ.objects.all().delete()
