"""Telling Cloudflare to forget what is no longer public. The only module that speaks to its API."""

from urllib.parse import urlsplit

import requests
from django.conf import settings

from smartspec.lib.http import LOOPBACK_NAMES, AddressRefused, session
from storage_app.errors import StorageFailed
from storage_app.storages import public_url

TIMEOUT = (5.0, 30.0)  # seconds to connect, and of silence


def is_set_up() -> bool:
    return bool(settings.CLOUDFLARE["zone"] and settings.CLOUDFLARE["token"])


def purge(key: str) -> None:
    """Remove a public object's address from the cache; does nothing where Cloudflare is not set up.

    Raises StorageFailed, always worth another try.
    """
    if not is_set_up():
        return
    cloudflare = settings.CLOUDFLARE
    near = urlsplit(cloudflare["api"]).hostname in LOOPBACK_NAMES
    try:
        answer = session(allow_loopback=near).post(
            f"{cloudflare['api']}/zones/{cloudflare['zone']}/purge_cache",
            json={"files": [address_of(key)]},
            headers={"Authorization": f"Bearer {cloudflare['token']}"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        done = answer.status_code == 200 and answer.json().get("success") is True
    except (requests.RequestException, AddressRefused, ValueError, AttributeError) as error:
        raise StorageFailed("Cloudflare did not answer") from error
    if not done:
        raise StorageFailed(f"Cloudflare did not purge: {answer.status_code}")


def address_of(key: str) -> str:
    url = public_url(key)
    return settings.SITE_URL + url if url.startswith("/") else url
