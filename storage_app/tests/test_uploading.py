"""A file that is sent to us: taken in through a form, kept under its owner, gone when they say so."""

import hashlib
import uuid

import pytest
from django.core.files.storage import storages
from django.test import Client

from accounts.tests.factories import make_key, make_user
from storage_app import uploads
from storage_app.models import Asset, Deletion, Upload
from storage_app.signals import key_in_use
from storage_app.tests import media
from storage_app.tests.sending import Sender, put

pytestmark = pytest.mark.django_db
PNG = media.make_png(60, 40)


def test_a_picture_is_kept_as_it_came(sender, content):
    answer = sender.upload(PNG, "holiday.png")
    assert answer.status_code == 201
    told = answer.json()
    upload = Upload.objects.get()
    assert told["key"] == f"uploads/{sender.user.pk}/{upload.pk}.png"
    assert (told["content_type"], told["width"], told["height"]) == ("image/png", 60, 40)
    assert (told["bytes"], told["sha256"]) == (len(PNG), hashlib.sha256(PNG).hexdigest())
    assert content(upload.asset) == PNG


def test_the_answer_has_the_agreed_fields_and_no_other(sender):
    fields = {"key", "url", "content_type", "bytes", "width", "height", "duration_ms", "sha256"}
    assert set(sender.upload(PNG).json()) == fields


def test_an_upload_is_private_and_belongs_to_its_row(sender):
    sender.upload(PNG, "holiday.png")
    upload = Upload.objects.get()
    assert (upload.owner, upload.state, upload.name) == (sender.user, "stored", "holiday.png")
    assert upload.asset.visibility == "private"
    assert upload.due_at is None


@pytest.mark.parametrize(
    "make, content_type",
    [
        (media.make_png, "image/png"),
        (media.make_jpeg_with_gps, "image/jpeg"),
        (media.make_mp4, "video/mp4"),
        (media.make_webm, "video/webm"),
        (media.make_mp3, "audio/mpeg"),
        (media.make_wav, "audio/wav"),
        (media.make_ogg, "audio/ogg"),
        (media.make_m4a, "audio/mp4"),
        (media.make_flac, "audio/flac"),
    ],
)
def test_the_type_is_what_the_bytes_say(sender, make, content_type):
    answer = sender.upload(make(), "page.html", content_type="text/html")
    assert (answer.status_code, answer.json()["content_type"]) == (201, content_type)


def test_a_film_tells_its_length(sender):
    assert sender.upload(media.make_mp4(2.0)).json()["duration_ms"] == 2000


def test_the_address_of_an_upload_is_absolute(sender):
    assert sender.upload(PNG).json()["url"].startswith("http://127.0.0.1")


def test_a_key_without_the_scope_may_not_send(db):
    user = make_user()
    poor = Sender(user, make_key(user, scopes=["generate"])[1])
    for answer in (poor.upload(PNG), poor.presign(), poor.delete("uploads/u/a.png")):
        assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")


def test_nobody_may_not_send(db):
    answer = Client().post("/api/v1/storage/upload")
    assert answer.status_code == 401


