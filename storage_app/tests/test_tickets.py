"""A file that goes straight into storage: what was promised, once, and looked at before it counts."""

import hashlib
import time
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db.models import F
from django.utils import timezone

from storage_app import jobs, uploads
from storage_app.models import Asset, Deletion, Upload
from storage_app.storages.stored import Changed, Terms
from storage_app.tests import media
from storage_app.tests.sending import put

pytestmark = pytest.mark.django_db
PNG = media.make_png(60, 40)
OTHER_PNG = media.make_png(60, 40, seed=2)


def passed(time: timedelta) -> None:
    """As if so much time had gone by for every row."""
    Upload.objects.update(due_at=F("due_at") - time, expires_at=F("expires_at") - time)
    Deletion.objects.update(due_at=F("due_at") - time)


def sweep() -> None:
    while jobs.sweep(10):
        pass


def staged(ticket: dict) -> bool:
    return storages["private"].exists(f"staging/{ticket['upload_id']}.png")


def test_a_ticket_says_everything_that_is_needed(sender):
    answer = sender.presign(filename="a.png", content_type="image/png", bytes=len(PNG))
    ticket = answer.json()
    assert set(ticket) == {"upload_id", "key", "url", "method", "headers", "expires_at"}
    assert ticket["key"] == f"uploads/{sender.user.pk}/{ticket['upload_id']}.png"
    assert "staging/" in ticket["url"]
    assert ticket["method"] == "PUT"
    assert ticket["headers"] == {
        "Content-Type": "image/png",
        "Content-Length": str(len(PNG)),
        "If-None-Match": "*",
    }
    assert answer["Cache-Control"] == "no-store"


def test_what_was_put_is_kept_once_it_is_completed(sender, content):
    ticket = sender.sent(PNG)
    assert not Asset.objects.exists()
    answer = sender.complete(ticket)
    assert answer.status_code == 200
    assert (answer.json()["key"], answer.json()["bytes"]) == (ticket["key"], len(PNG))
    assert content(Upload.objects.get().asset) == PNG


def test_completing_twice_is_completing_once(sender):
    ticket = sender.sent(PNG)
    first, again = sender.complete(ticket), sender.complete(ticket)
    assert (again.status_code, again.json()["key"]) == (200, first.json()["key"])
    assert Asset.objects.count() == 1


def test_nothing_can_be_completed_before_it_has_arrived(sender):
    ticket = sender.ticket(PNG)
    answer = sender.complete(ticket)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_uploaded")
    put(ticket, PNG)
    assert sender.complete(ticket).status_code == 200


def test_somebody_else_cannot_complete(sender, stranger):
    ticket = sender.sent(PNG)
    assert stranger.complete(ticket).status_code == 404
    assert Upload.objects.get().state == "issued"


def test_two_who_complete_at_once_are_told_apart(sender):
    ticket = sender.sent(PNG)
    Upload.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
    answer = sender.complete(ticket)
    assert (answer.status_code, answer.json()["code"]) == (409, "in_progress")
    assert int(answer["Retry-After"]) > 0


def test_who_died_while_completing_stands_in_nobodys_way(sender):
    ticket = sender.sent(PNG)
    Upload.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    assert sender.complete(ticket).status_code == 200


def test_a_longer_body_is_refused(sender):
    assert put(sender.ticket(PNG), PNG + b"x") == 403


def test_a_shorter_body_is_refused(sender):
    assert put(sender.ticket(PNG), PNG[:-1]) == 403


def test_another_type_is_refused(sender):
    assert put(sender.ticket(PNG), PNG, Content_Type="text/html") == 403


def test_a_put_that_might_overwrite_is_refused(sender):
    assert put(sender.ticket(PNG), PNG, without="If-None-Match") == 403


def test_a_place_is_filled_once(sender):
    ticket = sender.sent(PNG)
    assert put(ticket, OTHER_PNG[: len(PNG)].ljust(len(PNG), b"\0")) == 412


def test_a_place_stays_filled_after_it_was_completed(sender):
    ticket = sender.sent(PNG)
    sender.complete(ticket)
    assert put(ticket, PNG) == 412


def test_a_ticket_with_a_checksum_takes_those_bytes_only(sender):
    ticket = sender.ticket(PNG, with_sha256=True)
    assert put(ticket, PNG[:-1] + b"x") == 400
    assert put(ticket, PNG, x_amz_checksum_sha256="A" * 43 + "=") in (400, 403)
    assert put(ticket, PNG) == 200
    assert sender.complete(ticket).json()["sha256"] == hashlib.sha256(PNG).hexdigest()


def test_a_signature_that_was_changed_opens_nothing(sender):
    ticket = sender.ticket(PNG)
    assert put(ticket | {"url": ticket["url"][:-3] + "abc"}, PNG) == 403


