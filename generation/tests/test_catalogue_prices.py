"""What generations cost: the expected figures are the specification's and the provider's price lists."""

from decimal import Decimal
from itertools import product

import pytest

from generation import catalogue
from generation.catalogue.prices import Pricing

# model, options, our price, the provider's, tier
TABLE = [
    ("nano-banana-pro", {}, "18", "18", "2K"),
    ("nano-banana-pro", {"resolution": "1K"}, "18", "18", "1K"),
    ("nano-banana-pro", {"resolution": "4K"}, "24", "24", "4K"),
    ("z-image", {}, "20", "0.8", ""),
    ("seedream-4-5", {"resolution": "2K"}, "25", "6.5", ""),
    ("seedream-4-5", {"resolution": "4K"}, "25", "6.5", ""),
    ("flux-2", {}, "30", "5", "pro-1K"),
    ("flux-2", {"resolution": "2K"}, "30", "7", "pro-2K"),
    ("flux-2", {"mode": "flex"}, "30", "14", "flex-1K"),
    ("flux-2", {"mode": "flex", "resolution": "2K"}, "30", "24", "flex-2K"),
    ("wan/2-6-text-to-video", {}, "70", "70", "720p-5s"),
    ("wan/2-6-text-to-video", {"duration": 10}, "140", "140", "720p-10s"),
    ("wan/2-6-text-to-video", {"duration": 15}, "209.5", "210", "720p-15s"),
    ("wan/2-6-text-to-video", {"resolution": "1080p"}, "104.5", "104.5", "1080p-5s"),
    ("wan/2-6-image-to-video", {"resolution": "1080p", "duration": 10}, "209.5", "209.5", "1080p-10s"),
    ("wan/2-6-image-to-video", {"resolution": "1080p", "duration": 15}, "315", "315", "1080p-15s"),
    ("seedance-1-5-pro", {}, "100", "17.5", "720p-5s"),
    ("seedance-1-5-pro", {"resolution": "480p", "duration": 5}, "100", "8.75", "480p-5s"),
    ("seedance-1-5-pro", {"resolution": "1080p", "duration": 12}, "100", "90", "1080p-12s"),
    (
        "seedance-1-5-pro",
        {"resolution": "1080p", "duration": 12, "generate_audio": True},
        "180",
        "180",
        "1080p-12s-audio",
    ),
    (
        "seedance-1-5-pro",
        {"resolution": "1080p", "duration": 7, "generate_audio": True},
        "105",
        "105",
        "1080p-7s-audio",
    ),
    ("sora-2-pro-storyboard", {}, "200", "150", "10s"),
    ("sora-2-pro-storyboard", {"duration": 15}, "270", "270", "15s"),
    ("sora-2-pro-storyboard", {"duration": 25}, "270", "270", "25s"),
    ("veo-3-1", {}, "150", "60", "fast-720p"),
    ("veo-3-1", {"resolution": "4K"}, "180", "180", "fast-4K"),
    ("veo-3-1", {"mode": "lite", "resolution": "4K"}, "150", "150", "lite-4K"),
    ("veo-3-1", {"mode": "quality"}, "250", "250", "quality-720p"),
    ("veo-3-1", {"mode": "quality", "resolution": "1080p"}, "255", "255", "quality-1080p"),
    ("veo-3-1", {"mode": "quality", "resolution": "4K"}, "370", "370", "quality-4K"),
    ("sora-2-pro", {}, "200", "150", "standard-10s"),
    ("sora-2-pro", {"duration": 15}, "270", "270", "standard-15s"),
    ("sora-2-pro", {"size": "high"}, "330", "330", "high-10s"),
    ("sora-2-pro", {"size": "high", "duration": 15}, "630", "630", "high-15s"),
    ("infinitalk", {}, "80", "45", "480p"),
    ("infinitalk", {"resolution": "720p"}, "180", "180", "720p"),
    ("elevenlabs/sound-effect", {}, "20", "5.28", ""),
    ("elevenlabs/sound-effect", {"duration": 22}, "20", "5.28", ""),
]


