"""What a request body may carry: the prompt and options, each with the way it travels upstream."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Takes:
    """Files that a reference option accepts upstream; whoever resolves it converts everything else."""

    kind: str  # image, video, audio
    formats: tuple[str, ...]
    max_bytes: int
    max_seconds: int | None = None


@dataclass(frozen=True)
class Option:
    """One option under our name.

    `schema` is the JSON Schema of the value. `default` None: the provider decides when it is not given.
    `field` None: never sent, it only chooses a variant or is carried out by us. `values` maps our words to
    theirs, `send` converts what is left. `from_prompt` makes the value when the caller gave none.
    """

    name: str
    schema: Mapping[str, Any]
    default: Any = None
    required: bool = False
    field: str | None = None
    values: Mapping[Any, Any] | None = None
    send: Callable[[Any], Any] | None = None
    synonyms: Mapping[str, str] | None = None  # older words of clients, accepted and replaced
    takes: Takes | None = None  # set on reference options only
    alias: str | None = None  # the singular or plural name that clients may use instead
    from_prompt: Callable[[str, Mapping[str, Any]], Any] | None = None

    @property
    def is_reference(self) -> bool:
        return self.takes is not None

    @property
    def is_list(self) -> bool:
        return self.schema.get("type") == "array"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.alias) if self.alias else (self.name,)


@dataclass(frozen=True)
class Prompt:
    """Lengths in code points. `stand_in`: the option that can be given instead, and how it reads as text."""

    max_length: int
    min_length: int = 1
    field: str | None = "prompt"
    names: tuple[str, ...] = ("prompt",)
    stand_in: tuple[str, Callable[[Any], str]] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        return self.names + ((self.stand_in[0],) if self.stand_in else ())
