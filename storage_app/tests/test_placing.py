"""Where an object lies and which row owns it."""

import uuid
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError

from storage_app import keys, placing, renditions
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion
from storage_app.scratch import workbench
from storage_app.tests import media

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(store):
    asset = store(media.make_png(400, 300), "image")
    renditions.render_first(asset)
    return asset


def lies_in(visibility: str, key: str) -> bool:
    return storages[visibility].exists(key)


def places(asset) -> dict[str, int]:
    """How many of the asset's objects lie in each storage."""
    owned = asset.keys()
    return {name: sum(lies_in(name, key) for key in owned) for name in ("private", "public")}


def test_a_file_is_stored_under_its_key(tmp_path):
    path = media.written(tmp_path, b"some bytes")
    placing.put(path, key="images/generated/u/a.png", content_type="image/png")
    with storages["private"].open("images/generated/u/a.png") as file:
        assert file.read() == b"some bytes"


def test_the_file_that_was_stored_may_go(tmp_path):
    path = media.written(tmp_path, b"some bytes")
    placing.put(path, key="images/generated/u/b.png", content_type="image/png")
    path.unlink()
    assert lies_in("private", "images/generated/u/b.png")


def test_an_earlier_attempt_is_replaced(tmp_path):
    for data in (b"half", b"all of it"):
        placing.put(media.written(tmp_path, data), key="images/generated/u/c.png", content_type="image/png")
    assert storages["private"].size("images/generated/u/c.png") == 9


def test_a_file_that_is_not_there_is_not_stored(tmp_path):
    with pytest.raises((FileNotFoundError, StorageFailed)):
        placing.put(tmp_path / "absent", key="images/generated/u/d.png", content_type="image/png")
    assert not lies_in("private", "images/generated/u/d.png")


def test_a_storage_that_does_not_answer_may_be_tried_again(tmp_path, broken_storage):
    path = media.written(tmp_path, b"some bytes")
    with broken_storage("private"), pytest.raises(StorageFailed) as failure:
        placing.put(path, key="images/generated/u/e.png", content_type="image/png")
    assert failure.value.retryable


def test_a_row_is_made_once_however_often_it_is_asked_for(store):
    wanted = uuid.uuid4()
    first = store(media.make_png(20, 20), "image", asset_id=wanted)
    again = store(media.make_png(20, 20), "image", asset_id=wanted)
    assert first == again
    assert Asset.objects.get().file.name == first.file.name


def test_a_row_knows_what_was_found_in_the_bytes(store):
    asset = store(media.make_mp4(1.0, width=320, height=180), "video")
    assert (asset.media_type, asset.content_type) == ("video", "video/mp4")
    assert (asset.width, asset.height, asset.duration_ms) == (320, 180, 1000)
    assert asset.bytes == asset.file.size


def test_moving_brings_everything_to_the_other_storage(rendered):
    placing.move(rendered, visibility="public")
    rendered.refresh_from_db()
    assert rendered.visibility == "public"
    assert places(rendered)["public"] == 2
    assert rendered.renditions.get().file.url == f"/media/images/thumbnails/400/{rendered.pk}.webp"


def test_moving_lets_go_of_what_lay_there_before(rendered):
    placing.move(rendered, visibility="public")
    promised = Deletion.objects.filter(visibility="private").values_list("key", flat=True)
    assert sorted(promised) == sorted(rendered.keys())


def test_moving_twice_is_moving_once(rendered):
    placing.move(rendered, visibility="public")
    placing.move(rendered, visibility="public")
    assert Deletion.objects.count() == 2


def test_moving_there_and_back_loses_nothing(rendered, drained):
    for visibility in ("public", "private", "public", "private"):
        placing.move(rendered, visibility=visibility)
    drained()
    assert places(rendered) == {"private": 2, "public": 0}
    assert not Deletion.objects.exists()


def test_a_reader_of_the_row_finds_the_new_place_at_once(rendered):
    assert rendered.file.url != placing.absolute(f"/media/{rendered.file.name}")
    placing.move(rendered, visibility="public")
    assert rendered.file.url == f"/media/{rendered.file.name}"


def test_copies_of_a_move_that_was_cut_off_are_removed_within_the_hour(rendered, hour_later, drained):
    placing.copied(rendered.keys(), "private", to="public")
    assert places(rendered) == {"private": 2, "public": 2}
    hour_later()
    drained()
    assert places(rendered) == {"private": 2, "public": 0}


def test_moving_waits_for_a_deletion_that_is_under_way(rendered, claimed_deletion):
    claimed_deletion("public", rendered.file.name)
    with pytest.raises(StorageFailed) as failure:
        placing.move(rendered, visibility="public")
    assert failure.value.retryable


def test_a_rendition_that_appears_during_a_move_comes_along(rendered):
    keys_before = rendered.keys()
    renditions.render_all(rendered)
    assert not placing.switch(rendered, keys_before, "public")
    placing.move(rendered, visibility="public")
    assert places(rendered)["public"] == rendered.renditions.count() + 1


def test_a_duplicate_has_its_own_object_and_row(rendered):
    key = keys.published("image", uuid.uuid4(), uuid.uuid4(), "png")
    copy = placing.duplicate(rendered, asset_id=uuid.uuid4(), key=key)
    assert copy.pk != rendered.pk
    assert (copy.file.name, copy.width) == (key, 400)
    assert copy.file.size == copy.bytes


def test_a_duplicate_is_due_for_every_rendition(rendered):
    copy = placing.duplicate(rendered, asset_id=uuid.uuid4(), key="images/gallery/g/a.png")
    copy.refresh_from_db()
    assert copy.render_all
    assert copy.due_at is not None


def test_duplicating_twice_is_duplicating_once(rendered):
    wanted = uuid.uuid4()
    first = placing.duplicate(rendered, asset_id=wanted, key="images/gallery/g/b.png")
    assert placing.duplicate(rendered, asset_id=wanted, key="images/gallery/g/b.png") == first
    assert Asset.objects.count() == 2


def test_what_is_gone_cannot_be_duplicated(rendered):
    storages["private"].remove(rendered.file.name)
    with pytest.raises(StorageFailed) as failure:
        placing.duplicate(rendered, asset_id=uuid.uuid4(), key="images/gallery/g/d.png")
    assert not failure.value.retryable
    assert Asset.objects.count() == 1


def test_two_rows_never_own_one_object(rendered):
    with pytest.raises(IntegrityError):
        Asset.objects.create(
            file=rendered.file.name, media_type="image", content_type="image/png", bytes=1, sha256="0" * 64
        )


def test_files_on_their_way_lie_beside_the_stored_ones(settings):
    with workbench() as folder:
        assert Path(settings.MEDIA_ROOT) in folder.parents
    assert not folder.exists()
