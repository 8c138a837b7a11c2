"""What is said in a sound: shown as its text, and offered to players as a track."""

from django.http import Http404, HttpRequest, HttpResponse

from gallery import listing
from gallery.models import Item
from generation.catalogue import get_model
from smartspec.lib import thai

SPEECH = "speech"  # a tag of the models that speak their prompt


def is_spoken(item: Item) -> bool:
    """Whether the prompt is what one hears, and may be read."""
    spec = get_model(item.model_id)
    return bool(spec and SPEECH in spec.tags and item.show_prompt and item.prompt)


def language(item: Item) -> str:
    return "th" if thai.is_thai(item.prompt) else "en"


def track(request: HttpRequest, slug: str) -> HttpResponse:
    """WebVTT. Nobody tells when which word is said, so the whole text stands from beginning to end."""
    item = listing.item_by_slug(slug)
    if item is None or item.rating != "general" or not is_spoken(item):
        raise Http404
    lines = [line.strip() for line in item.prompt.splitlines() if line.strip()]
    text = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    body = f"WEBVTT\n\n00:00:00.000 --> {moment(item.media.duration_ms or 0)}\n{text}\n"
    return HttpResponse(body, content_type="text/vtt; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


def moment(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"
