"""Which answer is which error, as tables: one for orders, one for readings, one for uploads."""

from generation.provider.answers import Answer
from generation.provider.errors import (
    AddressWrong,
    ContentRejected,
    InputRejected,
    KeyRefused,
    Maintenance,
    ModelSwitchedOff,
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
from generation.provider.phrases import meaning_of

Kind = type[ProviderError]

# Codes that leave no question, whatever the text says.
DECISIVE: dict[int, Kind] = {
    401: KeyRefused,
    402: OutOfCredit,
    429: RateLimited,
    430: ContentRejected,
    431: ContentRejected,
    433: QuotaHold,
    451: InputRejected,
    455: Maintenance,
    505: ModelSwitchedOff,
}
# Sentences under a code that means several things.
ORDER_MEANINGS: dict[str, Kind] = {
    "switched_off": ModelSwitchedOff,
    "no_credit": OutOfCredit,
    "bad_key": KeyRefused,
    "maintenance": Maintenance,
    "content": ContentRejected,
    "input": InputRejected,
}
# A busy provider is asked again only where its refusal came before the purchase.
ORDER_EXCEPTIONS: dict[tuple[int, str | None], Kind] = {(422, "busy"): Maintenance}
ORDER_CODES: dict[int, Kind] = {
    400: InputRejected,
    404: Refused,
    422: InputRejected,
    500: Refused,
    501: Refused,
}
# Answers without an envelope: something in front of the API spoke, and the order never reached it.
ORDER_STATUSES: dict[int, Kind] = {
    400: Refused,
    401: KeyRefused,
    402: OutOfCredit,
    403: AddressWrong,
    404: AddressWrong,
    405: AddressWrong,
    413: InputRejected,
    429: RateLimited,
}
READ_CODES: dict[int, Kind] = {
    401: KeyRefused,
    402: OutOfCredit,
    404: RecordMissing,
    429: RateLimited,
    433: QuotaHold,
    455: Maintenance,
}
SAID_BY_NUMBER = {200, 404, 408}  # these say enough, in an answer to an order or to a question
UPLOAD_MEANINGS: dict[str, Kind] = {"bad_key": KeyRefused, "input": InputRejected}


def refused_order(answer: Answer) -> ProviderError:
    """Anything that may have bought something is OutcomeUnknown."""
    meaning = meaning_of(answer.message)
    if answer.status >= 500 or answer.code == 200 or answer.data:
        kind = OutcomeUnknown
    elif answer.envelope is None:
        moved = AddressWrong if 300 <= answer.status < 400 else OutcomeUnknown
        kind = ORDER_STATUSES.get(answer.status, moved)
    elif answer.code in DECISIVE:
        kind = DECISIVE[answer.code]
    elif answer.code in ORDER_CODES:
        kind = ORDER_EXCEPTIONS.get((answer.code, meaning)) or ORDER_MEANINGS.get(meaning)
        kind = kind or ORDER_CODES[answer.code]
    else:
        kind = OutcomeUnknown
    return told(kind, answer, known=is_known(answer, meaning))


def refused_reading(answer: Answer) -> ProviderError:
    """No reading ever says that a task failed because the reading itself did."""
    meaning = meaning_of(answer.message)
    if answer.envelope is None:
        known = {401: KeyRefused, 429: RateLimited}
        kind = known.get(answer.status, ReadFailed)
    elif meaning == "no_record" or (answer.code == 200 and answer.data is None):
        kind = RecordMissing
    else:
        kind = READ_CODES.get(answer.code, ReadFailed)
    return told(kind, answer, known=is_known(answer, meaning))


def refused_link(answer: Answer) -> ProviderError:
    """For the second try at a result: 422 says that the file is not, or no longer, theirs."""
    return ResultGone(answer.raw) if answer.code == 422 else refused_reading(answer)


def refused_upload(answer: Answer) -> ProviderError:
    meaning = meaning_of(answer.message)
    decisive = {401: KeyRefused, 429: RateLimited} if meaning != "busy" else {}
    kind = decisive.get(answer.code or answer.status) or UPLOAD_MEANINGS.get(meaning, UploadFailed)
    return told(kind, answer, known=is_known(answer, meaning))


def is_known(answer: Answer, meaning: str | None) -> bool:
    """Whether its number or sentence stands in a table; pages of HTML and silence are no sentences."""
    by_number = answer.code in DECISIVE or answer.code in SAID_BY_NUMBER
    return bool(by_number or meaning) or not answer.message.strip()


def told(kind: Kind, answer: Answer, *, known: bool) -> ProviderError:
    return kind(answer.raw, retry_after=answer.retry_after, known=known)
