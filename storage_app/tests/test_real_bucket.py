"""What only a real bucket can show: that it refuses what our guard says it does, and lets browsers in."""

import pytest
import requests
from botocore.exceptions import ClientError
from django.core.files.storage import storages

from smartspec.tests.servers import s3
from storage_app.storages.r2 import R2Storage
from storage_app.storages.rules import rights
from storage_app.storages.stored import Terms

pytestmark = pytest.mark.bucket_only(reason="our own server takes what a real bucket refuses")
KEY = "staging/7b1c7a4e-7a2a-4a57-9f5e-0d5d7f6f2b11.png"
MIB = 2**20


@pytest.fixture
def unguarded():
    """A client that sends whatever it is told."""
    storage: R2Storage = storages["private"]
    client = s3.client(storage.endpoint_url, key=storage.access_key, secret=storage.secret_key)
    yield client, storage.bucket_name
    client.delete_object(Bucket=storage.bucket_name, Key=KEY)


def test_parts_of_different_sizes_are_refused(unguarded):
    client, bucket = unguarded
    place = {"Bucket": bucket, "Key": KEY}
    upload = place | {"UploadId": client.create_multipart_upload(**place)["UploadId"]}
    parts = []
    for number, size in enumerate((6 * MIB, 5 * MIB, MIB), 1):
        etag = client.upload_part(**upload, PartNumber=number, Body=bytes(size))["ETag"]
        parts.append({"PartNumber": number, "ETag": etag})
    with pytest.raises(ClientError):
        client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    client.abort_multipart_upload(**upload)


def test_tags_are_refused(unguarded):
    client, bucket = unguarded
    with pytest.raises(ClientError):
        client.put_object(Bucket=bucket, Key=KEY, Body=b"x", Tagging="a=b")


def test_a_body_of_unknown_length_is_refused():
    ticket = storages["private"].ticket(KEY, Terms("image/png", 4), seconds=60)
    headers = {name: value for name, value in ticket.headers.items() if name != "Content-Length"}
    answer = requests.put(ticket.url, data=iter([b"some", b" more"]), headers=headers, timeout=20)
    assert not answer.ok


def test_the_lent_token_may_do_what_ours_must():
    for alias in ("private", "public"):
        assert set(rights(storages[alias]).values()) == {"ok"}
