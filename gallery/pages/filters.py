"""The filter bar: plain links to kinds and shelves, with the one that is open marked."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from gallery import addresses
from gallery.pages import paging
from gallery.pages.links import Link
from gallery.pages.wishes import Wish
from gallery.shelves import Shelf


class FilterLink(NamedTuple):
    text: str
    href: str
    is_here: bool = False
    lang: str = ""


class Filters(NamedTuple):
    """`topics` are subjects unless `name` says what else."""

    kinds: list[FilterLink]
    sorts: list[FilterLink]
    topics: list[FilterLink]
    name: str = ""


class Place(NamedTuple):
    """A shelf in its tree, with those above it from the top."""

    shelf: Shelf
    above: tuple[Shelf, ...]


def kind_titles() -> dict[str, str]:
    return {"image": _("Images"), "video": _("Videos"), "audio": _("Audio")}


def kinds(language: str, *, here: str | None) -> list[FilterLink]:
    """Pages of their own; `here` is a media type or None for all."""
    links = [
        FilterLink(title, addresses.kind(name, language), name == here)
        for name, title in kind_titles().items()
    ]
    return [FilterLink(_("All"), addresses.front(language), here is None), *links]


def kinds_within(path: str, wish: Wish) -> list[FilterLink]:
    """Views of one page: what else was chosen there stays chosen."""
    first = wish._replace(number=1)
    return [
        FilterLink(
            title, paging.address(path, 1, first._replace(media_type=name).extra), name == wish.media_type
        )
        for name, title in {None: _("All"), **kind_titles()}.items()
    ]


def sorts(path: str, wish: Wish) -> list[FilterLink]:
    """The same works in another order; a chosen kind stays chosen."""
    names = {"recent": _("Recent"), "popular": _("Popular"), "trending": _("Trending")}
    return [
        FilterLink(title, view(path, wish._replace(sort=name)), name == wish.sort)
        for name, title in names.items()
    ]


def view(path: str, wish: Wish) -> str:
    return paging.address(path, 1, wish.extra)


def all_topics(topics: Iterable[dict], language: str, everything: str, name: str = "") -> list[FilterLink]:
    """`topics` are {slug, name, th, order}; `everything` is the address of all of them, called `name`."""
    ordered = sorted(topics, key=lambda topic: (topic["order"], topic["name"]))
    links = []
    for topic in ordered:
        thai = topic["th"] if language == "th" else None
        lang = "en" if language == "th" and not thai else ""
        links.append(
            FilterLink(thai or topic["name"], addresses.category(topic["slug"], language), lang=lang)
        )
    return [FilterLink(name or _("All subjects"), everything, True), *links] if links else []


def of_tree(tree: Iterable[Shelf]) -> list[dict]:
    """The top shelves of a tree that hold something, as `all_topics` takes them."""
    return [as_topic(shelf) for shelf in tree if shelf.item_count]


def as_topic(shelf: Shelf) -> dict:
    thai = shelf.translations.get("th", {}).get("name")
    return {"slug": shelf.slug, "name": shelf.name, "th": thai, "order": shelf.display_order}


def has_thai(shelf: Shelf) -> bool:
    return bool(shelf.translations.get("th", {}).get("name"))


def around(place: Place, tree: list[Shelf], language: str) -> list[FilterLink]:
    """Within a shelf: those inside it, or, at the bottom of the tree, those beside it."""
    shelf = place.shelf
    inside = [child for child in shelf.children if child.item_count]
    if inside:
        return all_topics(
            map(as_topic, inside), language, addresses.category(shelf.slug, language), all_of(shelf, language)
        )
    parent = place.above[-1] if place.above else None
    beside = parent.children if parent else tree
    everything = addresses.category(parent.slug, language) if parent else addresses.front(language)
    links = all_topics(
        (as_topic(each) for each in beside if each.item_count or each is shelf),
        language,
        everything,
        all_of(parent, language) if parent else "",
    )
    here = addresses.category(shelf.slug, language)
    return [link._replace(is_here=link.href == here) for link in links]


def all_of(shelf: Shelf, language: str) -> str:
    return _("All of %(category)s") % {"category": shelf.text("name", language)}


def walk(tree: Iterable[Shelf], above: tuple[Shelf, ...] = ()) -> Iterator[Place]:
    for shelf in tree:
        yield Place(shelf, above)
        yield from walk(shelf.children, (*above, shelf))


def find(tree: Iterable[Shelf], slug: str) -> Place | None:
    return next((place for place in walk(tree) if place.shelf.slug == slug), None)


def trail(place: Place, language: str) -> list[Link]:
    """The way from the top shelf to this one, as breadcrumbs."""
    return [
        Link(
            shelf.text("name", language),
            addresses.category(shelf.slug, language),
            "en" if language == "th" and not has_thai(shelf) else "",
        )
        for shelf in (*place.above, place.shelf)
    ]
