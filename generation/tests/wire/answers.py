"""What each upstream model is sent and what it answers when it is done, as it comes over the wire."""

import json
from dataclasses import dataclass, field

CALLBACK = "https://smartspec.test/api/v1/generation/callbacks/kie/1/secret"
ID, VEO_ID = "0f3c9a1b77e24d5b8c6d1e2f3a4b5c6d", "veo_task_0f3c9a1b77e24d5b8c6d1e2f3a4b5c6d"
FILES = "https://tempfile.aiquickdraw.com"
PNG, JPG, FILM = f"{FILES}/r/{ID}_1776_ab.png", f"{FILES}/p/{ID}_1_1776_2.jpg", f"{FILES}/k/{ID}_1_1776_3.mp4"
SOUND = f"{FILES}/r/{ID}_1776_cd.mp3"
ONE, TWO, SPEECH = "https://up.test/1.png", "https://up.test/2.png", "https://up.test/voice.mp3"
VOICE = {"voice": "aD6riP1btT197c6dACmy", "stability": 0.5, "similarity_boost": 0.75, "style": 0, "speed": 1}
SEEDANCE = {"resolution": "720p", "duration": 5, "generate_audio": False, "fixed_lens": False}
BEGUN, ENDED = 1_776_000_000_000, 1_776_000_048_500  # 48.5 seconds


@dataclass(frozen=True)
class Row:
    """`result` and `more` are what this model's finished record says beside what all of them say."""

    ours: str
    body: dict
    upstream: str
    sent: dict
    price: str
    result: object
    urls: tuple[str, ...]
    given: dict = field(default_factory=dict)  # URLs of references, by our option
    more: dict = field(default_factory=dict)
    seconds: float = 48.5
    cost: str | None = None  # in the provider's credits, where its record tells

    def __str__(self) -> str:
        return self.upstream


def text(*urls: str, **more) -> str:
    return json.dumps({"resultUrls": list(urls), **more})


