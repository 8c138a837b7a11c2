"""The device flow of RFC 8628: a desktop app asks, a person approves in the browser."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import attempts, keys
from accounts.errors import AccessDenied, AuthorizationPending, ExpiredToken, SlowDown, TooManyCodes
from accounts.models import ApiKey, DeviceGrant, User

State = DeviceGrant.State
LIFETIME = timedelta(minutes=10)
INTERVAL = 5  # seconds between polls
LONGEST_INTERVAL = 60
EARLY = timedelta(seconds=1)  # what the network may shorten an interval by
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no words; nothing that looks like a digit
CODE_LENGTH = 8
PAGE = "/device"


@dataclass(frozen=True)
class Codes:
    """`device_code` is for the app alone, `user_code` (BCDF-GHJK) for the person to compare or type."""

    device_code: str
    user_code: str

    @property
    def verification_uri(self) -> str:
        return f"{settings.SITE_URL}{PAGE}"

    @property
    def verification_uri_complete(self) -> str:
        return f"{self.verification_uri}?user_code={self.user_code}"

    expires_in = int(LIFETIME.total_seconds())
    interval = INTERVAL


def begin(*, name: str, address: str) -> Codes:
    """A new request of a device that calls itself `name`; for ten minutes."""
    now = timezone.now()
    DeviceGrant.objects.filter(expires_at__lte=now).delete()
    letters = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
    codes = Codes(device_code=secrets.token_urlsafe(32), user_code=as_shown(letters))
    DeviceGrant.objects.create(
        device_digest=keys.digest(codes.device_code),
        user_digest=_user_digest(codes.user_code),
        name=name,
        address=address,
        expires_at=now + LIFETIME,
        interval=INTERVAL,
    )
    return codes


def find(user_code: str, *, by: User) -> DeviceGrant | None:
    """The undecided request with this code, as typed. Raises TooManyCodes after too many guesses."""
    guesses = attempts.key_of("device", str(by.pk))
    attempts.count(guesses, refusal=TooManyCodes)
    grant = DeviceGrant.objects.undecided().filter(user_digest=_user_digest(as_shown(user_code))).first()
    if grant is not None:
        attempts.take_back(guesses)
    return grant


def decide(grant: DeviceGrant, *, by: User, approve: bool) -> bool:
    """Let the device in, or not; False when it was decided before or is too late."""
    state = State.APPROVED if approve else State.DENIED
    return bool(DeviceGrant.objects.undecided().filter(pk=grant.pk).update(state=state, user=by))


def redeem(device_code: str, *, address: str) -> tuple[ApiKey, str]:
    """The key of an approved device, once. Raises what RFC 8628 names, with the seconds to wait."""
    grant = DeviceGrant.objects.running().filter(device_digest=keys.digest(device_code)).first()
    if grant is None:
        raise ExpiredToken()
    if grant.state == State.PENDING:
        raise _not_yet(grant)
    if grant.state == State.DENIED:
        raise AccessDenied()
    with transaction.atomic():
        used, _rows = DeviceGrant.objects.filter(pk=grant.pk).delete()
        if not used:
            raise ExpiredToken()
        if not grant.user.is_active:
            raise AccessDenied()
        return keys.issue(user=grant.user, name=grant.name, address=address)


def _not_yet(grant: DeviceGrant) -> AuthorizationPending | SlowDown:
    now = timezone.now()
    too_early = grant.polled_at and now < grant.polled_at + timedelta(seconds=grant.interval) - EARLY
    interval = min(grant.interval + INTERVAL, LONGEST_INTERVAL) if too_early else grant.interval
    DeviceGrant.objects.filter(pk=grant.pk).update(polled_at=now, interval=interval)
    return (SlowDown if too_early else AuthorizationPending)(retry_after=interval)


def as_shown(typed: str) -> str:
    """However somebody types it (bcdfghjk, "BCDF GHJK"), the code as the device shows it."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


def _user_digest(user_code: str) -> str:
    """Keyed, as so short a code could be found by trying them all."""
    return salted_hmac("accounts.devices", user_code, algorithm="sha256").hexdigest()
