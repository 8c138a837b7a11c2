"""API keys: made, recognised, revoked. Only a digest is ever kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.errors import ScopeNotYours
from accounts.models import ApiKey, User

LIVE_PREFIX = "ss_live_"
TEST_PREFIX = "ss_test_"
STAFF_SCOPE = "gallery:moderate"
DEFAULT_SCOPES = ("generate", "tasks:read", "storage:write", "gallery:write", "account:read")
SCOPES = (*DEFAULT_SCOPES, STAFF_SCOPE)
LONGEST_SECRET = 200
TOUCH_EVERY = timedelta(minutes=1)


def digest(secret: str) -> str:
    """A plain hash is enough: the secret is 32 random bytes, nothing that could be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def scopes_of(user: User) -> tuple[str, ...]:
    """All that this person may do, and so may give to a key."""
    return SCOPES if user.is_staff else DEFAULT_SCOPES


def issue(
    *, user: User, name: str, scopes: Sequence[str] = DEFAULT_SCOPES, lifetime: timedelta | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which cannot be had again. Raises ScopeNotYours."""
    for scope in scopes:
        if scope not in scopes_of(user):
            raise ScopeNotYours(scope=scope)
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


def revoke(key: ApiKey) -> bool:
    """End this key for good; False when that was done before."""
    key.revoked_at = timezone.now()
    return bool(ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=key.revoked_at))


def find(secret: str) -> ApiKey | None:
    """The usable key with this secret, its use noted at most once a minute."""
    if not secret.startswith(LIVE_PREFIX) or len(secret) > LONGEST_SECRET:
        return None
    key = ApiKey.objects.usable().select_related("user").filter(digest=digest(secret)).first()
    if key is None or not key.user.is_active:
        return None
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
    if key.last_used_at is None or key.last_used_at < now - TOUCH_EVERY:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
    return key
