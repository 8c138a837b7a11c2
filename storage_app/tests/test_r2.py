"""The traps of django-storages and R2, each closed: on a real S3 server that checks signatures."""

import io
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.migrations.writer import MigrationWriter

from storage_app import placing, renditions
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion
from storage_app.storages.r2 import R2Storage
from storage_app.tests import media
from storage_app.tests.r2_guard import Guard, R2Refuses

pytestmark = [pytest.mark.s3_only(reason="these are the bucket's own rules"), pytest.mark.django_db]
KEY = "images/generated/u/r2.png"
MIB = 2**20


@pytest.fixture
def private():
    return storages["private"]


@pytest.fixture
def one_bucket(settings):
    """A bucket for everything, as it is when no public domain was set up."""
    settings.R2 = settings.R2 | {"private_bucket": ""}
    settings.STORAGES = dict(settings.STORAGES)  # so that storages are made anew


def headers_of(storage, key: str) -> dict:
    return storage.connection.meta.client.head_object(Bucket=storage.bucket_name, Key=key)


def test_signed_addresses_are_of_version_four(private):
    query = parse_qs(urlsplit(private.url(KEY)).query)
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert "/auto/s3/aws4_request" in query["X-Amz-Credential"][0]


def test_the_clients_requests_are_of_version_four_too(private, r2_guards):
    private.save(KEY, media.as_file(b"bytes"))
    _, _, headers = r2_guards["private"].requests[-1]
    assert headers["authorization"].startswith("AWS4-HMAC-SHA256")


def test_the_bucket_stands_in_the_path(private):
    assert urlsplit(private.url(KEY)).path == f"/{private.bucket_name}/{KEY}"


def test_a_key_with_odd_letters_can_be_read_through_its_address(private):
    key = "uploads/u/น้ำ & ไฟ+1.png"
    private.save(key, media.as_file(b"bytes"))
    assert requests.get(private.url(key), timeout=10).content == b"bytes"


def test_private_and_public_objects_lie_in_different_buckets(private):
    assert private.bucket_name == settings.R2["private_bucket"]
    assert storages["public"].bucket_name == settings.R2["bucket"]
    assert not private.shares_objects_with(storages["public"])


def test_a_private_object_never_gets_a_public_address(settings):
    settings.R2 = settings.R2 | {"public_url": "https://media.example.com"}
    assert "X-Amz-Signature" in R2Storage("private").url(KEY)
    assert R2Storage("public").url(KEY) == f"https://media.example.com/{KEY}"


def test_the_senders_content_type_counts_for_nothing(private):
    private.save(KEY, SimpleUploadedFile("evil.png", b"<script>", content_type="text/html"))
    assert headers_of(private, KEY)["ContentType"] == "image/png"


def test_a_type_that_is_not_ours_is_stored_as_a_download(private):
    private.save("uploads/u/page.html", media.as_file(b"<script>"))
    stored = headers_of(private, "uploads/u/page.html")
    assert (stored["ContentType"], stored["ContentDisposition"]) == ("application/octet-stream", "attachment")


@pytest.mark.parametrize(
    "visibility, caching",
    [
        ("public", "public, max-age=31536000, s-maxage=3600, immutable"),
        ("private", "private, max-age=3600"),
    ],
)
def test_caching_is_decided_when_an_object_is_stored(visibility, caching):
    storages[visibility].save(KEY, media.as_file(b"bytes"))
    assert headers_of(storages[visibility], KEY)["CacheControl"] == caching


def test_a_copy_to_the_other_bucket_takes_on_its_caching(private):
    private.save(KEY, media.as_file(b"bytes"))
    private.copy(KEY, to=storages["public"], as_key="images/gallery/g/r2.webp")
    stored = headers_of(storages["public"], "images/gallery/g/r2.webp")
    assert stored["ContentType"] == "image/webp"
    assert stored["CacheControl"].startswith("public")


def test_storing_takes_one_request(private, r2_guards):
    before = len(r2_guards["private"].requests)
    private.save(KEY, media.as_file(b"bytes"))
    assert [method for method, _, _ in r2_guards["private"].requests[before:]] == ["PUT"]


def test_an_address_takes_no_request(private, r2_guards):
    before = len(r2_guards["private"].requests)
    private.url(KEY)
    assert len(r2_guards["private"].requests) == before


def test_no_put_waits_for_an_answer_that_never_comes(private):
    """In any thread: each has a client of its own."""
    seen = []

    def put_in_thread():
        client = private.connection.meta.client
        guard = Guard(client)
        private.save(KEY, media.as_file(b"bytes"))
        seen.extend(guard.requests)

    thread = threading.Thread(target=put_in_thread)
    thread.start()
    thread.join()
    assert [("expect" in headers) for _, _, headers in seen] == [False]


