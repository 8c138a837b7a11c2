"""Whether search engines are sent to a work, language by language, and why not."""

from typing import Any, NamedTuple

from django.conf import settings

from gallery.models import Item
from gallery.models.indexing import RULES, as_column

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
NEEDED = ("title", "description", "alt_text")


class Reason(NamedTuple):
    code: str
    text: str


def indexable(item: Item, language: str) -> bool:
    """No query for an item that `listing.item_by_slug` has read, save for the rare text in doubt."""
    known = read_from(item, language)
    return Item.objects.indexable(language).filter(pk=item.pk).exists() if known is None else known


def read_from(item: Item, language: str) -> bool | None:
    """What the database would answer, read from a loaded work; None where only the database knows.

    The rules are those of `gallery.models.indexing`: writing their SQL costs more than all else of a page.
    """
    is_first = getattr(item, "is_first_of_its_kind", None)
    if is_first is None:
        return None
    return item.is_listed and is_first and are_enough({name: item.text(name, language) for name in NEEDED})


def are_enough(texts: dict[str, Any]) -> bool | None:
    """Whether title, description and alt text in one language are worth being found by; None as above."""
    if not all(isinstance(text, str) for text in texts.values()):
        return None
    texts = {name: text.strip(" ") for name, text in texts.items()}
    if any(len(text) < settings.INDEXABLE_TEXTS[name] for name, text in texts.items()):
        return False
    alt = texts["alt_text"]
    if not alt:
        return True
    answers = {repeats(alt, texts[name]) for name in ("title", "description")}
    if True in answers:
        return False
    return None if None in answers else True


def repeats(one: str, other: str) -> bool | None:
    """Whether they are the same but for case; None where databases differ about the case of a letter."""
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if any(are_other_letters(*pair) for pair in differing):
        return False
    return True if all(f"{a}{b}".isascii() for a, b in differing) else None


def are_other_letters(one: str, other: str) -> bool:
    if f"{one}{other}".isascii():
        return one.lower() != other.lower()
    return one.swapcase() == one or other.swapcase() == other


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
