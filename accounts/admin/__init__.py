"""The admin of this room; its door has the same limits as every other."""

from accounts.admin import door
from accounts.admin.audit import AuditAdmin
from accounts.admin.keys import ApiKeyAdmin
from accounts.admin.ledger import LedgerAdmin
from accounts.admin.people import PersonAdmin

door.limit()

__all__ = ["ApiKeyAdmin", "AuditAdmin", "LedgerAdmin", "PersonAdmin"]
