"""What counts when the caller says nothing: the models chosen, and the options of each."""

from collections.abc import Mapping
from typing import Any

from generation.catalogue.spec import ModelSpec

DEFAULT_MODELS = {
    "image": "nano-banana-pro",
    "video": "wan/2-6-text-to-video",
    "audio": "elevenlabs/text-to-speech-turbo-2-5",
}


def effective_options(spec: ModelSpec, options: Mapping[str, Any]) -> dict[str, Any]:
    """The given options over the model's defaults; options that the provider decides stay away."""
    ours = {option.name: option.default for option in spec.options if option.default is not None}
    return ours | dict(options)
