"""What the field's own tool reads in our files."""

import json
import subprocess

import pytest

from storage_app import renditions
from storage_app.tests import media
from storage_app.tests.test_marking import PICTURES, RECORDINGS, SPEAKING_IN_PAIRS, mark

WITH_PACKET = PICTURES | RECORDINGS


def read(data: bytes, folder) -> dict:
    path = media.written(folder, data, "published")
    said = subprocess.run(["exiftool", "-json", "-n", "-G0", path], capture_output=True, check=True)
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
