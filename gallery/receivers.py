"""What this room does when something happens below it. All of it inside the sender's transaction."""

from django.dispatch import receiver

from gallery import cards, reserving
from generation.models import GenerationTask
from generation.signals import task_completed, task_ended
from storage_app.models import Asset
from storage_app.signals import asset_rendered


@receiver(task_completed, dispatch_uid="gallery.fulfil")
def keep_the_promise(task: GenerationTask, **kwargs) -> None:
    reserving.wake_up(task)


@receiver(task_ended, dispatch_uid="gallery.cancel")
def give_up_the_place(task: GenerationTask, **kwargs) -> None:
    reserving.cancel(task)


@receiver(asset_rendered, dispatch_uid="gallery.card")
def draw_the_card_anew(asset: Asset, **kwargs) -> None:
    cards.refresh(asset)
