"""What a card of a list is made of, read without model instances."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Card(NamedTuple):
    id: UUID
    slug: str
    title: str
    language: str
    translations: dict
    alt_text: str
    media_type: str
    model_id: str
    card: dict
    duration_ms: int | None
    is_featured: bool
    published_at: datetime


COLUMNS = tuple(field for field in Card._fields if field != "duration_ms")


def as_card(row: tuple) -> Card:
    """From the values of COLUMNS."""
    *texts, document, is_featured, published_at = row
    return Card(*texts, document, document.get("duration_ms"), is_featured, published_at)
