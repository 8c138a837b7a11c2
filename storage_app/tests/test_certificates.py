"""Whoever closes their account leaves no object behind, and a row says so."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import closing
from accounts.tests.factories import make_user
from storage_app import deletion, jobs, keys, uploads
from storage_app.models import Certificate, Deletion
from storage_app.tests import media
from storage_app.tests.sending import put

pytestmark = pytest.mark.django_db
PNG = media.make_png(60, 40)


def hours_pass(hours: float) -> None:
    """For every promise of this room; then the worker is given its turn."""
    for rows in (Deletion.objects, Certificate.objects):
        rows.update(due_at=F("due_at") - timedelta(hours=hours))
    while jobs.delete_next():
        pass
    while jobs.sweep(50):
        pass


def objects_of(account) -> list[str]:
    listed = [one.key for one in storages["private"].listing()]
    return [key for key in listed if str(account) in key]


def test_an_account_that_was_closed_gets_its_certificate_when_all_has_gone(sender):
    sender.upload(PNG)
    put(sender.ticket(PNG), PNG)
    closing.close(sender.user)
    certificate = Certificate.objects.get(pk=sender.user.pk)
    assert certificate.completed_at is None
    hours_pass(3)
    certificate.refresh_from_db()
    assert certificate.completed_at is not None
    assert certificate.objects_removed == 2
    assert objects_of(sender.user.pk) == []
    assert not Deletion.objects.filter(account=sender.user.pk).exists()


def test_no_certificate_comes_while_storage_does_not_answer(sender, broken_storage):
    sender.upload(PNG)
    closing.close(sender.user)
    with broken_storage("private"):
        Deletion.objects.update(due_at=F("due_at") - timedelta(hours=3))
        Certificate.objects.update(due_at=F("due_at") - timedelta(hours=3))
        jobs.sweep(50)
    assert Certificate.objects.get().completed_at is None
    hours_pass(3)
    assert Certificate.objects.get().completed_at is not None


def test_what_a_killed_worker_left_behind_goes_before_the_certificate_comes(sender):
    stray = keys.generated("video", sender.user.pk, uuid.uuid4(), "mp4")
    storages["private"].save(stray, media.as_file(b"a film that no row knows"))
    closing.close(sender.user)
    Certificate.objects.update(due_at=timezone.now())
    jobs.certify_next()
    assert Certificate.objects.get().completed_at is None
    hours_pass(3)
    assert Certificate.objects.get().completed_at is not None
    assert objects_of(sender.user.pk) == []


def test_what_was_promised_to_go_earlier_is_counted_too(sender, store):
    key = sender.upload(PNG).json()["key"]
    sender.delete(key)
    closing.close(sender.user)
    hours_pass(3)
    assert Certificate.objects.get().objects_removed == 1


def test_everything_that_goes_within_the_closing_is_theirs(sender, store):
    asset = store(PNG, "image")
    with transaction.atomic():
        uploads.let_go_of_everything(sender.user)
        deletion.release_asset(asset)
    assert Deletion.objects.get().account == sender.user.pk


def test_a_closing_that_was_rolled_back_marks_nothing_of_what_follows(sender, store):
    asset = store(PNG, "image")
    with transaction.atomic():
        uploads.let_go_of_everything(sender.user)
        transaction.set_rollback(True)
    account = keys.account_of(asset.file.name)
    deletion.release_asset(asset)
    assert Deletion.objects.get().account == account != sender.user.pk
    assert not Certificate.objects.exists()


def test_closing_twice_is_closing_once(sender):
    closing.close(sender.user)
    requested = Certificate.objects.get().requested_at
    closing.close(sender.user)
    assert Certificate.objects.get().requested_at == requested


def test_who_stays_needs_no_certificate(sender):
    sender.delete(sender.upload(PNG).json()["key"])
    hours_pass(3)
    assert not Certificate.objects.exists()


def test_somebody_elses_files_stay(sender, stranger):
    stranger.upload(PNG)
    closing.close(sender.user)
    hours_pass(3)
    assert len(objects_of(stranger.user.pk)) == 1


@pytest.mark.parametrize(
    ("key", "is_personal"),
    [
        ("images/generated/{}/a.png", True),
        ("videos/generated/{}/a-2.mp4", True),
        ("uploads/{}/a.png", True),
        ("exports/{}/a.zip", True),
        ("images/gallery/{}/a.png", False),
        ("staging/{}.png", False),
    ],
)
def test_a_folder_tells_whose_it_is(key, is_personal):
    account = make_user().pk
    assert keys.account_of(key.format(account)) == (account if is_personal else None)
