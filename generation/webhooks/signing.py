"""Signatures by which a receiver knows that a message is ours, is whole and is new."""

import base64
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from accounts.models import User
from generation.models import WebhookSecret

SECRET_BYTES = 32
OLD_SECRET_SIGNS_FOR = timedelta(days=1)


def new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def secret_of(user: User) -> WebhookSecret:
    """This person's secret, made when it is first asked for."""
    return WebhookSecret.objects.get_or_create(user=user, defaults={"secret": new_secret()})[0]


def rotate(user: User) -> WebhookSecret:
    """A new secret. For a day both sign, so that receivers can change over without a gap."""
    secret_of(user)
    with transaction.atomic():
        kept = WebhookSecret.objects.select_for_update().get(user=user)
        now = timezone.now()
        kept.previous, kept.previous_until = kept.secret, now + OLD_SECRET_SIGNS_FOR
        kept.secret, kept.created_at = new_secret(), now
        kept.save()
    return kept


def headers(user: User, *, message_id: str, body: str) -> dict[str, str]:
    """The three headers of Standard Webhooks, for this moment."""
    kept, now = secret_of(user), timezone.now()
    signing = [kept.secret]
    if kept.previous_until and now < kept.previous_until:
        signing.append(kept.previous)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign(message_id, now, body) for each in signing),
    }
