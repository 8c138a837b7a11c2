"""What is taken along can be read by programs and by people."""

import json
import zipfile
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from accounts import archive
from accounts.archive import File, Records


@pytest.fixture
def packed(tmp_path):
    """packed(part, …) -> the archive, opened."""
    opened = []

    def pack(*parts) -> zipfile.ZipFile:
        path = tmp_path / "all.zip"
        archive.write(path, iter(parts))
        opened.append(zipfile.ZipFile(path))
        return opened[-1]

    yield pack
    for each in opened:
        each.close()


@pytest.mark.parametrize("rows", [[], [{"n": 1}], [{"n": 1}, {"n": 2}]])
def test_a_list_comes_back_as_it_was(packed, rows):
    assert json.loads(packed(Records("rows.json", iter(rows))).read("rows.json")) == rows


def test_values_are_written_as_the_api_says_them(packed):
    bangkok = timezone(timedelta(hours=7))
    row = {
        "id": UUID("0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55"),
        "whole": Decimal("18.00"),
        "half": Decimal("209.50"),
        "at": datetime(2026, 11, 24, 20, 29, tzinfo=bangkok),
        "prompt": "เรือโคม",
    }
    text = packed(Records("one.json", row)).read("one.json").decode()
    assert json.loads(text) == {
        "id": "0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55",
        "whole": 18,
        "half": 209.5,
        "at": "2026-11-24T13:29:00Z",
        "prompt": "เรือโคม",
    }
    assert "เรือโคม" in text


def test_media_are_not_compressed_a_second_time_and_text_is(packed):
    found = packed(File("media/a.png", [b"ab", b"cd"]), Records("rows.json", [{"n": 1}]))
    assert found.read("media/a.png") == b"abcd"
    kinds = {info.filename: info.compress_type for info in found.infolist()}
    assert kinds == {"media/a.png": zipfile.ZIP_STORED, "rows.json": zipfile.ZIP_DEFLATED}


def test_a_part_is_read_only_when_its_turn_has_come(tmp_path):
    said = []

    def rows(name):
        said.append(f"{name} begins")
        yield {}
        said.append(f"{name} ends")

    archive.write(tmp_path / "all.zip", (Records(f"{name}.json", rows(name)) for name in ("a", "b")))
    assert said == ["a begins", "a ends", "b begins", "b ends"]
