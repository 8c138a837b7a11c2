"""The thirteen models as the specification lists them, with the narrower of both parties' limits."""

from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from generation import catalogue

SQUARE_TO_WIDE = ["1:1", "4:3", "3:4", "16:9", "9:16"]
# id: name, kind, takes images, prompt, ratios, resolutions, durations, formats, credits, beta
TABLE = {
    "nano-banana-pro": (
        "Nano Banana Pro", "image", True, 10_000,
        ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "auto"],
        ["1K", "2K", "4K"], None, ["png", "jpg"], "18", False,
    ),
    "z-image": ("Z-Image", "image", False, 1_000, SQUARE_TO_WIDE, None, None, None, "20", True),
    "seedream-4-5": (
        "Seedream 4.5", "image", True, 3_000, [*SQUARE_TO_WIDE, "2:3", "3:2", "21:9"],
        ["2K", "4K"], None, None, "25", True,
    ),
    "flux-2": (
        "FLUX 2", "image", True, 5_000, [*SQUARE_TO_WIDE, "3:2", "2:3", "auto"],
        ["1K", "2K"], None, None, "30", True,
    ),
    "wan/2-6-text-to-video": (
        "Wan 2.6 Text-to-Video", "video", False, 5_000, None,
        ["720p", "1080p"], [5, 10, 15], None, "70", False,
    ),
    "wan/2-6-image-to-video": (
        "Wan 2.6 Image-to-Video", "video", True, 5_000, None,
        ["720p", "1080p"], [5, 10, 15], None, "70", False,
    ),
    "seedance-1-5-pro": (
        "Seedance 1.5 Pro", "video", True, 5_000, [*SQUARE_TO_WIDE, "21:9"],
        ["480p", "720p", "1080p"], [4, 5, 6, 7, 8, 9, 10, 11, 12], None, "100", True,
    ),
    "sora-2-pro-storyboard": (
        "Sora 2 Pro Storyboard", "video", True, 5_000,
        ["16:9", "9:16"], None, [10, 15, 25], None, "200", True,
    ),
    "veo-3-1": (
        "Veo 3.1", "video", True, 5_000, ["16:9", "9:16", "auto"],
        ["720p", "1080p", "4K"], [4, 6, 8], None, "150", True,
    ),
    "sora-2-pro": ("Sora 2 Pro", "video", True, 5_000, ["16:9", "9:16"], None, [10, 15], None, "200", True),
    "infinitalk": ("Infinitalk", "video", True, 5_000, None, ["480p", "720p"], None, None, "80", True),
    "elevenlabs/text-to-speech-turbo-2-5": (
        "ElevenLabs TTS Turbo 2.5", "audio", False, 5_000, None, None, None, ["mp3", "wav"], "12", False,
    ),
    "elevenlabs/sound-effect": (
        "ElevenLabs Sound Effect", "audio", False, 450, None, None, None, ["mp3"], "20", True,
    ),
}  # fmt: skip


def test_the_catalogue_offers_the_specified_models_first_and_in_this_order():
    assert list(catalogue.ALL_MODELS)[: len(TABLE)] == list(TABLE)


@pytest.mark.parametrize("model_id", TABLE)
def test_a_model_is_listed_as_specified(model_id):
    spec = catalogue.get_model(model_id)
    assert (
        spec.name, spec.media_type, spec.supports_image_input, spec.max_prompt_length, spec.aspect_ratios,
        spec.resolutions, spec.durations, spec.output_formats, str(spec.base_credits), spec.is_beta,
    ) == TABLE[model_id]  # fmt: skip


@pytest.mark.parametrize("spec", catalogue.ALL_MODELS.values(), ids=lambda spec: spec.id)
class TestEveryModel:
    def test_comes_from_the_one_provider_and_is_on_offer(self, spec):
        assert (spec.provider, spec.is_active, spec.supports_video_input) == ("kie.ai", True, False)

    def test_says_where_its_facts_come_from(self, spec):
        assert spec.source.startswith("Provider: ")
        assert spec.description

    def test_has_a_schema_of_the_2020_dialect(self, spec):
        Draft202012Validator.check_schema(spec.input_schema)
        assert spec.input_schema["additionalProperties"] is False

    def test_accepts_its_own_defaults(self, spec):
        for option in spec.options:
            if option.default is not None:
                schema = spec.input_schema["properties"][option.name]
                assert Draft202012Validator(schema).is_valid(schema["default"])

    def test_has_an_upstream_model_for_any_combination(self, spec):
        assert not spec.variants[-1].when

    def test_costs_its_base_price_with_its_default_options(self, spec):
        assert catalogue.quote(spec, "A tree.", {}).credits == spec.base_credits


def test_the_status_of_a_model_is_beta_or_active():
    assert catalogue.get_model("veo-3-1").status == "beta"
    assert catalogue.get_model("nano-banana-pro").status == "active"


def test_there_is_a_default_model_of_each_kind():
    for kind, model_id in catalogue.DEFAULT_MODELS.items():
        assert catalogue.get_model(model_id).media_type == kind


def test_models_are_found_by_kind():
    assert list(catalogue.get_models_by_type("audio")) == [
        "elevenlabs/text-to-speech-turbo-2-5",
        "elevenlabs/sound-effect",
    ]


def test_all_models_are_active():
    assert catalogue.get_active_models() == catalogue.ALL_MODELS


def test_an_unknown_id_finds_nothing():
    assert catalogue.get_model("dall-e") is None


def test_both_wan_models_have_the_six_tiers():
    tiers = {
        "720p-5s": Decimal("70"),
        "720p-10s": Decimal("140"),
        "720p-15s": Decimal("209.5"),
        "1080p-5s": Decimal("104.5"),
        "1080p-10s": Decimal("209.5"),
        "1080p-15s": Decimal("315"),
    }
    assert catalogue.get_model("wan/2-6-text-to-video").pricing_tiers == tiers
    assert catalogue.get_model("wan/2-6-image-to-video").pricing_tiers == tiers


def test_a_model_without_priced_options_has_no_tiers():
    assert catalogue.get_model("z-image").pricing_tiers is None


MB = 1024 * 1024
# model, option, other name, how many, megabytes, seconds
FILES = [
    ("nano-banana-pro", "reference_images", "reference_image", 8, 30, None),
    ("seedream-4-5", "reference_images", "reference_image", 14, 10, None),
    ("flux-2", "reference_images", "reference_image", 8, 10, None),
    ("wan/2-6-image-to-video", "reference_image", "reference_images", 1, 10, None),
    ("seedance-1-5-pro", "reference_images", "reference_image", 2, 10, None),
    ("sora-2-pro-storyboard", "reference_image", "reference_images", 1, 10, None),
    ("veo-3-1", "reference_images", "reference_image", 3, 10, None),
    ("sora-2-pro", "reference_image", "reference_images", 1, 10, None),
    ("infinitalk", "reference_image", "reference_images", 1, 10, None),
    ("infinitalk", "reference_audio", None, 1, 10, 15),
]


@pytest.mark.parametrize("model_id, name, other, most, megabytes, seconds", FILES)
def test_a_model_says_which_files_it_takes(model_id, name, other, most, megabytes, seconds):
    option = catalogue.get_model(model_id).by_name[name]
    assert (option.alias, option.schema.get("maxItems", 1)) == (other, most)
    assert (option.takes.max_bytes, option.takes.max_seconds) == (megabytes * MB, seconds)


def test_no_other_model_takes_files():
    takers = {spec.id for spec in catalogue.ALL_MODELS.values() for option in spec.options if option.takes}
    assert takers == {row[0] for row in FILES}
