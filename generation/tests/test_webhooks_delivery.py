"""Every message arrives, or is given up after a day; nothing that a receiver does can do us harm."""

import logging
import socket
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from generation import services
from generation.models import WebhookDelivery
from generation.tests.conftest import submit
from generation.webhooks import delivering, jobs, sending, signing
from generation.webhooks.tests.receiver import DRIP, Receiver
from smartspec import retention


@pytest.fixture
def receiver(settings):
    settings.DEBUG = True
    with Receiver() as server:
        yield server


def promised(user, url) -> WebhookDelivery:
    """A delivery that is due: of a task that was cancelled."""
    task = submit(user, webhook_url="https://hooks.example.com/")
    task.webhook.url = url
    task.webhook.save()
    services.cancel(task, by=user)
    return task.webhook_deliveries.get()


def attempt(delivery) -> WebhookDelivery:
    """One more attempt, whenever it would have been due."""
    WebhookDelivery.objects.filter(pk=delivery.pk, state="waiting").update(due_at=timezone.now())
    jobs.deliver(str(delivery.pk))
    return WebhookDelivery.objects.get(pk=delivery.pk)


def test_a_delivered_message_is_settled(sandbox, user, receiver):
    delivery = attempt(promised(user, receiver.url))
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 204)
    assert (delivery.due_at, delivery.lease_until, delivery.last_error) == (None, None, "")


def test_a_refused_message_comes_again_the_same_under_the_same_id(sandbox, user, receiver):
    receiver.answers = [500, 503, 200]
    delivery = promised(user, receiver.url)
    for _ in range(3):
        delivery = attempt(delivery)
    assert (delivery.state, delivery.attempts) == ("delivered", 3)
    assert {heard.id for heard in receiver.heard} == {str(delivery.pk)}
    assert len({heard.body for heard in receiver.heard}) == 1
    for heard in receiver.heard:
        heard.verified(signing.secret_of(user).secret)


# seconds until the next attempt, before the spread of a tenth
WAITS = [5, 60, 300, 1800, 7200, 18_000, 28_800, 28_800]


def test_the_waits_grow_over_a_day_and_then_it_is_given_up(sandbox, user, receiver):
    receiver.answers = [500] * 9
    delivery = promised(user, receiver.url)
    for wait in WAITS:
        before = timezone.now()
        delivery = attempt(delivery)
        seconds = (delivery.due_at - before).total_seconds()
        assert (delivery.state, delivery.last_status, delivery.last_error) == ("waiting", 500, "status")
        assert wait * 0.9 <= seconds <= wait * 1.1 + 5
    delivery = attempt(delivery)
    assert (delivery.state, delivery.attempts, delivery.due_at) == ("given_up", 9, None)
    attempt(delivery)
    assert len(receiver.heard) == 9


def test_gone_means_never_again(sandbox, user, receiver):
    receiver.answers = [410]
    delivery = attempt(promised(user, receiver.url))
    assert (delivery.state, delivery.last_status) == ("given_up", 410)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(sandbox, user, receiver, status):
    receiver.answers = [status]
    delivery = attempt(promised(user, receiver.url))
    assert (delivery.state, delivery.last_status, delivery.last_error) == ("waiting", status, "redirect")
    assert [heard.path for heard in receiver.heard] == ["/hook?for=me"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]", "0"]
)
def test_no_spelling_of_this_machine_leads_inside(sandbox, user, receiver, settings, host):
    settings.DEBUG = False
    delivery = attempt(promised(user, f"http://{host}:{receiver.server_port}/"))
    assert (delivery.state, delivery.last_error) == ("given_up", "address_refused")
    assert receiver.heard == []


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[::ffff:10.0.0.1]"]
)
def test_no_private_network_is_called(sandbox, user, host):
    delivery = attempt(promised(user, f"https://{host}/"))
    assert (delivery.state, delivery.last_error) == ("given_up", "address_refused")


def test_a_name_that_leads_nowhere_is_tried_again(sandbox, user):
    delivery = attempt(promised(user, f"https://{'x' * 70}.example.com/"))
    assert (delivery.state, delivery.last_error) == ("waiting", "unknown_host")


def test_a_server_that_is_down_is_tried_again(sandbox, user, settings):
    settings.DEBUG = True
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        delivery = attempt(promised(user, f"http://127.0.0.1:{closed.getsockname()[1]}/"))
    assert (delivery.state, delivery.last_status, delivery.last_error) == ("waiting", None, "connection")


