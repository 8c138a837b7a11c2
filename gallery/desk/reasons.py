"""Why works are refused: the usual reasons, each with its key. The maker reads them."""

from django.utils.translation import gettext_lazy as _

PRESETS = (
    _("Near copy of another work"),
    _("Real person without consent"),
    _("Violence or sexual content"),
    _("Broken or unfinished picture"),
    _("Title or text is misleading"),
)


def chosen(preset: str | None, words: str) -> str:
    """The preset by its number, the moderator's own words, or both; empty for neither."""
    usual = str(PRESETS[int(preset) - 1]) if preset in map(str, range(1, len(PRESETS) + 1)) else ""
    return ": ".join(filter(None, (usual, words.strip())))[:500]
