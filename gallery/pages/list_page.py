"""A page with many works, whatever brought them together."""

from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from markupsafe import Markup

from gallery import addresses, listing
from gallery.listing import MAX_PAGES, Listing
from gallery.pages import front, jsonld, paging, seo, tiles
from gallery.pages.company import Company, company
from gallery.pages.facts import Fact
from gallery.pages.filters import Filters
from gallery.pages.links import Leaf, Link
from gallery.pages.paging import Pager
from gallery.pages.tiles import Tile
from gallery.pages.wishes import Wish
from gallery.pages.wording import Wording
from smartspec.lib.errors import InvalidInput


@dataclass
class ListPage:
    """`path` is that of the plain first page. Only plain views are indexed, the others lead to works."""

    path: str
    wish: Wish
    wording: Wording
    found: Listing
    filters: Filters
    crumbs: list[Link]
    facts: list[Fact] = field(default_factory=list)
    lead: front.Lead | None = None
    total: int | None = None
    is_indexed: bool = True
    is_in_both: bool = True
    feed: str = ""
    cover: dict | None = None  # the card of the work that stands for all in link previews
    notice: str = ""  # what a visitor should know before all else

    @property
    def number(self) -> int:
        return self.wish.number

    @cached_property
    def tiles(self) -> list[Tile]:
        cards = self.found.items
        if self.lead:
            cards = [card for card in cards if card.id != self.lead.id]
        return tiles.tiles(cards, language=addresses.current(), has_lead=self.lead is not None)

    @cached_property
    def company(self) -> Company | None:
        """Works beneath a short list; a lead is enough company, and further pages are read to their end."""
        if self.lead or self.number > 1 or self.wish.cursor:
            return None
        return company(self.found.items, language=addresses.current())

    @cached_property
    def pager(self) -> Pager:
        return paging.pager(
            self.path,
            here=self.number,
            has_next=self.found.has_next and not self.wish.cursor,
            total=self.total,
            extra=self.wish.extra,
        )

    @property
    def here(self) -> str:
        return paging.address(self.path, self.number, self.wish.extra)

    @property
    def leaf(self) -> Leaf | None:
        """The way to the next page, which fills the last row."""
        pager, further = self.pager, self.further
        if further:
            return Leaf(further, self.wording.more, _("Older works"), "next", self.wording.lang)
        if not pager.next:
            return None
        note = _("Page %(number)s") % {"number": self.number + 1}
        if pager.last:
            note = _("Page %(number)s of %(last)s") % {"number": self.number + 1, "last": pager.last}
        return Leaf(pager.next, self.wording.more, note, "next", self.wording.lang)

    @property
    def further(self) -> str | None:
        """Where it goes on behind the last numbered page: from work to work, without an end."""
        cursor = self.found.next_cursor
        if not cursor or not (self.wish.cursor or self.number == MAX_PAGES):
            return None
        return paging.address(self.path, 1, self.wish._replace(cursor=cursor).extra)

    @cached_property
    def head(self) -> seo.Head:
        title = self.wording.title
        if self.number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": self.number}
        is_indexed = self.is_indexed and self.wish.is_plain
        head = seo.Head(
            title=title,
            description=seo.short(self.wording.description),
            canonical=addresses.absolute(self.here),
            language=addresses.current(),
            image=self._image(),
            robots=seo.INDEXED if is_indexed else seo.NOT_INDEXED,
            alternates=seo.alternates(self.here) if self.is_in_both and is_indexed else [],
            feed=self.feed,
        )
        head.jsonld = self._structured(head)
        return head

    def _image(self) -> seo.Image:
        if self.cover:
            return seo.social_image(self.cover, self.wording.title)
        if self.lead:
            return seo.social_image(self.lead.card, self.lead.texts.alt)
        if self.found.items:
            return seo.social_image(self.found.items[0].card, self.tiles[0].alt)
        return seo.brand_image()

    def _structured(self, head: seo.Head) -> Markup:
        works = [Link(tile.title, tile.href) for tile in self.tiles]
        if self.lead:
            works.insert(0, Link(self.lead.texts.title, self.lead.href))
        nodes = [jsonld.breadcrumbs(self.crumbs)]
        if works:
            named = {"name": head.title, "description": head.description, "language": head.language}
            nodes.insert(0, jsonld.collection(url=head.canonical, works=works, **named))
        if len(self.crumbs) == 1 and self.number == 1:
            nodes += jsonld.site(head.language)
        return jsonld.script(*nodes)


def listed(wish: Wish, **asked) -> Listing:
    """The works of one page; 404 past the end."""
    where = {"cursor": wish.cursor} if wish.cursor else {"page": wish.number}
    try:
        found = listing.cards(**where, sort=wish.sort, **asked)
    except InvalidInput as error:
        raise Http404 from error
    if (wish.number > 1 or wish.cursor) and not found.items:
        raise Http404
    return found
