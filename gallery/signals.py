"""What others may listen to."""

from django.dispatch import Signal

item_changed = Signal()  # sent with `item`, inside the transaction that changed it
