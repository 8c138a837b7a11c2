"""The site in one page of plain text, for programs that read rather than crawl."""

from django.conf import settings

from gallery import addresses
from gallery.models import Category
from gallery.printable import printable

MOST_SHELVES = 50
ABOUT = """\
# {name}

> Images, videos and sounds made with AI, each with its prompt, model and options. In English and Thai.

Every work has one page in English at /gallery/SLUG and one in Thai at /th/gallery/SLUG. All works are made \
with AI and say so on the page, in its structured data and in the file.

## Works

- [Newest works]({site}/gallery)
- [Images]({site}/gallery/images)
- [Videos]({site}/gallery/videos)
- [Sound]({site}/gallery/audio)

## For programs

- [Sitemap]({site}/sitemap.xml): every page that is meant to be found
- [Feed]({site}/gallery/feed): the newest works, RSS 2.0 with Media RSS
- [API]({site}/api/docs): the gallery as JSON without a key, and the generation API with one
- [API schema]({site}/api/schema): OpenAPI 3.1
- [oEmbed]({site}/oembed?url={site}/gallery): add the address of a work
"""


def text() -> str:
    page = ABOUT.format(name=settings.SITE_NAME, site=settings.SITE_URL)
    shelves = Category.objects.active().filter(item_count__gt=0).order_by("display_order", "name")
    lines = [
        f"- [{one_line(name)}]({addresses.category_url(slug)}){': ' + one_line(about) if about else ''}"
        for name, slug, about in shelves.values_list("name", "slug", "description")[:MOST_SHELVES]
    ]
    return page + "\n".join(["", "## Subjects", "", *lines, ""]) if lines else page


def one_line(text: str) -> str:
    return " ".join(printable(text).replace("[", "(").replace("]", ")").split())
