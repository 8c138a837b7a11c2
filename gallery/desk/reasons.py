"""Why works are refused, hidden and removed: the usual reasons, each with its key. The maker reads them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

PRESETS = (
    _("Near copy of another work"),
    _("Real person without consent"),
    _("Violence or sexual content"),
    _("Broken or unfinished picture"),
    _("Title or text is misleading"),
)
FOR_GOOD = (  # of what never comes back
    _("Somebody else has the rights"),
    _("Real person without consent"),
    _("Against the law"),
    _("Its maker asked for it"),
)
BY_VERB = {"remove": FOR_GOOD}


def usual(verb: str) -> Sequence[Any]:
    return BY_VERB.get(verb, PRESETS)


def chosen(preset: str | None, words: str, *, verb: str = "") -> str:
    """The preset by its number, the moderator's own words, or both; empty for neither."""
    presets = usual(verb)
    known = str(presets[int(preset) - 1]) if preset in map(str, range(1, len(presets) + 1)) else ""
    return ": ".join(filter(None, (known, words.strip())))[:500]
