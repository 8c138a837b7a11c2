"""What may be refused is refused before a credit moves or the provider hears of it."""

from decimal import Decimal

import pytest

from accounts import ledger
from accounts.errors import InsufficientCredits
from accounts.tests.factories import make_user
from generation import availability, services
from generation.errors import FeatureDisabled, KeyUsedWithOtherBody, ModelUnavailable, PriceChanged
from generation.models import GenerationTask
from generation.tests.conftest import creates, submit
from smartspec.lib.errors import InvalidInput


def assert_nothing_happened(user, sandbox):
    balance = ledger.balance_of(user)
    assert (balance.balance, balance.held) == (Decimal("500"), Decimal("0"))
    assert GenerationTask.objects.count() == 0
    assert creates(sandbox) == 0


@pytest.mark.parametrize(
    "body, pointer",
    [
        ({"prompt": ""}, "/prompt"),
        ({"prompt": "   "}, "/prompt"),
        ({}, "/prompt"),
        ({"prompt": "x" * 10_001}, "/prompt"),
        ({"prompt": "x", "model_id": "midjourney"}, "/model_id"),
        ({"prompt": "x", "model_id": "veo-3-1"}, "/model_id"),
        ({"prompt": "x", "model_id": 7}, "/model_id"),
        ({"prompt": "x", "aspect_ratio": "7:13"}, "/aspect_ratio"),
        ({"prompt": "x", "resolution": "8K"}, "/resolution"),
        ({"prompt": "x", "magic": True}, "/magic"),
        ({"prompt": "x", "reference_images": ["images/generated/other/file.png"]}, "/reference_images/0"),
        ({"prompt": "x", "max_credits": "lots"}, "/max_credits"),
        ({"prompt": "x", "max_credits": True}, "/max_credits"),
    ],
)
def test_bad_input_names_its_place_and_costs_nothing(sandbox, user, body, pointer):
    with pytest.raises(InvalidInput) as refused:
        services.submit(user=user, task_type="image", body=body)
    assert refused.value.errors[0]["pointer"] == pointer
    assert_nothing_happened(user, sandbox)


def test_too_few_credits_cost_nothing(sandbox, user):
    poor = make_user(username="poor", credits="17.99")
    with pytest.raises(InsufficientCredits):
        services.submit(user=poor, task_type="image", body={"prompt": "x"})
    assert ledger.balance_of(poor).available == Decimal("17.99")
    assert_nothing_happened(user, sandbox)


def test_a_switched_off_model_costs_nothing(sandbox, user):
    availability.switch_off("z-image", reason="Paused by the provider.")
    with pytest.raises(ModelUnavailable, match=r"Paused by the provider"):
        services.submit(user=user, task_type="image", body={"prompt": "x", "model_id": "z-image"})
    assert_nothing_happened(user, sandbox)


def test_a_kind_that_is_switched_off_costs_nothing(sandbox, user, settings):
    settings.ENABLE = settings.ENABLE | {"video": False}
    with pytest.raises(FeatureDisabled):
        services.submit(user=user, task_type="video", body={"prompt": "x"})
    assert_nothing_happened(user, sandbox)


def test_without_a_provider_key_nothing_is_accepted(sandbox, user, settings):
    settings.KIE_AI_API_KEY = ""
    with pytest.raises(ModelUnavailable):
        services.submit(user=user, task_type="image", body={"prompt": "x"})
    assert_nothing_happened(user, sandbox)


def test_a_price_above_the_limit_costs_nothing(sandbox, user):
    with pytest.raises(PriceChanged):
        services.submit(user=user, task_type="image", body={"prompt": "x", "max_credits": 17.5})
    assert_nothing_happened(user, sandbox)


def test_an_accepted_task_holds_exactly_its_price(sandbox, user):
    task = submit(user, resolution="4K")
    balance = ledger.balance_of(user)
    assert task.credits_quoted == Decimal("24")
    assert (balance.held, balance.available) == (Decimal("24"), Decimal("476"))
    assert task.hold.reference == task.pk
    assert creates(sandbox) == 0


def test_thai_prompts_are_kept_letter_by_letter(sandbox, user):
    words = "เรือหางยาวกลางแม่น้ำเจ้าพระยา ยามพระอาทิตย์ตก ๆ ฯ"
    assert GenerationTask.objects.get(pk=submit(user, prompt=words).pk).prompt == words


def test_the_same_key_and_body_give_the_first_task_again(sandbox, user):
    body = {"prompt": "once"}
    first, replayed = services.submit(user=user, task_type="image", body=body, idempotency_key="k1")
    again, replayed_again = services.submit(user=user, task_type="image", body=body, idempotency_key="k1")
    assert (again.pk, replayed, replayed_again) == (first.pk, False, True)
    assert ledger.balance_of(user).held == Decimal("18")


def test_the_same_key_with_another_body_is_refused(sandbox, user):
    services.submit(user=user, task_type="image", body={"prompt": "one"}, idempotency_key="k1")
    with pytest.raises(KeyUsedWithOtherBody):
        services.submit(user=user, task_type="image", body={"prompt": "two"}, idempotency_key="k1")


def test_another_users_key_is_another_key(sandbox, user):
    other = make_user(username="other", credits="500")
    body = {"prompt": "once"}
    mine, _ = services.submit(user=user, task_type="image", body=body, idempotency_key="k1")
    theirs, replayed = services.submit(user=other, task_type="image", body=body, idempotency_key="k1")
    assert not replayed
    assert theirs.pk != mine.pk


def test_a_refused_request_does_not_use_the_key_up(sandbox, user):
    with pytest.raises(InvalidInput):
        services.submit(user=user, task_type="image", body={"prompt": ""}, idempotency_key="k1")
    _task, replayed = services.submit(
        user=user, task_type="image", body={"prompt": "better"}, idempotency_key="k1"
    )
    assert not replayed


def test_a_retry_is_a_child_with_the_same_request(sandbox, user):
    task = submit(user, aspect_ratio="16:9")
    again, _replayed = services.retry(task, by=user)
    assert (again.parent_id, again.prompt, again.input_params) == (
        task.pk,
        task.prompt,
        {"aspect_ratio": "16:9"},
    )
