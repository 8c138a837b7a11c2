"""What the earlier SDKs send to every model, whether it fits or not."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from generation.catalogue.spec import ModelSpec

SDK_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "aspect_ratio": ("1:1",),
    "resolution": ("2K", "720p"),
    "output_format": ("png",),
    "duration": (5,),
    "multi_shots": (False,),
    "voice": ("Rachel",),
    "stability": (0.5,),
    "similarity_boost": (0.75,),
    "speed": (1,),
}


def without_misfits(spec: ModelSpec, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body without fields that an SDK filled in by itself and that this model does not take."""
    return {name: value for name, value in body.items() if not _is_misfit(spec, name, value)}


def _is_misfit(spec: ModelSpec, name: str, value: Any) -> bool:
    if not any(_same(value, default) for default in SDK_DEFAULTS.get(name, ())):
        return False
    schema = spec.input_schema["properties"].get(name)
    return schema is None or not Draft202012Validator(schema).is_valid(value)


def _same(value: Any, default: Any) -> bool:
    """Equal, without False being 0."""
    return value == default and isinstance(value, bool) == isinstance(default, bool)
