"""Whatever is sent, the API answers as its document says: never a 5xx, never a surprise."""

import re

import pytest
from django.db import transaction
from hypothesis import given
from schemathesis import APIOperation, Case, GenerationMode

from accounts import keys
from accounts.models import User
from accounts.tests.factories import make_key, make_user
from gallery.models import Item
from gallery.tests.factories import make_item, make_task
from generation import states
from generation.models import GenerationTask, WebhookDelivery
from smartspec.tests.permissions.people import signed_in
from smartspec.tests.schema_fuzz.cases import (
    addresses,
    addresses_that_take_something,
    operations,
    scope_of,
)
from smartspec.tests.schema_fuzz.in_process import InProcess
from smartspec.tests.schema_fuzz.judging import CHECKS
from smartspec.tests.schema_fuzz.same_every_time import SAME_EVERY_TIME

pytestmark = pytest.mark.django_db
HOLES = re.compile(r"{(\w+)}")


@pytest.fixture(autouse=True)
def passwords_are_quick(settings):
    """A good hash is slow by design, and most passwords here are wrong."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def moderator():
    return make_user("moderator", is_staff=True)


@pytest.fixture
def there(moderator):
    """there(address) -> one that is there of everything that it names."""

    def made(address: str) -> dict[str, str]:
        holes = set(HOLES.findall(address))
        return {name: MADE[name](moderator) for name in holes & MADE.keys()}

    return made


@pytest.fixture
def headers(moderator, settings):
    """headers(scope) -> what lets the moderator in; models are on offer, too."""
    settings.KIE_AI_API_KEY = "a key that is never used"
    _key, secret = make_key(moderator, scopes=keys.SCOPES)
    session = signed_in(moderator).cookies["sessionid"].value
    ways = {"": {}, "signed-in": {"Cookie": f"sessionid={session}"}}
    return lambda scope: ways.get(scope, {"X-API-Key": secret})


def ended_task(user: User) -> GenerationTask:
    task = make_task(user=user)
    task.events.create(sequence=task.sequence, old=str(states.RENDERING), new=str(task.state), who="worker")
    return task


def shown_item(user: User) -> Item:
    return make_item(created_by=user, files=True, rendered=False)


def delivery(user: User) -> WebhookDelivery:
    known = {"event": "task.completed", "url": "https://hooks.example/", "body": "{}", "state": "delivered"}
    return WebhookDelivery.objects.create(user=user, task=ended_task(user), **known)


MADE = {
    "task_id": lambda user: str(ended_task(user).pk),
    "item_id": lambda user: str(shown_item(user).pk),
    "slug": lambda user: shown_item(user).slug,
    "delivery_id": lambda user: str(delivery(user).pk),
    "key_id": lambda user: str(make_key(user)[0].pk),
    "model_id": lambda user: "nano-banana-pro",
}


def judged(case: Case, headers: dict[str, str]) -> None:
    """Whatever the request did is undone."""
    with transaction.atomic():
        answer = case.call(app=InProcess(), headers=headers)
        transaction.set_rollback(True)
    case.validate_response(answer, checks=CHECKS)


def try_all(operation: APIOperation, mode: GenerationMode, headers, path: dict[str, str]) -> None:
    known = headers(scope_of(operation))

    @SAME_EVERY_TIME
    @given(operation.as_strategy(generation_mode=mode, path_parameters=path or None))
    def run(case: Case) -> None:
        judged(case, known)

    run()


@pytest.mark.parametrize("address", addresses())
def test_what_the_document_allows_is_answered_as_it_says(address, headers, there):
    try_all(operations()[address], GenerationMode.POSITIVE, headers, there(address))


@pytest.mark.parametrize("address", addresses_that_take_something())
def test_what_the_document_forbids_is_refused_as_it_says(address, headers, there):
    operation = operations()[address]
    takes_more = operation.body or operation.query or operation.headers
    try_all(operation, GenerationMode.NEGATIVE, headers, there(address) if takes_more else {})


def test_every_address_for_callers_is_in_the_document_and_no_other():
    assert set(addresses()) == set(operations())
