"""Every model that the sandbox offers: the rules of its input, its price, how its order is written."""

from collections.abc import Callable
from dataclasses import dataclass

from . import orders, prices
from .rules import Rule, choice, flag, needed, number, text, url, urls
from .voices import VOICES

STILL_RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16")
PAGE_RATIOS = ("3:2", "2:3")
PROMPT = needed(text(1, 5000))
CHECKED = {"nsfw_checker": flag()}


@dataclass(frozen=True)
class Model:
    kind: str  # "image", "video" or "audio": how long the work seems to take
    rules: dict[str, Rule]
    price: Callable[[dict], float]
    order: Callable[[dict], dict]


def seedream(extra: dict[str, Rule]) -> Model:
    ratios = choice(*STILL_RATIOS, *PAGE_RATIOS, "21:9")
    rules = {"prompt": needed(text(1, 3000)), "aspect_ratio": needed(ratios)}
    rules |= {"quality": needed(choice("basic", "high"))} | CHECKED | extra
    order = orders.still(*extra, extension="jpg", scale={"basic": "2K", "high": "4K"})
    return Model("image", rules, prices.flat(6.5), order)


def flux(price: dict[str, float], extra: dict[str, Rule], *ratios: str) -> Model:
    rules = {"prompt": needed(text(3, 5000)), "resolution": needed(choice("1K", "2K"))}
    rules |= {"aspect_ratio": needed(choice(*STILL_RATIOS, *PAGE_RATIOS, *ratios))} | CHECKED | extra
    return Model("image", rules, prices.by("resolution", "1K", price), orders.still(*extra))


def wan(extra: dict[str, Rule], shortest: int) -> Model:
    rules = {"prompt": needed(text(shortest, 5000)), "duration": choice("5", "10", "15")}
    rules |= {"resolution": choice("720p", "1080p"), "multi_shots": flag()} | CHECKED | extra
    table = {
        ("720p", "5"): 70, ("720p", "10"): 140, ("720p", "15"): 210,
        ("1080p", "5"): 104.5, ("1080p", "10"): 209.5, ("1080p", "15"): 315,
    }  # fmt: skip
    price = prices.by_two("resolution", "duration", ("1080p", "5"), table)
    return Model("video", rules, price, orders.wan)


def sora(extra: dict[str, Rule], size: str) -> Model:
    rules = {"prompt": needed(text(1, 10000)), "aspect_ratio": choice("portrait", "landscape")}
    rules |= {"n_frames": choice("10", "15"), "size": choice("standard", "high"), "remove_watermark": flag()}
    rules |= {"upload_method": choice("s3", "oss")} | extra
    table = {
        ("standard", "10"): 150, ("standard", "15"): 270, ("high", "10"): 330, ("high", "15"): 630,
    }  # fmt: skip
    return Model("video", rules, prices.by_two("size", "n_frames", (size, "10"), table), orders.sora)


IMAGES = {
    "nano-banana-pro": Model(
        "image",
        {
            "prompt": needed(text(1, 10000)),
            "image_input": urls(0, 8),
            "aspect_ratio": choice(*STILL_RATIOS, *PAGE_RATIOS, "4:5", "5:4", "21:9", "auto"),
            "resolution": choice("1K", "2K", "4K"),
            "output_format": choice("png", "jpg"),
        },
        prices.by("resolution", "1K", {"1K": 18, "2K": 18, "4K": 24}),
        orders.still("image_input"),
    ),
    "z-image": Model(
        "image",
        {"prompt": needed(text(1, 1000)), "aspect_ratio": needed(choice(*STILL_RATIOS))} | CHECKED,
        prices.flat(0.8),
        orders.still(),
    ),
    "seedream/4.5-text-to-image": seedream({}),
    "seedream/4.5-edit": seedream({"image_urls": needed(urls(1, 14))}),
    "flux-2/pro-text-to-image": flux({"1K": 5, "2K": 7}, {}),
    "flux-2/flex-text-to-image": flux({"1K": 14, "2K": 24}, {}),
    "flux-2/pro-image-to-image": flux({"1K": 5, "2K": 7}, {"input_urls": needed(urls(1, 8))}, "auto"),
    "flux-2/flex-image-to-image": flux({"1K": 14, "2K": 24}, {"input_urls": needed(urls(1, 8))}, "auto"),
}