def test_a_form_without_a_file_is_refused(sender):
    answer = sender.client.post("/api/v1/storage/upload", {"note": "x"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/note")
    assert sender.client.post("/api/v1/storage/upload", {}).status_code == 400


def test_a_second_file_or_another_field_is_refused(sender):
    assert sender.upload(PNG, note="x").status_code == 400
    assert sender.upload(PNG, other=media.as_file(PNG)).status_code == 400
    assert not Upload.objects.exists()


def test_another_kind_of_body_is_not_understood(sender):
    answer = sender.client.post("/api/v1/storage/upload", {"file": "x"}, content_type="application/json")
    assert answer.status_code == 415


def test_an_unknown_parameter_is_refused(sender):
    assert sender.client.get("/api/v1/storage/usage?of=everybody").status_code == 400


def test_a_deleted_upload_is_gone_with_its_object(sender, drained):
    key = sender.upload(PNG).json()["key"]
    answer = sender.delete(key)
    assert (answer.status_code, answer.json()) == (200, {"key": key, "deleted": True})
    drained()
    assert not storages["private"].exists(key)
    assert not Asset.objects.exists()
    assert Upload.objects.get().state == "gone"


def test_deleting_twice_finds_nothing(sender):
    key = sender.upload(PNG).json()["key"]
    sender.delete(key)
    assert sender.delete(key).status_code == 404


def test_somebody_elses_upload_does_not_exist(sender, stranger):
    key = sender.upload(PNG).json()["key"]
    assert stranger.delete(key).status_code == 404
    assert Upload.objects.get().state == "stored"


def test_a_key_of_a_task_or_a_work_is_in_use_for_its_owner_and_unknown_to_others(sender, stranger, store):
    asset = store(PNG, "image")

    def of_a_task(sender, user, key, **kwargs):
        return user.username == owner and key == asset.file.name

    owner = sender.user.username
    key_in_use.connect(of_a_task)
    try:
        answer = sender.delete(asset.file.name)
        assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
        assert stranger.delete(asset.file.name).status_code == 404
    finally:
        key_in_use.disconnect(of_a_task)


def test_usage_counts_what_is_kept(sender):
    sender.upload(PNG)
    sender.ticket(PNG)
    assert sender.usage() == {
        "quota_bytes": 5 * 2**30,
        "used_bytes": len(PNG),
        "reserved_bytes": len(PNG),
        "available_bytes": 5 * 2**30 - 2 * len(PNG),
        "files": 1,
        "limits": {"image": 30 * 2**20, "video": 500 * 2**20, "audio": 50 * 2**20},
    }


def test_somebody_elses_files_take_no_room_of_mine(sender, stranger):
    stranger.upload(PNG)
    assert sender.usage()["used_bytes"] == 0


def test_a_full_shelf_takes_nothing_more(sender, settings):
    settings.STORAGE_QUOTA_BYTES = len(PNG) * 2 - 1
    assert sender.upload(PNG).status_code == 201
    answer = sender.upload(PNG)
    assert (answer.status_code, answer.json()["code"]) == (413, "quota_exceeded")
    assert sender.presign(filename="a.png", content_type="image/png", bytes=len(PNG)).status_code == 413


def test_room_promised_to_a_ticket_is_not_given_twice(sender, settings):
    settings.STORAGE_QUOTA_BYTES = len(PNG) * 2 - 1
    sender.ticket(PNG)
    assert sender.upload(PNG).status_code == 413


def test_deleting_makes_room(sender, settings):
    settings.STORAGE_QUOTA_BYTES = len(PNG)
    sender.delete(sender.upload(PNG).json()["key"])
    assert sender.upload(PNG).status_code == 201


def test_a_closed_account_leaves_no_file_behind(sender, drained):
    key = sender.upload(PNG, "me.png").json()["key"]
    ticket = sender.ticket(PNG)
    put(ticket, PNG)
    uploads.let_go_of_everything(sender.user)
    Deletion.objects.update(due_at=Upload.objects.first().created_at)
    drained()
    assert not storages["private"].exists(key)
    assert not storages["private"].exists(f"staging/{ticket['upload_id']}.png")
    assert {upload.state for upload in Upload.objects.all()} == {"gone"}
    assert {upload.name for upload in Upload.objects.all()} == {""}


def test_when_storage_does_not_answer_nothing_is_taken(sender, broken_storage):
    with broken_storage("private"):
        answer = sender.upload(PNG)
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_error")
    assert sender.usage()["used_bytes"] + sender.usage()["reserved_bytes"] == 0


def test_an_address_that_is_no_key_finds_nothing(sender):
    for key in ("uploads/../settings.py", "uploads", f"uploads/{uuid.uuid4()}", "staging/x/y"):
        assert sender.delete(key).status_code == 404
