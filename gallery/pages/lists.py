"""The pages that show many works: front page, one kind, one category."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from markupsafe import Markup

from gallery import listing
from gallery.listing import Listing
from gallery.models import Category
from gallery.pages import addresses, filters, front, jsonld, paging, seo, tiles, wording
from gallery.pages.filters import Filters
from gallery.pages.links import Leaf, Link
from gallery.pages.paging import Pager
from gallery.pages.tiles import Tile
from gallery.pages.wording import Wording


@dataclass
class ListPage:
    """`path` is that of the first page; `extra` the query of a filtered view, which is never indexed."""

    path: str
    number: int
    wording: Wording
    found: Listing
    filters: Filters
    crumbs: list[Link]
    lead: front.Lead | None = None
    total: int | None = None
    extra: str = ""
    is_indexed: bool = True
    is_in_both: bool = True

    @cached_property
    def tiles(self) -> list[Tile]:
        cards = self.found.items
        if self.lead:
            cards = [card for card in cards if card.id != self.lead.id]
        return tiles.tiles(cards, language=addresses.current(), has_lead=self.lead is not None)

    @cached_property
    def pager(self) -> Pager:
        return paging.pager(
            self.path, here=self.number, has_next=self.found.has_next, total=self.total, extra=self.extra
        )

    @property
    def here(self) -> str:
        return paging.address(self.path, self.number, self.extra)

    @property
    def leaf(self) -> Leaf | None:
        """The way to the next page, which fills the last row."""
        pager = self.pager
        if not pager.next:
            return None
        note = _("Page %(number)s") % {"number": self.number + 1}
        if pager.last:
            note = _("Page %(number)s of %(last)s") % {"number": self.number + 1, "last": pager.last}
        return Leaf(pager.next, self.wording.more, note, "next", self.wording.lang)

    @cached_property
    def head(self) -> seo.Head:
        title = self.wording.title
        if self.number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": self.number}
        head = seo.Head(
            title=title,
            description=seo.short(self.wording.description),
            canonical=addresses.absolute(self.here),
            language=addresses.current(),
            image=self._image(),
            robots=seo.INDEXED if self.is_indexed else seo.NOT_INDEXED,
            alternates=seo.alternates(self.here) if self.is_in_both and self.is_indexed else [],
        )
        head.jsonld = self._structured(head)
        return head

    def _image(self) -> seo.Image:
        if self.lead:
            return seo.social_image(self.lead.card, self.lead.texts.alt)
        if self.found.items:
            return seo.social_image(self.found.items[0].card, self.tiles[0].alt)
        return seo.brand_image()

    def _structured(self, head: seo.Head) -> Markup:
        works = [Link(tile.title, tile.href) for tile in self.tiles]
        if self.lead:
            works.insert(0, Link(self.lead.texts.title, self.lead.href))
        nodes = [
            jsonld.collection(
                url=head.canonical,
                name=head.title,
                description=head.description,
                language=head.language,
                works=works,
            ),
            jsonld.breadcrumbs(self.crumbs),
        ]
        if len(self.crumbs) == 1 and self.number == 1:
            nodes += jsonld.site(head.language)
        return jsonld.script(*nodes)


def front_page(*, number: int) -> ListPage:
    language = addresses.current()
    path = addresses.front(language)
    found = listed(number)
    row = front.above(found.items[0]) if number == 1 and found.items else None
    topics = row.topics or [] if row else filters.of_tree(listing.category_tree())
    return ListPage(
        path=path,
        number=number,
        wording=wording.of_front(),
        found=found,
        filters=Filters(filters.kinds(language, here=None), filters.all_topics(topics, language, path)),
        crumbs=[Link(_("Gallery"), path)],
        lead=front.lead(row, language) if row else None,
    )


def kind_page(media_type: str, *, number: int) -> ListPage:
    language = addresses.current()
    path = addresses.kind(media_type, language)
    found = listed(number, media_type=media_type)
    topics = filters.of_tree(listing.category_tree())
    words = wording.of_kind(media_type)
    return ListPage(
        path=path,
        number=number,
        wording=words,
        found=found,
        filters=Filters(filters.kinds(language, here=media_type), filters.all_topics(topics, language, path)),
        crumbs=[Link(_("Gallery"), addresses.front(language)), Link(words.name, path)],
    )


def category_page(slug: str, *, number: int, media_type: str | None) -> ListPage:
    """One shelf with everything below it; filtered by kind it is a view, not a page of its own."""
    language = addresses.current()
    tree = listing.category_tree()
    place = filters.find(tree, slug)
    if place is None:
        raise Http404
    found = listed(number, category=Category(pk=place.shelf.id), media_type=media_type)
    words = wording.of_shelf(place.shelf, language)
    return ListPage(
        path=addresses.category(slug, language),
        number=number,
        wording=words,
        found=found,
        filters=Filters(
            filters.kinds(language, here=media_type, category=slug), filters.around(place, tree, language)
        ),
        crumbs=[Link(_("Gallery"), addresses.front(language)), *filters.trail(place, language)],
        total=None if media_type else place.shelf.item_count,
        extra=f"media_type={media_type}" if media_type else "",
        is_indexed=not media_type and bool(found.items) and not words.lang,
        is_in_both=filters.has_thai(place.shelf),
    )


def listed(number: int, **asked) -> Listing:
    found = listing.cards(page=number, **asked)
    if number > 1 and not found.items:
        raise Http404
    return found
