"""Errors of the accounts room."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import InvalidInput, ProductError


def shown(credits: Decimal) -> str:
    """Without zeros that say nothing: 18, 209.5."""
    return f"{credits.normalize():f}"


class InsufficientScope(ProductError):
    code = "insufficient_scope"
    status = 403
    title = _("Insufficient scope")
    message = _("This key may not do this.")

    def __init__(self, *, scope: str):
        super().__init__(_("This key may not do this: it lacks the scope %(scope)s.") % {"scope": scope})


class ScopeNotYours(InvalidInput):
    """A key can never do more than its owner."""

    def __init__(self, *, scope: str):
        detail = _("You may not give the scope %(scope)s to a key.") % {"scope": scope}
        super().__init__(
            detail, errors=[{"pointer": "/scopes", "code": "insufficient_scope", "detail": str(detail)}]
        )


class KeysNotAccepted(ProductError):
    """A stolen key must not be able to make further keys."""

    code = "insufficient_scope"
    status = 403
    title = _("Insufficient scope")
    message = _(
        "No API key may do this. Sign in with the browser, or send your username and password in the body."
    )


class SecondStepMissing(ProductError):
    code = "second_step_required"
    status = 403
    title = _("Second step required")
    message = _("Staff confirm with a second step before they may do this. Open the admin to take it.")


class WrongCode(InvalidInput):
    message = _("This code is not right, or was used before. Wait for the next one.")


class InsufficientCredits(ProductError):
    code = "insufficient_credits"
    status = 402
    title = _("Not enough credits")
    message = _(
        "You do not have enough credits for this. Nothing was charged. "
        "Please choose something cheaper, or ask for more credits."
    )

    def __init__(self, *, needed: Decimal, available: Decimal):
        super().__init__(
            _(
                "This costs %(needed)s credits and you have %(available)s. Nothing was charged. "
                "Please choose something cheaper, or ask for more credits."
            )
            % {"needed": shown(needed), "available": shown(available)}
        )


class SpendLimitReached(InsufficientCredits):
    """The person could pay; this key may not."""

    title = _("Spend limit reached")

    def __init__(self, *, needed: Decimal, limit: Decimal, left: Decimal):
        ProductError.__init__(
            self,
            _(
                "This costs %(needed)s credits, and the key may spend only %(left)s more of its limit of "
                "%(limit)s. Nothing was charged. Use another key, or make one with a higher limit."
            )
            % {"needed": shown(needed), "limit": shown(limit), "left": shown(left)},
        )


class AccountClosed(ProductError):
    code = "account_closed"
    status = 403
    title = _("Account closed")
    message = _("This account is being closed. Nothing was charged.")


class AlreadySettled(ProductError):
    """A second capture or release of one hold: a programming error that the database refused."""

    code = "already_settled"
    status = 409
    message = _("This amount was settled before.")


class AppendOnly(ProductError):
    """Somebody tried to change or delete a row of the ledger: a programming error."""

    message = _("The ledger is only ever added to.")


class LockedOut(ProductError):
    code = "locked_out"
    status = 429
    title = _("Too many attempts")
    message = _("Too many failed attempts to sign in to this account from your address. Please wait a while.")
    retryable = True


class TooManyCodes(LockedOut):
    message = _("Too many codes that do not exist. Please wait a while.")


class DeviceRefusal(ProductError):
    """Why a device gets no key yet, or none at all (RFC 8628, section 3.5)."""

    status = 400
    title = _("Not approved")


class AuthorizationPending(DeviceRefusal):
    code = "authorization_pending"
    message = _("Nobody has approved this device yet. Ask again after the interval.")
    retryable = True


class SlowDown(DeviceRefusal):
    code = "slow_down"
    message = _("You ask too often. Wait five seconds longer between two questions.")
    retryable = True


class ExpiredToken(DeviceRefusal):
    code = "expired_token"
    message = _("This device code is unknown, used or expired. Start again.")


class AccessDenied(DeviceRefusal):
    code = "access_denied"
    message = _("The request of this device was denied.")


class WrongCredentials(ProductError):
    code = "wrong_credentials"
    status = 401
    title = _("Not signed in")
    message = _("Username and password do not fit together.")
    auth_header = 'Bearer realm="SmartSpec Pro"'  # HTTP wants a 401 to say how to do better
