from generation.models.alarm import Alarm, AlarmNotice, BalanceReading
from generation.models.callback import CallbackCount
from generation.models.exchange import Exchange
from generation.models.history import TaskEvent, TaskOutput
from generation.models.price import PriceOverride
from generation.models.provider import Breaker, CreateSlot, ModelSwitch, PollSlot, Slot
from generation.models.task import LIVE_STATUSES, NOT_ADMITTED, GenerationTask, new_callback_token
from generation.models.webhook import KeyWebhook, TaskWebhook, WebhookDelivery, WebhookSecret

__all__ = [
    "LIVE_STATUSES",
    "NOT_ADMITTED",
    "Alarm",
    "AlarmNotice",
    "BalanceReading",
    "Breaker",
    "CallbackCount",
    "CreateSlot",
    "Exchange",
    "GenerationTask",
    "KeyWebhook",
    "ModelSwitch",
    "PollSlot",
    "PriceOverride",
    "Slot",
    "TaskEvent",
    "TaskOutput",
    "TaskWebhook",
    "WebhookDelivery",
    "WebhookSecret",
    "new_callback_token",
]
