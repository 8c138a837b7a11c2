"""The tree of categories as the public sees it."""

from dataclasses import dataclass, field, fields
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from gallery.models import Category, OldShelfSlug
from smartspec.lib.prepared import Prepared


@dataclass
class Shelf:
    """A category with those below it; texts in English, `translations` as {"th": {name, description}}."""

    id: UUID
    name: str
    slug: str
    description: str
    translations: dict
    item_count: int
    display_order: int
    parent_id: UUID | None
    cover: dict | None = None  # the card of a shown work
    thai_cover: dict | None = None
    children: list["Shelf"] = field(default_factory=list)

    def text(self, name: str, language: str) -> str:
        return self.translations.get(language, {}).get(name) or getattr(self, name)

    def cover_in(self, language: str) -> dict | None:
        return (self.thai_cover if language == "th" else None) or self.cover


FOR_ALL = {"status": "approved", "is_public": True, "rating": "general"}
COVERS = {"cover": "shown_cover__card", "thai_cover": "shown_thai_cover__card"}


def with_covers(categories):
    """With the works on the covers, as far as they are shown to everybody."""
    return categories.annotate(
        **{
            f"shown_{name}": FilteredRelation(
                name,
                condition=Q(
                    **{f"{name}__{column}": value for column, value in FOR_ALL.items()},
                ),
            )
            for name in COVERS
        }
    )


def category_tree() -> list[Shelf]:
    """Top shelves in order, in one query; a shelf below an inactive one is left out with it."""
    shelves = [Shelf(*row) for row in ACTIVE.rows()]
    by_id = {shelf.id: shelf for shelf in shelves}
    for shelf in shelves:
        if shelf.parent_id in by_id:
            by_id[shelf.parent_id].children.append(shelf)
    return [shelf for shelf in shelves if shelf.parent_id is None]


def active() -> QuerySet:
    columns = [column.name for column in fields(Shelf) if column.name != "children"]
    return with_covers(Category.objects.active()).values_list(*(COVERS.get(name, name) for name in columns))


ACTIVE = Prepared(active)


def active_category(slug: str) -> Category | None:
    """The category, if neither it nor one above it is switched off."""
    found = Category.objects.active().select_related("parent", "cover", "thai_cover")
    category = found.filter(slug=slug).first()
    return category if category and all(each.is_active for each in ancestors(category)) else None


def former(slug: str) -> str | None:
    """Where a category went that was once at `slug`; None where it is no longer shown."""
    now = OldShelfSlug.objects.filter(slug=slug).values_list("category__slug", flat=True).first()
    return now if now and active_category(now) else None


def path_of(category: Category) -> str:
    """`Nature › Water`"""
    return " › ".join(each.name for each in [*reversed(ancestors(category)), category])


def ancestors(category: Category) -> list[Category]:
    """Those above, nearest first. A loop, which the admin refuses, would end the walk."""
    above: list[Category] = []
    while (category := category.parent) and category not in above:
        above.append(category)
    return above
