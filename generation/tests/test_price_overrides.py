"""An operator's prices: what is asked for, what is kept of them, and what they may never be by accident."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from generation import catalogue, price_overrides
from generation.errors import BelowCost, NoSuchTier, ReasonMissing
from generation.models import PriceOverride
from generation.tests.conftest import submit

pytestmark = pytest.mark.django_db
NANO, Z_IMAGE = "nano-banana-pro", "z-image"
SPEECH = "elevenlabs/text-to-speech-turbo-2-5"


@pytest.fixture
def boss(db):
    return make_user("boss", is_staff=True)


def priced(by, model_id, tier, credits, reason="A quiet month.", **more) -> PriceOverride:
    credits = None if credits is None else Decimal(credits)
    spec = catalogue.get_model(model_id)
    return price_overrides.set_price(spec=spec, tier=tier, credits=credits, reason=reason, by=by, **more)


def quoted(api, **body) -> Decimal:
    body = {"prompt": "a lighthouse"} | body
    answer = api.post("/api/v1/generation/quote", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return Decimal(str(answer.json()["credits"]))


def test_an_override_is_quoted_shown_and_charged(api, sandbox, user, boss):
    priced(boss, NANO, "2K", "21.5")
    assert quoted(api, model_id=NANO) == Decimal("21.5")
    assert submit(user, model_id=NANO).credits_quoted == Decimal("21.5")
    document = api.get(f"/api/v1/generation/models/{NANO}").json()
    assert document["base_credits"] == 21.5
    assert document["pricing_tiers"] == {"1K": 18, "2K": 21.5, "4K": 24}
    listed = api.get("/api/v1/generation/models").json()
    assert next(each for each in listed if each["id"] == NANO)["base_credits"] == 21.5


def test_other_tiers_keep_the_catalogues_price(api, sandbox, boss):
    priced(boss, NANO, "2K", "21.5")
    assert quoted(api, model_id=NANO, resolution="4K") == 24


def test_speech_is_priced_per_started_thousand_characters(api, sandbox, boss):
    priced(boss, SPEECH, "", "15")
    assert quoted(api, model_id=SPEECH, task_type="audio", prompt="a" * 1001) == 30


def test_an_accepted_task_keeps_the_price_it_was_quoted(sandbox, user, boss):
    task = submit(user, model_id=Z_IMAGE)
    priced(boss, Z_IMAGE, "", "99")
    task.refresh_from_db()
    assert task.credits_quoted == 20


def test_who_named_a_limit_is_not_charged_more(api, sandbox, boss):
    priced(boss, Z_IMAGE, "", "99")
    body = {"prompt": "a lighthouse", "model_id": Z_IMAGE, "max_credits": 20}
    answer = api.post("/api/v1/generation/image", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "price_changed")


def test_every_price_that_ever_stood_stays_on_record(boss):
    priced(boss, NANO, "2K", "21.5", reason="Dearer upstream.")
    priced(boss, NANO, "2K", "20", reason="Too dear.")
    priced(boss, NANO, "2K", None, reason="Back to the list.")
    rows = PriceOverride.objects.order_by("id")
    assert [(row.credits, row.reason, row.until is None) for row in rows] == [
        (Decimal("21.5"), "Dearer upstream.", False),
        (Decimal(20), "Too dear.", False),
        (None, "Back to the list.", True),
    ]
    assert price_overrides.of(NANO) == {}


def test_below_cost_needs_a_word(boss):
    with pytest.raises(BelowCost):
        priced(boss, NANO, "2K", "17.99")
    assert not PriceOverride.objects.exists()
    assert priced(boss, NANO, "2K", "10", below_cost=True).is_below_cost
    assert price_overrides.of(NANO) == {"2K": 10}


def test_what_was_set_above_cost_never_falls_below_it(boss):
    row = priced(boss, NANO, "2K", "19")
    PriceOverride.objects.filter(pk=row.pk).update(credits=5)  # as if the provider had raised its price
    assert price_overrides.of(NANO) == {"2K": 18}


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_price_needs_a_reason(boss, reason):
    with pytest.raises(ReasonMissing):
        priced(boss, NANO, "2K", "20", reason=reason)


def test_a_price_is_that_of_a_tier(boss):
    with pytest.raises(NoSuchTier):
        priced(boss, NANO, "8K", "20")


def test_every_tier_of_every_model_has_a_cost():
    for spec in catalogue.ALL_MODELS.values():
        assert set(spec.pricing.costs) == set(spec.pricing_tiers or {""})
