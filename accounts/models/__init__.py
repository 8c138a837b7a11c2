from accounts.models.audit import AuditEntry
from accounts.models.credits import CreditAccount, LedgerEntry
from accounts.models.device import DeviceGrant
from accounts.models.export import Export
from accounts.models.keys import ApiKey
from accounts.models.sign_in import SignInAttempts
from accounts.models.throttle import ThrottleWindow
from accounts.models.user import User

__all__ = [
    "ApiKey",
    "AuditEntry",
    "CreditAccount",
    "DeviceGrant",
    "Export",
    "LedgerEntry",
    "SignInAttempts",
    "ThrottleWindow",
    "User",
]
