"""Addresses of objects: the public ones for ever, the private ones for an hour and a bit."""

import time
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from django.core.files.storage import storages

from storage_app import placing
from storage_app.storages import addresses, public_url
from storage_app.tests import media

KEY = "images/generated/u/t.png"


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets; it starts at the beginning of a window."""

    class Clock:
        now = time.time() // 900 * 900

        def time(self) -> float:
            return self.now

    stopped = Clock()
    monkeypatch.setattr(addresses, "time", stopped)
    return stopped


def test_a_public_address_is_plain_and_never_changes():
    assert public_url(KEY) == "/media/images/generated/u/t.png"
    assert storages["public"].url(KEY) == public_url(KEY)


def test_a_public_address_is_on_the_public_domain_where_there_is_one(settings):
    settings.USES_R2 = True
    settings.R2 = settings.R2 | {"public_url": "https://media.example.com"}
    assert public_url(KEY) == "https://media.example.com/images/generated/u/t.png"


def test_a_public_address_asks_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        public_url(KEY)


def test_a_private_address_stays_the_same_within_a_window(clock):
    first = storages["private"].url(KEY)
    clock.now += 899
    assert storages["private"].url(KEY) == first
    clock.now += 1
    assert storages["private"].url(KEY) != first


def test_two_private_objects_have_different_addresses():
    assert storages["private"].url(KEY) != storages["private"].url(KEY.replace("t.png", "s.png"))


@pytest.mark.parametrize("age, granted", [(0, True), (899 + 3600, True), (900 + 3600, False)])
def test_a_token_lasts_an_hour_past_its_window(clock, age, granted):
    token = addresses.signed_path(KEY).split("/")[3]
    clock.now += age
    assert (addresses.read_token(token) is not None) is granted


def test_a_token_that_was_tampered_with_is_nothing():
    token = addresses.signed_path(KEY).split("/")[3]
    assert addresses.read_token(token[:-2] + "xx") is None
    assert addresses.read_token("nonsense") is None


def test_a_path_becomes_an_address_for_others(settings):
    settings.SITE_URL = "https://smartspec.example"
    assert placing.absolute("/media/a/b.png") == "https://smartspec.example/media/a/b.png"
    assert placing.absolute("https://r2.example/a/b.png") == "https://r2.example/a/b.png"


@pytest.mark.django_db
@pytest.mark.parametrize("visibility", ["private", "public"])
def test_whoever_follows_an_address_gets_the_bytes(store, client, visibility):
    data = media.make_png(30, 20)
    assert followed(client, store(data, "image", visibility=visibility).file.url) == (200, data)


@pytest.mark.django_db
def test_a_private_object_is_not_to_be_had_without_its_signature(store, client):
    url = store(media.make_png(30, 20), "image").file.url
    bare = url.partition("?")[0] if "?" in url else url.replace("/media/private/", "/media/private/x")
    assert followed(client, bare)[0] in (400, 403)


@pytest.mark.django_db
def test_a_private_object_is_not_to_be_had_under_a_public_address(store, client):
    asset = store(media.make_png(30, 20), "image")
    assert followed(client, public_url(asset.file.name))[0] == 404


@pytest.mark.s3_only(reason="the signature is the bucket's own")
@pytest.mark.django_db
def test_a_signature_opens_one_object_only(store, client):
    one, other = (store(media.make_png(30, 20, seed=seed), "image") for seed in (1, 2))
    forged = one.file.url.replace(one.file.name, other.file.name)
    assert followed(client, forged)[0] == 403


@pytest.mark.s3_only(reason="the signature is the bucket's own")
@pytest.mark.django_db
def test_a_signature_for_reading_does_not_write(store):
    url = store(media.make_png(30, 20), "image").file.url
    assert requests.put(url, data=b"mine now", timeout=10).status_code == 403


def followed(client, url: str) -> tuple[int, bytes]:
    if settings.USES_R2 and urlsplit(url).netloc:
        answer = requests.get(url, timeout=10)
        return answer.status_code, answer.content
    answer = client.get(url)
    return answer.status_code, answer.getvalue()
