"""A picture as a page needs it, from the card document alone: sources, widths, size, placeholder."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from gallery.cards import RATIOS, size
from storage_app import keys
from storage_app.storages import public_url

LISTED_WIDTH = 640
# What a card may be offered, from width to width: a narrow one is never drawn wide, a wide one never small.
NARROW, WIDE, ANY = (320, 640), (640, 960), (0, 9999)
WIDE_FROM = 1.2
SOCIAL_SIZE = (1200, 630)
# How wide a card gets, in viewport widths per unit of its ratio (measured: rows stretch up to a third).
CARD_VW = {"(min-width:40rem)": 22, "": 52}
FULL_VW = 92
# On a phone 88 % stand for 92: nobody sees the difference, and the next larger file weighs twice as much.
LEAD_SIZES = (
    "(min-width:104rem) min(1130px,{tall}svh),(min-width:64rem) min(66vw,{tall}svh),min(88vw,{tall}svh)"
)
WORK_SIZES = "(min-width:64rem) min(62vw,{tall}svh),min(100vw,{tall}svh)"


class Picture(NamedTuple):
    """`avif` and `webp` are srcset values, empty when there are none."""

    src: str
    avif: str
    webp: str
    sizes: str
    width: int
    height: int


def card_sizes(ratio: float) -> str:
    parts = []
    for condition, vw in CARD_VW.items():
        parts.append(f"{condition} {min(round(vw * ratio), FULL_VW)}vw".strip())
    return ",".join(parts)


CARD_SIZES = {name: card_sizes(ratio) for name, ratio in RATIOS.items()}
LAZY_SIZES = "auto,70vw"  # the browser knows better; one that does not gets a picture that is large enough


def listed(card: dict[str, Any], *, lazy: bool) -> Picture | None:
    """The picture of a card; None for a sound and before the first thumbnail exists.

    A list has two dozen, so each says little: two sizes that fit its shape, and the width and height of the
    fallback, which many share.
    """
    ratio = card.get("ratio", "")
    sizes = LAZY_SIZES if lazy else CARD_SIZES.get(ratio, "50vw")
    among = NARROW if RATIOS.get(ratio, 1) <= WIDE_FROM else WIDE
    full = pictured(card, sizes=sizes, width=LISTED_WIDTH, among=among)
    if full is None:
        return None
    width = fallback_width(card["widths"]["webp"], LISTED_WIDTH)
    return full._replace(width=width, height=max(1, round(width * full.height / full.width)))


def lead(card: dict[str, Any]) -> Picture | None:
    """The featured work; at most 80 % of the window high."""
    return pictured(card, sizes=LEAD_SIZES.format(tall=tall(card, 80)), width=1280, among=ANY)


def large(card: dict[str, Any]) -> Picture | None:
    """The work on its own page; its frame is at most 78 % of the window high."""
    return pictured(card, sizes=WORK_SIZES.format(tall=tall(card, 78)), width=1280)


def tall(card: dict[str, Any], height: int) -> int:
    """How wide a picture gets that is `height` hundredths of the window high."""
    return round(height * RATIOS.get(card.get("ratio", ""), 1))


def pictured(
    card: dict[str, Any], *, sizes: str, width: int, among: tuple[int, int] | None = None
) -> Picture | None:
    """`width` is that of the fallback.

    With `among`, the least and the greatest width, the few browsers that know no AVIF get the fallback only.
    """
    widths = card.get("widths", {})
    webp = widths.get("webp")
    if not webp:
        return None
    at = fallback_width(webp, width)
    return Picture(
        src=thumbnail(card, at, "webp"),
        avif=srcset(card, offered(widths.get("avif", ()), *(among or ANY)), "avif"),
        webp=srcset(card, [at] if among else webp, "webp"),
        sizes=sizes,
        width=card.get("w") or at,
        height=card.get("h") or at,
    )


def fallback_width(widths: Sequence[int], wanted: int) -> int:
    return max((each for each in widths if each <= wanted), default=widths[0])


def offered(widths: Sequence[int], least: int, most: int) -> Sequence[int]:
    """All widths from `least` to `most`, but one at least."""
    return [width for width in widths if least <= width <= most] or widths[-1:]


def srcset(card: dict[str, Any], widths: Sequence[int], format_: str) -> str:
    return ",".join(f"{thumbnail(card, width, format_)} {width}w" for width in widths)


def thumbnail(card: dict[str, Any], width: int, format_: str) -> str:
    return public_url(keys.thumbnail(size(card, width), card["id"], format_))


def social(card: dict[str, Any]) -> str | None:
    """The 1200 x 630 JPEG for link previews; None until all renditions stand."""
    finished = "webp" if card.get("peaks") else "avif"
    return public_url(keys.social(card["id"])) if card.get("widths", {}).get(finished) else None


def original(card: dict[str, Any]) -> str:
    return public_url(card["original"])


def poster(card: dict[str, Any]) -> str | None:
    return public_url(keys.poster(card["id"])) if card.get("poster") else None


def preview(card: dict[str, Any]) -> str | None:
    """A few silent seconds of a film, for cards."""
    return public_url(keys.preview(card["id"])) if card.get("preview") else None
