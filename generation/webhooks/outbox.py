"""From the end of a task to a delivery that is due, in the transaction that ends the task.

Importing this module listens; the app does so when it is ready.
"""

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from accounts.signals import account_closing
from generation import signals
from generation.models import GenerationTask, KeyWebhook, TaskWebhook, WebhookDelivery, WebhookSecret
from generation.webhooks import message
from smartspec.lib.queue import wake

JOB = "generation.webhooks.jobs.deliver"


def remember(task: GenerationTask, url: str) -> None:
    """In the transaction that accepts the task."""
    TaskWebhook.objects.create(task=task, url=url)


def named_by(task: GenerationTask) -> str | None:
    """The address that the order itself named."""
    return _first_url(TaskWebhook.objects.filter(task=task))


def address_of(task: GenerationTask) -> str | None:
    """The task's own address, else that of the key it was ordered with."""
    own = named_by(task)
    if own or task.hold is None or task.hold.api_key_id is None:
        return own
    return _first_url(KeyWebhook.objects.filter(api_key=task.hold.api_key_id))


@receiver([signals.task_completed, signals.task_ended], dispatch_uid="generation.webhooks.tell")
def promise_to_tell(task: GenerationTask, **kwargs) -> None:
    url = address_of(task)
    if url is None:
        return
    delivery = WebhookDelivery.objects.create(
        user_id=task.user_id,
        task=task,
        event=message.event_of(task),
        url=url,
        body=message.body_of(task),
        due_at=timezone.now(),
    )
    wake(JOB, str(delivery.id))


@receiver(account_closing, dispatch_uid="generation.webhooks.forget")
def forget(user: User, **kwargs) -> None:
    """Nobody is there to be told any more; what is being sent at this moment finds its row gone."""
    TaskWebhook.objects.filter(task__user=user).delete()
    KeyWebhook.objects.filter(api_key__user=user).delete()
    WebhookDelivery.objects.owned_by(user).delete()
    WebhookSecret.objects.filter(user=user).delete()


def _first_url(rows: QuerySet) -> str | None:
    return rows.values_list("url", flat=True).first()
