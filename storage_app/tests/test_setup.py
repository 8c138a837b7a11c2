"""What the buckets are told, and what our token may do."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from storage_app.errors import StorageFailed
from storage_app.storages import rules
from storage_app.storages.r2 import R2Storage


class Bucket(BaseHTTPRequestHandler):
    """Keeps the rules that it is told."""

    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.forbids:
            self.answer(403, b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
            return
        self.server.told[urlsplit(self.path).query] = body.decode()
        self.answer(200)

    def do_GET(self):
        subject = urlsplit(self.path).query
        if subject in self.server.told:
            self.answer(200, self.server.told[subject].encode())
        else:
            code = {"cors": "NoSuchCORSConfiguration", "lifecycle": "NoSuchLifecycleConfiguration"}[subject]
            self.answer(404, f"<Error><Code>{code}</Code><Message>none</Message></Error>".encode())

    def log_message(self, *args):
        """Silence."""


@pytest.fixture
def bucket(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.told, server.forbids = {}, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    settings.R2 = settings.R2 | {"endpoint": endpoint, "access_key": "key", "secret_key": "secret"}
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_new_bucket_has_no_rules(bucket):
    assert rules.present_rules(R2Storage("private")) == {"cors": [], "lifecycle": []}


def test_a_bucket_keeps_the_rules_that_it_is_told(bucket):
    storage, wanted = R2Storage("private"), rules.wanted_rules("private")
    rules.apply_rules(storage, wanted)
    present = rules.present_rules(storage)
    assert present["cors"] == wanted.cors
    assert [rule["ID"] for rule in present["lifecycle"]] == ["unfinished parts", "unfinished uploads"]
    assert "<Prefix>staging/</Prefix>" in bucket.told["lifecycle"]
    assert "<Days>1</Days>" in bucket.told["lifecycle"]


def test_browsers_may_put_with_the_headers_of_a_ticket():
    [rule] = rules.wanted_rules("private").cors
    assert settings.SITE_URL in rule["AllowedOrigins"]
    assert "PUT" in rule["AllowedMethods"]
    assert {"content-type", "if-none-match", "x-amz-checksum-sha256"} <= set(rule["AllowedHeaders"])


def test_nobody_puts_anything_into_the_public_bucket():
    assert rules.wanted_rules("public").cors[0]["AllowedMethods"] == ["GET", "HEAD"]


def test_a_token_for_objects_only_is_told_so(bucket):
    bucket.forbids = True
    with pytest.raises(StorageFailed) as failure:
        rules.apply_rules(R2Storage("private"), rules.wanted_rules("private"))
    assert not failure.value.retryable


@pytest.mark.s3_only(reason="the rights of a real token")
def test_a_good_token_may_do_everything_with_objects(capsys):
    call_command("storage_setup")
    told = capsys.readouterr().out
    assert told.count("list ok, write ok, read ok, copy ok, sign ok, delete ok") == 2
    assert settings.R2["private_bucket"] in told


@pytest.mark.s3_only(reason="the rights of a real token")
def test_a_wrong_token_is_told_what_it_lacks(settings, capsys):
    settings.R2 = settings.R2 | {"secret_key": "wrong"}
    settings.STORAGES = dict(settings.STORAGES)
    with pytest.raises(CommandError):
        call_command("storage_setup")
    assert "list ok" not in capsys.readouterr().out


@pytest.mark.local_only(reason="there is no bucket")
def test_without_a_bucket_there_is_nothing_to_set_up(capsys):
    call_command("storage_setup")
    assert "Nothing to set up" in capsys.readouterr().out