def test_nothing_is_sent_with_a_checksum_that_was_not_asked_for(private, r2_guards):
    private.save(KEY, media.as_file(b"bytes"))
    _, _, headers = r2_guards["private"].requests[-1]
    assert not [name for name in headers if name.startswith("x-amz-checksum")]


def test_a_large_object_goes_up_in_equal_parts(private, tmp_path, r2_guards):
    path = media.written(tmp_path, bytes(40 * MIB))
    before = len(r2_guards["private"].requests)
    placing.put(path, key="videos/generated/u/large.mp4", content_type="video/mp4")
    sent = [
        int(headers.get("content-length", 0))
        for method, _, headers in r2_guards["private"].requests[before:]
        if method == "PUT"
    ]
    assert sent == [16 * MIB, 16 * MIB, 8 * MIB]
    assert private.size("videos/generated/u/large.mp4") == 40 * MIB


def test_writing_through_open_is_refused(private):
    with pytest.raises(ValueError, match="use save"):
        private.open(KEY, "wb")


def test_a_large_object_is_read_to_disk_and_not_to_memory(private):
    private.save("videos/generated/u/read.mp4", media.as_file(bytes(3 * MIB)))
    with private.open("videos/generated/u/read.mp4") as file:
        assert len(file.read()) == 3 * MIB
        assert not isinstance(file.file._file, io.BytesIO)


def test_a_storage_that_is_written_down_keeps_its_secrets(private):
    text, _ = MigrationWriter.serialize(private)
    assert settings.R2["secret_key"] not in text
    assert settings.R2["access_key"] not in text


def test_a_path_that_leads_upwards_is_refused(private):
    with pytest.raises(SuspiciousOperation):
        private.save("../outside.png", media.as_file(b"bytes"))


def test_an_object_that_is_absent_is_a_missing_file(private):
    with pytest.raises(FileNotFoundError):
        private.stat("images/generated/u/absent.png")
    with pytest.raises(FileNotFoundError):
        private.copy("images/generated/u/absent.png", to=private, as_key=KEY)


def test_a_bucket_that_is_absent_is_a_failure_of_storage(settings, tmp_path):
    settings.R2 = settings.R2 | {"private_bucket": "no-such-bucket"}
    with pytest.raises(StorageFailed):
        R2Storage("private").put(media.written(tmp_path, b"bytes"), key=KEY, content_type="image/png")


def test_a_storage_that_cannot_be_asked_does_not_say_that_nothing_is_there(broken_storage, private):
    with broken_storage("private"), pytest.raises(StorageFailed):
        private.exists(KEY)


def test_a_wrong_secret_is_a_failure_that_may_be_put_right(settings, tmp_path):
    settings.R2 = settings.R2 | {"secret_key": "wrong"}
    with pytest.raises(StorageFailed) as failure:
        R2Storage("private").put(media.written(tmp_path, b"bytes"), key=KEY, content_type="image/png")
    assert failure.value.retryable


def test_the_guard_refuses_what_r2_would(private, tmp_path):
    client = private.connection.meta.client
    with pytest.raises(R2Refuses):
        client.put_object(Bucket=private.bucket_name, Key=KEY, Body=b"x", ACL="public-read")
    with pytest.raises(R2Refuses):
        client.put_object(Bucket=private.bucket_name, Key=KEY, Body=b"x", ServerSideEncryption="AES256")


def test_with_one_bucket_moving_copies_and_deletes_nothing(one_bucket, store, drained, client, content):
    asset = store(media.make_png(40, 30), "image")
    renditions.render_first(asset)
    placing.move(asset, visibility="public")
    assert not Deletion.objects.exists()
    drained()
    assert client.get(asset.file.url).getvalue() == content(asset)


def test_with_one_bucket_only_public_rows_are_served(one_bucket, store, client):
    asset = store(media.make_png(40, 30), "image")
    thumbnail = renditions.render_first(asset)
    addresses = [f"/media/{asset.file.name}", f"/media/{thumbnail.file.name}"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    placing.move(asset, visibility="public")
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_with_one_bucket_a_row_protects_its_object_whatever_its_visibility(one_bucket, store, drained):
    asset = store(media.make_png(40, 30), "image")
    Deletion.objects.create(visibility="public", key=asset.file.name, due_at=asset.created_at)
    drained()
    assert Asset.objects.get().file.size == asset.bytes
