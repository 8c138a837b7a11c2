"""API keys: made, recognised, looked up. Only a digest is ever kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import ApiKey, User

LIVE_PREFIX = "ss_live_"
TEST_PREFIX = "ss_test_"
SCOPES = ("generate", "tasks:read", "storage:write", "gallery:write", "account:read", "gallery:moderate")
DEFAULT_SCOPES = SCOPES[:5]
TOUCH_EVERY = timedelta(minutes=1)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(
    *, user: User, name: str, scopes: Sequence[str] = DEFAULT_SCOPES, lifetime: timedelta | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which cannot be had again."""
    secret = LIVE_PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=secret[:14],
        digest=digest(secret),
        scopes=list(scopes),
        expires_at=timezone.now() + (lifetime or settings.API_KEY_LIFETIME),
    )
    return key, secret


def find(secret: str) -> ApiKey | None:
    """The usable key with this secret, its use noted at most once a minute."""
    key = ApiKey.objects.usable().select_related("user").filter(digest=digest(secret)).first()
    if key is None or not key.user.is_active:
        return None
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
    if key.last_used_at is None or key.last_used_at < now - TOUCH_EVERY:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
    return key
