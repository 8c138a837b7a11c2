"""What a search found, and what helps when it found nothing."""

from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gallery import addresses, listing, search
from gallery.numbers import noting
from gallery.pages import filters, jsonld, wording
from gallery.pages.filters import Filters
from gallery.pages.links import Link
from gallery.pages.list_page import ListPage
from gallery.pages.marking import marked
from gallery.pages.tiles import Tile
from gallery.pages.wishes import Wish
from smartspec.lib import thai, tokens


@dataclass
class SearchPage(ListPage):
    """`corrected` is what was searched for instead of what was typed, when that found nothing."""

    corrected: str | None = None
    suggestions: list[Link] = field(default_factory=list)

    @cached_property
    def tiles(self) -> list[Tile]:
        query = tokens.query(self.corrected or self.wish.q)
        return [tile._replace(title=marked(tile.title, query)) for tile in super().tiles]

    def _structured(self, head):
        """Results change with every new work and belong to nobody's index."""
        return jsonld.script(jsonld.breadcrumbs(self.crumbs))


def search_page(*, wish: Wish) -> SearchPage:
    language = addresses.current()
    path = addresses.search(language)
    found = search.find(q=wish.q, media_type=wish.media_type, page=wish.number)
    if wish.number > 1 and not found.listing.items:
        raise Http404
    made = SearchPage(
        path=path,
        wish=wish,
        wording=wording.of_search(found.corrected or wish.q, is_found=bool(found.listing.items)),
        found=found.listing,
        filters=Filters(
            filters.kinds_within(path, wish) if found.listing.items or wish.media_type else [], [], []
        ),
        crumbs=[Link(_("Gallery"), addresses.front(language)), Link(_("Search"), path)],
        corrected=found.corrected,
        is_indexed=False,
    )
    if not found.listing.items:
        offer_others(made, language)
    return made


def count_a_miss(request: HttpRequest, made: SearchPage) -> None:
    """For the numbers: words that find nothing of any kind."""
    if made.wish.q and not made.found.items and not made.wish.media_type:
        noting.miss(made.wish.q, agent=request.headers.get("User-Agent", ""))


def offer_others(made: SearchPage, language: str) -> None:
    """Other words, and all subjects."""
    made.suggestions = [suggestion(words, language) for words in search.suggestions(made.wish.q)]
    topics = filters.of_tree(listing.category_tree())
    front = addresses.front(language)
    made.filters = made.filters._replace(topics=filters.all_topics(topics, language, front))


def suggestion(words: str, language: str) -> Link:
    own = "th" if thai.is_thai(words) else "en"
    return Link(words, addresses.search(language, words), "" if own == language else own)
