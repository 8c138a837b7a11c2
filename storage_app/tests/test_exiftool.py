"""What the field's own tool reads in our files. Left out where exiftool is not installed."""

import json
import subprocess

import pytest

from storage_app import renditions
from storage_app.tests import media
from storage_app.tests.test_marking import PICTURES, RECORDINGS, mark


def read(data: bytes, folder) -> dict:
    path = media.written(folder, data, "published")
    said = subprocess.run(["exiftool", "-json", "-n", "-G0", path], capture_output=True, check=True)
    return json.loads(said.stdout)[0]


@pytest.mark.parametrize("make", [*PICTURES.values(), *RECORDINGS.values()], ids=[*PICTURES, *RECORDINGS])
def test_published_files_are_understood(tmp_path, make):
    told = read(mark(make(), tmp_path), tmp_path)
    assert told["XMP:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert told["XMP:CreatorTool"] == "SmartSpec"
    assert told["XMP:CreateDate"].startswith("2026:11:24 09:30:00")
    assert told["XMP:AISystemUsed"] == "Nano Banana Pro"
    assert not [name for name in told if "Warning" in name or "Error" in name]


@pytest.mark.django_db
@pytest.mark.parametrize("make, kind", [(media.make_png, "image"), (media.make_mp4, "video")])
def test_everything_made_from_them_is_understood(tmp_path, store, content, make, kind):
    asset = store(make(), kind)
    renditions.render_all(asset)
    for made in asset.renditions.all():
        told = read(content(made), tmp_path)
        assert told["XMP:DigitalSourceType"].endswith("/trainedAlgorithmicMedia")
        assert not [name for name in told if "Warning" in name or "Error" in name]
