from gallery.models.category import Category
from gallery.models.decision import Decision
from gallery.models.item import Item, ItemCategory, ItemStats, OldSlug
from gallery.models.relocation import Relocation
from gallery.models.reservation import Reservation

__all__ = [
    "Category",
    "Decision",
    "Item",
    "ItemCategory",
    "ItemStats",
    "OldSlug",
    "Relocation",
    "Reservation",
]
