"""A sound written into a pipe does not know its length: the published copy does, and sounds the same."""

import hashlib
import io
import json
import subprocess
import uuid

import av
import numpy
import pytest

from storage_app import keys, placing
from storage_app.file_types import recognise
from storage_app.tests import media
from storage_app.tests.test_exiftool import read
from storage_app.tests.test_marking import MADE, WORDS, mark

WAV = media.make_wav()
SOUND = WAV.index(b"data")  # where the chunk of samples begins
SAMPLES = len(WAV) - SOUND - 8
UNKNOWN = {"ffmpeg": 0xFFFFFFFF, "nothing at all": 0, "sox": 0x7FFFF000}


def with_lengths(*, whole: int = len(WAV) - 8, samples: int = SAMPLES, behind: bytes = b"") -> bytes:
    head = WAV[:4] + whole.to_bytes(4, "little") + WAV[8 : SOUND + 4]
    return head + samples.to_bytes(4, "little") + WAV[SOUND + 8 :] + behind


ODD = {name: with_lengths(whole=length, samples=length) for name, length in UNKNOWN.items()} | {
    "only the samples know": with_lengths(whole=0xFFFFFFFF),
    "only the file knows": with_lengths(samples=0),
    "the file thinks it is a head": with_lengths(whole=SOUND),
    "the file thinks it is nothing": with_lengths(whole=4, samples=0xFFFFFFFF),
    "half a sample is missing": with_lengths(whole=0, samples=0)[:-1],
}


def samples_of(wav: bytes) -> numpy.ndarray:
    with av.open(io.BytesIO(wav), format="wav") as container:
        return numpy.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def lengths(wav: bytes) -> tuple[int, int]:
    sound = wav.index(b"data")
    return int.from_bytes(wav[4:8], "little"), int.from_bytes(wav[sound + 4 : sound + 8], "little")


@pytest.mark.parametrize("wav", ODD.values(), ids=ODD.keys())
def test_not_a_sample_changes(tmp_path, wav):
    assert numpy.array_equal(samples_of(mark(wav, tmp_path)), samples_of(wav))


@pytest.mark.parametrize("wav", ODD.values(), ids=ODD.keys())
def test_the_word_is_read_by_exiftool(tmp_path, wav):
    told = mark(wav, tmp_path)
    assert read(told, tmp_path)["XMP:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert mark(told, tmp_path) is None


def test_what_hangs_behind_a_sound_does_not_hide_the_word(tmp_path):
    rubbish = b"TAG" + bytes(125)
    told = mark(with_lengths(behind=rubbish), tmp_path)
    assert told == mark(WAV, tmp_path) + rubbish


@pytest.mark.parametrize("length", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_the_copy_knows_how_long_it_is(tmp_path, length):
    told = mark(with_lengths(whole=length, samples=length), tmp_path)
    assert lengths(told) == (len(told) - 8, SAMPLES)


def test_a_length_that_is_right_is_not_touched(tmp_path):
    told = mark(WAV, tmp_path)
    assert told[8 : len(WAV)] == WAV[8:]


def test_players_are_told_how_long_it_lasts(tmp_path):
    told = media.written(tmp_path, mark(media.make_endless_wav(2.0), tmp_path), "told.wav")
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_entries", "stream=duration,codec_name", told]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    assert json.loads(said.stdout)["streams"] == [{"codec_name": "pcm_s16le", "duration": "2.000000"}]


@pytest.mark.django_db
def test_the_original_stays_as_it_came(store, content):
    data = media.make_endless_wav()
    original = store(data, "audio")
    key = keys.published("audio", uuid.uuid4(), uuid.uuid4(), "wav")
    copy = placing.duplicate(original, asset_id=uuid.uuid4(), key=key, making=MADE)
    assert content(original) == data
    assert (copy.marking, copy.source_sha256) == ("marked", hashlib.sha256(data).hexdigest())
    assert WORDS[0] in content(copy)


@pytest.mark.parametrize(
    "name", [b"RF64\xff\xff\xff\xffWAVE", b"BW64\xff\xff\xff\xffWAVE", b"riff\x2e\x91\xcf\x11"]
)
def test_the_larger_kinds_of_wav_are_not_taken(name):
    """They are for more than four gigabytes; fifty megabytes are the most that we take."""
    assert recognise(name + WAV[12:]) is None
