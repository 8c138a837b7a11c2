"""Addresses of objects: stable for public ones, signed and short-lived for private ones.

A signed address is the same for a whole window, so that browsers may keep what they have fetched.
"""

import time
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.encoding import filepath_to_uri

from storage_app.keys import is_key
from storage_app.storages.stored import Terms

SIGNER = signing.Signer(salt="storage_app.private")
PUT_SIGNER = signing.Signer(salt="storage_app.staging")


def public_url(key: str) -> str:
    """The address of a public object: no query string, no database; a path where we serve it ourselves."""
    base = settings.R2["public_url"] if settings.USES_R2 else ""
    return f"{base or settings.MEDIA_URL.rstrip('/')}/{filepath_to_uri(key)}"


def window_start() -> int:
    """When the current window began, in seconds since the epoch."""
    return int(time.time()) // settings.SIGNED_URL_WINDOW_SECONDS * settings.SIGNED_URL_WINDOW_SECONDS


def lifetime() -> int:
    """Seconds from the start of a window: whoever asks at its end still gets the full time."""
    return settings.SIGNED_URL_WINDOW_SECONDS + settings.SIGNED_URL_SECONDS


def signed_path(key: str) -> str:
    """The address of a private object that we serve ourselves."""
    token = SIGNER.sign_object([key, window_start() + lifetime()])
    return f"{settings.MEDIA_URL}private/{token}/{filepath_to_uri(PurePosixPath(key).name)}"


def read_token(token: str) -> tuple[str, int] | None:
    """(key, seconds left) of a token of ours that has not run out."""
    try:
        key, expires = SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    left = expires - int(time.time())
    return (key, left) if left > 0 else None


def place_of(address: str) -> tuple[str, str] | None:
    """(visibility, key) of the object that an address of ours opens; with or without the name of our site."""
    path = address.partition("?")[0].partition("#")[0].removeprefix(settings.SITE_URL)
    private, public = f"{settings.MEDIA_URL}private/", public_url("")
    if path.startswith(private):
        granted = read_token(path.removeprefix(private).partition("/")[0])
        return granted and ("private", granted[0])
    key = unquote(path.removeprefix(public))
    return ("public", key) if path.startswith(public) and is_key(key) else None


def signed_put(key: str, terms: Terms, *, seconds: int) -> str:
    """The address under which one object of these terms may be put."""
    promise = [key, int(time.time()) + seconds, terms.content_type, terms.bytes, terms.sha256]
    return reverse("staging", args=[PUT_SIGNER.sign_object(promise)])


def read_put_token(token: str) -> tuple[str, Terms] | None:
    """(key, terms) of a token of ours that has not run out."""
    try:
        key, expires, content_type, size, sha256 = PUT_SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return (key, Terms(content_type, size, sha256)) if expires > time.time() else None
