"""What this room tells the rooms above it."""

from django.dispatch import Signal

# sent with `asset`, inside the transaction that changed its rendition rows
asset_rendered = Signal()

# sent with `user` and `key` before a key is said to be unknown: does it belong to a task or a work of theirs?
key_in_use = Signal()
