"""Finding models; the order of the files is the order in which they are offered."""

from generation.catalogue.audio import AUDIO_MODELS
from generation.catalogue.images import IMAGE_MODELS
from generation.catalogue.spec import ModelSpec
from generation.catalogue.videos import VIDEO_MODELS

ALL_MODELS: dict[str, ModelSpec] = {spec.id: spec for spec in (*IMAGE_MODELS, *VIDEO_MODELS, *AUDIO_MODELS)}


def get_model(model_id: str) -> ModelSpec | None:
    return ALL_MODELS.get(model_id)


def get_models_by_type(media_type: str) -> dict[str, ModelSpec]:
    return {id: spec for id, spec in ALL_MODELS.items() if spec.media_type == media_type}


def get_active_models() -> dict[str, ModelSpec]:
    return {id: spec for id, spec in ALL_MODELS.items() if spec.is_active}
