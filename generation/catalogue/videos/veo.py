"""Google's Veo 3.1, which the provider serves under an API of its own."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from generation.catalogue.declare import choice, pictures, whole
from generation.catalogue.option import Prompt
from generation.catalogue.prices import Pricing, axis
from generation.catalogue.rules import WITH_PICTURES, Rule, only_when
from generation.catalogue.spec import GIVEN, Choice, ModelSpec

SUBJECT = {"properties": {"image_role": {"const": "subject"}}, "required": ["image_role"]}

VEO = ModelSpec(
    id="veo-3-1",
    name="Veo 3.1",
    media_type="video",
    description="Google Veo 3.1 - High quality video generation",
    family="veo",
    prompt=Prompt(max_length=5_000),
    options=(
        choice(
            "aspect_ratio",
            ("16:9", "9:16", "auto"),
            "16:9",
            field="aspect_ratio",
            words={"16:9": "16:9", "9:16": "9:16", "auto": "Auto"},
        ),
        choice(
            "resolution",
            ("720p", "1080p", "4K"),
            "720p",
            field="resolution",
            words={"720p": "720p", "1080p": "1080p", "4K": "4k"},
        ),
        choice("duration", (4, 6, 8), 8, field="duration", about="Seconds."),
        choice(
            "mode",
            ("fast", "lite", "quality"),
            "fast",
            field=None,
            about="Which of the three Veo models.",
        ),
        choice(
            "image_role",
            ("frames", "subject"),
            "frames",
            field=None,
            about="frames: reference images are first and last frame. subject: they show what appears.",
        ),
        whole("seed", 10_000, 99_999, field="seeds"),
        pictures(3, field="imageUrls", megabytes=10),
    ),
    rules=(
        Rule(
            {"if": {"not": SUBJECT}, "then": {"properties": {"reference_images": {"maxItems": 2}}}},
            "/reference_images",
            "combination",
            _("There are only a first and a last frame; three images go with image_role subject."),
        ),
        only_when("image_role", "subject", WITH_PICTURES, _("subject needs a reference image.")),
        only_when(
            "image_role",
            "subject",
            {"properties": {"mode": {"enum": ["fast", "lite"]}, "duration": {"const": 8}}},
            _("subject works with fast and lite only, and with 8 seconds."),
        ),
    ),
    variants=(
        Choice("veo3", when={"mode": "quality"}),
        Choice("veo3_lite", when={"mode": "lite"}),
        Choice("veo3_fast"),
    ),
    extras=(
        Choice(
            when={"reference_images": GIVEN, "image_role": "subject"},
            fields={"generationType": "REFERENCE_2_VIDEO"},
        ),
        Choice(
            when={"reference_images": GIVEN},
            fields={"generationType": "FIRST_AND_LAST_FRAMES_2_VIDEO"},
        ),
        Choice(fields={"generationType": "TEXT_2_VIDEO"}),
    ),
    pricing=Pricing(
        base=Decimal("150"),
        axes=(axis("mode", "fast", "lite", "quality"), axis("resolution", "720p", "1080p", "4K")),
        upstream={
            "fast-720p": Decimal("60"),
            "fast-1080p": Decimal("65"),
            "fast-4K": Decimal("180"),
            "lite-720p": Decimal("30"),
            "lite-1080p": Decimal("35"),
            "lite-4K": Decimal("150"),
            "quality-720p": Decimal("250"),
            "quality-1080p": Decimal("255"),
            "quality-4K": Decimal("370"),
        },
    ),
    is_beta=True,
    tags=("sound", "4K", "first and last frame"),
    source="Provider: the pages of its Veo API, which is not the jobs API, and the price list. English"
    " pages say aspect_ratio, Chinese ones aspectRatio; the former is sent. The model is always"
    " named, because a request without it was refused. One client measured 168 credits for fast"
    " against 60 in the list.",
)
