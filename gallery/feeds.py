"""The newest works as RSS 2.0 with Media RSS: of everything, or of one shelf."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gallery import addresses, cards, listing
from gallery.models import Category, Item
from gallery.printable import printable
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

SIZE = 50
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
MEDIA_RSS = "http://search.yahoo.com/mrss/"


class MediaFeed(Rss201rev2Feed):
    """Items bring `media`: {"content": attributes, "thumbnail": attributes or None, "alt": text}."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:media": MEDIA_RSS}

    def add_item_elements(self, handler, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        media = item["media"]
        handler.startElement("media:content", media["content"])
        handler.addQuickElement("media:title", item["title"], {"type": "plain"})
        handler.addQuickElement("media:description", media["alt"], {"type": "plain"})
        if media["thumbnail"]:
            handler.addQuickElement("media:thumbnail", "", media["thumbnail"])
        handler.endElement("media:content")


@require_safe
def newest(request: HttpRequest, language: str, slug: str | None = None) -> HttpResponse:
    """Only works that search engines are sent to in this language."""
    if not settings.ENABLE["gallery"]:
        raise Http404
    category = listing.active_category(slug) if slug else None
    if slug and category is None:
        return elsewhere(language, slug)
    items = Item.objects.indexable(language).select_related("media").newest()
    if category:
        items = items.filter(placements__category=category)
    feed = feed_of(language, category, path=request.path)
    for item in items[:SIZE]:
        feed.add_item(**entry(item, language))
    return HttpResponse(
        feed.writeString("utf-8"),
        content_type="application/rss+xml; charset=utf-8",
        headers={"Cache-Control": CACHE_CONTROL},
    )


def elsewhere(language: str, slug: str) -> HttpResponse:
    """A reader keeps a shelf's feed for years: it is led on when the shelf was renamed or merged."""
    target = listing.former(slug)
    if target is None:
        raise Http404
    answer = HttpResponsePermanentRedirect(addresses.feed(language, target))
    answer["Cache-Control"] = CACHE_CONTROL
    return answer


def feed_of(language: str, category: Category | None, *, path: str) -> MediaFeed:
    title, about = settings.SITE_NAME, _("The newest works made with AI, each with its prompt and model.")
    link = addresses.absolute(addresses.front(language))
    if category:
        said = category.translations.get(language, {})
        name = said.get("name") or category.name
        title, about = f"{name} | {title}", said.get("description") or category.description or about
        link = addresses.category_url(category.slug, language=language)
    return MediaFeed(
        title=printable(title),
        link=link,
        description=printable(about),
        language=language,
        feed_url=f"{settings.SITE_URL}{path}",
    )


def entry(item: Item, language: str) -> dict[str, Any]:
    asset, link = item.media, addresses.item_url(item.slug, language=language)
    file = Enclosure(absolute(public_url(asset.file.name)), str(asset.bytes), asset.content_type)
    content = {"url": file.url, "type": file.mime_type, "medium": item.media_type, "fileSize": file.length}
    if asset.width and asset.height:
        content |= {"width": str(asset.width), "height": str(asset.height)}
    if asset.duration_ms:
        content["duration"] = str(max(1, round(asset.duration_ms / 1000)))
    return {
        "title": printable(item.text("title", language)),
        "link": link,
        "description": printable(item.text("description", language)),
        "unique_id": link,
        "unique_id_is_permalink": True,
        "pubdate": item.published_at,
        "updateddate": item.updated_at,
        "categories": [printable(word) for word in item.keywords],
        "enclosures": [file],
        "media": {
            "content": content,
            "thumbnail": thumbnail(item),
            "alt": printable(item.text("alt_text", language)),
        },
    }


def thumbnail(item: Item) -> dict[str, str] | None:
    if url := cards.thumbnail_url(item.card):
        return {"url": absolute(url)}
    return {"url": absolute(public_url(keys.poster(item.media_id)))} if item.card.get("poster") else None
