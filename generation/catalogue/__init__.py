"""The models on offer: data only, one file per kind, and the few questions one can ask about them."""

from generation.catalogue.acceptance import Accepted, accept
from generation.catalogue.defaults import DEFAULT_MODELS, effective_options
from generation.catalogue.quotation import Quote, quote
from generation.catalogue.registry import ALL_MODELS, get_active_models, get_model, get_models_by_type
from generation.catalogue.request import UpstreamRequest, upstream_request
from generation.catalogue.spec import ModelSpec

__all__ = [
    "ALL_MODELS",
    "DEFAULT_MODELS",
    "Accepted",
    "ModelSpec",
    "Quote",
    "UpstreamRequest",
    "accept",
    "effective_options",
    "get_active_models",
    "get_model",
    "get_models_by_type",
    "quote",
    "upstream_request",
]
