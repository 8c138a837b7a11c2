"""The tree of categories as the public sees it."""

from dataclasses import dataclass, field, fields
from uuid import UUID

from gallery.models import Category


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
    children: list["Shelf"] = field(default_factory=list)

    def text(self, name: str, language: str) -> str:
        return self.translations.get(language, {}).get(name) or getattr(self, name)


def category_tree() -> list[Shelf]:
    """Top shelves in order, in one query; a shelf below an inactive one is left out with it."""
    columns = [column.name for column in fields(Shelf) if column.name != "children"]
    shelves = [Shelf(*row) for row in Category.objects.active().values_list(*columns)]
    by_id = {shelf.id: shelf for shelf in shelves}
    for shelf in shelves:
        if shelf.parent_id in by_id:
            by_id[shelf.parent_id].children.append(shelf)
    return [shelf for shelf in shelves if shelf.parent_id is None]


def active_category(slug: str) -> Category | None:
    """The category, if neither it nor one above it is switched off."""
    category = Category.objects.active().filter(slug=slug).select_related("parent").first()
    return category if category and all(each.is_active for each in ancestors(category)) else None


def path_of(category: Category) -> str:
    """`Nature › Water`"""
    return " › ".join(each.name for each in [*reversed(ancestors(category)), category])


def ancestors(category: Category) -> list[Category]:
    """Those above, nearest first. A loop, which the admin refuses, would end the walk."""
    above: list[Category] = []
    while (category := category.parent) and category not in above:
        above.append(category)
    return above
