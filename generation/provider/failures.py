"""Why a task failed upstream, from the provider's code and sentence; the sentence is the better witness."""

from typing import Any

from generation.provider.answers import storable, whole_number
from generation.provider.phrases import meaning_of
from generation.provider.reading import Failure

CONTENT = ("content_rejected", "user", False)
INPUT = ("invalid_input", "user", False)
BROKEN = ("provider_error", "provider", True)
SWITCHED_OFF = ("model_unavailable", "operator", False)
OURS = ("provider_error", "operator", True)

BY_MEANING: dict[str, tuple[str, str, bool]] = {
    "switched_off": SWITCHED_OFF,
    "no_credit": OURS,
    "bad_key": OURS,
    "maintenance": BROKEN,
    "busy": BROKEN,
    "content": CONTENT,
    "input": INPUT,
}
# Codes that say enough without a sentence.
DECISIVE: dict[int, tuple[str, str, bool]] = {
    402: OURS,
    408: ("provider_timeout", "provider", True),
    429: BROKEN,
    430: CONTENT,
    431: CONTENT,
    451: BROKEN,  # it could not fetch the input file from us
    455: BROKEN,
    505: SWITCHED_OFF,
}
BY_CODE: dict[str, dict[int, tuple[str, str, bool]]] = {
    "jobs": {400: INPUT, 422: ("provider_error", "provider", False), 500: BROKEN, 501: BROKEN},
    "veo": {400: CONTENT, 422: ("provider_error", "provider", False), 500: BROKEN, 501: BROKEN},
}


def failure(family: str, code: Any, message: Any, *, prompt: str = "") -> Failure:
    """`prompt` is taken out of the message before it is judged, because refusals like to quote it."""
    number = whole_number(code)
    said = str(message or "")
    judged = said.replace(prompt, "") if prompt else said
    meaning = meaning_of(judged)
    if meaning in BY_MEANING:
        verdict, known = BY_MEANING[meaning], True
    elif number in DECISIVE:
        verdict, known = DECISIVE[number], True
    else:
        verdict, known = BY_CODE[family].get(number, BROKEN), not said.strip()
    raw = storable(f"{'' if code is None else code}: {said}")[:2000]
    return Failure(*verdict, raw=raw, known=known)
