"""kie.ai behind one door: nothing of its wire format is known outside this package."""

from generation.provider.errors import (
    AddressWrong,
    ContentRejected,
    InputRejected,
    KeyRefused,
    Maintenance,
    ModelSwitchedOff,
    NotSent,
    OutcomeUnknown,
    OutOfCredit,
    ProviderError,
    QuotaHold,
    RateLimited,
    ReadFailed,
    RecordMissing,
    Refused,
    ResultGone,
    UploadFailed,
)
from generation.provider.kie import KieClient, client
from generation.provider.reading import Failure, Reading

__all__ = [
    "AddressWrong",
    "ContentRejected",
    "Failure",
    "InputRejected",
    "KeyRefused",
    "KieClient",
    "Maintenance",
    "ModelSwitchedOff",
    "NotSent",
    "OutOfCredit",
    "OutcomeUnknown",
    "ProviderError",
    "QuotaHold",
    "RateLimited",
    "ReadFailed",
    "Reading",
    "RecordMissing",
    "Refused",
    "ResultGone",
    "UploadFailed",
    "client",
]
