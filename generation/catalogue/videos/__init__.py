"""Video models. Facts about the provider: its documentation and recorded traffic, autumn 2026."""

from generation.catalogue.videos.infinitalk import INFINITALK
from generation.catalogue.videos.seedance import SEEDANCE
from generation.catalogue.videos.sora import SORA, STORYBOARD
from generation.catalogue.videos.veo import VEO
from generation.catalogue.videos.wan import WAN_IMAGE_TO_VIDEO, WAN_TEXT_TO_VIDEO

VIDEO_MODELS = (WAN_TEXT_TO_VIDEO, WAN_IMAGE_TO_VIDEO, SEEDANCE, STORYBOARD, VEO, SORA, INFINITALK)
