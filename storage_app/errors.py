"""What can go wrong with bytes: on their way in, at rest, and when they are looked at."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import ProductError


class StorageFailed(ProductError):
    code = "storage_error"
    status = 503
    title = _("Storage is not available")
    message = _("The file could not be stored. Please try again later.")

    def __init__(self, detail=None, *, retryable: bool = True, after: timedelta = timedelta()):
        super().__init__(detail)
        self.retryable = retryable
        self.after = after  # not before so much time has passed


class FetchFailed(ProductError):
    """A foreign file could not be brought here; `retryable` says whether later may be better."""

    code = "result_unavailable"
    status = 502
    title = _("The file is not available")
    message = _("The file could not be fetched from where it was made.")

    def __init__(self, detail=None, *, retryable: bool = True):
        super().__init__(detail)
        self.retryable = retryable


class TooLarge(FetchFailed):
    code = "too_large"
    status = 413
    title = _("The file is too large")
    message = _("The file is larger than we store.")

    def __init__(self, detail=None):
        super().__init__(detail, retryable=False)


class Unreadable(ProductError):
    code = "unreadable_file"
    status = 400
    title = _("The file cannot be read")
    message = _("The file is damaged, or larger inside than we take.")


class UnknownType(Unreadable):
    code = "unsupported_media_type"
    status = 415
    title = _("Unsupported file type")
    message = _("The file is of a type that we do not take.")


class WrongKind(Unreadable):
    code = "wrong_kind"
    status = 415
    title = _("The file is of another kind")
    message = _("The bytes of the file are not what was expected.")


class FileTooLarge(ProductError):
    code = "too_large"
    status = 413
    title = _("The file is too large")
    message = _("The file is larger than we store.")


class QuotaExceeded(ProductError):
    code = "quota_exceeded"
    status = 413
    title = _("No space left")
    message = _("Your uploads would take more space than you have. Delete some first.")


class NotUploaded(ProductError):
    code = "not_uploaded"
    status = 409
    title = _("Nothing was uploaded")
    message = _("No file has arrived under this upload yet.")
    retryable = True


class InProgress(ProductError):
    code = "in_progress"
    status = 409
    title = _("Already in progress")
    message = _("This upload is being completed by another request.")
    retryable = True


class OtherFile(ProductError):
    code = "other_file"
    status = 400
    title = _("Another file than announced")
    message = _("The uploaded file is not the one that was announced.")


class InUse(ProductError):
    code = "in_use"
    status = 409
    title = _("The file is in use")
    message = _("This file belongs to a task or a work. Delete that instead.")
