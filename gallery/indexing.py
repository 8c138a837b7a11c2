"""Whether search engines are sent to a work, language by language, and why not."""

from typing import NamedTuple

from django.conf import settings

from gallery.models import Item
from gallery.models.indexing import RULES, as_column

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class Reason(NamedTuple):
    code: str
    text: str


def indexable(item: Item, language: str) -> bool:
    """No query for an item that `listing.item_by_slug` has read."""
    known = getattr(item, f"is_indexable_{language}", None)
    return Item.objects.indexable(language).filter(pk=item.pk).exists() if known is None else known


def languages(item: Item) -> list[str]:
    """The languages in which search engines are sent to the work: those of its hreflang links."""
    return [language for language in LANGUAGES if indexable(item, language)]


def explained(item: Item) -> list[tuple[str, list[str]]]:
    """(name of the language, what keeps search engines from it there) for people."""
    return [
        (str(name), [reason.text for reason in reasons(item, language)])
        for language, name in settings.LANGUAGES
    ]


def reasons(item: Item, language: str) -> list[Reason]:
    """What keeps search engines from it; empty when nothing does."""
    answers = {f"holds_{rule.code}": as_column(rule.holds(language, Item)) for rule in RULES}
    held = Item.objects.filter(pk=item.pk).values(**answers).get()
    return [Reason(rule.code, str(rule.reason)) for rule in RULES if not held[f"holds_{rule.code}"]]
