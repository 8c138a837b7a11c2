"""Films and sounds as files: what a player finds in them."""

import av
import numpy as np
import pytest

from generation.sandbox.film.encode import RATE, read_sound, write_sound
from generation.sandbox.sound.effects import SOURCES, effect
from generation.sandbox.sound.speech import speech, sung
from generation.sandbox.works import WORKS

from .conftest import VOICE


def film(path, prompt: str, **changes) -> dict:
    order = {
        "make": "film", "prompt": prompt, "seed": 0, "ratio": "16:9", "short": 480, "seconds": 1,
        "sound": True, "sources": [], "path": str(path), "model": "wan", "sketch": True,
    }  # fmt: skip
    return WORKS["film"](order | changes)


def test_a_film_is_h264_with_aac_and_starts_at_once(tmp_path):
    film(tmp_path / "a.mp4", "the sea at night", seconds=2)
    with av.open(str(tmp_path / "a.mp4")) as source:
        video, audio = source.streams.video[0], source.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert (video.average_rate, video.frames) == (24, 48)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert source.duration / 1_000_000 == pytest.approx(2, abs=0.1)
    content = (tmp_path / "a.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("prompt", ["rain in the street", "snowy mountains", "woodblock sea", "indigo silk"])
def test_a_film_moves(tmp_path, prompt):
    film(tmp_path / "a.mp4", prompt)
    with av.open(str(tmp_path / "a.mp4")) as source:
        frames = [frame.to_ndarray(format="gray").astype(int) for frame in source.decode(video=0)]
    assert len(frames) == 24
    assert np.abs(frames[0] - frames[-1]).mean() > 0.5


def test_a_film_without_sound_has_no_track(tmp_path):
    film(tmp_path / "a.mp4", "the sea", sound=False)
    with av.open(str(tmp_path / "a.mp4")) as source:
        assert not source.streams.audio


def test_the_same_order_gives_the_same_film(tmp_path):
    film(tmp_path / "a.mp4", "lanterns over water")
    film(tmp_path / "b.mp4", "lanterns over water")
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_sound_has_its_length_and_peaks_at_minus_three_decibels(name):
    sound = effect(name, length=1.5)
    assert sound.shape == (2, int(1.5 * RATE))
    assert np.abs(sound).max() == pytest.approx(10 ** (-3 / 20), abs=0.001)
    assert np.abs(sound[:, :20]).max() < 0.05
    assert np.abs(sound[:, -20:]).max() < 0.05


def test_sounds_are_chosen_by_thai_words_too():
    assert np.array_equal(effect("ฝนตก", length=1.0).shape, (2, RATE))
    assert not np.array_equal(effect("ฝนตก", length=1.0), effect("ระฆังวัด", length=1.0))


def test_a_loop_runs_on_into_its_beginning():
    sound = effect("sea waves", length=3.0, loop=True)
    step = np.abs(np.diff(sound[0])).max()
    assert np.abs(sound[0, 0] - sound[0, -1]) < step * 3


def test_the_same_words_sound_the_same():
    assert np.array_equal(effect("wind and bells", length=1.0), effect("wind and bells", length=1.0))


@pytest.mark.parametrize("text", ["Good morning from the gallery.", "สวัสดีครับ ยินดีต้อนรับ"])
def test_speech_is_heard_and_repeats_exactly(text):
    first = speech(text, voice=VOICE)
    assert np.abs(first).max() > 0.5
    assert np.array_equal(first, speech(text, voice=VOICE))


def test_voices_and_speeds_differ():
    slow, fast = (
        speech("Good morning", voice=VOICE, speed=0.7),
        speech("Good morning", voice=VOICE, speed=1.2),
    )
    assert slow.shape[1] > fast.shape[1] * 1.2
    assert not np.array_equal(slow, speech("Good morning", voice="Z3R5wn05IrDiVCyEkUrK", speed=0.7))


def test_without_a_speech_engine_syllables_are_sung():
    melody = sung("Good morning, gallery. สวัสดี", 7, 1.0)
    assert 0.8 < melody.size / RATE < 4
    assert np.abs(melody).max() > 0.2


@pytest.mark.parametrize(("extension", "rate"), [("mp3", 44_100), ("wav", 16_000), ("opus", 48_000)])
def test_a_sound_file_keeps_its_length(tmp_path, extension, rate):
    path = tmp_path / f"a.{extension}"
    write_sound(str(path), effect("gong", length=2.0), extension=extension, rate=rate)
    assert read_sound(path.read_bytes()).shape[1] / RATE == pytest.approx(2.0, abs=0.12)
