"""Errors of the gallery room."""

import math
from datetime import datetime

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import InvalidInput, ProductError


class SlugTaken(InvalidInput):
    message = _("This address is taken or cannot be used. Please choose another one.")

    def __init__(self):
        super().__init__(errors=[{"pointer": "/slug", "code": "taken", "detail": str(self.message)}])


class UnknownCategory(InvalidInput):
    def __init__(self, *, slug: str):
        detail = _("There is no category %(slug)s.") % {"slug": slug}
        super().__init__(detail, errors=[{"pointer": "/categories", "code": "unknown", "detail": detail}])


class TaskNotReady(ProductError):
    code = "task_not_completed"
    status = 409
    title = _("Not finished")
    message = _("Only a completed task with a file can go into the gallery.")


class WrongMove(ProductError):
    """A decision that the item's state does not allow."""

    code = "wrong_state"
    status = 409
    title = _("Not possible now")

    def __init__(self, *, action: str, status: str):
        words = {"action": action, "status": status}
        super().__init__(_("“%(action)s” is not possible while the item is %(status)s.") % words)


class FilesOnTheMove(ProductError):
    """The item's files are just being copied from one storage to the other."""

    code = "files_on_the_move"
    status = 409
    title = _("Please wait a moment")
    message = _("The files of this item are just being moved. Please try again in a minute.")
    retryable = True


class SensitiveNeverFeatured(InvalidInput):
    message = _("A sensitive work is never featured.")


class Gone(ProductError):
    code = "gone"
    status = 410
    title = _("Removed")
    message = _("This work was removed and will not come back.")


class NobodyWorks(ProductError):
    code = "no_worker"
    status = 503
    title = _("No worker")
    retryable = True

    def __init__(self, *, seconds: float):
        words = {"seconds": round(seconds)}
        super().__init__(_("No worker took the task within %(seconds)d seconds. Is one running?") % words)


class BeingJudged(ProductError):
    """Somebody else has this work before them; `errors` say who and until when, for programs."""

    code = "being_judged"
    status = 409
    title = _("Somebody else is at it")
    retryable = True

    def __init__(self, *, name: str, until: datetime):
        words = {"name": name, "time": time_format(timezone.localtime(until), "H:i")}
        left = (until - timezone.now()).total_seconds()
        facts = {"held_by": name, "held_until": until.isoformat(timespec="seconds")}
        super().__init__(
            _("%(name)s is looking at this work, until %(time)s at least.") % words,
            errors=[{"pointer": "", "code": code, "detail": detail} for code, detail in facts.items()],
            retry_after=max(1, math.ceil(left)),
        )


class ChangedMeanwhile(ProductError):
    code = "changed_meanwhile"
    status = 409
    title = _("Changed meanwhile")
    message = _("Somebody decided about this work after you had opened it. Please look at it again.")


class NothingToUndo(ProductError):
    code = "nothing_to_undo"
    status = 409
    title = _("Nothing to undo")
    message = _("There is no decision that can still be undone.")


class ReasonMissing(InvalidInput):
    message = _("Please write a reason first.")


class HistoryStays(ProductError):
    code = "history_stays"
    status = 409
    title = _("History stays")
    message = _("What was decided is never changed or deleted; an undo is a new decision.")


class MergedIntoItself(InvalidInput):
    message = _("A category cannot be merged into itself or into one below it.")
