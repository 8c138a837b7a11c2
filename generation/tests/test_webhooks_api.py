"""A caller's own secret, address and log; and the log for staff."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from accounts.tests.factories import make_key, make_user
from generation import services
from generation.models import WebhookDelivery, WebhookSecret
from generation.tests.conftest import submit
from generation.webhooks import signing

ROOT = "/api/v1/generation/webhooks"
FAR = "https://hooks.example.com/smartspec"
LOG_FIELDS = {
    "id", "type", "task_id", "url", "state", "attempts", "last_status", "last_error", "created_at",
    "last_attempt_at", "next_attempt_at", "delivered_at",
}  # fmt: skip


@pytest.fixture
def staff(client, db):
    boss = make_user(username="boss", is_staff=True)
    boss.is_superuser = True
    boss.save()
    client.force_login(boss)
    return client


def promised(user) -> WebhookDelivery:
    task = submit(user, webhook_url=FAR)
    services.cancel(task, by=user)
    return task.webhook_deliveries.get()


def given_up(user) -> WebhookDelivery:
    delivery = promised(user)
    delivery.finish(state="given_up")
    return delivery


def test_the_secret_is_made_once_and_never_cached(api, user):
    first, again = api.get(f"{ROOT}/secret"), api.get(f"{ROOT}/secret")
    assert first.json()["secret"] == again.json()["secret"] == WebhookSecret.objects.get().secret
    assert first.json()["secret"].startswith("whsec_")
    assert first.json()["previous_signs_until"] is None
    assert first["Cache-Control"] == "no-store"


def test_everybody_has_a_secret_of_their_own(api, user):
    other = make_user(username="other")
    assert signing.secret_of(other).secret != api.get(f"{ROOT}/secret").json()["secret"]


def test_for_a_day_after_a_rotation_both_secrets_are_believed(api, user):
    old = api.get(f"{ROOT}/secret").json()["secret"]
    new = api.post(f"{ROOT}/secret/rotate").json()["secret"]
    headers = signing.headers(user, message_id="m1", body="{}")
    assert old != new
    assert Webhook(old).verify("{}", headers) == Webhook(new).verify("{}", headers) == {}


def test_then_the_old_secret_is_worth_nothing(api, user):
    old = api.get(f"{ROOT}/secret").json()["secret"]
    new = api.post(f"{ROOT}/secret/rotate").json()["secret"]
    WebhookSecret.objects.update(previous_until=timezone.now() - timedelta(seconds=1))
    headers = signing.headers(user, message_id="m1", body="{}")
    assert Webhook(new).verify("{}", headers) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify("{}", headers)


def test_a_key_sets_reads_and_takes_back_its_own_address(api):
    address = f"{ROOT}/key"
    assert api.get(address).json() == {"url": None}
    for url in (FAR, FAR + "/new"):
        answer = api.put(address, {"url": url}, content_type="application/json")
        assert (answer.status_code, answer.json()) == (200, {"url": url})
    assert api.get(address).json() == {"url": FAR + "/new"}
    assert api.delete(address).json() == api.get(address).json() == {"url": None}


def test_the_schema_promises_the_200_that_taking_back_answers(client, db):
    document = client.get("/api/schema", headers={"Accept": "application/json"}).json()
    assert set(document["paths"][f"{ROOT}/key"]["delete"]["responses"]) == {"200", "default"}


@pytest.mark.parametrize(
    "body", [{}, {"url": None}, {"url": "http://10.0.0.1/"}, {"url": 5}, {"url": FAR, "x": 1}, []]
)
def test_a_bad_address_of_a_key_is_refused(api, body):
    assert api.put(f"{ROOT}/key", body, content_type="application/json").status_code == 400


def test_a_browser_session_has_no_key_to_give_an_address_to(client, user):
    client.force_login(user)
    assert client.get(f"{ROOT}/key").status_code == 400


def test_the_log_walks_every_delivery_once_newest_first(api, sandbox, user):
    made = [str(promised(user).pk) for _ in range(5)]
    promised(make_user(username="other", credits="100"))
    seen, path = [], f"{ROOT}/deliveries?limit=2"
    while path:
        page = api.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path = page["next"] and page["next"].split("127.0.0.1:8000")[1]
    assert seen == made[::-1]
    assert set(page["results"][0]) == LOG_FIELDS
    assert page["results"][0]["type"] == "task.cancelled"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "cursor=x", "state=waiting"])
def test_bad_questions_to_the_log_are_400(api, query):
    assert api.get(f"{ROOT}/deliveries?{query}").status_code == 400


def test_a_replay_makes_it_due_again(api, sandbox, user):
    delivery = given_up(user)
    answer = api.post(f"{ROOT}/deliveries/{delivery.pk}/replay")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert WebhookDelivery.objects.due().get() == delivery


def test_somebody_elses_delivery_does_not_exist(api, sandbox):
    delivery = given_up(make_user(username="other", credits="100"))
    assert api.post(f"{ROOT}/deliveries/{delivery.pk}/replay").status_code == 404
    delivery.refresh_from_db()
    assert delivery.state == "given_up"


@pytest.mark.parametrize(
    "method, path, needed",
    [
        ("get", "/secret", "generate"),
        ("post", "/secret/rotate", "generate"),
        ("get", "/key", "generate"),
        ("put", "/key", "generate"),
        ("delete", "/key", "generate"),
        ("get", "/deliveries", "tasks:read"),
        ("post", "/deliveries/4c1f6c0e-9f0c-4a55-9d3a-0a8a1d0c1b11/replay", "generate"),
    ],
)
def test_every_door_asks_for_its_scope(client, user, method, path, needed):
    everything_else = {"generate", "tasks:read", "account:read"} - {needed}
    _key, secret = make_key(user, scopes=sorted(everything_else))
    call = getattr(client, method)
    assert call(ROOT + path, headers={"X-API-Key": secret}).json()["code"] == "insufficient_scope"
    assert call(ROOT + path).status_code == 401


def test_staff_see_deliveries_and_send_them_again(staff, sandbox, user):
    delivery = given_up(user)
    log = reverse("admin:generation_webhookdelivery_changelist")
    assert "task.cancelled" in staff.get(log).content.decode()
    action = {"action": "replay_deliveries", "_selected_action": [str(delivery.pk)]}
    assert "1 delivery is due again." in staff.post(log, action, follow=True).content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_staff_change_no_delivery_by_hand_and_see_no_secret(staff, sandbox, user):
    delivery = given_up(user)
    page = reverse("admin:generation_webhookdelivery_change", args=[delivery.pk])
    assert signing.secret_of(user).secret not in staff.get(page).content.decode()
    assert staff.post(page, {"state": "delivered"}).status_code == 403
