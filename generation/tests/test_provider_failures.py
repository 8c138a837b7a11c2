"""What the provider's failure texts mean, as they were seen; the sentence counts more than the number."""

import pytest

from generation.provider.failures import failure
from generation.provider.phrases import MEANINGS, meaning_of

# code, text, our code, fault, worth another try, known
SEEN = [
    ("422", "generate playground failed, task id is blank", "provider_error", "provider", True, True),
    ("422", "499 Client Closed Request", "provider_error", "provider", True, True),
    (
        "422", "Director: unexpected error handling prediction (E9243)",
        "provider_error", "provider", True, True,
    ),
    ("400", "Internal Error, Please try again later.", "provider_error", "provider", True, True),
    (
        "422", "429 Too Many Requests for https://tempfile.redpandaai.co/x.png",
        "provider_error", "provider", True, True,
    ),
    (
        "422", "Service is currently unavailable due to high demand (E003)",
        "provider_error", "provider", True, True,
    ),
    ("422", "Models task execute failed.", "provider_error", "provider", True, True),
    (501, "The result may infringe copyright", "content_rejected", "user", False, True),
    (430, "whatever it says", "content_rejected", "user", False, True),
    ("431", None, "content_rejected", "user", False, True),
    (
        "500", "Gemini could not generate an image with the prompt provided.",
        "content_rejected", "user", False, True,
    ),
    ("400", "Blocked by content policy", "content_rejected", "user", False, True),
    ("500", "I can't help with creating this picture.", "content_rejected", "user", False, True),
    ("500", "File type not supported", "invalid_input", "user", False, True),
    ("400", "Ungültige Eingabe", "invalid_input", "user", False, False),
    ("500", "This interface is temporarily paused.", "model_unavailable", "operator", False, True),
    (505, "Feature disabled", "model_unavailable", "operator", False, True),
    (402, "Credits insufficient", "provider_error", "operator", True, True),
    (408, "nothing for ten minutes", "provider_timeout", "provider", True, True),
    (451, "cannot fetch the image", "provider_error", "provider", True, True),
    (429, "", "provider_error", "provider", True, True),
    (455, "", "provider_error", "provider", True, True),
    ("500", "", "provider_error", "provider", True, True),
    ("500", None, "provider_error", "provider", True, True),
    ("501", "generation failed", "provider_error", "provider", True, False),
    ("422", "生成失败", "provider_error", "provider", False, False),
    ("500", "<html><body>bad gateway</body></html>", "provider_error", "provider", True, False),
    (None, None, "provider_error", "provider", True, True),
    ("E12", "odd code", "provider_error", "provider", True, False),
    (777, "odd number", "provider_error", "provider", True, False),
]  # fmt: skip


@pytest.mark.parametrize("code, text, ours, fault, retryable, known", SEEN)
def test_a_seen_failure_is_sorted(code, text, ours, fault, retryable, known):
    found = failure("jobs", code, text)
    assert (found.code, found.fault, found.retryable, found.known) == (ours, fault, retryable, known)


def test_the_number_400_means_content_with_veo_and_input_elsewhere():
    assert failure("veo", 400, "No.").code == "content_rejected"
    assert failure("jobs", 400, "No.").code == "invalid_input"


def test_the_raw_text_is_kept_for_admins_short_and_storable():
    found = failure("jobs", "500", "bad \0 \ud800 " + "x" * 5_000)
    assert found.raw.startswith("500: bad ")
    assert "\0" not in found.raw
    assert len(found.raw.encode()) <= 2_000


@pytest.mark.parametrize(
    "prompt",
    [
        "This interface is temporarily paused.",
        "You do not have access permissions",
        "a nude statue, nsfw, prohibited",
        "the field is required",
    ],
)
def test_a_prompt_quoted_in_a_failure_cannot_speak_for_the_provider(prompt):
    found = failure("jobs", "500", f"{prompt} could not be rendered", prompt=prompt)
    assert (found.code, found.fault, found.known) == ("provider_error", "provider", False)


def test_a_sentence_that_stops_a_model_counts_only_where_it_begins_the_text():
    text = "Rendering of 'This interface is temporarily paused.' failed"
    assert failure("jobs", "500", text).fault == "provider"


def test_a_sentence_nobody_has_seen_means_nothing():
    assert meaning_of("The oracle is asleep") is None


def test_case_and_spaces_around_do_not_matter():
    assert meaning_of("  RECORDINFO IS NULL ") == "no_record"


def test_every_meaning_has_sentences():
    assert all(pattern.pattern for pattern in MEANINGS.values())
