"""Objects that we serve ourselves: in parts, cacheable, and never as something that runs."""

import pytest
from django.core.files.storage import storages

from storage_app.storages import public_url
from storage_app.tests import media

pytestmark = pytest.mark.django_db
KEY = "videos/gallery/g/v.mp4"
DATA = bytes(range(256)) * 1200  # more than two chunks


@pytest.fixture
def url():
    storages["public"].save(KEY, media.as_file(DATA))
    return public_url(KEY)


def answered(answer) -> tuple:
    return answer.status_code, answer.getvalue(), answer.headers.get("Content-Range")


def test_the_whole_object(client, url):
    answer = client.get(url)
    assert answered(answer) == (200, DATA, None)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == str(len(DATA))
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "header, part, told",
    [
        ("bytes=0-9", DATA[:10], "bytes 0-9/307200"),
        ("bytes=-10", DATA[-10:], "bytes 307190-307199/307200"),
        ("bytes=307190-", DATA[-10:], "bytes 307190-307199/307200"),
        ("bytes=5-200000", DATA[5:200001], "bytes 5-200000/307200"),
    ],
)
def test_a_part(client, url, header, part, told):
    answer = client.get(url, headers={"Range": header})
    assert answered(answer) == (206, part, told)
    assert answer["Content-Length"] == str(len(part))


def test_a_part_that_does_not_exist(client, url):
    assert answered(client.get(url, headers={"Range": "bytes=400000-"})) == (416, b"", "bytes */307200")


def test_the_head_alone(client, url):
    answer = client.head(url)
    assert (answer.status_code, answer.getvalue()) == (200, b"")
    assert answer["Content-Length"] == str(len(DATA))


def test_nothing_is_sent_to_somebody_who_has_it(client, url):
    etag = client.get(url)["ETag"]
    answer = client.get(url, headers={"If-None-Match": f'"other", {etag}'})
    assert answered(answer) == (304, b"", None)
    assert answer["ETag"] == etag
    assert "immutable" in answer["Cache-Control"]


def test_a_part_of_something_else_is_the_whole(client, url):
    answer = client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert answer.status_code == 200
    etag = client.get(url)["ETag"]
    assert client.get(url, headers={"Range": "bytes=0-9", "If-Range": etag}).status_code == 206


def test_media_is_not_packed_again(client, url):
    answer = client.get(url, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-999"})
    assert answered(answer) == (206, DATA[:1000], "bytes 0-999/307200")
    assert "Content-Encoding" not in answer


def test_what_is_served_can_never_run(client, url):
    answer = client.get(url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "notes.txt"])
def test_a_type_that_is_not_ours_is_only_ever_a_download(client, name):
    storages["public"].save(f"uploads/u/{name}", media.as_file(b"<script>alert(1)</script>"))
    answer = client.get(public_url(f"uploads/u/{name}"))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_public_objects_may_be_kept_by_everybody(client, url):
    assert client.get(url)["Cache-Control"] == "public, max-age=31536000, s-maxage=3600, immutable"
    assert "Set-Cookie" not in client.get(url)


@pytest.mark.local_only(reason="private objects of a bucket are not served by us")
def test_private_objects_may_be_kept_by_their_reader_while_the_address_lasts(client):
    storages["private"].save(KEY, media.as_file(DATA))
    caching = client.get(storages["private"].url(KEY))["Cache-Control"]
    kind, age, _ = caching.split(", ")
    assert kind == "private"
    assert 3600 < int(age.removeprefix("max-age=")) <= 4500


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_objects_are_only_read(client, url, method):
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/media/videos/gallery/g/absent.mp4",
        "/media/videos/gallery/g",
        "/media/videos",
        "/media/../settings.py",
        "/media/..%2f..%2fsettings.py",
        "/media/videos/gallery/g/%00.mp4",
        "/media/videos//gallery/g/v.mp4",
        "/media/videos/gallery/g/.hidden.part",
        "/media/" + "a/" * 200 + "v.mp4",
    ],
)
def test_no_other_path_leads_to_a_file(client, url, path):
    assert client.get(path).status_code == 404


def test_a_storage_that_does_not_answer_is_not_a_missing_file(client, url, broken_storage):
    with broken_storage("public"):
        answer = client.get(url)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
