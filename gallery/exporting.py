"""A person's works, as they take them along: every state, every decision, and their files."""

from collections.abc import Iterator

from django.dispatch import receiver

from accounts.archive import Part, Records
from accounts.models import User
from accounts.signals import account_exporting
from gallery.models import Item
from generation.belongings import file_row, files, in_pages

ITEM_FACTS = (
    *("id", "generation_task_id", "status", "rating", "language", "title", "description", "alt_text"),
    *("translations", "media_type", "prompt", "show_prompt", "model_id", "options", "slug"),
    *("meta_title", "meta_description", "keywords", "is_featured", "is_public", "display_order"),
    *("approved_at", "published_at", "created_at", "updated_at"),
)


@receiver(account_exporting, dispatch_uid="gallery.export")
def parts_of(user: User, **kwargs) -> Iterator[Part]:
    mine = Item.objects.filter(created_by=user).select_related("media", "stats")
    rows = mine.prefetch_related("decisions", "categories")
    yield Records("items.json", map(item_row, rows.iterator(chunk_size=500)))
    yield from files(item.media for item in in_pages(mine.exclude(media=None)))


def item_row(item: Item) -> dict:
    """Who decided is nobody's business but the moderators'."""
    return {name: getattr(item, name) for name in ITEM_FACTS} | {
        "categories": [category.slug for category in item.categories.all()],
        "media": file_row(item.media) if item.media else None,
        "view_count": item.stats.view_count,
        "like_count": item.stats.like_count,
        "decisions": [
            {"at": decision.at, "action": decision.action, "reason": decision.reason}
            for decision in item.decisions.all()
        ],
    }
