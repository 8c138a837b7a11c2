"""What other sites need to show one of our works when somebody pastes its address: oEmbed 1.0."""

import re
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from gallery import addresses, cards
from gallery.models import Item
from gallery.resolving import item_at, place_of
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

CACHE_SECONDS = 86_400  # how long the other site may keep the answer
PLAYER = {"video": (1280, 720), "audio": (640, 240)}  # where a file says nothing of its size
PIXELS, LARGEST = re.compile("[1-9][0-9]{0,3}"), 10_000
FRAME = (
    '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" allow="fullscreen"'
    ' style="border:0"></iframe>'
)


class Size(NamedTuple):
    width: int
    height: int

    def within(self, most: "Size") -> "Size":
        """The same shape, no larger than `most`."""
        scale = min(1, most.width / self.width, most.height / self.height)
        return Size(max(1, int(self.width * scale)), max(1, int(self.height * scale)))


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    if not settings.ENABLE["gallery"]:
        raise Http404
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON.", status=501, content_type="text/plain; charset=utf-8")
    url = request.GET.get("url", "")
    item = item_at(url)
    if item is None or item.rating != "general":
        raise Http404
    most = Size(limit(request.GET.get("maxwidth")), limit(request.GET.get("maxheight")))
    document = described(item, language=place_of(url).language, most=most)
    return JsonResponse(
        document,
        json_dumps_params={"ensure_ascii": False},
        headers={
            "Access-Control-Allow-Origin": "*",
            "Cache-Control": "public, max-age=0, s-maxage=1, stale-while-revalidate=10",
            "X-Robots-Tag": "noindex",
        },
    )


def limit(text: str | None) -> int:
    """In pixels. A limit that makes no sense limits nothing."""
    return int(text) if text and PIXELS.fullmatch(text) else LARGEST


def described(item: Item, *, language: str, most: Size) -> dict[str, Any]:
    shown = photo(item, most) if item.media_type == "image" else player(item, language, most)
    document = {
        "version": "1.0",
        "title": item.text("title", language) or item.title,
        "author_name": "SmartSpec",
        "author_url": addresses.absolute(addresses.front(language)),
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": CACHE_SECONDS,
    }
    return document | shown | small_picture(item, most)


def own_size(item: Item) -> Size:
    width, height = PLAYER.get(item.media_type, (640, 480))
    return Size(item.media.width or width, item.media.height or height)


def photo(item: Item, most: Size) -> dict[str, Any]:
    """The largest picture that fits; never one that would have to be stretched."""
    whole = own_size(item)
    fitting = whole.within(most)
    if fitting == whole:
        return {"type": "photo", "url": absolute(public_url(item.card["original"])), **whole._asdict()}
    made = [width for width in item.card.get("widths", {}).get("webp", ()) if width <= fitting.width]
    if not made:
        return {"type": "photo", "url": absolute(public_url(item.card["original"])), **fitting._asdict()}
    width = max(made)
    url = absolute(public_url(keys.thumbnail(cards.size(item.card, width), item.card["id"], "webp")))
    return {"type": "photo", "url": url, "width": width, "height": round(whole.height * width / whole.width)}


def player(item: Item, language: str, most: Size) -> dict[str, Any]:
    size = own_size(item).within(most)
    title = item.text("title", language) or item.title
    frame = format_html(FRAME, f"{addresses.item_url(item.slug, language=language)}/embed", *size, title)
    return {"type": "video" if item.media_type == "video" else "rich", "html": frame, **size._asdict()}


def small_picture(item: Item, most: Size) -> dict[str, Any]:
    """The thumbnail, where one of the asked size exists."""
    made = [width for width in item.card.get("widths", {}).get("webp", ()) if width <= min(640, most.width)]
    size = own_size(item) if item.media_type != "audio" else Size(640, 480)
    if not made or round(size.height * max(made) / size.width) > most.height:
        return {}
    width = max(made)
    url = cards.thumbnail_url(item.card, width=width)
    return {
        "thumbnail_url": absolute(url),
        "thumbnail_width": width,
        "thumbnail_height": round(size.height * width / size.width),
    }
