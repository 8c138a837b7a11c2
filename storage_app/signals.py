"""What this room tells the rooms above it."""

from django.dispatch import Signal

# sent with `asset`, inside the transaction that changed its rendition rows
asset_rendered = Signal()