VIDEOS = {
    "wan/2-6-text-to-video": wan({}, 1),
    "wan/2-6-image-to-video": wan({"image_urls": needed(urls(1, 1))}, 2),
    "bytedance/seedance-1.5-pro": Model(
        "video",
        {
            "prompt": needed(text(3, 20000)),
            "input_urls": urls(0, 2),
            "aspect_ratio": needed(choice(*STILL_RATIOS, "21:9")),
            "resolution": choice("480p", "720p", "1080p"),
            "duration": needed(number(4, 12)),
            "fixed_lens": flag(),
            "generate_audio": flag(),
        }
        | CHECKED,
        prices.seedance,
        orders.seedance,
    ),
    "sora-2-pro-text-to-video": sora({}, "high"),
    "sora-2-pro-image-to-video": sora({"image_urls": needed(urls(1, 1))}, "standard"),
    "sora-2-pro-storyboard": Model(
        "video",
        {
            "shots": Rule("shots", high=10),
            "n_frames": needed(choice("10", "15", "25")),
            "image_urls": urls(1, 1),
            "aspect_ratio": choice("portrait", "landscape"),
            "upload_method": needed(choice("s3", "oss")),
        },
        prices.by("n_frames", "15", {"10": 150, "15": 270, "25": 270}),
        orders.sora,
    ),
    "infinitalk/from-audio": Model(
        "video",
        {
            "image_url": needed(url()),
            "audio_url": needed(url()),
            "prompt": PROMPT,
            "resolution": choice("480p", "720p"),
            "seed": number(10000, 1000000),
        },
        prices.per_second("resolution", "480p", {"480p": 3, "720p": 12}, seconds=prices.LONGEST_SPEECH),
        orders.talk,
    ),
}

AUDIO = {
    "elevenlabs/text-to-speech-turbo-2-5": Model(
        "audio",
        {
            "text": needed(text(1, 5000)),
            "voice": needed(
                choice(*VOICES),
                ("missing", 422, "voiceId cannot be empty"),
                ("outside", 422, "Invalid voice parameter: {value}. Please use a supported voice id."),
            ),
            "stability": number(0, 1),
            "similarity_boost": number(0, 1),
            "style": number(0, 1),
            "speed": number(0.7, 1.2),
            "timestamps": flag(),
            "previous_text": text(0, 5000),
            "next_text": text(0, 5000),
            "language_code": text(0, 500),
        },
        prices.speech,
        orders.speech,
    ),
    "elevenlabs/sound-effect-v2": Model(
        "audio",
        {
            "text": needed(text(1, 450)),
            "loop": flag(),
            "duration_seconds": number(0.5, 22),
            "prompt_influence": number(0, 1),
            "output_format": choice(
                "mp3_44100_128", "mp3_22050_32", "mp3_44100_32", "mp3_44100_64", "mp3_44100_96",
                "mp3_44100_192", "pcm_8000", "pcm_16000", "pcm_22050", "pcm_24000", "pcm_44100", "pcm_48000",
                "ulaw_8000", "alaw_8000", "opus_48000_32", "opus_48000_64", "opus_48000_96",
                "opus_48000_128", "opus_48000_192",
            ),
        },
        prices.effect,
        orders.effect,
    ),
}  # fmt: skip

MODELS = IMAGES | VIDEOS | AUDIO

VEO_RULES = {
    "prompt": PROMPT,
    "model": needed(
        choice("veo3", "veo3_fast", "veo3_lite"),
        ("missing", 422, "Invalid model"),
        ("outside", 422, "Invalid model"),
    ),
    "imageUrls": urls(0, 3),
    "generationType": choice("TEXT_2_VIDEO", "FIRST_AND_LAST_FRAMES_2_VIDEO", "REFERENCE_2_VIDEO"),
    "aspect_ratio": choice("16:9", "9:16", "Auto"),
    "aspectRatio": choice("16:9", "9:16", "Auto"),
    "resolution": choice("720p", "1080p", "4k"),
    "duration": choice(4, 6, 8),
    "seeds": number(10000, 99999),
    "watermark": text(0, 500),
    "enableTranslation": flag(),
    "enableFallback": flag(),
}

VEO = {
    name: Model("video", VEO_RULES, prices.by("resolution", "720p", table), orders.veo)
    for name, table in {
        "veo3": {"720p": 250, "1080p": 255, "4k": 370},
        "veo3_fast": {"720p": 60, "1080p": 65, "4k": 180},
        "veo3_lite": {"720p": 30, "1080p": 35, "4k": 150},
    }.items()
}
