"""Tasks, models, alarms, deliveries for staff at work: facts are read-only, acts go through the services."""

from generation.admin.alarms import AlarmAdmin
from generation.admin.callbacks import CallbackCountAdmin
from generation.admin.deliveries import WebhookDeliveryAdmin
from generation.admin.prices import PriceOverrideAdmin
from generation.admin.switches import ModelSwitchAdmin
from generation.admin.tasks import GenerationTaskAdmin

__all__ = [
    "AlarmAdmin",
    "CallbackCountAdmin",
    "GenerationTaskAdmin",
    "ModelSwitchAdmin",
    "PriceOverrideAdmin",
    "WebhookDeliveryAdmin",
]
