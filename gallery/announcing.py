"""Telling search engines at once what has changed (IndexNow). Off unless INDEXNOW_KEY is set."""

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils import timezone

from gallery import addresses
from gallery.models import Announcement, Item
from smartspec.lib.due import LEASE, backoff, kept
from smartspec.lib.http import LOOPBACK_NAMES, AddressRefused, session

KEY = re.compile(r"[A-Za-z0-9-]{8,128}")
MOST = 10_000  # addresses in one message
COMPANY = timedelta(seconds=30)  # that the first address waits for others
TIMEOUT = (5.0, 30.0)
GIVE_UP = 8  # tries


def key() -> str:
    """Empty while nobody is to be told."""
    return settings.INDEXNOW_KEY if KEY.fullmatch(settings.INDEXNOW_KEY) else ""


def note(item: Item) -> None:
    """Have the addresses of a work that is or was shown announced. Part of the caller's transaction."""
    if not key() or item.published_at is None:
        return
    due = timezone.now() + COMPANY
    urls = [addresses.item_url(item.slug, language=language) for language, _name in settings.LANGUAGES]
    Announcement.objects.bulk_create(
        [Announcement(url=url, due_at=due) for url in urls if len(url) <= 500], ignore_conflicts=True
    )


def announce() -> int:
    """Send what is due in one message; returns how many addresses there were."""
    first = Announcement.objects.claim(lease=LEASE)
    if first is None:
        return 0
    others = Announcement.objects.due().exclude(pk=first.pk)[: MOST - 1]
    told = [first, *others]
    with kept(first, lease=LEASE):
        is_told = not key() or send([each.url for each in told])
    if is_told:
        Announcement.objects.filter(pk__in=[each.pk for each in told]).delete()
    elif first.tries >= GIVE_UP:
        first.delete()
    else:
        first.put_back(delay=backoff(first.tries, base=60, cap=3600))
    return len(told)


def send(urls: Iterable[str]) -> bool:
    """Whether the message was taken. A refusal for good counts as taken: it would be refused again."""
    near = urlsplit(settings.INDEXNOW_URL).hostname in LOOPBACK_NAMES
    message = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": key(),
        "keyLocation": f"{settings.SITE_URL}/{key()}.txt",
        "urlList": list(urls),
    }
    try:
        answer = session(allow_loopback=near).post(
            settings.INDEXNOW_URL, json=message, timeout=TIMEOUT, allow_redirects=False
        )
    except (requests.RequestException, AddressRefused):
        return False
    return answer.status_code != 429 and answer.status_code < 500
