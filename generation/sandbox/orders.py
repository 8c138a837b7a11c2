"""From one model's input to an order that the easel understands, in the same words for all models."""

from .faults import without_words
from .prices import UNTIMED_EFFECT

SORA_SIZES = {"standard": 720, "high": 1080}
SORA_RATIOS = {"landscape": "16:9", "portrait": "9:16"}


def still(sources: str = "", *, extension: str = "png", resolution: str = "1K", scale: dict | None = None):
    """An image; `sources` names the input's list of pictures, `scale` maps `quality` to a resolution."""

    def order(document: dict) -> dict:
        asked = (scale or {}).get(document.get("quality")) or document.get("resolution") or resolution
        return {
            "make": "still",
            "prompt": without_words(document["prompt"]),
            "seed": document.get("seed", 0),
            "ratio": document.get("aspect_ratio") or "1:1",
            "resolution": asked,
            "extension": document.get("output_format") or extension,
            "sources": document.get(sources) or [],
        }

    return order


def film(
    document: dict, *, prompt: str, ratio: str, short: int, seconds: float, sources=(), sound=True
) -> dict:
    """`short` is the shorter edge in pixels."""
    return {
        "make": "film",
        "prompt": without_words(prompt),
        "seed": document.get("seeds") or document.get("seed") or 0,
        "ratio": ratio,
        "short": short,
        "seconds": seconds,
        "sound": sound,
        "extension": "mp4",
        "sources": list(sources or ()),
    }


def wan(document: dict) -> dict:
    sources = document.get("image_urls")
    return film(
        document,
        prompt=document["prompt"],
        ratio="auto" if sources else "16:9",
        short=int((document.get("resolution") or "1080p")[:-1]),
        seconds=int(document.get("duration") or 5),
        sources=sources,
    )


def seedance(document: dict) -> dict:
    return film(
        document,
        prompt=document["prompt"],
        ratio=document["aspect_ratio"],
        short=int((document.get("resolution") or "720p")[:-1]),
        seconds=document["duration"],
        sources=document.get("input_urls"),
        sound=bool(document.get("generate_audio")),
    )


def sora(document: dict) -> dict:
    shots = document.get("shots") or []
    return film(
        document,
        prompt=document.get("prompt") or " ".join(shot["Scene"] for shot in shots) or "storyboard",
        ratio=SORA_RATIOS[document.get("aspect_ratio") or "landscape"],
        short=SORA_SIZES[document.get("size") or "standard"],
        seconds=int(document.get("n_frames") or 10),
        sources=document.get("image_urls"),
    )


def veo(document: dict) -> dict:
    ratio = document.get("aspect_ratio") or document.get("aspectRatio") or "16:9"
    short = {"720p": 720, "1080p": 1080, "4k": 2160}[document.get("resolution") or "720p"]
    return film(
        document,
        prompt=document["prompt"],
        ratio="auto" if ratio == "Auto" else ratio,
        short=short,
        seconds=document.get("duration") or 8,
        sources=document.get("imageUrls"),
    )


def talk(document: dict) -> dict:
    """A film whose length and sound are those of the given audio."""
    short = int((document.get("resolution") or "480p")[:-1])
    order = film(document, prompt=document["prompt"], ratio="auto", short=short, seconds=0)
    return order | {"make": "talk", "sources": [document["image_url"]], "audio": document["audio_url"]}


def speech(document: dict) -> dict:
    return {
        "make": "speech",
        "prompt": without_words(document["text"]),
        "voice": document["voice"],
        "speed": document.get("speed") or 1,
        "language": document.get("language_code") or "",
        "extension": "mp3",
    }


def effect(document: dict) -> dict:
    output = document.get("output_format") or "mp3_44100_128"
    return {
        "make": "effect",
        "prompt": without_words(document["text"]),
        "seed": 0,
        "seconds": document.get("duration_seconds") or UNTIMED_EFFECT,
        "loop": bool(document.get("loop")),
        "extension": {"mp3": "mp3", "opu": "opus"}.get(output[:3], "wav"),
        "rate": int(output.split("_")[1]),
    }
