"""An alarm leaves the house once by every channel, however long the way is barred."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from generation import alarm_notices, alarms, rounds
from generation.models import Alarm, AlarmNotice, BalanceReading
from generation.webhooks.tests.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(settings):
    settings.DEBUG = True  # lets a loopback address be told
    with Receiver() as receiver:
        settings.ALARM_WEBHOOK_URL = receiver.url
        yield receiver


@pytest.fixture
def by_mail(settings):
    settings.ALARM_EMAILS = ["ops@example.com", "boss@example.com"]


def drain() -> int:
    """How many notices were tried; all are due now."""
    AlarmNotice.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    tried = 0
    while alarm_notices.tell_next():
        tried += 1
    return tried


def test_an_alarm_is_mailed_once_however_often_it_sounds(by_mail, settings):
    settings.SITE_URL = "https://gallery.example.com"
    for _time in range(3):
        alarms.sound("key_refused", "kie.ai", "401 unauthorized")
        drain()
    (letter,) = mail.outbox
    assert letter.to == ["ops@example.com", "boss@example.com"]
    assert letter.subject == "[SmartSpec Gallery] key_refused: kie.ai"
    page = f"https://gallery.example.com/admin/generation/alarm/{Alarm.objects.get().pk}/change/"
    assert letter.body == f"key_refused: kie.ai\n401 unauthorized\n{page}"


def test_the_same_trouble_after_it_was_cleared_is_told_again(by_mail):
    alarms.sound("key_refused", "kie.ai")
    drain()
    alarms.clear(Alarm.objects.get())
    alarms.sound("key_refused", "kie.ai")
    drain()
    assert len(mail.outbox) == 2


def test_a_webhook_hears_it_as_json(hook):
    alarms.sound("out_of_credit", "kie.ai", "see https://kie.ai/bill?token=abcdef123456")
    drain()
    (heard,) = hook.heard
    body = json.loads(heard.body)
    assert (body["kind"], body["subject"]) == ("out_of_credit", "kie.ai")
    assert body["detail"] == "see https://kie.ai/bill?…"
    assert body["text"].startswith("out_of_credit: kie.ai\n")


def test_a_barred_way_is_tried_again_and_the_other_one_is_not_repeated(hook, by_mail):
    hook.answers = [500, 503]
    alarms.sound("out_of_credit", "kie.ai")
    assert [drain(), drain(), drain(), drain()] == [2, 1, 1, 0]
    assert len(hook.heard) == 3
    assert len(mail.outbox) == 1
    assert AlarmNotice.objects.filter(sent_at=None).count() == 0


def test_a_failed_notice_waits_before_it_is_tried_again(hook):
    hook.answers = [500]
    alarms.sound("out_of_credit", "kie.ai")
    alarm_notices.tell_next()
    notice = AlarmNotice.objects.get()
    assert notice.last_error == "status"
    assert notice.due_at > timezone.now()
    assert not alarm_notices.tell_next()


def test_what_cannot_be_told_is_given_up_one_day(hook):
    hook.answers = [500] * 50
    alarms.sound("out_of_credit", "kie.ai")
    assert sum(drain() for _time in range(30)) == 12
    notice = AlarmNotice.objects.get()
    assert (notice.due_at, notice.sent_at, notice.last_error) == (None, None, "status")


def test_a_mail_server_that_refuses_is_noted(by_mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    alarms.sound("out_of_credit", "kie.ai")
    drain()
    assert AlarmNotice.objects.get().last_error.startswith("ConnectionRefusedError")


def test_without_an_address_nothing_waits():
    alarms.sound("out_of_credit", "kie.ai")
    assert not AlarmNotice.objects.exists()


@pytest.fixture
def threshold(sandbox, settings):
    cache.clear()
    settings.BALANCE_ALARM_CREDITS = 100
    return sandbox.desk.account


def test_a_low_balance_sounds_an_alarm(threshold):
    threshold.set(99)
    rounds.watch_balance()
    assert list(Alarm.objects.values_list("kind", "subject")) == [("balance_low", "kie.ai")]


def test_enough_is_no_alarm_and_is_read_once_an_hour(threshold):
    threshold.set(100)
    rounds.watch_balance()
    threshold.set(5)
    rounds.watch_balance()
    assert not Alarm.objects.exists()
    BalanceReading.objects.update(at=timezone.now() - timedelta(hours=2))
    rounds.watch_balance()
    assert Alarm.objects.exists()


def test_nobody_looks_where_no_threshold_is_set(sandbox, settings):
    settings.BALANCE_ALARM_CREDITS = 0
    rounds.watch_balance()
    assert not BalanceReading.objects.exists()


def test_the_round_tells_one_alarm_at_a_time(by_mail):
    for subject in ("one", "two"):
        alarms.sound("key_refused", subject)
    assert [rounds.sweep(3), rounds.sweep(3), rounds.sweep(3)] == [1, 1, 0]
    assert rounds.sweep(0) == 0
