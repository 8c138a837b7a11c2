"""What is no longer public leaves Cloudflare's cache too, through the outbox that removes it."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain

import pytest
from django.utils import timezone

from storage_app import checks, deletion, jobs, placing
from storage_app.models import Deletion
from storage_app.tests import media

pytestmark = pytest.mark.django_db
MOST_ADDRESSES = 30
DONE = (200, b'{"success": true}')


class Cloudflare(BaseHTTPRequestHandler):
    """Takes what the API takes: a token, JSON, and no more addresses at once than it says."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        status, answer, *headers = self.server.answer
        if self.headers["Content-Type"] != "application/json" or len(body["files"]) > MOST_ADDRESSES:
            status, answer = 400, b'{"success": false}'
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Silence."""


@pytest.fixture
def cloudflare(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cloudflare)
    server.seen, server.answer = [], DONE
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.CLOUDFLARE = {"zone": "z1", "token": "t1", "api": f"http://127.0.0.1:{server.server_port}"}
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def public_work(store):
    return store(media.make_png(40, 30), "image", visibility="public")


def test_what_is_taken_down_is_purged(cloudflare, public_work, drained):
    key = public_work.file.name
    placing.move(public_work, visibility="private")
    drained()
    [(path, authorization, body)] = cloudflare.seen
    assert (path, authorization) == ("/zones/z1/purge_cache", "Bearer t1")
    assert body == {"files": [f"http://127.0.0.1:8000/media/{key}"]}
    assert not Deletion.objects.exists()


def test_what_is_deleted_is_purged(cloudflare, public_work, drained):
    deletion.release_asset(public_work)
    drained()
    assert len(cloudflare.seen) == 1


def test_with_a_public_domain_its_address_is_purged(cloudflare, public_work, drained, settings):
    settings.USES_R2, settings.R2 = True, settings.R2 | {"public_url": "https://media.example.com"}
    key = public_work.file.name
    deletion.release_asset(public_work)
    drained()
    assert cloudflare.seen[0][2] == {"files": [f"https://media.example.com/{key}"]}


@pytest.mark.parametrize(
    "answer",
    [(500, b""), (429, b""), (403, b"{}"), (200, b'{"success": false}'), (200, b"<html>"), (200, b"[]")],
)
def test_a_purge_that_failed_is_tried_again(cloudflare, public_work, drained, answer):
    deletion.release_asset(public_work)
    cloudflare.answer = answer
    jobs.drain()
    assert Deletion.objects.get().tries == 1
    cloudflare.answer = DONE
    Deletion.objects.update(due_at=Deletion.objects.get().created_at)
    drained()
    assert not Deletion.objects.exists()


def test_an_address_is_forgotten_only_after_its_object_has_gone(cloudflare, public_work, broken_storage):
    """Else a cache would fetch it once more."""
    deletion.release_asset(public_work)
    with broken_storage("public"):
        jobs.drain()
    assert cloudflare.seen == []
    assert Deletion.objects.get().visibility == "public"


def promised(count: int) -> list[str]:
    keys = [f"images/gallery/g/{number:03}.png" for number in range(count)]
    deletion.discard("public", keys)
    return [f"http://127.0.0.1:8000/media/{key}" for key in keys]


def test_many_addresses_go_in_as_few_requests_as_cloudflare_takes(cloudflare, drained):
    addresses = promised(70)
    drained()
    sent = [body["files"] for _path, _authorization, body in cloudflare.seen]
    assert [len(files) for files in sent] == [30, 30, 10]
    assert sorted(chain.from_iterable(sent)) == addresses
    assert not Deletion.objects.exists()


def test_an_address_that_was_let_go_of_twice_is_told_once(cloudflare, drained):
    addresses = promised(2)
    promised(2)
    drained()
    assert [body["files"] for _path, _authorization, body in cloudflare.seen] == [addresses]


@pytest.mark.parametrize(
    "asked, seconds", [("90", 90), ("100000", 3600), ("Wed, 25 Nov 2026 10:00:00 GMT", 0)]
)
def test_who_is_told_to_wait_asks_for_nothing_until_then(cloudflare, drained, asked, seconds):
    promised(70)
    cloudflare.answer = (429, b'{"success": false}', ("Retry-After", asked))
    told = timezone.now()
    drained()
    assert len(cloudflare.seen) == 1
    assert Deletion.objects.addresses().count() == 70
    earliest = min(Deletion.objects.values_list("due_at", flat=True))
    assert earliest > told + timedelta(seconds=seconds)


def test_when_the_time_is_over_all_of_them_go(cloudflare, drained):
    promised(70)
    cloudflare.answer = (429, b"", ("Retry-After", "90"))
    drained()
    cloudflare.answer = DONE
    Deletion.objects.update(due_at=timezone.now())
    drained()
    assert not Deletion.objects.exists()


def test_a_worker_that_died_while_purging_stands_in_nobodys_way(cloudflare, drained):
    promised(3)
    while Deletion.objects.exclude(visibility="cache").exists():
        jobs.delete_next()
    held = Deletion.objects.addresses().claim(lease=timedelta(minutes=1))
    drained()
    assert [one.pk for one in Deletion.objects.all()] == [held.pk]
    Deletion.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    drained()
    assert not Deletion.objects.exists()


def test_what_became_public_again_is_not_purged_while_others_are(cloudflare, store, drained):
    shown, hidden = (
        store(media.make_png(40, 30, seed=seed), "image", visibility="public") for seed in (1, 2)
    )
    keys = [shown.file.name, hidden.file.name]
    deletion.discard("public", keys)
    type(hidden).objects.filter(pk=hidden.pk).update(visibility="private")
    drained()
    [(_path, _authorization, body)] = cloudflare.seen
    assert body == {"files": [f"http://127.0.0.1:8000/media/{keys[1]}"]}


def test_private_objects_were_never_cached(cloudflare, store, drained):
    deletion.release_asset(store(media.make_png(40, 30), "image"))
    drained()
    assert cloudflare.seen == []


def test_what_became_public_again_meanwhile_stays(cloudflare, public_work, drained):
    deletion.discard("public", [public_work.file.name])
    drained()
    assert cloudflare.seen == []


@pytest.mark.s3_only(reason="only buckets can be one for all")
def test_with_one_bucket_unpublishing_purges_and_removes_nothing(
    cloudflare, settings, public_work, drained, content
):
    settings.R2 = settings.R2 | {"private_bucket": ""}
    settings.STORAGES = dict(settings.STORAGES)
    placing.move(public_work, visibility="private")
    drained()
    assert len(cloudflare.seen) == 1
    assert content(public_work)


def test_production_hears_when_its_cache_cannot_be_purged(settings):
    settings.USES_R2 = True
    settings.R2 = settings.R2 | {"public_url": "https://media.example.com"}
    assert [told.id for told in checks.what_is_taken_down_leaves_the_cache(None)] == ["storage_app.W001"]
    settings.CLOUDFLARE = settings.CLOUDFLARE | {"zone": "z", "token": "t"}
    assert checks.what_is_taken_down_leaves_the_cache(None) == []
