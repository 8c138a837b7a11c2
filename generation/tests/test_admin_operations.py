"""Whoever is on duty sees what is on and what hangs, pushes it on, and sets prices with a reason."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django_q.models import Failure

from accounts.models import User
from accounts.tests.factories import make_user
from generation import alarms, price_overrides
from generation.models import BalanceReading, Breaker, GenerationTask, ModelSwitch, PriceOverride
from generation.tests.conftest import submit
from smartspec.lib.queue import failures

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
OVERVIEW, PUSH = reverse("admin:generation_overview"), reverse("admin:generation_push_on")
PRICES, NEW_PRICE = (reverse(f"admin:generation_priceoverride_{page}") for page in ("changelist", "add"))


@pytest.fixture
def staff(client, db):
    client.force_login(make_user("boss", is_staff=True))
    return client


def only(client, *codenames: str) -> None:
    """Signed in as staff with these rights and no other."""
    person = make_user(is_staff=True)
    User.objects.filter(pk=person.pk).update(is_superuser=False)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(User.objects.get(pk=person.pk))


def page(client, path=OVERVIEW, **asked) -> str:
    return client.get(path, asked).content.decode()


def failed_job(*args: str) -> Failure:
    now = timezone.now()
    return Failure.objects.create(
        id=uuid.uuid4().hex,
        name="x",
        func="generation.jobs.advance",
        args=args,
        started=now,
        stopped=now,
        success=False,
        result="ValueError('no')\nTraceback …",
    )


def test_flags_models_balance_and_breakers_are_seen_at_a_glance(staff, settings):
    settings.ENABLE = settings.ENABLE | {"audio": False}
    settings.KIE_AI_API_KEY = "k"
    ModelSwitch.objects.create(model_id="flux-2", is_on=False, reason="Being looked into.")
    ModelSwitch.objects.create(
        model_id="z-image", is_on=True, deprecated_at=datetime(2026, 3, 1, tzinfo=UTC), sunset_at=None
    )
    BalanceReading.objects.create(credits=Decimal("1234.5"))
    Breaker.objects.create(subject="veo-3-1", open_until=timezone.now())
    alarms.sound("key_refused", "kie.ai")
    shown = page(staff)
    assert "<code>ENABLE_AUDIO_GENERATION</code></th><td>off" in shown
    for words in ("off: Being looked into.", "March 1, 2026", "1234.50", "veo-3-1"):
        assert words in shown


def test_a_failed_job_is_woken_again_and_forgotten(staff, sandbox, user):
    task = submit(user)
    failure = failed_job(str(task.pk))
    assert "ValueError(&#x27;no&#x27;)" in page(staff)
    answer = staff.post(PUSH, {"job": failure.pk}, follow=True).content.decode()
    assert "It is tried again in a moment." in answer
    assert not Failure.objects.exists()
    assert "There was nothing to do." in staff.post(PUSH, {"job": failure.pk}, follow=True).content.decode()


def test_of_an_old_failure_the_first_line_is_enough(db):
    failed_job("a", "b")
    (job,) = failures.latest(5)
    assert (job.arguments, job.why) == ("a, b", "ValueError('no')")


def test_a_row_that_was_tried_again_and_again_is_pushed_on(staff, sandbox, user):
    task = submit(user)
    GenerationTask.objects.filter(pk=task.pk).update(tries=7, due_at=timezone.now() + AN_HOUR)
    name = f"generation.generationtask:{task.pk}"
    assert name in page(staff)
    staff.post(PUSH, {"row": name})
    task.refresh_from_db()
    assert task.tries == 0
    assert task.due_at <= timezone.now()
    assert name not in page(staff)


@pytest.mark.parametrize("row", ["", "auth.user:1", "generation.generationtask:nonsense", "nothing"])
def test_what_is_no_due_row_is_left_alone(staff, row):
    assert "There was nothing to do." in staff.post(PUSH, {"row": row}, follow=True).content.decode()


def test_who_may_only_look_pushes_nothing(client):
    failure = failed_job()
    only(client, "view_modelswitch")
    assert "Try again" not in page(client)
    assert client.post(PUSH, {"job": failure.pk}).status_code == 403
    only(client, "view_alarm")
    assert client.get(OVERVIEW).status_code == 403


def new_price(**given) -> dict:
    return {"chosen": "nano-banana-pro|2K", "credits": "21.5", "reason": "Dearer upstream."} | given


def test_a_price_is_set_with_a_reason_and_stays_on_record(staff):
    assert staff.post(NEW_PRICE, new_price()).status_code == 302
    assert staff.post(NEW_PRICE, new_price(credits="", reason="Back.")).status_code == 302
    last, first = PriceOverride.objects.all()
    assert (first.credits, first.reason, first.by.username) == (Decimal("21.5"), "Dearer upstream.", "boss")
    assert (last.credits, last.until) == (None, None)
    assert "Dearer upstream." in page(staff, PRICES)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"credits": "17"}, "Confirm that it is meant to be sold below cost."),
        ({"reason": ""}, "This field is required."),
        ({"chosen": "nano-banana-pro|8K"}, "Select a valid choice."),
        ({"credits": "0"}, "greater than or equal to 0.01"),
    ],
)
def test_a_price_that_may_not_be_is_refused_with_a_sentence(staff, given, told):
    assert told in staff.post(NEW_PRICE, new_price(**given)).content.decode()
    assert not PriceOverride.objects.exists()


def test_below_cost_is_possible_for_who_means_it(staff):
    staff.post(NEW_PRICE, new_price(credits="10", below_cost="on"))
    assert price_overrides.of("nano-banana-pro") == {"2K": 10}


def test_prices_are_set_by_who_may_and_never_changed(client, staff):
    staff.post(NEW_PRICE, new_price())
    row = PriceOverride.objects.get()
    change = reverse("admin:generation_priceoverride_change", args=[row.pk])
    assert staff.post(change, new_price(credits="1")).status_code == 403
    only(client, "view_priceoverride")
    assert client.get(change).status_code == 200
    assert client.get(NEW_PRICE).status_code == 403


def test_a_model_ends_after_its_notice(staff):
    given = {
        "model_id": "flux-2",
        "is_on": "on",
        "reason": "",
        "sunset_at_0": "2026-01-01",
        "sunset_at_1": "00:00",
    }
    given |= {"deprecated_at_0": "2026-02-01", "deprecated_at_1": "00:00"}
    add = reverse("admin:generation_modelswitch_add")
    assert "The end comes after the notice." in staff.post(add, given).content.decode()
    staff.post(add, given | {"sunset_at_0": "2026-09-01"})
    assert ModelSwitch.objects.get().sunset_at.year == 2026


LISTS = [f"admin:generation_{name}_changelist" for name in ("generationtask", "alarm", "modelswitch")]
LISTS += [
    f"admin:generation_{name}_changelist" for name in ("priceoverride", "webhookdelivery", "callbackcount")
]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_costs_more_than_ten_queries(staff, user, sandbox, name, django_assert_max_num_queries):
    for number in range(5):
        submit(user)
        alarms.sound("key_refused", f"{number}")
        staff.post(NEW_PRICE, new_price(credits=f"{30 + number}"))
    with django_assert_max_num_queries(10):
        assert staff.get(reverse(name)).status_code == 200
