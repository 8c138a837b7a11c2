"""Counting what people do without keeping who did it: a share, a remix begun, a search that found nothing."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gallery.counting import ROBOTS
from gallery.models import DayCount
from smartspec.lib import tokens

What = DayCount.What
WAYS = {  # what a page says was pressed, and the words that it is counted under
    "share": frozenset(
        [
            "line",
            "facebook",
            "x",
            "threads",
            "bluesky",
            "whatsapp",
            "telegram",
            "pinterest",
            "reddit",
            "mail",
            "copy",
            "send",
        ]
    ),
    "remix": frozenset(("app", "api", "prompt")),
}
DIFFERENT_SEARCHES = 500  # kept of one day; later ones are counted together
LONGEST = 80
OTHER = ""


def note(deed: str, *, way: str, agent: str) -> bool:
    """Count a press of a button; False for words that are not ours, and for robots."""
    if deed not in WAYS or ROBOTS.search(agent):
        return False
    add(What(deed), way if way in WAYS[deed] else OTHER)
    return True


def miss(q: str, *, agent: str) -> None:
    """Count a search without result under its folded words."""
    words = folded(q)
    if words and not ROBOTS.search(agent):
        add(What.MISSED, words if has_room(words) else OTHER)


def folded(q: str) -> str:
    """The words of a search in lower case and without accents; Thai as it was typed."""
    pieces = tokens.PIECE.finditer(tokens.readable(q))
    return " ".join(match[0] if match["run"] else tokens.plain(match[0]) for match in pieces)[:LONGEST]


def has_room(words: str) -> bool:
    today = DayCount.objects.filter(day=timezone.localdate(), what=What.MISSED)
    return today.filter(words=words).exists() or today.count() < DIFFERENT_SEARCHES


def add(what: DayCount.What, words: str, number: int = 1, *, day: date | None = None) -> None:
    key = {"day": day or timezone.localdate(), "what": what, "words": words}
    row = DayCount.objects.filter(**key)
    if row.update(count=F("count") + number):
        return
    try:
        with transaction.atomic():
            DayCount.objects.create(**key, count=number)
    except IntegrityError:  # somebody else was first with the day's first
        row.update(count=F("count") + number)
