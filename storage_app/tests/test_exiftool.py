"""What the field's own tool reads in our files."""

import json
import subprocess
import uuid

import pytest

from storage_app import keys, placing, renditions
from storage_app.probing import type_of
from storage_app.tests import media
from storage_app.tests.test_marking import EVERY_TYPE, MADE, PICTURES, RECORDINGS, SPEAKING_IN_PAIRS, mark

WITH_PACKET = PICTURES | RECORDINGS


def read(data: bytes, folder, *, groups: str = "-G0") -> dict:
    path = media.written(folder, data, "published")
    said = subprocess.run(["exiftool", "-json", "-n", groups, path], capture_output=True, check=True)
    told = json.loads(said.stdout)[0]
    assert not [name for name in told if "Warning" in name or "Error" in name]
    return told


@pytest.mark.parametrize("make", WITH_PACKET.values(), ids=WITH_PACKET.keys())
def test_published_files_are_understood(tmp_path, make):
    told = read(mark(make(), tmp_path), tmp_path)
    assert told["XMP:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert told["XMP:CreatorTool"] == "SmartSpec"
    assert told["XMP:CreateDate"].startswith("2026:11:24 09:30:00")
    assert told["XMP:AISystemUsed"] == "Nano Banana Pro"


@pytest.mark.parametrize("make", SPEAKING_IN_PAIRS.values(), ids=SPEAKING_IN_PAIRS.keys())
def test_files_that_speak_in_pairs_are_understood(tmp_path, make):
    told = read(mark(make(), tmp_path), tmp_path)
    words = {name.partition(":")[2]: value for name, value in told.items()}
    assert words["Digitalsourcetype"].endswith("/trainedAlgorithmicMedia")
    assert words["Creatortool"] == "SmartSpec"
    assert words["Createdate"] == "2026-11-24T09:30:00+00:00"
    assert words["Aisystemused"] == "Nano Banana Pro"


@pytest.mark.django_db
@pytest.mark.parametrize("make, kind", [(media.make_png, "image"), (media.make_mp4, "video")])
def test_everything_made_from_them_is_understood(tmp_path, store, content, make, kind):
    asset = store(make(), kind)
    renditions.render_all(asset)
    for made in asset.renditions.all():
        told = read(content(made), tmp_path)
        assert told["XMP:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")


PLACES = {  # where exiftool finds the word, as docs/storage.md tells
    "png": "XMP-iptcExt:DigitalSourceType",
    "jpeg": "XMP-iptcExt:DigitalSourceType",
    "webp": "XMP-iptcExt:DigitalSourceType",
    "gif": "XMP-iptcExt:DigitalSourceType",
    "animated gif": "XMP-iptcExt:DigitalSourceType",
    "avif": "XMP-iptcExt:DigitalSourceType",
    "animated avif": "XMP-iptcExt:DigitalSourceType",
    "mp4": "XMP-iptcExt:DigitalSourceType",
    "mov": "XMP-iptcExt:DigitalSourceType",
    "m4a": "XMP-iptcExt:DigitalSourceType",
    "mp3": "XMP-iptcExt:DigitalSourceType",
    "wav": "XMP-iptcExt:DigitalSourceType",
    "endless wav": "XMP-iptcExt:DigitalSourceType",
    "webm": "Matroska:Digitalsourcetype",
    "opus": "Vorbis:Digitalsourcetype",
    "vorbis": "Vorbis:Digitalsourcetype",
    "flac in ogg": "Vorbis:Digitalsourcetype",
    "flac": "Vorbis:Digitalsourcetype",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PLACES)
def test_a_published_work_tells_where_the_guide_says(tmp_path, store, content, name):
    data = EVERY_TYPE[name]()
    path = media.written(tmp_path, data, "original")
    work = store(data, type_of(path).media_type)
    key = keys.published(work.media_type, uuid.uuid4(), uuid.uuid4(), type_of(path).ext)
    copy = placing.duplicate(work, asset_id=uuid.uuid4(), key=key, making=MADE)
    placing.move(copy, visibility="public")
    told = read(content(copy), tmp_path, groups="-G1")
    assert told[PLACES[name]] == "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert content(work) == data
