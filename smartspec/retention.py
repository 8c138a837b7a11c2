"""What is forgotten, and when: settings.RETENTION_DAYS has the days, this page says of what."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

LOOK_SECONDS = 3600
BATCH = 500  # rows of one DELETE: it holds its locks for a moment only


@dataclass(frozen=True)
class Rule:
    """Rows of `model` whose `moment` has passed the days of that name; `only` those that are so."""

    name: str
    model: str
    moment: str
    only: dict = field(default_factory=dict)

    def rows(self) -> QuerySet:
        """None when the days are 0: then all is kept."""
        model = apps.get_model(self.model)
        days = settings.RETENTION_DAYS[self.name]
        if not days:
            return model.objects.none()
        now = timezone.now()
        is_date = model._meta.get_field(self.moment).get_internal_type() == "DateField"
        until = (now.date() if is_date else now) - timedelta(days=days)
        return model.objects.filter(**{f"{self.moment}__lt": until}, **self.only)


RULES = (
    Rule("exchanges", "generation.Exchange", "at"),
    Rule("callbacks", "generation.CallbackCount", "day"),
    Rule("webhooks", "generation.WebhookDelivery", "created_at", only={"due_at": None}),
    Rule("alarms", "generation.Alarm", "cleared_at"),
    Rule("balance_readings", "generation.BalanceReading", "at"),
    Rule("failed_jobs", "django_q.Task", "stopped"),
    Rule("searches", "gallery.DayCount", "day", only={"what": "missed"}),
    Rule("audit", "accounts.AuditEntry", "at"),
    Rule("sessions", "sessions.Session", "expire_date"),
)


def sweep(limit: int) -> int:
    """Once an hour, and on while there is more: a batch of each rule; returns the rows that went."""
    if limit < 1 or not cache.add("retention.looked", True, LOOK_SECONDS):
        return 0
    gone = sum(forget(rule) for rule in RULES)
    if gone:
        cache.delete("retention.looked")
    return gone


def forget(rule: Rule) -> int:
    rows = rule.rows()
    batch = list(rows.order_by(rule.moment).values_list("pk", flat=True)[:BATCH])
    if not batch:
        return 0
    _all, by_model = rows.model.objects.filter(pk__in=batch).delete()
    return by_model.get(rows.model._meta.label, 0)
