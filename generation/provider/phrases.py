"""What the provider's sentences mean; its numbers alone do not say it (500 is also a missing field).

A failure may quote the user's prompt, so whatever stops a model or alarms an operator must be how the
sentence begins.
"""

import re

MEANINGS: dict[str, re.Pattern[str]] = {
    meaning: re.compile("|".join(phrases), re.IGNORECASE)
    for meaning, phrases in {
        "no_record": (r"^record(Info)? is null",),
        "switched_off": (
            r"^this interface is temporarily paused",
            r"^the model name you specified is not supported",
            r"^invalid model\b",
        ),
        "no_credit": (r"^credits insufficient", r"^insufficient credits", r"^your (current )?balance"),
        "bad_key": (r"^you do not have access permissions", r"^authentication failed: invalid api key"),
        "maintenance": (r"^the service is (currently )?under maintenance",),
        "busy": (
            r"429 too many requests",
            r"high demand \(E00\d\)|service is currently unavailable",
            r"models task execute failed",
            r"task id is blank",
            r"499 client closed request",
            r"unexpected error handling prediction",
            r"internal error, please try again",
            r"authentication service response error",
        ),
        "content": (
            r"content policy|policy violation|violat\w+ .*polic",
            r"copyright",
            r"moderation",
            r"sensitive (content|information|words)",
            r"prohibited|nsfw|inappropriate|flagged",
            r"gemini could not generate an image",
            r"\bI (can't|cannot|can not|am unable to) (help|create|generate|assist)",
        ),
        "input": (
            r"(field|\w+) is required",
            r"cannot be empty",
            r"exceeds? (the )?maximum length",
            r"not within the range of allowed options",
            r"^invalid \w+ parameter",
            r"file type not supported",
            r"image formats are supported",
        ),
    }.items()
}


def meaning_of(text: str) -> str | None:
    """One of the words of MEANINGS; None when nobody has seen such a sentence yet."""
    for meaning, pattern in MEANINGS.items():
        if pattern.search(text.strip()):
            return meaning
    return None
