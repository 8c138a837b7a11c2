"""Alibaba's Wan 2.6, from text and from an image; both have the specification's six tiers."""

from decimal import Decimal

from generation.catalogue.declare import NSFW_CHECKER, choice, flag, picture
from generation.catalogue.option import Prompt
from generation.catalogue.prices import Pricing, axis
from generation.catalogue.spec import Choice, ModelSpec

MULTI_SHOTS = flag("multi_shots", False, field="multi_shots", about="Let the model cut between shots.")
WAN_RESOLUTION = choice("resolution", ("720p", "1080p"), "720p", field="resolution")
WAN_DURATION = choice("duration", (5, 10, 15), 5, field="duration", send=str, about="Seconds.")
WAN_PRICING = Pricing(
    base=Decimal("70"),
    axes=(axis("resolution", "720p", "1080p"), axis("duration", 5, 10, 15, suffix="s")),
    listed={
        "720p-5s": Decimal("70"),
        "720p-10s": Decimal("140"),
        "720p-15s": Decimal("209.5"),
        "1080p-5s": Decimal("104.5"),
        "1080p-10s": Decimal("209.5"),
        "1080p-15s": Decimal("315"),
    },
    upstream={
        "720p-5s": Decimal("70"),
        "720p-10s": Decimal("140"),
        "720p-15s": Decimal("210"),
        "1080p-5s": Decimal("104.5"),
        "1080p-10s": Decimal("209.5"),
        "1080p-15s": Decimal("315"),
    },
    below_cost=frozenset({"720p-15s"}),
)

WAN_TEXT_TO_VIDEO = ModelSpec(
    id="wan/2-6-text-to-video",
    name="Wan 2.6 Text-to-Video",
    media_type="video",
    description="Alibaba Wan 2.6 - Multi-shot HD video with native audio",
    prompt=Prompt(max_length=5_000),
    options=(WAN_RESOLUTION, WAN_DURATION, MULTI_SHOTS),
    variants=(Choice("wan/2-6-text-to-video"),),
    pricing=WAN_PRICING,
    is_featured=True,
    tags=("sound", "multi-shot"),
    source="Provider: model page and price list. Its durations are strings and its default is 1080p; ours"
    " is 720p, the specification's base price. The specification sells 720p-15s for 209.5, the"
    " provider takes 210: the one tier below cost. Its nsfw_checker stands in one copy only and is"
    " not offered.",
)

WAN_IMAGE_TO_VIDEO = ModelSpec(
    id="wan/2-6-image-to-video",
    name="Wan 2.6 Image-to-Video",
    media_type="video",
    description="Alibaba Wan 2.6 - Image to video generation",
    prompt=Prompt(max_length=5_000, min_length=2),
    options=(
        WAN_RESOLUTION,
        WAN_DURATION,
        MULTI_SHOTS,
        NSFW_CHECKER,
        picture(field="image_urls", required=True),
    ),
    variants=(Choice("wan/2-6-image-to-video"),),
    pricing=WAN_PRICING,
    tags=("sound", "from an image"),
    source="Provider: model page and price list; the tiers are those of text-to-video. Exactly one"
    " picture, at least 256 × 256.",
)
