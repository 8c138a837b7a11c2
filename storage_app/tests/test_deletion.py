"""What is let go of is really removed, and nothing else ever is."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import transaction

from storage_app import deletion, jobs, renditions
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion, Rendition
from storage_app.tests import media

pytestmark = pytest.mark.django_db


def exists(visibility: str, key: str) -> bool:
    return storages[visibility].exists(key)


@pytest.fixture
def rendered(store):
    asset = store(media.make_png(400, 300), "image")
    renditions.render_first(asset)
    return asset


def test_releasing_an_asset_removes_its_rows_now_and_its_objects_soon(rendered, drained):
    keys = rendered.keys()
    deletion.release_asset(rendered)
    assert not Asset.objects.exists()
    assert not Rendition.objects.exists()
    assert [exists("private", key) for key in keys] == [True, True]
    drained()
    assert [exists("private", key) for key in keys] == [False, False]
    assert not Deletion.objects.exists()


def test_a_release_that_is_rolled_back_removes_nothing(rendered, drained):
    keys = rendered.keys()
    with transaction.atomic():
        deletion.release_asset(rendered)
        transaction.set_rollback(True)
    drained()
    assert Asset.objects.get() == rendered
    assert all(exists("private", key) for key in keys)


def test_releasing_twice_is_releasing_once(rendered):
    gone = Asset.objects.get(pk=rendered.pk)
    deletion.release_asset(rendered)
    deletion.release_asset(gone)
    assert Deletion.objects.count() == 2


def test_an_object_that_is_not_there_counts_as_removed(drained):
    deletion.discard("private", ["images/generated/u/absent.png"])
    drained()
    assert not Deletion.objects.exists()


def test_an_object_that_a_row_owns_is_never_removed(rendered, drained):
    keys = rendered.keys()
    deletion.discard("private", keys)
    drained()
    assert not Deletion.objects.exists()
    assert all(exists("private", key) for key in keys)


def test_the_same_key_in_the_other_storage_is_another_object(store, drained):
    asset = store(media.make_png(20, 20), "image", visibility="public")
    storages["private"].save(asset.file.name, media.as_file(b"left behind"))
    deletion.discard("private", [asset.file.name])
    drained()
    assert exists("public", asset.file.name)
    assert not exists("private", asset.file.name)


def test_a_deletion_waits_for_a_storage_that_does_not_answer(rendered, broken_storage, drained):
    key = rendered.file.name
    deletion.release_asset(rendered)
    with broken_storage("private"):
        jobs.drain()
    assert Deletion.objects.filter(key=key, lease_until=None, tries=1).exists()
    Deletion.objects.update(due_at=Deletion.objects.first().created_at)
    drained()
    assert not exists("private", key)


def test_a_deletion_is_carried_out_by_one_worker(claimed_deletion):
    claimed_deletion("private", "images/generated/u/a.png")
    assert not jobs.delete_next()


def test_a_promise_for_copies_replaces_an_earlier_one():
    for _ in range(2):
        deletion.discard_unless_adopted("public", ["images/gallery/g/a.png"])
    assert Deletion.objects.count() == 1
    assert not jobs.delete_next()  # not due for an hour


def test_no_copy_is_made_where_a_worker_is_just_removing(claimed_deletion):
    claimed_deletion("public", "images/gallery/g/a.png")
    with pytest.raises(StorageFailed):
        deletion.discard_unless_adopted("public", ["images/gallery/g/a.png"])


def test_a_worker_that_died_while_removing_stands_in_nobodys_way(claimed_deletion):
    claimed = claimed_deletion("public", "images/gallery/g/a.png")
    Deletion.objects.update(lease_until=claimed.lease_until - timedelta(hours=1))
    deletion.discard_unless_adopted("public", ["images/gallery/g/a.png"])
    assert Deletion.objects.count() == 1
