"""What a person takes along, and that nothing of theirs stays when they go."""

import json
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.db.models import F
from django.utils import timezone

from accounts import closing, exporting
from accounts.models import Export
from accounts.signals import account_exporting
from accounts.tests.factories import make_key, make_user
from generation import belongings, services
from generation.models import KeyWebhook
from generation.tests.conftest import run, submit
from storage_app import exports, jobs, keys, uploads
from storage_app.models import Deletion, Upload
from storage_app.tests import media
from storage_app.tests.test_bounded_memory import MIB, forget_highest_memory, highest_memory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(user, tmp_path):
    return uploads.receive(owner=user, path=media.written(tmp_path, media.make_png(60, 40)), name="cat.png")


@contextmanager
def opened(export: Export):
    with storages["private"].open(export.file.name) as file:
        yield zipfile.ZipFile(BytesIO(file.read()))


def built(user) -> Export:
    exporting.ask(user)
    assert belongings.sweep(1) == 1
    return Export.objects.get(user=user)


def is_there(name: str) -> bool:
    return storages["private"].exists(name)


def drain() -> None:
    while jobs.delete_next():
        pass


def lease_ends() -> None:
    Export.objects.update(lease_until=F("lease_until") - timedelta(minutes=10))


def test_an_archive_has_every_document_and_every_file(sandbox, user, sent):
    task = run(submit(user, prompt="a lantern boat"))
    asset = task.outputs.get().asset
    key, _secret = make_key(user)
    KeyWebhook.objects.create(api_key=key, url="https://hooks.example/done")
    with opened(built(user)) as archive:
        assert set(archive.namelist()) == {
            *("account.json", "keys.json", "ledger.json", "audit.json"),
            *("tasks.json", "uploads.json", "webhooks.json", "items.json"),
            *(f"media/{asset.file.name}", f"media/{sent.asset.file.name}"),
        }
        [told] = json.loads(archive.read("tasks.json"))
        assert (told["id"], told["prompt"], told["status"]) == (str(task.pk), "a lantern boat", "completed")
        assert told["credits_used"] == 18
        assert told["outputs"][0]["file"] == f"media/{asset.file.name}"
        with asset.file.open() as original:
            assert archive.read(f"media/{asset.file.name}") == original.read()
        assert json.loads(archive.read("uploads.json"))[0]["name"] == "cat.png"
        assert json.loads(archive.read("webhooks.json"))[0]["url"] == "https://hooks.example/done"


def test_nothing_of_anybody_else_is_in_it(sandbox, user):
    theirs = run(submit(make_user("malee"), prompt="my secret garden"))
    with opened(built(user)) as archive:
        assert json.loads(archive.read("tasks.json")) == []
        assert not [name for name in archive.namelist() if str(theirs.user_id) in name]
        assert b"my secret garden" not in b"".join(map(archive.read, archive.namelist()))


def test_a_deleted_task_is_not_in_it(sandbox, user):
    services.delete(run(submit(user)), by=user)
    with opened(built(user)) as archive:
        assert json.loads(archive.read("tasks.json")) == []
        assert not [name for name in archive.namelist() if name.startswith("media/")]


def test_the_provider_s_words_and_our_tokens_are_not_in_it(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:fail]"))
    with opened(built(user)) as archive:
        [told] = json.loads(archive.read("tasks.json"))
    assert not {"error_raw", "callback_token", "external_task_id", "upstream_credits"} & told.keys()
    assert task.callback_token not in str(told)


def test_a_file_that_has_gone_meanwhile_is_left_out(user, sent):
    storages["private"].remove(sent.asset.file.name)
    with opened(built(user)) as archive:
        assert f"media/{sent.asset.file.name}" not in archive.namelist()


def test_the_archive_goes_after_a_week(user):
    export = built(user)
    drain()
    assert is_there(export.file.name)
    assert Deletion.objects.get(key=export.file.name).due_at == export.expires_at
    Deletion.objects.update(due_at=timezone.now())
    drain()
    assert not is_there(export.file.name)


def test_a_new_archive_takes_the_place_of_the_one_before(user):
    old = built(user)
    new = built(user)
    drain()
    assert (is_there(old.file.name), is_there(new.file.name)) == (False, True)


def test_a_worker_that_was_killed_is_followed_by_another(user):
    """It had claimed the row, and no more."""
    exporting.ask(user)
    Export.objects.claim(lease=timedelta(minutes=2))
    assert belongings.sweep(1) == 0
    lease_ends()
    assert belongings.sweep(1) == 1
    assert Export.objects.get().status == "ready"


def test_a_worker_that_was_killed_after_placing_leaves_nothing_behind(user, tmp_path):
    exporting.ask(user)
    first = Export.objects.claim(lease=timedelta(minutes=2))
    key = keys.export(user.pk, first.pk)
    exports.place(media.written(tmp_path, b"half a ZIP"), key=key)
    lease_ends()
    belongings.sweep(1)
    export = Export.objects.get()
    assert export.file.name == key
    with opened(export) as archive:
        assert archive.testzip() is None
    assert Deletion.objects.get().due_at == export.expires_at


def test_storage_that_does_not_take_it_puts_it_off(user):
    """Here because something under that very key is just being removed."""
    key = keys.export(user.pk, exporting.ask(user).pk)
    Deletion.objects.create(visibility="private", key=key, due_at=timezone.now())
    removing = Deletion.objects.claim(lease=timedelta(minutes=5))
    assert belongings.sweep(1) == 1
    waiting = Export.objects.get()
    assert (waiting.status, waiting.lease_until) == ("building", None)
    assert waiting.due_at > timezone.now()
    removing.delete()
    Export.objects.update(due_at=timezone.now())
    belongings.sweep(1)
    assert Export.objects.get().status == "ready"


def test_what_fails_again_and_again_is_given_up(user):
    exporting.ask(user)
    Export.objects.update(tries=exporting.MOST_TRIES)
    assert belongings.sweep(1) == 1
    assert Export.objects.get().status == "failed"
    assert belongings.sweep(1) == 0


def test_some_workers_stay_free(user, settings):
    settings.WORKERS = 2
    for person in (user, make_user()):
        exporting.ask(person)
    Export.objects.claim(lease=timedelta(minutes=2))
    assert belongings.sweep(3) == 0


def test_archives_and_uploads_go_with_the_account(user, sent):
    upload, archive = sent.asset.file.name, built(user).file.name
    closing.close(user)
    drain()
    assert (is_there(upload), is_there(archive)) == (False, False)
    assert Upload.objects.get().state == "gone"
    assert not Export.objects.exists()


def test_an_account_that_closes_while_its_archive_is_built_leaves_none(user):
    def leave(user, **_kwargs):
        closing.close(user)
        return []

    key = keys.export(user.pk, exporting.ask(user).pk)
    account_exporting.connect(leave)
    try:
        belongings.sweep(1)
    finally:
        account_exporting.disconnect(leave)
    assert is_there(key)
    drain()
    assert not is_there(key)
    assert not Export.objects.exists()


def test_a_hundred_megabytes_are_taken_along_in_little_memory(user, sent, tmp_path):
    large = tmp_path / "film.mp4"
    with open(large, "wb") as file:
        file.truncate(100 * MIB)
    storages["private"].put(large, key=sent.asset.file.name, content_type="video/mp4")
    forget_highest_memory()
    before = highest_memory()
    assert built(user).bytes > 100 * MIB
    assert highest_memory() - before < 64 * MIB
