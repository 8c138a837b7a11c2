"""An archive stays for as long as it was promised, and goes whatever happens on the way."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db.models import F
from django.utils import timezone

from storage_app import audit, exports, keys
from storage_app.errors import StorageFailed
from storage_app.models import Deletion
from storage_app.tests import media

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return keys.export(uuid.uuid4(), uuid.uuid4())


@pytest.fixture
def placed(tmp_path, key):
    path = media.written(tmp_path, b"PK archive", "export.zip")
    exports.place(path, key=key)
    return key


@pytest.fixture
def week_later():
    def pass_by() -> None:
        Deletion.objects.update(due_at=F("due_at") - timedelta(days=7, seconds=1))

    return pass_by


def is_there(key: str) -> bool:
    return storages["private"].exists(key)


def test_its_key_is_one_of_ours(key):
    assert keys.is_key(key)


def test_one_that_nobody_took_over_goes_within_the_hour(placed, drained, hour_later):
    drained()
    assert is_there(placed)
    hour_later()
    drained()
    assert not is_there(placed)


def test_one_that_was_taken_over_stays_for_its_time_and_goes_then(placed, drained, hour_later, week_later):
    exports.keep(placed, until=timezone.now() + timedelta(days=7))
    hour_later()
    drained()
    assert is_there(placed)
    week_later()
    drained()
    assert not is_there(placed)
    assert not Deletion.objects.exists()


def test_one_that_is_let_go_of_goes_at_once(placed, drained):
    exports.keep(placed, until=timezone.now() + timedelta(days=7))
    exports.let_go([placed])
    drained()
    assert not is_there(placed)
    assert not Deletion.objects.exists()


def test_letting_go_of_nothing_writes_nothing():
    exports.let_go([])
    assert not Deletion.objects.exists()


def test_one_whose_hour_is_over_is_not_taken_over_any_more(placed, hour_later):
    hour_later()
    with pytest.raises(StorageFailed):
        exports.keep(placed, until=timezone.now() + timedelta(days=7))


def test_placing_twice_is_placing_once(placed, tmp_path):
    path = media.written(tmp_path, b"PK archive, anew", "again.zip")
    exports.place(path, key=placed)
    assert b"".join(storages["private"].read(placed, start=0, length=16)) == b"PK archive, anew"
    assert Deletion.objects.count() == 1


def test_the_audit_takes_none_for_an_orphan(placed, monkeypatch):
    monkeypatch.setattr(audit, "GRACE", timedelta(days=-1))
    assert placed not in {finding.key for finding in audit.findings()}


def test_it_is_offered_for_download_and_never_shown(placed, client):
    url = storages["private"].url(placed)
    assert placed.rpartition("/")[2] in url
    assert client.get(f"/media/{placed}").status_code == 404


def test_an_original_is_read_a_little_at_a_time(store):
    data = media.make_png(900, 700)
    asset = store(data, "image")
    assert b"".join(exports.bytes_of(asset)) == data


def test_an_original_that_has_gone_meanwhile_is_none(store):
    asset = store(media.make_png(40, 30), "image")
    storages["private"].remove(asset.file.name)
    assert exports.bytes_of(asset) is None
