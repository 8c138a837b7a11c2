"""What becomes of a delivery after each attempt, and once more on request."""

import random
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from generation.models import WebhookDelivery
from generation.webhooks import sending, signing
from generation.webhooks.outbox import JOB
from generation.webhooks.sending import Outcome
from smartspec.lib.queue import wake

State = WebhookDelivery.State

# After the first attempt, the second, …: about a day in all. Then it is given up.
RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=8),
    timedelta(hours=8),
)
SPREAD = 0.1  # of each delay, either way: what failed together does not come back together
REST = timedelta(seconds=30)  # of an address in trouble, for its other deliveries
GONE = 410  # the receiver's word for: never again


def attempt(delivery: WebhookDelivery) -> None:
    """Send a claimed delivery once; the receiver knows repetitions by their `webhook-id`."""
    headers = signing.headers(delivery.user, message_id=str(delivery.id), body=delivery.body)
    outcome = sending.post(delivery.url, body=delivery.body, headers=headers)
    facts = {
        "attempts": delivery.attempts + 1,
        "last_status": outcome.status,
        "last_error": outcome.error,
        "last_attempt_at": timezone.now(),
    }
    if outcome.is_delivered:
        delivery.finish(state=State.DELIVERED, delivered_at=timezone.now(), **facts)
    elif _is_hopeless(outcome) or delivery.tries > len(RETRY_AFTER):
        delivery.finish(state=State.GIVEN_UP, **facts)
    else:
        delay = RETRY_AFTER[delivery.tries - 1] * random.uniform(1 - SPREAD, 1 + SPREAD)
        if delivery.put_back(delay=delay, **facts):
            _let_rest(delivery)


def replay(delivery: WebhookDelivery) -> bool:
    """Make it due now, with all its attempts before it. False while it is being sent."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    again = WebhookDelivery.objects.filter(free, pk=delivery.pk)
    changes = {"state": State.WAITING, "due_at": now, "lease_until": None, "tries": 0}
    if not again.update(fence=F("fence") + 1, **changes):
        return False
    wake(JOB, str(delivery.pk))
    return True


def _is_hopeless(outcome: Outcome) -> bool:
    return outcome.status == GONE or outcome.error == "address_refused"


def _let_rest(delivery: WebhookDelivery) -> None:
    """A dead server costs one attempt now and then, not one for each of a thousand messages."""
    until = timezone.now() + REST
    others = WebhookDelivery.objects.owned_by(delivery.user).filter(url=delivery.url, due_at__lt=until)
    others.exclude(pk=delivery.pk).update(due_at=until)
