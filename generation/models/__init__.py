from generation.models.callback import CallbackCount
from generation.models.history import TaskEvent, TaskOutput
from generation.models.provider import Alarm, BalanceReading, Breaker, CreateSlot, ModelSwitch, PollSlot, Slot
from generation.models.task import LIVE_STATUSES, NOT_ADMITTED, GenerationTask, new_callback_token
from generation.models.webhook import KeyWebhook, TaskWebhook, WebhookDelivery, WebhookSecret

__all__ = [
    "LIVE_STATUSES",
    "NOT_ADMITTED",
    "Alarm",
    "BalanceReading",
    "Breaker",
    "CallbackCount",
    "CreateSlot",
    "GenerationTask",
    "KeyWebhook",
    "ModelSwitch",
    "PollSlot",
    "Slot",
    "TaskEvent",
    "TaskOutput",
    "TaskWebhook",
    "WebhookDelivery",
    "WebhookSecret",
    "new_callback_token",
]
