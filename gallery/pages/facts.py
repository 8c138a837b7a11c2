"""The label beside a work: what made it, how, when, and where it hangs."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gallery import addresses
from gallery.models import Item
from gallery.pages import dates
from gallery.pages.around import Around
from gallery.pages.links import Link
from gallery.pages.tiles import model_name
from generation.catalogue import ALL_MODELS

OPTIONS = {  # worth showing, in this order
    "aspect_ratio": gettext_lazy("ratio"),
    "size": gettext_lazy("size"),
    "resolution": gettext_lazy("resolution"),
    "mode": gettext_lazy("mode"),
    "duration": gettext_lazy("length"),
    "voice": gettext_lazy("voice"),
    "style": gettext_lazy("style"),
    "speed": gettext_lazy("speed"),
    "seed": gettext_lazy("seed"),
}
NO_BREAK = "\N{NO-BREAK SPACE}"
FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/avif": "AVIF",
    "image/gif": "GIF",
    "video/mp4": "MP4",
    "video/webm": "WebM",
    "video/quicktime": "MOV",
    "audio/mpeg": "MP3",
    "audio/wav": "WAV",
    "audio/ogg": "Ogg",
    "audio/mp4": "M4A",
    "audio/flac": "FLAC",
}


class Fact(NamedTuple):
    """A row: its name, and either words, links, or a moment for people and for machines."""

    name: str
    text: str = ""
    links: tuple[Link, ...] = ()
    machine: str = ""
    id: str = ""


def facts(item: Item, *, language: str, categories: list[Link], around: Around) -> list[Fact]:
    rows = [
        made_with(item.model_id, language),
        Fact(_("Made from"), links=(around.origin,) if around.origin else ()),
        Fact(_("Options"), options(item.options)),
        Fact(_("Size"), size(item.media)),
        Fact(_("Length"), dates.length(item.media.duration_ms)),
        Fact(
            _("Published"),
            dates.spoken(item.published_at, language),
            machine=dates.machine(item.published_at),
        ),
        Fact(_("Categories"), links=tuple(categories)),
        Fact(_("Variations"), links=around.variations),
        Fact(_("Origin"), origin(item.media_type), id="made"),
    ]
    return [row for row in rows if row.text or row.links]


def made_with(model_id: str, language: str) -> Fact:
    name = model_name(model_id)
    if model_id not in ALL_MODELS:
        return Fact(_("Made with"), name)
    return Fact(_("Made with"), links=(Link(name, addresses.model(model_id, language)),))


def origin(media_type: str) -> str:
    if media_type == "audio":
        return _("Generated with AI.")
    return _("Generated with AI. The pictures on this page carry the IPTC mark for algorithmic media.")


def options(given: dict[str, Any]) -> str:
    """`Ratio 16:9, resolution 2K, seed 7`: the options worth showing, as one phrase."""
    parts = [
        f"{name} {value_of(key, given[key])}" for key, name in OPTIONS.items() if is_telling(given.get(key))
    ]
    phrase = ", ".join(parts)
    return phrase[:1].upper() + phrase[1:]


def is_telling(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def value_of(key: str, value: Any) -> str:
    return _("%(seconds)s s") % {"seconds": value} if key == "duration" else str(value)


def size(asset) -> str:
    """`1344 × 768 px, WebP, 1.2 MB`; a line breaks between the parts, and not within them."""
    parts = [
        _("%(width)s × %(height)s px") % {"width": asset.width, "height": asset.height}
        if asset.width
        else "",
        FORMATS.get(asset.content_type, ""),
        weight(asset.bytes),
    ]
    return ", ".join(part.replace(" ", NO_BREAK) for part in parts if part)


def weight(bytes_: int) -> str:
    if bytes_ < 1_000_000:
        return _("%(amount)s KB") % {"amount": max(1, round(bytes_ / 1000))}
    return _("%(amount)s MB") % {"amount": f"{bytes_ / 1_000_000:.1f}"}
