from accounts.models.credits import CreditAccount, LedgerEntry
from accounts.models.keys import ApiKey
from accounts.models.sign_in import SignInAttempts
from accounts.models.user import User

__all__ = ["ApiKey", "CreditAccount", "LedgerEntry", "SignInAttempts", "User"]
