"""A talking head from one picture and a recording."""

from decimal import Decimal

from generation.catalogue.declare import MB, choice, picture, the_only_one, whole
from generation.catalogue.option import Option, Prompt, Takes
from generation.catalogue.prices import Pricing, axis
from generation.catalogue.spec import Choice, ModelSpec

INFINITALK = ModelSpec(
    id="infinitalk",
    name="Infinitalk",
    media_type="video",
    description="Talking head video generation",
    prompt=Prompt(max_length=5_000),
    options=(
        choice("resolution", ("480p", "720p"), "480p", field="resolution"),
        whole("seed", 10_000, 1_000_000, field="seed"),
        picture(field="image_url", send=the_only_one, required=True),
        Option(
            "reference_audio",
            {"type": "string", "minLength": 1, "description": "What the head says, at most 15 seconds."},
            required=True,
            field="audio_url",
            send=the_only_one,
            takes=Takes("audio", ("mp3", "wav", "aac", "m4a", "ogg"), 10 * MB, max_seconds=15),
        ),
    ),
    variants=(Choice("infinitalk/from-audio"),),
    pricing=Pricing(
        base=Decimal("80"),
        axes=(axis("resolution", "480p", "720p"),),
        upstream={"480p": Decimal("45"), "720p": Decimal("180")},
    ),
    is_beta=True,
    tags=("talking head", "from an image"),
    source="Provider: model page and price list: 3 credits per second in 480p, 12 in 720p. The length of"
    " the speech is not known when the price is named, so the longest that is taken (15 s) counts.",
)
