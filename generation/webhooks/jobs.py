"""What a worker does with deliveries: one at a time, for each may take as long as its receiver likes."""

from datetime import timedelta

from django.conf import settings

from generation.models import WebhookDelivery
from generation.webhooks import delivering
from smartspec.lib.due import kept

LEASE = timedelta(seconds=10)  # renewed while it is sent: a dead worker soon holds up nobody


def deliver(delivery_id: str) -> None:
    """One delivery, if it is due and nobody else sends it. Delivered twice, the second finds nothing."""
    send_next(pk=delivery_id)


def sweep(limit: int) -> int:
    """The oldest due delivery that no wake-up came for; returns how many were sent, at most one."""
    return int(limit > 0 and send_next())


def send_next(pk: str | None = None) -> bool:
    """Claim and send one. A person's deliveries go one after the other, and some workers stay free."""
    under_way = WebhookDelivery.objects.under_way()
    due = WebhookDelivery.objects.due().exclude(user__in=under_way.values("user"))
    chosen = (due if pk is None else due.filter(pk=pk)).values_list("pk", flat=True).first()
    if chosen is None or under_way.count() >= places():
        return False
    delivery = WebhookDelivery.objects.claim(lease=LEASE, pk=chosen)
    if delivery is not None:
        with kept(delivery, lease=LEASE):
            delivering.attempt(delivery)
    return delivery is not None


def places() -> int:
    """How many may be sent at once: tasks need workers, too."""
    return max(1, settings.WORKERS // 2)
