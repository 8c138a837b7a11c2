"""ByteDance's Seedance, priced by the second."""

from decimal import Decimal

from generation.catalogue.declare import NSFW_CHECKER, choice, flag, pictures
from generation.catalogue.option import Prompt
from generation.catalogue.prices import Axis, Pricing, axis
from generation.catalogue.spec import Choice, ModelSpec

SEEDANCE = ModelSpec(
    id="seedance-1-5-pro",
    name="Seedance 1.5 Pro",
    media_type="video",
    description="ByteDance Seedance - Dance video generation",
    prompt=Prompt(max_length=5_000, min_length=3),
    options=(
        choice("aspect_ratio", ("1:1", "4:3", "3:4", "16:9", "9:16", "21:9"), "1:1", field="aspect_ratio"),
        choice("resolution", ("480p", "720p", "1080p"), "720p", field="resolution"),
        choice("duration", tuple(range(4, 13)), 5, field="duration", about="Seconds."),
        flag("generate_audio", False, field="generate_audio", about="With sound."),
        flag("fixed_lens", False, field="fixed_lens", about="Keep the camera still."),
        NSFW_CHECKER,
        pictures(2, field="input_urls", megabytes=10, about="First and, if there are two, last frame."),
    ),
    variants=(Choice("bytedance/seedance-1.5-pro"),),
    pricing=Pricing(
        base=Decimal("100"),
        axes=(
            axis("resolution", "480p", "720p", "1080p"),
            axis("duration", *range(4, 13), suffix="s"),
            Axis("generate_audio", {False: "", True: "audio"}),
        ),
        upstream={
            "480p": Decimal("1.75"),
            "480p-audio": Decimal("3.5"),
            "720p": Decimal("3.5"),
            "720p-audio": Decimal("7"),
            "1080p": Decimal("7.5"),
            "1080p-audio": Decimal("15"),
        },
        per_second="duration",
    ),
    is_beta=True,
    tags=("sound", "first and last frame"),
    source="Provider: model page and price list (credits per second). It takes prompts of 20,000"
    " characters, the specification 5,000. Its duration is a number without a default; ours is 5.",
)