def test_a_server_that_speaks_no_tls_is_told_nothing(sandbox, user, receiver):
    delivery = attempt(promised(user, receiver.url.replace("http:", "https:")))
    assert (delivery.state, delivery.last_error, receiver.heard) == ("waiting", "tls", [])


def test_a_silent_server_is_a_timeout(sandbox, user, receiver, monkeypatch):
    monkeypatch.setattr(sending, "SILENCE_SECONDS", 0.1)
    receiver.gate.clear()
    delivery = attempt(promised(user, receiver.url))
    assert (delivery.state, delivery.last_error) == ("waiting", "timeout")


def test_a_server_that_drips_its_answer_is_cut_off(sandbox, user, receiver, monkeypatch):
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.2)
    receiver.answers = [DRIP]
    delivery = attempt(promised(user, receiver.url))
    assert (delivery.state, delivery.last_status, delivery.last_error) == ("waiting", None, "connection")


@pytest.fixture
def being_sent(transactional_db, sandbox, user, receiver):
    """A delivery whose receiver has it and has not answered yet."""
    receiver.gate.clear()
    delivery = promised(user, receiver.url)

    def work():
        jobs.deliver(str(delivery.pk))
        connection.close()

    sender = threading.Thread(target=work)
    sender.start()
    assert receiver.arrived.wait(30)
    yield delivery
    receiver.gate.set()
    sender.join()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)


def test_two_workers_never_send_the_same_message_at_once(being_sent, receiver):
    jobs.deliver(str(being_sent.pk))
    assert jobs.sweep(3) == 0
    assert len(receiver.heard) == 1


def test_a_replay_changes_nothing_while_it_is_being_sent(being_sent):
    assert delivering.replay(being_sent) is False


def test_one_persons_messages_go_one_after_the_other(being_sent, user, receiver, settings):
    settings.WORKERS = 8
    promised(user, receiver.url)
    assert jobs.sweep(3) == 0


def test_a_slow_receiver_holds_up_nobody_else(being_sent, receiver, settings):
    settings.WORKERS = 4
    with Receiver() as quick:
        promised(make_user(username="other", credits="100"), quick.url)
        assert jobs.sweep(3) == 1
        assert len(quick.heard) == 1


def test_half_of_the_workers_stay_free_for_tasks(being_sent, receiver, settings):
    settings.WORKERS = 2
    promised(make_user(username="other", credits="100"), receiver.url)
    assert jobs.sweep(3) == 0


def test_a_killed_worker_leaves_a_message_that_is_sent_again(sandbox, user, receiver):
    delivery = promised(user, receiver.url)
    WebhookDelivery.objects.claim(lease=timedelta(seconds=-1), pk=delivery.pk)
    assert jobs.sweep(3) == 1
    assert [heard.id for heard in receiver.heard] == [str(delivery.pk)]


def test_while_an_address_is_in_trouble_its_other_messages_rest(sandbox, user, receiver):
    receiver.answers = [500]
    first, second = promised(user, receiver.url), promised(user, receiver.url)
    attempt(first)
    assert jobs.sweep(3) == 0
    second.refresh_from_db()
    assert (second.state, second.attempts) == ("waiting", 0)
    assert second.due_at > timezone.now()


def test_what_was_given_up_can_be_sent_again_with_all_its_attempts(sandbox, user, receiver):
    receiver.answers = [410, 500, 200]
    delivery = attempt(promised(user, receiver.url))
    assert delivering.replay(delivery)
    delivery = attempt(delivery)
    assert (delivery.state, delivery.tries) == ("waiting", 1)
    assert attempt(delivery).state == "delivered"


def test_the_log_is_kept_for_a_month(sandbox, user, receiver):
    old, young, waiting = (promised(user, receiver.url) for _ in range(3))
    for delivery in (old, young):
        attempt(delivery)
    month_ago = timezone.now() - timedelta(days=31)
    WebhookDelivery.objects.exclude(pk=young.pk).update(created_at=month_ago)
    cache.clear()
    assert retention.sweep(1) == 1
    assert set(WebhookDelivery.objects.values_list("pk", flat=True)) == {young.pk, waiting.pk}


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_the_secret_is_never_in_our_logs(sandbox, user, receiver, caplog, level):
    caplog.set_level(level)
    receiver.answers = [500]
    attempt(attempt(promised(user, receiver.url)))
    assert signing.secret_of(user).secret not in caplog.text
