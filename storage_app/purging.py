"""Telling Cloudflare to forget what is no longer public. The only module that speaks to its API."""

from datetime import timedelta
from urllib.parse import urlsplit

import requests
from django.conf import settings

from smartspec.lib.http import LOOPBACK_NAMES, AddressRefused, session
from storage_app.errors import StorageFailed
from storage_app.storages import public_url

MOST_ADDRESSES = 30  # of one request; 100 today, and no more than 30 for years
LONGEST_WAIT = 3600  # seconds
TIMEOUT = (5.0, 30.0)  # seconds to connect, and of silence


def is_set_up() -> bool:
    return bool(settings.CLOUDFLARE["zone"] and settings.CLOUDFLARE["token"])


def purge(keys: list[str]) -> None:
    """Remove the addresses of public objects from the cache; does nothing where Cloudflare is not set up.

    At most MOST_ADDRESSES at once. Raises StorageFailed, always worth another try.
    """
    if not keys or not is_set_up():
        return
    cloudflare = settings.CLOUDFLARE
    near = urlsplit(cloudflare["api"]).hostname in LOOPBACK_NAMES
    try:
        answer = session(allow_loopback=near).post(
            f"{cloudflare['api']}/zones/{cloudflare['zone']}/purge_cache",
            json={"files": [address_of(key) for key in keys]},
            headers={"Authorization": f"Bearer {cloudflare['token']}"},
            timeout=TIMEOUT,
            allow_redirects=False,
        )
        done = answer.status_code == 200 and answer.json().get("success") is True
    except (requests.RequestException, AddressRefused, ValueError, AttributeError) as error:
        raise StorageFailed("Cloudflare did not answer") from error
    if not done:
        raise StorageFailed(f"Cloudflare did not purge: {answer.status_code}", after=waiting_time(answer))


def waiting_time(answer: requests.Response) -> timedelta:
    """What the answer asks for in seconds; a date, which Cloudflare never sends, counts for nothing."""
    asked = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(asked), LONGEST_WAIT)) if asked.isdecimal() else timedelta()


def address_of(key: str) -> str:
    url = public_url(key)
    return settings.SITE_URL + url if url.startswith("/") else url
