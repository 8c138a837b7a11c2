"""OpenAI's Sora 2 Pro, as one film and as a storyboard."""

from decimal import Decimal

from generation.catalogue.declare import choice, flag, picture
from generation.catalogue.option import Option, Prompt
from generation.catalogue.prices import Pricing, axis
from generation.catalogue.spec import GIVEN, Choice, ModelSpec
from generation.catalogue.videos import storyboard

FRAMES = {"16:9": "landscape", "9:16": "portrait"}

STORYBOARD = ModelSpec(
    id="sora-2-pro-storyboard",
    name="Sora 2 Pro Storyboard",
    media_type="video",
    description="OpenAI Sora 2 - Storyboard video generation",
    prompt=Prompt(max_length=5_000, field=None, stand_in=("shots", storyboard.as_text)),
    options=(
        Option(
            "shots",
            storyboard.SHOTS_SCHEMA,
            field="shots",
            send=storyboard.in_their_words,
            from_prompt=storyboard.one_shot,
        ),
        choice("duration", (10, 15, 25), 10, field="n_frames", send=str, about="Seconds."),
        choice("aspect_ratio", ("16:9", "9:16"), "16:9", field="aspect_ratio", words=FRAMES),
        picture(field="image_urls", required=False),
    ),
    checks=(storyboard.fits_the_film,),
    variants=(Choice("sora-2-pro-storyboard"),),
    extras=(Choice(fields={"upload_method": "s3"}),),
    pricing=Pricing(
        base=Decimal("200"),
        axes=(axis("duration", 10, 15, 25, suffix="s"),),
        upstream={"10s": Decimal("150"), "15s": Decimal("270"), "25s": Decimal("270")},
    ),
    is_beta=True,
    tags=("storyboard",),
    source="Provider: a stored copy of the model page; it answers that the model is paused since June"
    " 2026. It wants shots and knows no prompt: a prompt alone is sent as one shot. Its default is"
    " 15 s; ours is 10 s, so that the default costs the specification's price.",
)

SORA = ModelSpec(
    id="sora-2-pro",
    name="Sora 2 Pro",
    media_type="video",
    description="OpenAI Sora 2 Pro - General video generation",
    prompt=Prompt(max_length=5_000),
    options=(
        choice("aspect_ratio", ("16:9", "9:16"), "16:9", field="aspect_ratio", words=FRAMES),
        choice("duration", (10, 15), 10, field="n_frames", send=str, about="Seconds."),
        choice("size", ("standard", "high"), "standard", field="size", about="Picture quality."),
        flag("remove_watermark", field="remove_watermark"),
        picture(field="image_urls", required=False),
    ),
    variants=(
        Choice("sora-2-pro-image-to-video", when={"reference_image": GIVEN}),
        Choice("sora-2-pro-text-to-video"),
    ),
    extras=(Choice(fields={"upload_method": "s3"}),),
    pricing=Pricing(
        base=Decimal("200"),
        axes=(axis("size", "standard", "high"), axis("duration", 10, 15, suffix="s")),
        upstream={
            "standard-10s": Decimal("150"),
            "standard-15s": Decimal("270"),
            "high-10s": Decimal("330"),
            "high-15s": Decimal("630"),
        },
    ),
    is_beta=True,
    tags=("sound",),
    source="Provider: stored copies of the model pages; it answers that the model is paused since June"
    " 2026. Prompts: 10,000 characters there, 5,000 here. Its default size for text is high; ours"
    " is standard, so that the default costs the specification's price. character_id_list needs ids"
    " made there: not offered.",
)
