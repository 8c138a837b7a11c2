"""The second step of staff signing in: a code from their phone, or one of the recovery codes on paper."""

import hashlib
import secrets
from io import BytesIO

import segno
from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import attempts, audit
from accounts.audit import Action
from accounts.errors import LockedOut, WrongCode
from accounts.models import User

RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else on paper
HALF = 5  # letters on either side of the dash


def is_passed(user: User) -> bool:
    """May this person use the rights of staff now? `user` is that of a request; others never passed."""
    return not settings.STAFF_TWO_STEP or getattr(user, "is_verified", lambda: False)()


def is_set_up(user: User) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def begin(user: User) -> TOTPDevice:
    """The secret that a phone is to learn; the same one until the first code shows that it did."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


def picture(device: TOTPDevice) -> str:
    """The secret as a QR code: SVG without styles, to be put into a page."""
    out = BytesIO()
    drawn = {"xmldecl": False, "svgns": False, "svgclass": "qr", "lineclass": None, "omitsize": True}
    segno.make(device.config_url, error="m").save(out, kind="svg", light="#fff", **drawn)
    return out.getvalue().decode()


def set_up(user: User, code: str, *, address: str = "") -> tuple[TOTPDevice, list[str]]:
    """The phone, now known, and the recovery codes, which are told once. Raises WrongCode, LockedOut."""
    count(user, address)
    device = begin(user)
    if not device.verify_token(code.strip()):
        raise WrongCode
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
        codes = new_recovery_codes(user)
        audit.note(Action.SECOND_STEP_SET, user=user, address=address)
    attempts.forgive(attempts.key_of(attempts.SECOND_STEP, str(user.pk)))
    return device, codes


def check(user: User, code: str, *, address: str = "") -> Device:
    """The device that this code belongs to; a recovery code is used up. Raises WrongCode, LockedOut."""
    count(user, address)
    typed = "".join(code.split()).lower()
    for device in devices_for_user(user):
        is_paper = isinstance(device, StaticDevice)
        if device.verify_token(kept_form(typed) if is_paper else typed):
            attempts.forgive(attempts.key_of(attempts.SECOND_STEP, str(user.pk)))
            if is_paper:
                audit.note(Action.RECOVERY_CODE_USED, user=user, address=address)
            return device
    raise WrongCode


def count(user: User, address: str) -> None:
    """One more guess, wherever it comes from: a code is short."""
    key = attempts.key_of(attempts.SECOND_STEP, str(user.pk))
    try:
        attempts.count(key)
    except LockedOut:
        if attempts.is_news(key):
            audit.note(Action.LOCKED_OUT, user=user, object=attempts.SECOND_STEP, address=address)
        raise


def new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = [f"{letters(HALF)}-{letters(HALF)}" for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=kept_form(code))
    return codes


def letters(number: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(number))


def kept_form(code: str) -> str:
    """A digest as long as the column: codes are random, so a plain hash is enough."""
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()[:16]


def remove(user: User, *, by: User | None, address: str = "") -> bool:
    """The phone is lost: the next sign-in sets up a new one. False when there was none."""
    gone = sum(kind.objects.filter(user=user).delete()[0] for kind in (TOTPDevice, StaticDevice))
    if gone:
        audit.note(Action.SECOND_STEP_REMOVED, user=by, object=str(user.pk), address=address)
    return bool(gone)