JOBS = [
    Row(
        "nano-banana-pro", {"prompt": "บัว"},
        "nano-banana-pro",
        {"prompt": "บัว", "aspect_ratio": "1:1", "resolution": "2K", "output_format": "png"}, "18",
        text(PNG), (PNG,),
    ),
    Row(
        "z-image", {"prompt": "A pond"},
        "z-image", {"prompt": "A pond", "aspect_ratio": "1:1"}, "20",
        {"resultUrls": [PNG]}, (PNG,),  # an object, not text
        more={"creditsConsumed": 0.8}, cost="0.8",
    ),
    Row(
        "seedream-4-5", {"prompt": "A pond"},
        "seedream/4.5-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "quality": "basic"}, "25",
        text(JPG), (JPG,),
        more={"failCode": "", "failMsg": ""},  # the newer pages' way of saying: none
    ),
    Row(
        "seedream-4-5", {"prompt": "Bluer"},
        "seedream/4.5-edit",
        {"prompt": "Bluer", "aspect_ratio": "1:1", "quality": "basic", "image_urls": [ONE, TWO]}, "25",
        text(JPG, f"{JPG}?2"), (JPG, f"{JPG}?2"),  # two pictures of one order
        given={"reference_images": [ONE, TWO]},
    ),
    Row(
        "flux-2", {"prompt": "A pond"},
        "flux-2/pro-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "1K"}, "30",
        text(PNG), (PNG,),
        more={"createTime": str(BEGUN), "completeTime": str(ENDED)},  # numbers as text
    ),
    Row(
        "flux-2", {"prompt": "A pond", "mode": "flex"},
        "flux-2/flex-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "1K"}, "30",
        {"resultUrls": PNG}, (PNG,),  # one address, no list
    ),
    Row(
        "flux-2", {"prompt": "A pond", "aspect_ratio": "auto"},
        "flux-2/pro-image-to-image",
        {"prompt": "A pond", "aspect_ratio": "auto", "resolution": "1K", "input_urls": [ONE]}, "30",
        text(PNG), (PNG,),
        given={"reference_images": [ONE]}, more={"updateTime": ENDED, "creditsConsumed": 5}, cost="5",
    ),
    Row(
        "flux-2", {"prompt": "A pond", "mode": "flex", "resolution": "2K"},
        "flux-2/flex-image-to-image",
        {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "2K", "input_urls": [ONE]}, "30",
        text(PNG), (PNG,),
        given={"reference_images": [ONE]}, more={"consumeCredits": 24, "remainedCredits": 76}, cost="24",
    ),
    Row(
        "wan/2-6-text-to-video", {"prompt": "A pond", "resolution": "1080p"},
        "wan/2-6-text-to-video",
        {"prompt": "A pond", "duration": "5", "resolution": "1080p", "multi_shots": False}, "104.5",
        text(FILM), (FILM,),
        more={"creditsConsumed": 104.5}, cost="104.5",  # a fraction
    ),
    Row(
        "wan/2-6-image-to-video", {"prompt": "A pond"},
        "wan/2-6-image-to-video",
        {
            "prompt": "A pond", "duration": "5", "resolution": "720p", "multi_shots": False,
            "image_urls": [ONE],
        },
        "70",
        text(FILM), (FILM,),
        given={"reference_image": [ONE]}, more={"completeTime": None, "costTime": 785}, seconds=785.0,
    ),
    Row(
        "seedance-1-5-pro", {"prompt": "A pond"},
        "bytedance/seedance-1.5-pro", {"prompt": "A pond", "aspect_ratio": "1:1", **SEEDANCE}, "100",
        text(FILM, firstFrameUrl=[PNG], lastFrameUrl=[JPG]), (FILM,),  # frames are no results
    ),
    Row(
        "sora-2-pro-storyboard", {"shots": [{"scene": "Dawn", "duration": 4.5}]},
        "sora-2-pro-storyboard",
        {
            "shots": [{"Scene": "Dawn", "duration": 4.5}], "n_frames": "10", "aspect_ratio": "landscape",
            "upload_method": "s3",
        },
        "200",
        text(FILM, resultWaterMarkUrls=[f"{FILM}?marked"]), (FILM,),  # nor is the marked copy
        more={"progress": 100},
    ),
    Row(
        "sora-2-pro", {"prompt": "A pond"},
        "sora-2-pro-text-to-video",
        {
            "prompt": "A pond", "aspect_ratio": "landscape", "n_frames": "10", "size": "standard",
            "upload_method": "s3",
        },
        "200",
        text(FILM), (FILM,),
        more={"progress": "100"},
    ),
    Row(
        "sora-2-pro", {"prompt": "A pond", "size": "high", "duration": 15},
        "sora-2-pro-image-to-video",
        {
            "prompt": "A pond", "aspect_ratio": "landscape", "n_frames": "15", "size": "high",
            "image_urls": [ONE], "upload_method": "s3",
        },
        "630",
        text(FILM), (FILM,),
        given={"reference_image": [ONE]}, more={"createTime": "2026-04-12 10:00:00",
                                                "completeTime": "2026-04-12 10:04:10"}, seconds=250.0,
    ),
    Row(
        "infinitalk", {"prompt": "She speaks"},
        "infinitalk/from-audio",
        {"prompt": "She speaks", "resolution": "480p", "image_url": ONE, "audio_url": SPEECH}, "80",
        text(FILM), (FILM,),
        given={"reference_image": [ONE], "reference_audio": [SPEECH]},
        more={"creditsConsumed": 10.5}, cost="10.5",  # by the length of the speech
    ),
    Row(
        "elevenlabs/text-to-speech-turbo-2-5", {"text": "Hello", "voice": "Rachel"},
        "elevenlabs/text-to-speech-turbo-2-5", {"text": "Hello", **VOICE}, "12",
        text(SOUND), (SOUND,),
    ),
    Row(
        "elevenlabs/sound-effect", {"text": "Rain", "duration": 3},
        "elevenlabs/sound-effect-v2",
        {"text": "Rain", "duration_seconds": 3, "output_format": "mp3_44100_128"}, "20",
        {"resultUrls": json.dumps([SOUND])}, (SOUND,),  # a list as text inside an object
    ),
]  # fmt: skip


def veo(*urls: str, **more) -> dict:
    return {"taskId": VEO_ID, "resultUrls": list(urls), "originUrls": [], "resolution": "720p", **more}


VEO_BODY = {"prompt": "A pond", "aspect_ratio": "16:9", "resolution": "720p", "duration": 8}
VEO = [
    Row(
        "veo-3-1", {"prompt": "A pond"},
        "veo3_fast", {**VEO_BODY, "generationType": "TEXT_2_VIDEO"}, "150",
        veo(FILM, fullResultUrls=[f"{FILM}?full"]), (FILM,),
    ),
    Row(
        "veo-3-1", {"prompt": "A pond", "mode": "lite"},
        "veo3_lite",
        {**VEO_BODY, "imageUrls": [ONE, TWO], "generationType": "FIRST_AND_LAST_FRAMES_2_VIDEO"}, "150",
        json.dumps(veo(FILM)), (FILM,),  # the whole answer as text
        given={"reference_images": [ONE, TWO]},
        more={"createTime": "2026-04-12T10:00:00Z", "completeTime": "2026-04-12T10:01:30Z"}, seconds=90.0,
    ),
    Row(
        "veo-3-1", {"prompt": "A pond", "mode": "quality", "resolution": "4K"},
        "veo3", {**VEO_BODY, "resolution": "4k", "generationType": "TEXT_2_VIDEO"}, "370",
        {"resultUrls": json.dumps([FILM])}, (FILM,),  # the list as text, as the 2025 pages had it
        more={"successFlag": "1", "creditsConsumed": 370}, cost="370",
    ),
    Row(
        "veo-3-1", {"prompt": "A pond", "image_role": "subject"},
        "veo3_fast", {**VEO_BODY, "imageUrls": [ONE], "generationType": "REFERENCE_2_VIDEO"}, "150",
        veo(FILM), (FILM,),
        given={"reference_images": [ONE]},
    ),
]  # fmt: skip