def test_a_ticket_runs_out(sender):
    terms = Terms("image/png", len(PNG))
    key = "staging/7b1c7a4e-7a2a-4a57-9f5e-0d5d7f6f2b11.png"
    ticket = storages["private"].ticket(key, terms, seconds=1)
    time.sleep(2.1)
    assert put({"url": ticket.url, "headers": ticket.headers}, PNG) in (400, 403)
    assert not storages["private"].exists(key)


@pytest.mark.local_only(reason="the address of our own view")
def test_the_place_is_for_putting_only(sender, client):
    ticket = sender.sent(PNG)
    for method in ("get", "post", "delete"):
        assert getattr(client, method)(ticket["url"]).status_code == 405


def test_bytes_swapped_between_check_and_copy_are_not_taken(sender, tmp_path):
    """Whoever can write to the bucket behind our back still cannot pass unseen bytes."""
    ticket = sender.sent(PNG)
    storage, upload = storages["private"], uploads.started(Upload.objects.get())
    seen = storage.stat(upload.staging_key)
    storage.save(upload.staging_key, media.as_file(OTHER_PNG))
    with pytest.raises(Changed):
        uploads.keep(upload, media.written(tmp_path, PNG), etag=seen.etag)
    assert not storage.exists(ticket["key"])
    assert not Asset.objects.exists()


def test_a_refused_file_leaves_nothing(sender):
    bad = b"<svg onload=alert(1)>".ljust(60, b" ")
    ticket = sender.sent(bad)
    assert sender.complete(ticket).status_code == 415
    assert sender.complete(ticket).status_code == 404
    passed(timedelta(hours=2))
    sweep()
    assert not staged(ticket)
    assert sender.usage()["reserved_bytes"] == 0


def test_another_kind_than_announced_is_refused(sender):
    jpeg = media.make_jpeg_with_gps(60, 40)
    ticket = sender.sent(jpeg, "image/png")
    assert (sender.complete(ticket).status_code, Asset.objects.count()) == (415, 0)


def test_a_sound_in_the_container_of_a_film_is_a_sound_when_it_is_called_one(sender):
    sound = media.make_m4a().replace(b"M4A ", b"isom")
    assert sender.complete(sender.sent(sound, "audio/mp4")).json()["content_type"] == "audio/mp4"


def test_a_completed_upload_is_all_that_is_left(sender, drained):
    ticket = sender.sent(PNG)
    sender.complete(ticket)
    drained()
    assert staged(ticket)  # it keeps a second one out while the ticket is good
    passed(timedelta(hours=2))
    drained()
    assert not staged(ticket)
    assert storages["private"].exists(ticket["key"])


def test_who_never_came_back_is_cleared_away_within_a_day(sender):
    ticket = sender.sent(PNG)
    passed(timedelta(hours=11))
    sweep()
    assert Upload.objects.get().state == "issued"
    passed(timedelta(hours=13))
    sweep()
    assert Upload.objects.get().state == "gone"
    assert not staged(ticket)
    assert sender.complete(ticket).status_code == 404


def test_a_storage_that_does_not_answer_may_be_asked_again(sender, broken_storage):
    ticket = sender.sent(PNG)
    with broken_storage("private"):
        assert sender.complete(ticket).status_code == 503
    assert sender.complete(ticket).status_code == 200


@pytest.mark.parametrize(
    "changed, pointer",
    [
        ({"content_type": "image/svg+xml"}, "/content_type"),
        ({"content_type": "text/html"}, "/content_type"),
        ({"bytes": 0}, "/bytes"),
        ({"bytes": -5}, "/bytes"),
        ({"bytes": "many"}, "/bytes"),
        ({"bytes": 10**30}, "/bytes"),
        ({"sha256": "abc"}, "/sha256"),
        ({"filename": "a\0.png"}, "/filename"),
        ({"key": "uploads/u/mine.png"}, "/key"),
    ],
)
def test_a_ticket_is_not_issued_for_nonsense(sender, changed, pointer):
    asked = {"filename": "a.png", "content_type": "image/png", "bytes": 100} | changed
    answer = sender.presign(**asked)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


@pytest.mark.parametrize(
    "content_type, size",
    [("image/png", 30 * 2**20), ("video/mp4", 500 * 2**20), ("audio/mpeg", 50 * 2**20)],
)
def test_each_kind_has_its_limit(sender, content_type, size):
    asked = {"filename": "a", "content_type": content_type}
    assert sender.presign(bytes=size, **asked).status_code == 200
    answer = sender.presign(bytes=size + 1, **asked)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "filename, kept",
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\Users\\me\\cat.png", "cat.png"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("..", ""),
        ("แมว.png", "แมว.png"),
        ("x" * 400 + ".png", "x" * 255),
    ],
)
def test_a_name_is_only_ever_a_name(sender, filename, kept):
    answer = sender.presign(filename=filename, content_type="image/png", bytes=100)
    upload = Upload.objects.get()
    assert upload.name == kept
    assert answer.json()["key"] == f"uploads/{sender.user.pk}/{upload.pk}.png"
