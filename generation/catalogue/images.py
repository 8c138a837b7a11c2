"""Image models. Facts about the provider: its documentation and recorded traffic, autumn 2026."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from generation.catalogue.declare import NSFW_CHECKER, choice, pictures
from generation.catalogue.option import Prompt
from generation.catalogue.prices import Pricing, axis
from generation.catalogue.rules import WITH_PICTURES, only_when
from generation.catalogue.spec import GIVEN, Choice, ModelSpec

EDITING = {"reference_images": GIVEN}

IMAGE_MODELS = (
    ModelSpec(
        id="nano-banana-pro",
        name="Nano Banana Pro",
        media_type="image",
        description="Google Gemini 3.0 Pro - Sharp 2K/4K imagery with text rendering",
        prompt=Prompt(max_length=10_000),
        options=(
            choice(
                "aspect_ratio",
                ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "auto"),
                "1:1",
                field="aspect_ratio",
            ),
            choice("resolution", ("1K", "2K", "4K"), "2K", field="resolution"),
            choice("output_format", ("png", "jpg"), "png", field="output_format"),
            pictures(8, field="image_input", megabytes=30),
        ),
        variants=(Choice("nano-banana-pro"),),
        pricing=Pricing(
            base=Decimal("18"),
            axes=(axis("resolution", "1K", "2K", "4K"),),
            listed={"1K": Decimal("18"), "2K": Decimal("18"), "4K": Decimal("24")},
            upstream={"1K": Decimal("18"), "2K": Decimal("18"), "4K": Decimal("24")},
        ),
        is_featured=True,
        tags=("text rendering", "editing", "4K"),
        source="Provider: model page and price list. The specification allows prompts of 20,000 characters,"
        " the provider 10,000. The provider's own default resolution is 1K; ours is 2K, at the same"
        " price.",
    ),
    ModelSpec(
        id="z-image",
        name="Z-Image",
        media_type="image",
        description="Z-Image generation model",
        prompt=Prompt(max_length=1_000),
        options=(
            choice("aspect_ratio", ("1:1", "4:3", "3:4", "16:9", "9:16"), "1:1", field="aspect_ratio"),
            NSFW_CHECKER,
        ),
        variants=(Choice("z-image"),),
        pricing=Pricing(base=Decimal("20"), upstream={"": Decimal("0.8")}),
        is_beta=True,
        tags=("fast",),
        source="Provider: model page and price list. The specification names no limits; its default prompt"
        " length is 5,000, the provider's 1,000. The provider takes 0.8 credits.",
    ),
    ModelSpec(
        id="seedream-4-5",
        name="Seedream 4.5",
        media_type="image",
        description="ByteDance Seedream - High quality image generation",
        prompt=Prompt(max_length=3_000),
        options=(
            choice(
                "aspect_ratio",
                ("1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9"),
                "1:1",
                field="aspect_ratio",
            ),
            choice("resolution", ("2K", "4K"), "2K", field="quality", words={"2K": "basic", "4K": "high"}),
            NSFW_CHECKER,
            pictures(14, field="image_urls", megabytes=10),
        ),
        variants=(
            Choice("seedream/4.5-edit", when=EDITING),
            Choice("seedream/4.5-text-to-image"),
        ),
        pricing=Pricing(base=Decimal("25"), upstream={"": Decimal("6.5")}),
        is_beta=True,
        tags=("editing", "4K"),
        source="Provider: model pages and price list. Its `quality` basic and high are 2K and 4K at one"
        " price, so they are `resolution` here. One note allows pictures of 30 MB; 10 MB is narrower.",
    ),
    ModelSpec(
        id="flux-2",
        name="FLUX 2",
        media_type="image",
        description="Black Forest Labs FLUX 2 - Photorealistic images",
        prompt=Prompt(max_length=5_000, min_length=3),
        options=(
            choice(
                "aspect_ratio",
                ("1:1", "4:3", "3:4", "16:9", "9:16", "3:2", "2:3", "auto"),
                "1:1",
                field="aspect_ratio",
                about="auto follows the first reference image.",
            ),
            choice("resolution", ("1K", "2K"), "1K", field="resolution"),
            choice(
                "mode", ("pro", "flex"), "pro", field=None, about="flex is slower and follows text closer."
            ),
            NSFW_CHECKER,
            pictures(8, field="input_urls", megabytes=10),
        ),
        rules=(
            only_when(
                "aspect_ratio",
                "auto",
                WITH_PICTURES,
                _("auto needs a reference image."),
            ),
        ),
        variants=(
            Choice("flux-2/flex-image-to-image", when={"mode": "flex", **EDITING}),
            Choice("flux-2/pro-image-to-image", when=EDITING),
            Choice("flux-2/flex-text-to-image", when={"mode": "flex"}),
            Choice("flux-2/pro-text-to-image"),
        ),
        pricing=Pricing(
            base=Decimal("30"),
            axes=(axis("mode", "pro", "flex"), axis("resolution", "1K", "2K")),
            upstream={
                "pro-1K": Decimal("5"),
                "pro-2K": Decimal("7"),
                "flex-1K": Decimal("14"),
                "flex-2K": Decimal("24"),
            },
        ),
        is_beta=True,
        tags=("photorealistic", "editing"),
        source="Provider: the four model pages and the price list; pro or flex is `mode` here. One copy"
        " allows auto for flex without pictures; it is not sent. No tier costs more than our base.",
    ),
)
