"""What is forgotten when its days are over, and nothing else."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AuditEntry
from generation.models import Alarm, CallbackCount
from smartspec import retention

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_looked():
    cache.clear()


@pytest.fixture
def days(settings) -> dict:
    settings.RETENTION_DAYS = dict.fromkeys(settings.RETENTION_DAYS, 10)
    return settings.RETENTION_DAYS


def audit_entry(*, days_old: float) -> AuditEntry:
    entry = AuditEntry.objects.create(action="signed_in")
    AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days_old))
    return entry


def test_a_row_goes_when_its_days_are_over_and_not_before(days):
    audit_entry(days_old=10.1)
    young = audit_entry(days_old=9.9)
    assert retention.sweep(10) == 1
    assert list(AuditEntry.objects.all()) == [young]


def test_with_no_days_all_is_kept(days):
    days["audit"] = 0
    audit_entry(days_old=5000)
    assert retention.sweep(10) == 0
    assert AuditEntry.objects.exists()


def test_days_are_compared_with_days(days):
    today = timezone.now().date()
    for age in (10, 11):
        CallbackCount.objects.create(day=today - timedelta(days=age), outcome="taken")
    retention.sweep(10)
    assert [count.day for count in CallbackCount.objects.all()] == [today - timedelta(days=10)]


def test_an_alarm_that_nobody_cleared_is_never_forgotten(days):
    Alarm.objects.create(kind="key_refused", subject="kie.ai")
    Alarm.objects.update(raised_at=timezone.now() - timedelta(days=5000))
    assert retention.sweep(10) == 0


def test_it_looks_once_an_hour(days):
    assert retention.sweep(10) == 0
    audit_entry(days_old=11)
    assert retention.sweep(10) == 0


def test_it_goes_on_at_once_while_there_is_more(days, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(3):
        audit_entry(days_old=11)
    assert [retention.sweep(10) for _look in range(3)] == [2, 1, 0]


def test_every_rule_has_its_days_and_all_days_their_rule():
    assert {rule.name for rule in retention.RULES} == set(configured.RETENTION_DAYS)


@pytest.mark.parametrize("rule", retention.RULES, ids=lambda rule: rule.name)
def test_every_rule_can_be_asked(days, rule):
    assert retention.forget(rule) == 0
