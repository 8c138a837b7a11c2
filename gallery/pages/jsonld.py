"""Structured data, built as data and written so that no title can leave its script element."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from markupsafe import Markup

from gallery import addresses
from gallery.pages import dates
from gallery.pages.links import Link

SCHEMA = "https://schema.org"
AI_MADE = f"{SCHEMA}/TrainedAlgorithmicMediaDigitalSource"
ORGANIZATION = {"@type": "Organization", "name": "SmartSpec"}
WORK_TYPES = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}
# Legal inside JSON strings, and unable to end a script element or to open a comment.
ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def script(*nodes: dict[str, Any]) -> Markup:
    """The nodes as the text of one `application/ld+json` element."""
    document: dict[str, Any] = {"@context": SCHEMA}
    document |= nodes[0] if len(nodes) == 1 else {"@graph": list(nodes)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(ESCAPES))  # noqa: S704 escaped above


def work(item, *, texts, url: str, media: str, thumbnail: str, embed: str) -> dict[str, Any]:
    """An ImageObject, VideoObject or AudioObject; all addresses absolute."""
    asset = item.media
    published = dates.machine(item.published_at)
    node = {
        "@type": WORK_TYPES[item.media_type],
        "@id": f"{url}#work",
        "name": texts.title,
        "description": texts.description or texts.alt,
        "caption": texts.alt,
        "contentUrl": media,
        "url": url,
        "thumbnailUrl": thumbnail,
        "datePublished": published,
        "dateModified": dates.machine(item.updated_at),
        "author": ORGANIZATION,
        "creator": ORGANIZATION,
        "creditText": item.credit_text or "SmartSpec",
        "copyrightNotice": item.copyright_notice,
        "license": item.license_url,
        "acquireLicensePage": item.acquire_url,
        "inLanguage": texts.lang,
        "encodingFormat": asset.content_type,
        "contentSize": str(asset.bytes),
        "width": asset.width,
        "height": asset.height,
        "duration": dates.iso_length(asset.duration_ms),
        "keywords": ", ".join(item.keywords),
        "digitalSourceType": AI_MADE,
    }
    if item.media_type != "image":
        node |= {"uploadDate": published, "embedUrl": embed}
    else:
        node["representativeOfPage"] = True
    return {key: value for key, value in node.items() if value not in (None, "")}


def breadcrumbs(crumbs: Sequence) -> dict[str, Any]:
    """`crumbs` are {text, href}; the last one is the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": crumb.text, "item": addresses.absolute(crumb.href)}
            for at, crumb in enumerate(crumbs, 1)
        ],
    }


def collection(
    *, url: str, name: str, description: str, language: str, works: Sequence[Link]
) -> dict[str, Any]:
    """`works` in the order of the page."""
    return {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": at,
                    "url": addresses.absolute(work.href),
                    "name": work.text,
                }
                for at, work in enumerate(works, 1)
            ],
        },
    }


def site(language: str) -> list[dict[str, Any]]:
    """What stands behind the pages; on the front page only."""
    root = settings.SITE_URL
    organization = ORGANIZATION | {
        "@id": f"{root}/#organization",
        "url": f"{root}/",
        "logo": f"{root}{settings.STATIC_URL}img/mark.svg",
    }
    website = {
        "@type": "WebSite",
        "@id": f"{root}/#website",
        "name": settings.SITE_NAME,
        "url": f"{root}/",
        "inLanguage": language,
        "publisher": {"@id": f"{root}/#organization"},
    }
    return [website, organization]
