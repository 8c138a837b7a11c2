"""What can go wrong between us and the provider; each error answers by its type what to do next.

`created`: "no" when certainly nothing was bought, "unknown" when it may have been. `retryable`: the same
call may be made again later. `fault`: user, operator or provider. `raw`: the provider's words, for admins;
`known` is False when they stand in no table, so that an operator can be told.
"""

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import ProductError


class ProviderError(ProductError):
    code = "provider_error"
    status = 503
    title = _("The generation service failed")
    message = _("The generation service did not do its work. You were not charged. Please try again later.")
    retryable = False
    created = "no"
    fault = "provider"

    def __init__(self, raw: str = "", *, retry_after: int | None = None, known: bool = True):
        self.raw, self.known = raw, known
        super().__init__(retry_after=retry_after)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.raw!r})"


class NotSent(ProviderError):
    """The connection failed before the request had left."""

    retryable = True


class RateLimited(ProviderError):
    """Too many calls: rejected, not queued. `retry_after` in seconds where the provider said so."""

    retryable = True


class Maintenance(ProviderError):
    retryable = True


class QuotaHold(ProviderError):
    """Our key has used up its allowance for now."""

    retryable = True
    fault = "operator"


class OutOfCredit(ProviderError):
    """Our own account with the provider is empty."""

    retryable = True
    fault = "operator"


class KeyRefused(ProviderError):
    retryable = True
    fault = "operator"


class AddressWrong(ProviderError):
    """Something answered under the configured address that is not the provider's API."""

    retryable = True
    fault = "operator"


class Refused(ProviderError):
    """A definite no without a reason that we know."""


class InputRejected(ProviderError):
    code = "invalid_input"
    status = 400
    title = _("Invalid input")
    message = _("The model did not accept this input. You were not charged. Please change it and try again.")
    fault = "user"


class ContentRejected(ProviderError):
    code = "content_rejected"
    status = 400
    title = _("Content rejected")
    message = _("The model refuses this content. You were not charged. Please describe something else.")
    fault = "user"


class ModelSwitchedOff(ProviderError):
    code = "model_unavailable"
    status = 409
    title = _("Model unavailable")
    message = _("This model is switched off at the moment. You were not charged. Please choose another one.")
    fault = "operator"


class OutcomeUnknown(ProviderError):
    """The request may or may not have been carried out; sending it again could buy it twice."""

    code = "provider_timeout"
    created = "unknown"


class ReadFailed(ProviderError):
    """A reading that says nothing about its task; read again later."""

    retryable = True


class RecordMissing(ProviderError):
    """The provider does not know this id: not yet, no longer, or never."""

    retryable = True


class ResultGone(ProviderError):
    code = "result_unavailable"
    message = _("The result is no longer there. You were not charged. Please try again.")


class UploadFailed(ProviderError):
    retryable = True
