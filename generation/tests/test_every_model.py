"""Every model and every name that it has upstream, from the order to the file: kind, shape and price."""

from decimal import Decimal

import pytest

from accounts import ledger
from generation import catalogue
from generation.tests.conftest import run, submit
from storage_app import uploads
from storage_app.tests import media

PICTURE, SOUND = "a picture of the caller", "a sound of the caller"
ONE_OF, LISTED = {"reference_image": PICTURE}, {"reference_images": [PICTURE]}

# our model, what is asked for beside the prompt, its name upstream, the file's type, credits
ROWS = [
    ("nano-banana-pro", {}, "nano-banana-pro", "image/png", "18"),
    ("z-image", {}, "z-image", "image/png", "20"),
    ("seedream-4-5", {}, "seedream/4.5-text-to-image", "image/jpeg", "25"),
    ("seedream-4-5", LISTED, "seedream/4.5-edit", "image/jpeg", "25"),
    ("flux-2", {}, "flux-2/pro-text-to-image", "image/png", "30"),
    ("flux-2", {"mode": "flex"}, "flux-2/flex-text-to-image", "image/png", "30"),
    ("flux-2", LISTED, "flux-2/pro-image-to-image", "image/png", "30"),
    ("flux-2", LISTED | {"mode": "flex"}, "flux-2/flex-image-to-image", "image/png", "30"),
    ("wan/2-6-text-to-video", {}, "wan/2-6-text-to-video", "video/mp4", "70"),
    ("wan/2-6-image-to-video", ONE_OF, "wan/2-6-image-to-video", "video/mp4", "70"),
    ("seedance-1-5-pro", {"duration": 4}, "bytedance/seedance-1.5-pro", "video/mp4", "100"),
    (
        "sora-2-pro-storyboard", {"shots": [{"scene": "Dawn", "duration": 2}]},
        "sora-2-pro-storyboard", "video/mp4", "200",
    ),
    ("sora-2-pro", {}, "sora-2-pro-text-to-video", "video/mp4", "200"),
    ("sora-2-pro", ONE_OF, "sora-2-pro-image-to-video", "video/mp4", "200"),
    ("veo-3-1", {"duration": 4}, "veo3_fast", "video/mp4", "150"),
    ("veo-3-1", {"duration": 4, "mode": "lite"}, "veo3_lite", "video/mp4", "150"),
    ("veo-3-1", {"duration": 4, "mode": "quality"}, "veo3", "video/mp4", "250"),
    ("infinitalk", ONE_OF | {"reference_audio": SOUND}, "infinitalk/from-audio", "video/mp4", "80"),
    ("elevenlabs/text-to-speech-turbo-2-5", {}, "elevenlabs/text-to-speech-turbo-2-5", "audio/mpeg", "12"),
    ("elevenlabs/sound-effect", {"duration": 1}, "elevenlabs/sound-effect-v2", "audio/mpeg", "20"),
]  # fmt: skip


@pytest.fixture
def mine(sandbox, user, tmp_path) -> dict[str, str]:
    """Storage keys of the caller's own files."""
    files = {PICTURE: ("a.png", media.make_png(300, 300)), SOUND: ("a.wav", media.make_wav(1.0))}
    return {
        word: uploads.receive(owner=user, path=media.written(tmp_path, data, name), name=name).key
        for word, (name, data) in files.items()
    }


def filled(value, mine: dict[str, str]):
    if isinstance(value, list):
        return [filled(each, mine) for each in value]
    return mine.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2])
def test_a_model_brings_home_what_it_is_for(sandbox, user, mine, row):
    model_id, asked, upstream, content_type, price = row
    kind = catalogue.get_model(model_id).media_type
    ledger.grant(user=user, amount=500, reason="enough for the dearest")
    before = ledger.balance_of(user).available
    done = run(submit(user, kind, model_id=model_id, **{k: filled(v, mine) for k, v in asked.items()}))
    assert (done.status, done.error_raw) == ("completed", "")
    order = next(each for each in sandbox.desk.journal.all() if each.id == done.external_task_id)
    assert order.model == upstream
    asset = done.outputs.get().asset
    assert (asset.content_type, asset.media_type) == (content_type, kind)
    assert kind == "audio" or min(asset.width, asset.height) > 0
    assert kind == "image" or asset.duration_ms > 0
    assert before - ledger.balance_of(user).available == done.credits_used
    assert done.credits_used == Decimal(price)


def test_no_name_of_a_model_is_left_out():
    wanted = {(spec.id, each.model) for spec in catalogue.ALL_MODELS.values() for each in spec.variants}
    assert {(model_id, upstream) for model_id, _asked, upstream, *_rest in ROWS} == wanted
