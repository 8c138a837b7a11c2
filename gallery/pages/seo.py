"""What the head of a page says to search engines and link previews, as data."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from markupsafe import Markup

from gallery import addresses, indexing
from gallery.pages import pictures
from smartspec.lib import thai

LOCALES = {"en": "en_US", "th": "th_TH"}
INDEXED = "index,follow,max-image-preview:large,max-snippet:-1,max-video-preview:-1"
NOT_INDEXED = "noindex,follow"
DESCRIPTION_LIMIT = 300
OG_TYPES = {"image": "article", "video": "video.other", "audio": "article"}  # `article` as the customer asked


class Image(NamedTuple):
    """The picture of a link preview; `url` is absolute."""

    url: str
    alt: str
    type: str = "image/jpeg"
    width: int = pictures.SOCIAL_SIZE[0]
    height: int = pictures.SOCIAL_SIZE[1]


@dataclass
class Head:
    """`canonical` and everything in `alternates` are absolute; `title` has no suffix yet."""

    title: str
    description: str
    canonical: str
    language: str
    image: Image
    robots: str = INDEXED
    keywords: str = ""
    og_type: str = "website"
    alternates: list[tuple[str, str]] = field(default_factory=list)
    og_more: list[tuple[str, str]] = field(default_factory=list)
    feed: str = ""  # path of the RSS feed beside the page; that of all works where there is none
    oembed: str = ""
    jsonld: Markup | None = None

    @property
    def full_title(self) -> str:
        return f"{self.title} | {settings.SITE_NAME}"

    @property
    def properties(self) -> list[tuple[str, str]]:
        """Open Graph, in the order in which it is read."""
        other = [(name, LOCALES[name]) for name, _url in self.alternates if name in LOCALES]
        return [
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:image", self.image.url),
            *([("og:image:secure_url", self.image.url)] if self.image.url.startswith("https:") else []),
            ("og:image:type", self.image.type),
            ("og:image:width", str(self.image.width)),
            ("og:image:height", str(self.image.height)),
            ("og:image:alt", self.image.alt),
            ("og:type", self.og_type),
            ("og:url", self.canonical),
            ("og:site_name", settings.SITE_NAME),
            ("og:locale", LOCALES[self.language]),
            *[("og:locale:alternate", locale) for name, locale in other if name != self.language],
            *self.og_more,
        ]

    @property
    def names(self) -> list[tuple[str, str]]:
        """The card of X; LINE and others read it too."""
        return [
            ("twitter:card", "summary_large_image"),
            ("twitter:title", self.title),
            ("twitter:description", self.description),
            ("twitter:image", self.image.url),
            ("twitter:image:alt", self.image.alt[:420]),
        ]


def alternates(path: str) -> list[tuple[str, str]]:
    """hreflang links of a page that has text of its own in both languages."""
    urls = {name: addresses.absolute(addresses.in_language(path, name)) for name in addresses.LANGUAGES}
    return [*urls.items(), ("x-default", urls["en"])]


def brand_image() -> Image:
    """What a preview shows when there is no work to show."""
    return Image(addresses.absolute(static("img/social.jpg")), _("The mark of the SmartSpec Gallery"))


def social_image(card: dict, alt: str) -> Image:
    url = pictures.social(card) if card else None
    return Image(addresses.absolute(url), alt) if url else brand_image()


def short(text: str) -> str:
    """One line of at most 300 characters, cut at the end of a cluster."""
    return thai.cut(" ".join(text.split()), DESCRIPTION_LIMIT, ellipsis="…")


def item_head(item, *, texts, path: str, jsonld: Markup) -> Head:
    """The specification's tags for one work; whether search engines may have it is decided in one place."""
    title, description = told(item, texts)
    language, sent_to = addresses.current(), indexing.languages(item)
    is_open = item.rating == "general"
    head = Head(
        title=title,
        description=short(description),
        canonical=addresses.absolute(path),
        language=language,
        image=social_image(item.card, texts.alt or texts.title) if is_open else brand_image(),
        robots=INDEXED if language in sent_to else NOT_INDEXED,
        keywords=", ".join(item.keywords),
        og_type=OG_TYPES[item.media_type],
        jsonld=jsonld,
    )
    if is_open:
        head.oembed = addresses.oembed(head.canonical)
    if len(sent_to) == len(addresses.LANGUAGES):
        head.alternates = alternates(path)
    if item.media_type == "video" and is_open:
        head.og_more = video_properties(item)
    return head


def told(item, texts) -> tuple[str, str]:
    """Title and description; what was written for search engines wins in the item's own language."""
    unknown = (
        _("A work made with AI, shown with its prompt and model.")
        if item.model_id
        else _("A work made with AI.")
    )
    default = texts.description or texts.alt or unknown
    if texts.lang != item.language:
        return texts.title, default
    return item.meta_title or texts.title, item.meta_description or default


def video_properties(item) -> list[tuple[str, str]]:
    url = addresses.absolute(pictures.original(item.card))
    asset = item.media
    return [
        ("og:video", url),
        *([("og:video:secure_url", url)] if url.startswith("https:") else []),
        ("og:video:type", asset.content_type),
        ("og:video:width", str(asset.width)),
        ("og:video:height", str(asset.height)),
        ("video:duration", str(max(1, round((asset.duration_ms or 0) / 1000)))),
        ("video:release_date", item.published_at.isoformat(timespec="seconds")),
    ]
