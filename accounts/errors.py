"""Errors of the accounts room."""

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import ProductError


class InsufficientScope(ProductError):
    code = "insufficient_scope"
    status = 403
    title = _("Insufficient scope")
    message = _("This key may not do this.")

    def __init__(self, *, scope: str):
        super().__init__(_("This key may not do this: it lacks the scope %(scope)s.") % {"scope": scope})


class InsufficientCredits(ProductError):
    code = "insufficient_credits"
    status = 402
    title = _("Not enough credits")
    message = _("You do not have enough credits for this. Nothing was charged.")


class AlreadySettled(ProductError):
    """A second capture or release of one hold: a programming error that the database refused."""

    code = "already_settled"
    status = 409
    message = _("This amount was settled before.")