@pytest.mark.parametrize("model_id, options, ours, theirs, tier", TABLE)
def test_a_generation_costs_what_the_table_says(model_id, options, ours, theirs, tier):
    quote = catalogue.quote(catalogue.get_model(model_id), "A tree.", options)
    assert (quote.credits, quote.upstream_credits, quote.tier) == (Decimal(ours), Decimal(theirs), tier)


@pytest.mark.parametrize(
    "length, ours, theirs",
    [(1, 12, 6), (999, 12, 6), (1_000, 12, 6), (1_001, 24, 12), (4_000, 48, 24), (5_000, 60, 30)],
)
def test_speech_costs_twelve_credits_per_started_thousand_characters(length, ours, theirs):
    speech = catalogue.get_model("elevenlabs/text-to-speech-turbo-2-5")
    quote = catalogue.quote(speech, "ก" * length, {})
    assert (quote.credits, quote.upstream_credits) == (ours, theirs)


def every_priced_combination():
    for spec in catalogue.ALL_MODELS.values():
        axes = spec.pricing.axes
        for values in product(*(axis.words for axis in axes)):
            yield spec, {axis.option: value for axis, value in zip(axes, values, strict=True)}


def test_nothing_is_sold_below_cost_but_one_written_exception():
    below = set()
    for spec, options in every_priced_combination():
        quote = catalogue.quote(spec, "A tree.", options)
        if quote.credits < quote.upstream_credits:
            below.add((spec.id, quote.tier, quote.upstream_credits - quote.credits))
    assert below == {
        ("wan/2-6-text-to-video", "720p-15s", Decimal("0.5")),
        ("wan/2-6-image-to-video", "720p-15s", Decimal("0.5")),
    }


def test_every_value_of_a_priced_option_has_its_tier():
    for spec in catalogue.ALL_MODELS.values():
        for axis in spec.pricing.axes:
            schema = spec.by_name[axis.option].schema
            assert list(axis.words) == schema.get("enum", [False, True])


def test_every_priced_combination_is_a_tier_with_that_price():
    for spec, options in every_priced_combination():
        if spec.pricing.axes:
            quote = catalogue.quote(spec, "A tree.", options)
            assert spec.pricing_tiers[quote.tier] == quote.credits


@pytest.mark.parametrize(
    "upstream, ours",
    [("5", "5"), ("5.01", "5.5"), ("5.28", "5.5"), ("5.5", "5.5"), ("5.51", "6"), ("0.8", "1"), ("0", "0")],
)
def test_what_the_provider_takes_is_rounded_up_to_the_next_half(upstream, ours):
    pricing = Pricing(base=Decimal(0), upstream={"": Decimal(upstream)})
    assert pricing.credits({}) == Decimal(ours)


def test_a_price_by_the_second_grows_past_the_base():
    tiers = catalogue.get_model("seedance-1-5-pro").pricing_tiers
    assert (tiers["1080p-6s-audio"], tiers["1080p-7s-audio"], tiers["1080p-9s-audio"]) == (100, 105, 135)
    assert len(tiers) == 54


def test_the_breakdown_names_what_is_paid_for_and_sums_up():
    wan = catalogue.get_model("wan/2-6-text-to-video")
    assert catalogue.quote(wan, "A tree.", {"duration": 15}).breakdown == [
        {"label": "720p-15s", "credits": Decimal("209.5")}
    ]
    speech = catalogue.get_model("elevenlabs/text-to-speech-turbo-2-5")
    assert catalogue.quote(speech, "a" * 1_500, {}).breakdown == [
        {"label": "2 × 1,000 characters", "credits": Decimal(24)}
    ]


def test_prices_are_decimals_with_at_most_one_digit_after_the_point():
    for spec, options in every_priced_combination():
        credits = catalogue.quote(spec, "A tree.", options).credits
        assert isinstance(credits, Decimal)
        assert credits * 2 == int(credits * 2)
