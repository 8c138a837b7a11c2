"""An item's texts in its own language and in the other."""

from collections.abc import Mapping

from smartspec.lib import thai

NAMES = ("title", "description", "alt_text")
RIGHTS = ("license_url", "acquire_url", "credit_text", "copyright_notice")  # in no language


def cleaned(translations: Mapping[str, Mapping[str, str]], *, own: str) -> dict[str, dict[str, str]]:
    """Without empty texts and without the item's own language; Thai repaired."""
    kept = {
        language: {name: thai.normalise(text.strip()) for name, text in texts.items() if text.strip()}
        for language, texts in translations.items()
        if language != own
    }
    return {language: texts for language, texts in kept.items() if texts}
