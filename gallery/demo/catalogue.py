"""The works and shelves of the demo gallery, read from the JSON files beside this module."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("0f6a1f4c-6a55-4d0e-9f0e-3b6a5f6f9d21")
FOLDER = Path(__file__).parent
KINDS = {"images": "image", "videos": "video", "audio": "audio"}


@dataclass(frozen=True)
class Work:
    """One work: what is ordered, and what its label says in its own language and in the other."""

    name: str
    kind: str
    model: str
    prompt: str
    language: str
    title: str
    description: str
    alt_text: str
    categories: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    featured: bool = False

    @property
    def item_id(self) -> UUID:
        """The same in every gallery, so that filling twice is filling once."""
        return uuid5(NAMESPACE, self.name)

    @property
    def body(self) -> dict[str, Any]:
        return self.options | {"model_id": self.model, "prompt": self.prompt}

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "title": self.title,
            "description": self.description,
            "alt_text": self.alt_text,
            "translations": self.translations,
            "categories": list(self.categories),
            "keywords": list(self.keywords),
            "is_featured": self.featured,
        }


@cache
def works() -> tuple[Work, ...]:
    """In the order in which they are hung: films and sounds spread evenly among the pictures."""
    placed = []
    for name, kind in KINDS.items():
        entries = read(name)
        for number, entry in enumerate(entries):
            lists = {key: tuple(entry.pop(key, ())) for key in ("categories", "keywords")}
            placed.append(((number + 0.5) / len(entries), Work(kind=kind, **entry, **lists)))
    return tuple(work for _where, work in sorted(placed, key=lambda pair: pair[0]))


def read(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
