"""The page of one work."""

from dataclasses import dataclass

from django.db.models import QuerySet, UUIDField
from django.utils.translation import gettext as _

from gallery import addresses, listing
from gallery.models import Category, Item
from gallery.pages import around, dates, facts, filters, jsonld, seo, sharing, tiles, using, wording
from gallery.pages.around import Around
from gallery.pages.facts import Fact
from gallery.pages.links import Leaf, Link
from gallery.pages.sharing import Sharing
from gallery.pages.shown import Shown, described, shown
from gallery.pages.texts import Texts
from gallery.pages.tiles import Tile
from gallery.pages.using import Using
from gallery.shelves import ancestors
from smartspec.lib import thai
from smartspec.lib.prepared import Given, Prepared

RELATED = 11


@dataclass(kw_only=True)
class Work(Shown):
    """Everything that the template of an item page prints."""

    length: str
    download: str
    facts: list[Fact]
    crumbs: list[Link]
    sharing: Sharing
    around: Around
    using: Using | None
    api: str  # where likes and views are counted
    likes: int
    related: list[Tile]
    leaf: Leaf
    prompt_lang: str
    head: seo.Head


def work(item: Item) -> Work:
    language = addresses.current()
    frame = shown(item, language)
    said = frame.texts
    shelves = own_shelves(item)
    crumbs = trail(item, said, shelves, language)
    nearby = around.around(item, language)
    head = seo.item_head(
        item,
        texts=said,
        path=addresses.item(item.slug, language),
        jsonld=structured(item, said, crumbs, language),
    )
    return Work(
        **vars(frame),
        length=dates.length(item.media.duration_ms),
        download=f"{item.slug}.{item.card['original'].rpartition('.')[2]}",
        facts=facts.facts(
            item,
            language=language,
            categories=[as_link(each, language) for each in shelves],
            around=nearby,
        ),
        crumbs=crumbs,
        sharing=sharing.sharing(
            url=head.canonical, title=said.title, image=head.image.url, language=language
        ),
        around=nearby,
        using=using.using(item, url=head.canonical),
        api=addresses.api(item.slug),
        likes=item.stats.like_count,
        related=tiles.tiles(related(item, shelves), language=language, eager=0, has_lead=True),
        leaf=more_like(item, shelves, language),
        prompt_lang=foreign(item.prompt, language),
        head=head,
    )


def own_shelves(item: Item) -> list[Category]:
    """The shelves on which it was put, with the two above each, in one query."""
    return SHELVES.instances(item=item.pk)


def shelves_of() -> QuerySet:
    here = {"placements__item": Given("item", UUIDField()), "placements__is_own": True}
    return Category.objects.active().filter(**here).select_related("parent__parent")


SHELVES = Prepared(shelves_of)


def related(item: Item, shelves: list[Category]) -> list[listing.Card]:
    """Works asked for in similar words, then of the first shelf, then by the same model."""
    return listing.related(item, RELATED, shelf=shelves[0] if shelves else None)


def more_like(item: Item, shelves: list[Category], language: str) -> Leaf:
    """The whole first shelf, else everything of the same kind."""
    if not shelves:
        return Leaf(addresses.kind(item.media_type, language), wording.of_kind(item.media_type).more)
    category = shelves[0]
    link = as_link(category, language)
    word = _("All of %(category)s") % {"category": link.text}
    count = category.item_count
    note = _("%(count)s works") % {"count": f"{count:,}"} if count > 1 else ""
    return Leaf(link.href, word, note, lang=link.lang)


def foreign(text: str, language: str) -> str:
    """The language of a prompt, judged by its letters; empty when it is the page's."""
    own = "th" if thai.is_thai(text) else "en"
    return "" if own == language else own


def as_link(category: Category, language: str) -> Link:
    in_thai = category.translations.get("th", {}).get("name")
    name = in_thai if language == "th" and in_thai else category.name
    lang = "en" if language == "th" and not in_thai else ""
    return Link(name, addresses.category(category.slug, language), lang)


def trail(item: Item, said: Texts, shelves: list[Category], language: str) -> list[Link]:
    """Gallery, kind, the shelves from the top, the work."""
    kind = Link(filters.kind_titles()[item.media_type], addresses.kind(item.media_type, language))
    way = [shelves[0], *ancestors(shelves[0])][::-1] if shelves else []
    here = Link(said.title, addresses.item(item.slug, language), "" if said.lang == language else said.lang)
    front = Link(_("Gallery"), addresses.front(language))
    return [front, kind, *(as_link(each, language) for each in way), here]


def structured(item: Item, said: Texts, crumbs: list[Link], language: str):
    """JSON-LD of the work and its breadcrumbs; a sensitive work's file is not offered to anybody."""
    nodes = [jsonld.breadcrumbs(crumbs)]
    if item.rating == "general":
        nodes.insert(0, described(item, said, language))
    return jsonld.script(*nodes)
