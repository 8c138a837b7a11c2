"""Marking in a text what was searched for."""

from markupsafe import Markup, escape

from smartspec.lib import tokens


def marked(text: str, query: tokens.Query) -> Markup:
    """`text` with a `<mark>` around every word and run of `query`."""
    parts, at = [], 0
    for start, end in tokens.spans(text, query):
        parts += [escape(text[at:start]), Markup("<mark>%s</mark>") % text[start:end]]
        at = end
    return Markup("").join([*parts, escape(text[at:])])
