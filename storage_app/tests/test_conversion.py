"""A sound in another container is the same sound."""

import io
import wave

import pytest

from storage_app.conversion import as_wav
from storage_app.errors import Unreadable, WrongKind
from storage_app.probing import describe
from storage_app.tests import media


def test_an_mp3_becomes_a_wave_file_of_the_same_sound(tmp_path):
    mp3 = media.written(tmp_path, media.make_mp3(2.0))
    with as_wav(mp3) as wav:
        facts = describe(wav, media_type="audio")
        with wave.open(io.BytesIO(wav.read_bytes())) as opened:
            shape = (opened.getsampwidth(), opened.getframerate(), opened.getnchannels())
    assert shape == (2, 48000, 2)
    assert facts.ext == "wav"
    assert abs(facts.duration_ms - 2000) < 80
    original = describe(mp3, media_type="audio").peaks
    assert all(abs(a - b) <= 3 for a, b in zip(facts.peaks, original, strict=True))


def test_the_wave_file_is_gone_afterwards(tmp_path):
    with as_wav(media.written(tmp_path, media.make_mp3(0.5))) as wav:
        assert wav.exists()
    assert not wav.exists()


def test_what_is_no_sound_becomes_none(tmp_path):
    with pytest.raises(WrongKind), as_wav(media.written(tmp_path, media.make_png(20, 20))):
        pass
    with pytest.raises(Unreadable), as_wav(media.written(tmp_path, b"ID3" + bytes(2000))):
        pass
