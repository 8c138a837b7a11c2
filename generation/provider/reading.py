"""What the provider says about one task, in our words."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Failure:
    """Why a task failed upstream.

    `code` is one of our error codes; `raw` the provider's code and text, for admins only; `known` is
    False when the text stands in no table, so that an operator can be told.
    """

    code: str
    fault: str  # user, operator, provider
    retryable: bool
    raw: str
    known: bool = True


@dataclass(frozen=True)
class Reading:
    """One reading of one task; `urls` may be empty although it succeeded.

    `progress` runs from 0 to 1, `seconds` is the time the provider worked, `callback_url` and `model`
    are what the task was created with. `record_present` is False when only the answer's code spoke.
    """

    state: str  # running, succeeded, failed
    stage: str = "waiting"  # waiting, generating
    urls: tuple[str, ...] = ()
    failure: Failure | None = None
    progress: float | None = None
    credits: Decimal | None = None
    seconds: float | None = None
    callback_url: str | None = None
    model: str | None = None
    record_present: bool = True
