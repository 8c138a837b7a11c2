"""What of a work can be found, and what counts as nearly the same work."""

import hashlib
from typing import Any

from smartspec.lib import tokens


def texts_of(item) -> list[str]:
    """Everything that a search looks through: all languages, and the prompt where it is shown."""
    found = [item.title, item.description, *item.keywords]
    for said in item.translations.values():
        found += [said.get("title", ""), said.get("description", "")]
    if item.show_prompt:
        found.append(item.prompt)
    return [str(text) for text in found if text]


def cluster_of(item) -> str:
    """The same for works of one kind whose prompts differ in nothing but spelling, order or case."""
    said = tokens.text([item.prompt]).tokens
    if not said:
        return ""
    digest = hashlib.blake2b(" ".join([item.media_type, *said]).encode(), digest_size=16)
    return digest.hexdigest()


def entry_of(item) -> dict[str, Any]:
    """The columns of the item's search entry."""
    text = tokens.text(texts_of(item))
    return {
        "published_at": item.published_at,
        "media_type": item.media_type,
        "cluster": cluster_of(item),
        "runs": text.runs,
        "tokens": text.tokens,
    }
