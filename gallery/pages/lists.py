"""What hangs together: on the front page, of one kind, on one shelf."""

from django.http import Http404
from django.utils.translation import gettext as _

from gallery import addresses, listing
from gallery.models import Category
from gallery.pages import filters, front, wording
from gallery.pages.filters import Filters
from gallery.pages.links import Link
from gallery.pages.list_page import ListPage, listed
from gallery.pages.wishes import Wish


def front_page(*, wish: Wish) -> ListPage:
    language = addresses.current()
    path = addresses.front(language)
    found = listed(wish)
    row = front.above(found.items[0]) if wish == Wish() and found.items else None
    topics = row.topics or [] if row else filters.of_tree(listing.category_tree())
    return ListPage(
        path=path,
        wish=wish,
        wording=wording.in_order(wording.of_front(), wish.sort),
        found=found,
        filters=Filters(
            filters.kinds(language, here=None),
            filters.sorts(path, wish),
            filters.all_topics(topics, language, path),
        ),
        crumbs=[Link(_("Gallery"), path)],
        lead=front.lead(row, language) if row else None,
    )


def kind_page(media_type: str, *, wish: Wish) -> ListPage:
    language = addresses.current()
    path = addresses.kind(media_type, language)
    found = listed(wish, media_type=media_type)
    topics = filters.of_tree(listing.category_tree())
    words = wording.of_kind(media_type)
    return ListPage(
        path=path,
        wish=wish,
        wording=wording.in_order(words, wish.sort),
        found=found,
        filters=Filters(
            filters.kinds(language, here=media_type),
            filters.sorts(path, wish),
            filters.all_topics(topics, language, path),
        ),
        crumbs=[Link(_("Gallery"), addresses.front(language)), Link(words.name, path)],
        is_indexed=bool(found.items),
    )


def category_page(slug: str, *, wish: Wish) -> ListPage:
    """One shelf with everything below it."""
    language = addresses.current()
    tree = listing.category_tree()
    place = filters.find(tree, slug)
    if place is None:
        raise Http404
    found = listed(wish, category=Category(pk=place.shelf.id), media_type=wish.media_type)
    path = addresses.category(slug, language)
    words = wording.of_shelf(place.shelf, language)
    return ListPage(
        path=path,
        wish=wish,
        wording=words,
        found=found,
        filters=Filters(
            filters.kinds_within(path, wish),
            filters.sorts(path, wish),
            filters.around(place, tree, language),
        ),
        crumbs=[Link(_("Gallery"), addresses.front(language)), *filters.trail(place, language)],
        total=place.shelf.item_count if wish.is_plain else None,
        is_indexed=bool(found.items) and not words.lang,
        is_in_both=filters.has_thai(place.shelf),
        feed=addresses.feed(language, slug),
        cover=place.shelf.cover_in(language),
    )
