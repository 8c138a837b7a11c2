"""The one base class of errors that a person or a program gets to see."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _


class ProductError(Exception):
    """An error with a stable code and an HTTP status; doors turn it into an answer.

    `detail` is one sentence for the reader. `errors` lists {pointer, code, detail} for input.
    `retry_after` is in whole seconds. `charged` says whether the reader paid for the attempt.
    """

    code = "internal"
    status = 500
    title = _("Internal error")
    message = _("Something went wrong on our side. Nothing was charged. Please try again.")
    retryable = False
    charged = False

    def __init__(self, detail=None, *, errors: Sequence[dict] = (), retry_after: int | None = None):
        self.detail = detail if detail is not None else self.message
        self.errors = list(errors)
        self.retry_after = retry_after
        super().__init__(str(self.detail))


class InvalidInput(ProductError):
    code = "invalid_input"
    status = 400
    title = _("Invalid input")
    message = _("The request was not understood. Nothing was charged.")


class NotFound(ProductError):
    code = "not_found"
    status = 404
    title = _("Not found")
    message = _("There is nothing here under this address.")


class Forbidden(ProductError):
    code = "forbidden"
    status = 403
    title = _("Forbidden")
    message = _("You may not do this.")
