"""What the row of a published work tells about the word in its file, and what that word says of its maker."""

import hashlib
import uuid

import pytest

from storage_app import keys, placing, renditions
from storage_app.models import Asset
from storage_app.tests import media
from storage_app.tests.test_marking import MADE, WORDS, mark, png_with_credentials

pytestmark = pytest.mark.django_db


def unfinished_png() -> bytes:
    """Every pixel is there, and not the end."""
    return media.make_png()[:-12]


@pytest.fixture
def copy_of(store):
    def duplicated(asset, **making):
        key = keys.published(asset.media_type, uuid.uuid4(), uuid.uuid4(), asset.file.name.rpartition(".")[2])
        return placing.duplicate(asset, asset_id=uuid.uuid4(), key=key, **making)

    return duplicated


def test_the_published_copy_is_marked_and_the_original_is_not(store, content, copy_of):
    data = media.make_png()
    original = store(data, "image")
    copy = copy_of(original, making=MADE)
    assert WORDS[2] in content(copy)
    assert content(original) == data
    assert copy.bytes == len(content(copy))


def test_both_hashes_are_kept(store, content, copy_of):
    data = media.make_mp4()
    copy = copy_of(store(data, "video"))
    assert copy.source_sha256 == hashlib.sha256(data).hexdigest()
    assert copy.sha256 == hashlib.sha256(content(copy)).hexdigest()


def test_a_copy_that_needs_no_mark_has_one_hash(store, content, copy_of, tmp_path):
    data = mark(media.make_png(), tmp_path)
    copy = copy_of(store(data, "image"))
    assert (content(copy), copy.source_sha256) == (data, "")


@pytest.mark.parametrize(
    "make, kind, marking",
    [
        (media.make_png, "image", "marked"),
        (png_with_credentials, "image", "already"),
        (unfinished_png, "image", "unmarked"),
    ],
)
def test_the_row_says_whether_the_published_file_does(store, copy_of, content, make, kind, marking):
    data = make()
    copy = copy_of(store(data, kind), making=MADE)
    assert copy.marking == marking
    assert (content(copy) == data) is (marking != "marked")


def test_what_was_made_elsewhere_is_not_said_to_be_made_here(sender, copy_of, content):
    sender.upload(media.make_png())
    copy = copy_of(Asset.objects.get())
    renditions.render_all(copy)
    shown = [content(copy), *(content(made) for made in copy.renditions.all())]
    assert [WORDS[0] in data for data in shown] == [True] * 6
    assert [word for word in (b"SmartSpec", b"CreateDate") for data in shown if word in data] == []
    assert (copy.marking, copy.is_foreign) == ("marked", True)


def test_a_work_remembers_what_made_it_for_its_copies(store, copy_of, content):
    original = store(media.make_png(), "image")
    original.made_with, original.made_at = MADE.model, MADE.made_at
    original.save()
    copy = copy_of(original)
    assert (copy.made_with, copy.made_at) == (MADE.model, MADE.made_at)
    assert WORDS[3] in content(copy)
