"""Errors of the generation room, and what each task error says to a person."""

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import InvalidInput, ProductError


class ModelUnavailable(ProductError):
    code = "model_unavailable"
    status = 409
    title = _("Model unavailable")
    message = _("This model is not available right now. Nothing was charged. Please choose another one.")
    retryable = True


class FeatureDisabled(ProductError):
    code = "feature_disabled"
    status = 403
    title = _("Feature disabled")
    message = _(
        "This kind of generation is switched off here. Nothing was charged. Please choose another one."
    )


class TooManyTasks(ProductError):
    code = "too_many_tasks"
    status = 429
    title = _("Too many tasks")
    message = _("You have too many tasks waiting. Nothing was charged. Please wait until some have finished.")
    retryable = True


class PriceChanged(ProductError):
    code = "price_changed"
    status = 409
    title = _("Price changed")
    message = _(
        "The price is higher than your limit. Nothing was charged. "
        "Please raise max_credits or choose something cheaper."
    )


class TooLate(ProductError):
    code = "too_late"
    status = 409
    title = _("Too late")
    message = _(
        "The result is already being stored, so this task can no longer be cancelled. "
        "It is charged when it is delivered. You can delete it then."
    )


class TooManyCancels(ProductError):
    code = "rate_limited"
    status = 429
    title = _("Too many cancellations")
    message = _(
        "You have stopped too many tasks today after they were ordered. This one goes on, "
        "and is charged when it is delivered. You can cancel again tomorrow."
    )
    retryable = True


class ReasonMissing(InvalidInput):
    message = _("Please write a reason first.")


class NoSuchTier(InvalidInput):
    message = _("This model has no such tier.")


class BelowCost(InvalidInput):
    message = _("The provider takes more than that. Confirm that it is meant to be sold below cost.")


class KeyUsedWithOtherBody(ProductError):
    code = "idempotency_key_reused"
    status = 422
    title = _("Idempotency key reused")
    message = _(
        "This Idempotency-Key was used with another request body. Use a new key. Nothing was charged."
    )


# What a failed task says: what happened, whether it was charged, what to do. Never the provider's own words.
TASK_ERRORS = {
    "invalid_input": _(
        "The model refused these options. You were not charged. Please change them and try again."
    ),
    "content_rejected": _(
        "The provider's content rules do not allow this. You were not charged. Please reword the prompt."
    ),
    "rate_limited": _("Too many requests at the moment. You were not charged. Please try again in a minute."),
    "model_unavailable": _("This model is switched off. You were not charged. Please choose another model."),
    "provider_error": _("The provider could not finish this. You were not charged. Please try again."),
    "provider_timeout": _(
        "The provider did not answer in time. You were not charged. "
        "Please try again, or wait: if a result still comes, it is free."
    ),
    "result_unavailable": _(
        "The provider finished but delivered no file. You were not charged. Please try again."
    ),
    "storage_error": _("The result could not be stored. You were not charged. Please try again."),
    "cancelled_by_user": _(
        "You cancelled this task. You were not charged. You can generate it again at any time."
    ),
    "cancelled_by_operator": _(
        "An operator cancelled this task. You were not charged. "
        "Please ask the operators before you try again."
    ),
    "deadline_exceeded": _("This took too long and was stopped. You were not charged. Please try again."),
    "internal": _("Something went wrong on our side. You were not charged. Please try again."),
}
RETRYABLE = {
    "rate_limited",
    "provider_error",
    "provider_timeout",
    "result_unavailable",
    "storage_error",
    "deadline_exceeded",
    "internal",
}
