"""What others may listen to."""

from django.dispatch import Signal

item_changed = Signal()  # sent with `item`, inside the transaction that changed it
tallies_counted = Signal()  # sent with `tallies`, inside the transaction that brought them into the counters
