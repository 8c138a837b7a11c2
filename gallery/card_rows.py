"""What a card of a list is made of, read without model instances."""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import ExpressionWrapper, F, TextField


class Card(NamedTuple):
    """Nothing but plain values, so that whatever is made of a card can be remembered by the card itself."""

    id: UUID
    slug: str
    title: str
    language: str
    translations_text: str
    alt_text: str
    media_type: str
    model_id: str
    card_text: str
    is_featured: bool
    published_at: datetime

    @property
    def translations(self) -> dict[str, dict[str, str]]:
        return json.loads(self.translations_text)

    @property
    def card(self) -> dict[str, Any]:
        """Everything about the pictures: see `gallery.cards.document`."""
        return json.loads(self.card_text)

    @property
    def duration_ms(self) -> int | None:
        return self.card.get("duration_ms")


DOCUMENTS = {"translations_text": "translations", "card_text": "card"}


def columns(prefix: str = "") -> list[str | ExpressionWrapper]:
    """What to ask of a queryset whose items are behind `prefix`, to make Cards of its rows."""
    return [
        unopened(f"{prefix}{DOCUMENTS[name]}") if name in DOCUMENTS else f"{prefix}{name}"
        for name in Card._fields
    ]


def unopened(name: str) -> ExpressionWrapper:
    """A document as the database writes it: few are opened, and those once."""
    return ExpressionWrapper(F(name), output_field=TextField())


def as_card(row: list | tuple) -> Card:
    return Card(*row)
