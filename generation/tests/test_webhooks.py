"""Who is told what became of a task, and what they are told."""

import json

import pytest
from django.db import transaction

from accounts import closing, ledger
from accounts.tests.factories import make_key
from generation import services
from generation.models import (
    GenerationTask,
    KeyWebhook,
    TaskWebhook,
    WebhookDelivery,
    WebhookSecret,
)
from generation.tests.conftest import run, submit
from generation.webhooks import jobs, signing
from generation.webhooks.tests.receiver import Receiver

FAR = "https://hooks.example.com/smartspec"


@pytest.fixture
def receiver(settings):
    settings.DEBUG = True  # loopback is called on a developer's machine only
    with Receiver() as server:
        yield server


def order(api, **body):
    body = json.dumps({"prompt": "a lighthouse"} | body)
    return api.post("/api/v1/generation/image", body, content_type="application/json")


def cancelled(user, **body) -> GenerationTask:
    task = submit(user, **body)
    services.cancel(task, by=user)
    return task


def deliver_all() -> None:
    while jobs.sweep(3):
        pass


def test_a_completed_task_is_told_and_the_receivers_library_believes_it(sandbox, user, receiver):
    done = run(submit(user, prompt="my secret garden", webhook_url=receiver.url))
    deliver_all()
    [heard] = receiver.heard
    message = heard.verified(signing.secret_of(user).secret)
    assert set(message) == {"type", "timestamp", "data"}
    assert (message["type"], message["data"]["id"]) == ("task.completed", str(done.pk))
    assert message["data"] | {"updated_at": None, "id": None, "url": None} == {
        "id": None,
        "task_type": "image",
        "model_id": "nano-banana-pro",
        "status": "completed",
        "stage": "done",
        "progress": 1.0,
        "sequence": done.sequence,
        "credits_used": 18,
        "error": None,
        "updated_at": None,
        "url": None,
    }
    assert message["data"]["url"].endswith(f"/api/v1/generation/tasks/{done.pk}")
    assert b"garden" not in heard.body
    assert (heard.path, heard.headers["content-type"]) == ("/hook?for=me", "application/json")


def test_a_failed_task_says_why_in_a_word(sandbox, user, receiver):
    run(submit(user, prompt="x [sandbox:fail]", webhook_url=receiver.url))
    deliver_all()
    message = receiver.heard[0].verified(signing.secret_of(user).secret)
    assert message["type"] == "task.failed"
    assert message["data"]["error"] == {"code": "provider_error", "retryable": True, "charged": False}


def test_a_cancelled_task_is_told_at_once(sandbox, user, receiver):
    cancelled(user, webhook_url=receiver.url)
    deliver_all()
    message = receiver.heard[0].verified(signing.secret_of(user).secret)
    assert (message["type"], message["data"]["status"]) == ("task.cancelled", "cancelled")


def test_a_task_without_an_address_tells_nobody(sandbox, user):
    cancelled(user)
    assert not WebhookDelivery.objects.exists()


def test_an_end_that_is_rolled_back_promises_nothing(sandbox, user):
    task = submit(user, webhook_url=FAR)
    with transaction.atomic():
        services.cancel(task, by=user)
        assert WebhookDelivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://hooks.example.com:8443/",
        "https://user:password@hooks.example.com/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://2130706433/",
        "https://127.0.0.0X1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://%31%32%37.0.0.1/",
        "https://[fec0::1]/",
        "https://hooks.example.com\\@10.0.0.1/",
        "https://localhost/",
        "https://localhost./",
        "https://intranet/",
        "https:///path",
        "https://",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/\n",
        "https://hooks.example.com:x/",
        "ftp://hooks.example.com/",
        "hooks.example.com",
        "",
        "https://hooks.example.com/" + "x" * 2000,
        7,
        ["https://hooks.example.com/"],
    ],
)
def test_an_address_that_we_never_call_is_refused_before_anything_is_charged(api, sandbox, user, url):
    answer = order(api, webhook_url=url)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/webhook_url")
    assert (GenerationTask.objects.count(), ledger.balance_of(user).held) == (0, 0)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost:9/", "https://localhost:9/"])
def test_only_a_developers_machine_may_call_itself(api, sandbox, settings, url):
    assert order(api, webhook_url=url).status_code == 400
    settings.DEBUG = True
    assert order(api, webhook_url=url).status_code == 202


@pytest.mark.parametrize("url", [FAR, "HTTPS://Hooks.Example.com:443/x?y=1#z", "https://ตัวอย่าง.ไทย/ก"])
def test_every_https_name_is_welcome(api, sandbox, url):
    assert order(api, webhook_url=url).status_code == 202
    assert TaskWebhook.objects.get().url == url


def test_no_address_is_as_good_as_none(api, sandbox):
    assert order(api, webhook_url=None).status_code == 202
    assert not TaskWebhook.objects.exists()


def test_a_quote_takes_the_same_body_and_keeps_nothing(api, sandbox):
    body = json.dumps({"task_type": "image", "prompt": "x", "webhook_url": FAR})
    answer = api.post("/api/v1/generation/quote", body, content_type="application/json")
    assert answer.status_code == 200
    assert not TaskWebhook.objects.exists()


def test_the_address_is_part_of_what_an_idempotency_key_stands_for(api, sandbox):
    api.defaults["HTTP_IDEMPOTENCY_KEY"] = "abc"
    assert [order(api, webhook_url=url).status_code for url in (FAR, FAR, FAR + "2")] == [202, 202, 422]


def test_a_retry_tells_the_same_address(sandbox, user):
    first = cancelled(user, webhook_url=FAR)
    again, _replayed = services.retry(first, by=user)
    assert again.webhook.url == FAR


def test_the_address_of_a_key_is_told_of_every_task_ordered_with_it(sandbox, user):
    key, _secret = make_key(user)
    KeyWebhook.objects.create(api_key=key, url=FAR)
    with_key, _ = services.submit(user=user, task_type="image", body={"prompt": "x"}, api_key=key)
    services.cancel(with_key, by=user)
    cancelled(user)
    assert list(WebhookDelivery.objects.values_list("task_id", "url")) == [(with_key.pk, FAR)]


def test_the_order_knows_better_than_the_key(sandbox, user):
    key, _secret = make_key(user)
    KeyWebhook.objects.create(api_key=key, url=FAR)
    body = {"prompt": "x", "webhook_url": FAR + "/mine"}
    task, _ = services.submit(user=user, task_type="image", body=body, api_key=key)
    services.cancel(task, by=user)
    assert WebhookDelivery.objects.get().url == FAR + "/mine"


def test_a_closed_account_is_told_nothing_more(sandbox, user):
    key, _secret = make_key(user)
    KeyWebhook.objects.create(api_key=key, url=FAR)
    cancelled(user, webhook_url=FAR)
    submit(user, webhook_url=FAR)
    signing.secret_of(user)
    closing.close(user)
    for rows in (TaskWebhook, KeyWebhook, WebhookDelivery, WebhookSecret):
        assert not rows.objects.exists()
