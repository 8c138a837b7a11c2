"""An order asks once what an operator has made of its model, and pays few round trips in all."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from generation import availability, catalogue, offer, price_overrides
from generation.errors import FeatureDisabled, ModelUnavailable
from generation.models import ModelSwitch

pytestmark = pytest.mark.django_db

NOTICE, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2099, 6, 1, 12, tzinfo=UTC)
NANO = "nano-banana-pro"


@pytest.fixture
def spec(sandbox):
    return catalogue.get_model(NANO)


def set_price(spec, tier: str, credits: Decimal | None) -> None:
    by = make_user(username=f"operator-{tier}-{credits}")
    price_overrides.set_price(spec=spec, tier=tier, credits=credits, reason="a campaign", by=by)


def test_a_model_that_nobody_touched_is_offered_at_the_catalogues_prices(spec):
    assert offer.now(spec) == (availability.Availability(True), {})


def test_switch_and_prices_come_together(spec):
    ModelSwitch.objects.create(model_id=NANO, is_on=True, deprecated_at=NOTICE, sunset_at=END)
    set_price(spec, "2K", Decimal("40.50"))
    assert offer.now(spec) == (
        availability.Availability(True, deprecated_at=NOTICE, sunset_at=END),
        {"2K": Decimal("40.50")},
    )


def test_it_says_what_the_two_tables_say_one_by_one(spec):
    availability.switch_off(NANO, reason="Paused upstream.")
    set_price(spec, "2K", Decimal(40))
    set_price(spec, "4K", Decimal(60))
    assert offer.now(spec) == (availability.now(spec), price_overrides.of(NANO))


def test_a_price_that_was_taken_back_and_other_models_count_for_nothing(spec):
    set_price(spec, "2K", Decimal(40))
    set_price(spec, "2K", None)
    availability.switch_off("z-image", reason="Paused upstream.")
    assert offer.now(spec) == (availability.Availability(True), {})


def test_it_is_one_query(spec, django_assert_num_queries):
    with django_assert_num_queries(1):
        offer.require(spec)


def test_the_next_order_after_a_switch_off_is_refused(spec):
    offer.require(spec)
    availability.switch_off(NANO, reason="Paused upstream.")
    with pytest.raises(ModelUnavailable, match="Paused upstream"):
        offer.require(spec)


def test_a_kind_that_is_off_is_refused_unasked(spec, settings, django_assert_num_queries):
    settings.ENABLE = settings.ENABLE | {"image": False}
    with django_assert_num_queries(0), pytest.raises(FeatureDisabled):
        offer.require(spec)


ORDER = (  # lines that end with + go with the next one where the database takes several writes at once
    "the key with its owner",
    "switch and prices",
    "tasks under way",
    "savepoint of the task",
    "the account +",
    "what the key has spent +",
    "the hold",
    "the task +",
    "its history",
    "the wake-up",
    "savepoint of the task ends",
)
STATEMENTS = {"sqlite": len(ORDER), "postgresql": sum(not line.endswith("+") for line in ORDER)}


def test_an_order_is_written_in_few_statements(api, sandbox, django_assert_max_num_queries):
    body = json.dumps({"prompt": "a lighthouse"})
    api.post("/api/v1/generation/image", body, content_type="application/json")  # notes the key's first use
    with django_assert_max_num_queries(STATEMENTS[connection.vendor]):
        answer = api.post("/api/v1/generation/image", body, content_type="application/json")
    assert answer.status_code == 202
