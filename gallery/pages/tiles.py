"""A card of a list as its template prints it: nothing is left to compute per card."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.translation import gettext as _

from gallery import addresses
from gallery.listing import Card
from gallery.pages import dates, pictures
from gallery.pages.pictures import Picture
from gallery.pages.texts import translated
from generation.catalogue import ALL_MODELS

REMEMBERED = 4_096  # tiles, of some 2 kB each
EAGER = 4  # pictures of the first row, wanted at once where no lead stands above them


class Tile(NamedTuple):
    """`lang` is empty when the texts are in the page's language."""

    href: str
    title: str
    lang: str
    alt: str
    medium: str
    classes: str
    picture: Picture | None
    wave: str | None
    media_type: str
    kind: str
    length: str
    preview: str | None
    is_lazy: bool
    is_first: bool


def tiles(cards: Iterable[Card], *, language: str, eager: int = EAGER, has_lead: bool = False) -> list[Tile]:
    """The first `eager` pictures load at once, the very first before all; none beneath a lead."""
    kinds, eager = kind_names(), 0 if has_lead else eager
    return [
        tile(card, language, kinds[card.media_type], is_lazy=at >= eager, is_first=at == 0 and not has_lead)
        for at, card in enumerate(cards)
    ]


@lru_cache(REMEMBERED)
def tile(card: Card, language: str, kind: str, *, is_lazy: bool, is_first: bool) -> Tile:
    title, alt, lang = words(card, language)
    document = card.card
    is_sound = card.media_type == "audio"
    return Tile(
        href=addresses.legible_item(card.slug, language),
        title=title,
        lang=lang,
        alt=alt or title,
        medium=medium(kind, card.model_id),
        classes=classes(document, is_sound=is_sound),
        picture=None if is_sound else pictures.listed(document, lazy=is_lazy),
        wave=document.get("peaks") if is_sound else None,
        media_type=card.media_type,
        kind=kind,
        length=dates.length(card.duration_ms),
        preview=pictures.preview(document),
        is_lazy=is_lazy,
        is_first=is_first,
    )


@receiver(setting_changed)
def forget(**_kwargs) -> None:
    """A tile follows from the card and from settings alone, and only tests change these."""
    tile.cache_clear()


def words(card: Card, language: str) -> tuple[str, str, str]:
    """Title, alt text and their language (empty when it is the page's)."""
    if card.language == language:
        return card.title, card.alt_text, ""
    if own := translated(card.translations, language):
        return own["title"], own.get("alt_text", ""), ""
    return card.title, card.alt_text, card.language


def classes(document: dict, *, is_sound: bool) -> str:
    names = ["card", f"r-{document.get('ratio', '100')}"]
    if is_sound:
        names.append("card--audio")
    else:
        names.append(document.get("colour", "p-n"))
    if document.get("mat"):
        names.append("card--mat")
    return " ".join(names)


def kind_names() -> dict[str, str]:
    return {"image": _("Image"), "video": _("Video"), "audio": _("Audio")}


def model_name(model_id: str) -> str:
    spec = ALL_MODELS.get(model_id)
    return spec.name if spec else model_id


def medium(kind: str, model_id: str) -> str:
    """What it is and what made it: `Image, Seedream 4.5`."""
    return f"{kind}, {model_name(model_id)}" if model_id else kind
