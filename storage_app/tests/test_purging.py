"""What is no longer public leaves Cloudflare's cache too, through the outbox that removes it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storage_app import checks, deletion, jobs, placing
from storage_app.models import Deletion
from storage_app.tests import media

pytestmark = pytest.mark.django_db


class Cloudflare(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Silence."""


@pytest.fixture
def cloudflare(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cloudflare)
    server.seen, server.answer = [], (200, b'{"success": true}')
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
    cloudflare.answer = (200, b'{"success": true}')
    Deletion.objects.update(due_at=Deletion.objects.get().created_at)
    drained()
    assert not Deletion.objects.exists()


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
