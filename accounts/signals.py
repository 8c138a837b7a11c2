"""What other rooms may hear of accounts."""

from django.dispatch import Signal

# Sent with `user=…` inside the transaction that closes the account, while the person still has
# their name: each room cancels and removes what is theirs there. Nothing new can be bought by then.
# Lock your own rows before you touch the ledger, as your workers do.
account_closing = Signal()

# Sent with `user=…` by the worker that builds an archive of all they have: each room answers with
# the parts (`accounts.archive`) that it knows, lazily, and they are read one after the other.
account_exporting = Signal()
