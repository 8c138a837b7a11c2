"""Addresses of public pages: the language is their first word (`/th/…`), English has none.

Plain string work in place of `reverse`, because a list writes dozens; a test holds the two together.
"""

from urllib.parse import quote

from django.conf import settings
from django.utils import translation

from gallery.models import Item

LANGUAGES = ("en", "th")
PREFIXES = {"en": "", "th": "/th"}
KINDS = {"image": "images", "video": "videos", "audio": "audio"}  # media type: its page


def current() -> str:
    """The language of the page being made."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return language if language in PREFIXES else settings.LANGUAGE_CODE


def other(language: str) -> str:
    return "th" if language == "en" else "en"


def front(language: str) -> str:
    return f"{PREFIXES[language]}/gallery"


def kind(media_type: str, language: str) -> str:
    return f"{PREFIXES[language]}/gallery/{KINDS[media_type]}"


def category(slug: str, language: str) -> str:
    return f"{PREFIXES[language]}/gallery/category/{quote(slug)}"


def search(language: str, q: str = "") -> str:
    path = f"{PREFIXES[language]}/gallery/search"
    return f"{path}?q={quote(q)}" if q else path


def feed(language: str, category: str = "") -> str:
    shelf = f"/category/{quote(category)}" if category else ""
    return f"{front(language)}{shelf}/feed"


def oembed(url: str) -> str:
    """What other sites ask about the page at `url`; absolute."""
    return f"{settings.SITE_URL}/oembed?url={quote(url, safe='')}"


def archive(language: str) -> str:
    return f"{PREFIXES[language]}/gallery/archive"


def month(year: int, month: int, language: str) -> str:
    return f"{archive(language)}/{year}/{month:02}"


def site(name: str, language: str) -> str:
    """A page about the site, as `about/terms` or `takedown`."""
    return f"{PREFIXES[language]}/{name}"


def item(slug: str, language: str) -> str:
    return f"{PREFIXES[language]}/gallery/{quote(slug)}"


def legible_item(slug: str, language: str) -> str:
    """The same address unquoted, as browsers and robots take it too: Thai slugs weigh a third of that."""
    return f"{PREFIXES[language]}/gallery/{slug}"


def transcript(slug: str) -> str:
    return f"/gallery/{quote(slug)}/transcript.vtt"


def report(slug: str, language: str) -> str:
    return f"{item(slug, language)}/report"


def embed(slug: str, language: str) -> str:
    return f"{item(slug, language)}/embed"


def model(model_id: str, language: str) -> str:
    return f"{PREFIXES[language]}/gallery/model/{model_slug(model_id)}"


def model_slug(model_id: str) -> str:
    """`wan/2-6-text-to-video` as one word of an address."""
    return model_id.replace("/", "-")


def api(slug: str) -> str:
    """The work in the API, where pages count views and likes; without a language."""
    return f"/api/v1/gallery/{quote(slug)}"


def absolute(path: str) -> str:
    """`path` with our own origin; what stands elsewhere (a bucket's public URL) stays as it is."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


def in_language(path: str, language: str) -> str:
    """The same page in `language`: the path of any page of ours, with or without `/th`."""
    bare = path[3:] if path == "/th" or path.startswith("/th/") else path
    return f"{PREFIXES[language]}{bare}"


def item_url(slug: str, *, language: str = settings.LANGUAGE_CODE) -> str:
    return absolute(item(slug, language))


def category_url(slug: str, *, language: str = settings.LANGUAGE_CODE) -> str:
    return absolute(category(slug, language))


def own_language(item: Item) -> str:
    """The language whose page search engines are sent to: English where there is an English text."""
    return settings.LANGUAGE_CODE if item.text("title", settings.LANGUAGE_CODE) else item.language
