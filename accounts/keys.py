"""API keys: made, recognised, revoked. Only a digest is ever kept."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from accounts.errors import ScopeNotYours
from accounts.models import ApiKey, User

LIVE_PREFIX = "ss_live_"
TEST_PREFIX = "ss_test_"
STAFF_SCOPE = "gallery:moderate"
STAFF_RIGHT = "gallery.moderate"  # what the groups of the admin give
DEFAULT_SCOPES = ("generate", "tasks:read", "storage:write", "gallery:write", "account:read")
SCOPES = (*DEFAULT_SCOPES, STAFF_SCOPE)
LONGEST_SECRET = 200
TOUCH_EVERY = timedelta(minutes=1)
KEPT_ADDRESSES = 20


def digest(secret: str) -> str:
    """A plain hash is enough: the secret is 32 random bytes, nothing that could be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def may_moderate(user: User) -> bool:
    """Staff alone is not enough: a superuser, or in a group that judges works."""
    return user.is_staff and user.has_perm(STAFF_RIGHT)


def scopes_of(user: User) -> tuple[str, ...]:
    """All that this person may do, and so may give to a key."""
    return SCOPES if may_moderate(user) else DEFAULT_SCOPES


def issue(
    *,
    user: User,
    name: str,
    scopes: Sequence[str] = DEFAULT_SCOPES,
    lifetime: timedelta | None = None,
    spend_limit: Decimal | None = None,
    address: str = "",
) -> tuple[ApiKey, str]:
    """A new key and its secret, which cannot be had again. Raises ScopeNotYours.

    `spend_limit` is in credits, for the key's whole life; `address` is where it was asked for.
    """
    for scope in scopes:
        if scope not in scopes_of(user):
            raise ScopeNotYours(scope=scope)
    secret = LIVE_PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        key = ApiKey.objects.create(
            user=user,
            name=name,
            prefix=secret[:14],
            digest=digest(secret),
            scopes=list(scopes),
            expires_at=timezone.now() + (lifetime or settings.API_KEY_LIFETIME),
            spend_limit=spend_limit,
            addresses=[address] if address else [],
        )
        audit.note(Action.KEY_ISSUED, user=user, key=key, object=name, address=address)
    return key, secret


@transaction.atomic
def revoke(key: ApiKey, *, by: User | None = None, address: str = "") -> bool:
    """End this key for good; False when that was done before. `by` is its owner when not given."""
    key.revoked_at = timezone.now()
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=key.revoked_at):
        return False
    audit.note(Action.KEY_REVOKED, user=by or key.user, key=key, object=key.name, address=address)
    return True


def find(secret: str, *, address: str = "") -> ApiKey | None:
    """The usable key with this secret; notes its use once a minute, and each new `address` once."""
    if not secret.startswith(LIVE_PREFIX) or len(secret) > LONGEST_SECRET:
        return None
    key = ApiKey.objects.usable().select_related("user").filter(digest=digest(secret)).first()
    if key is None or not key.user.is_active:
        return None
    _note_use(key, address)
    return key


def _note_use(key: ApiKey, address: str) -> None:
    """The key remembers only its latest addresses; the audit table knows them all."""
    now = timezone.now()
    if address and address not in key.addresses:
        audit.note_once(Action.KEY_NEW_ADDRESS, user=key.user, key=key, address=address)
        addresses = [*key.addresses, address][-KEPT_ADDRESSES:]
        ApiKey.objects.filter(pk=key.pk).update(addresses=addresses, last_used_at=now)
    elif key.last_used_at is None or key.last_used_at < now - TOUCH_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
