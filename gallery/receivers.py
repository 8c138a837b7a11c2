"""What this room does when something happens below it. All of it inside the sender's transaction."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from gallery import announcing, cards, lineage, moderation, reserving, sitemap_parts
from gallery.models import Item, SearchEntry
from gallery.search import upkeep
from gallery.signals import item_changed
from generation.models import GenerationTask
from generation.signals import task_completed, task_deleted, task_ended
from storage_app.models import Asset
from storage_app.signals import asset_rendered, key_in_use


@receiver(task_completed, dispatch_uid="gallery.fulfil")
def keep_the_promise(task: GenerationTask, **kwargs) -> None:
    reserving.wake_up(task)


@receiver(task_ended, dispatch_uid="gallery.cancel")
def give_up_the_place(task: GenerationTask, **kwargs) -> None:
    reserving.cancel(task)


@receiver(asset_rendered, dispatch_uid="gallery.card")
def draw_the_card_anew(asset: Asset, **kwargs) -> None:
    if cards.refresh(asset):
        sitemap_parts.mark(SearchEntry.objects.filter(item__media=asset).values_list("pk", flat=True))


@receiver(task_deleted, dispatch_uid="gallery.withdraw")
def take_back_what_waits(task: GenerationTask, **kwargs) -> None:
    """A pending work goes with its task; a published one stays on its own copies."""
    for item in Item.objects.pending().filter(generation_task=task):
        moderation.withdraw(item, by=None, reason="its task was deleted")


@receiver(account_closing, dispatch_uid="gallery.close")
def take_down_the_owners_works(user: User, **kwargs) -> None:
    for item in Item.objects.filter(created_by=user).exclude(status=Item.Status.REMOVED):
        moderation.remove(item, by=None, reason="its owner closed the account")


@receiver(item_changed, dispatch_uid="gallery.search")
def let_it_be_found(item: Item, **kwargs) -> None:
    sitemap_parts.mark(upkeep.refresh(item))
    lineage.trace(item)
    announcing.note(item)


@receiver(key_in_use, dispatch_uid="gallery.key_in_use")
def is_file_of_a_work(user: User, key: str, **kwargs) -> bool:
    """A work's file goes with the work and cannot be deleted as if it were an upload."""
    return Item.objects.filter(created_by=user, media__file=key).exists()
