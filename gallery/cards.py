"""The card document: everything a list shows of an item's files, kept on the item itself.

{"id": asset id, "w": 1536, "h": 1152, "ratio": "133", "mat": false, "colour": "p-5",
 "widths": {"avif": [320, 640], "webp": [320, 640]}, "recipe": 2 (from the second on), "original": key,
 "poster": false,
 "preview": false, "peaks": "M3 33V39…" (sounds, in a box of 288 x 72), "duration_ms": null}
"""

import colorsys

from gallery.models import Item
from storage_app import keys
from storage_app.models import Asset, Rendition
from storage_app.storages import public_url

GENERATORS_OWN = {"056": 9 / 16, "067": 2 / 3, "133": 4 / 3, "178": 16 / 9, "233": 21 / 9}
RATIOS = {f"{step:03}": step / 100 for step in range(50, 255, 5)} | GENERATORS_OWN
SOUND_RATIO = "133"
CLOSE_ENOUGH = 0.005  # of the ratio; beyond it the picture is shown whole, on a mat
GREY_BELOW = 0.12  # saturation
BARS, BAR_STEP, MIDDLE = 48, 6, 36
LOUDEST, LEVEL = 11, 3  # few heights: a list has many waves, and they must pack well
LISTED_ROLES = (Rendition.Role.THUMBNAIL, Rendition.Role.CARD)


def document(item: Item) -> dict:
    """The card of `item` as its asset and renditions stand now; two queries at most."""
    asset = item.media
    if asset is None:
        return {}
    ratio, mat = ratio_class(asset.width, asset.height)
    renditions = list(asset.renditions.values_list("role", "format", "width"))
    return {
        "id": str(asset.id),
        "w": asset.width,
        "h": asset.height,
        "ratio": ratio,
        "mat": mat,
        "colour": colour_class(asset.colour),
        "widths": widths(renditions),
        **({} if asset.recipe == 1 else {"recipe": asset.recipe}),
        "original": asset.file.name,
        "poster": has_role(renditions, Rendition.Role.POSTER),
        "preview": has_role(renditions, Rendition.Role.PREVIEW),
        "peaks": bars(asset.peaks),
        "duration_ms": asset.duration_ms,
    }


def has_role(renditions: list[tuple[str, str, int]], role: str) -> bool:
    return any(its_role == role for its_role, _format, _width in renditions)


def refresh(asset: Asset) -> bool:
    """Write the card anew after the files of its item changed; the item itself did not change."""
    item = Item.objects.select_related("media").filter(media=asset).first()
    if item is None:
        return False
    return bool(Item.objects.filter(pk=item.pk).update(card=document(item)))


def widths(renditions: list[tuple[str, str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for role, format_, width in sorted(renditions, key=lambda row: row[2]):
        if role in LISTED_ROLES and format_ in ("avif", "webp"):
            found.setdefault(format_, []).append(width)
    return found


def ratio_class(width: int | None, height: int | None) -> tuple[str, bool]:
    """The nearest ratio class, and whether the picture needs a mat because it is not near enough."""
    if not width or not height:
        return SOUND_RATIO, False
    true = width / height
    name, value = min(RATIOS.items(), key=lambda entry: abs(entry[1] - true))
    return name, abs(value / true - 1) > CLOSE_ENOUGH


def colour_class(colour: str) -> str:
    """`p-0` to `p-11` by hue, `p-n` for greys; `colour` is "#rrggbb" or empty."""
    if len(colour) != 7:
        return "p-n"
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, _value = colorsys.rgb_to_hsv(red, green, blue)
    return "p-n" if saturation < GREY_BELOW else f"p-{round(hue * 12) % 12}"


def bars(peaks: list[int] | None) -> str | None:
    """A waveform as one SVG path of vertical strokes, from peaks of 0..100.

    Each stroke starts from the end of the one before it, because equal neighbours then compress to nothing.
    """
    if not peaks:
        return None
    strokes, before = [], 0
    for number in range(BARS):
        first, last = number * len(peaks) // BARS, (number + 1) * len(peaks) // BARS
        loudest = max(peaks[first : max(last, first + 1)])
        reach = LEVEL * max(1, round(loudest * LOUDEST / 100))
        start = f"m{BAR_STEP}-{before + reach}" if number else f"M3 {MIDDLE - reach}"
        strokes.append(f"{start}v{2 * reach}")
        before = reach
    return "".join(strokes)


def thumbnail_key(card: dict, *, width: int = 640, format_: str = "webp") -> str | None:
    """Where the picture of `width` lies, or the next smaller one, or the smallest; None: none was made."""
    made = card.get("widths", {}).get(format_, ())
    if not made:
        return None
    fitting = max((w for w in made if w <= width), default=made[0])
    return keys.thumbnail(size(card, fitting), card["id"], format_)


def size(card: dict, width: int) -> str:
    """The folder of its thumbnails of this width: by which recipe they were made is on the card."""
    return keys.size(width, card.get("recipe", 1))


def thumbnail_url(card: dict, *, width: int = 640, format_: str = "webp") -> str | None:
    """The stable public URL of that picture; no query."""
    key = thumbnail_key(card, width=width, format_=format_)
    return public_url(key) if key else None
