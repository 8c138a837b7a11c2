"""Errors of the accounts room."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import InvalidInput, ProductError


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


class InsufficientCredits(ProductError):
    code = "insufficient_credits"
    status = 402
    title = _("Not enough credits")
    message = _("You do not have enough credits for this. Nothing was charged.")

    def __init__(self, *, needed: Decimal, available: Decimal):
        super().__init__(
            _("This costs %(needed)s credits and you have %(available)s. Nothing was charged.")
            % {"needed": f"{needed.normalize():f}", "available": f"{available.normalize():f}"}
        )


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


class WrongCredentials(ProductError):
    code = "wrong_credentials"
    status = 401
    title = _("Not signed in")
    message = _("Username and password do not fit together.")
    auth_header = 'Bearer realm="SmartSpec Pro"'  # HTTP wants a 401 to say how to do better
