"""Everything that people try, one by one, through both ways in: nothing is kept, or shown as a page."""

import io

import pytest
from django.core.files.storage import storages
from django.core.handlers.wsgi import WSGIRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles

from storage_app.api.intake import FileParser
from storage_app.models import Asset, Upload
from storage_app.scratch import scratch_folder
from storage_app.staging import Refused, put_on_terms
from storage_app.storages.stored import Terms
from storage_app.tests import media
from storage_app.tests.test_hostile_files import HOSTILE, png_bomb

pytestmark = pytest.mark.django_db
PNG = media.make_png(60, 40)
KINDS = {"image": "image/png", "video": "video/mp4", "audio": "audio/mpeg"}
SENDABLE = {name: bad for name, bad in HOSTILE.items() if bad[0]}


def leftovers() -> list:
    return list(scratch_folder().iterdir())


@pytest.mark.parametrize("data, kind", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused_through_the_form(sender, data, kind):
    answer = sender.upload(data, "harmless.png", content_type="image/png")
    assert answer.status_code in (400, 415)
    assert not Asset.objects.exists()
    assert sender.usage()["reserved_bytes"] == 0
    assert leftovers() == []


@pytest.mark.parametrize("data, kind", SENDABLE.values(), ids=SENDABLE.keys())
def test_it_is_refused_through_storage(sender, data, kind):
    answer = sender.complete(sender.sent(data, KINDS[kind]))
    assert answer.status_code in (400, 415)
    assert not Asset.objects.exists()
    assert sender.usage()["reserved_bytes"] == 0


def test_a_file_past_the_limit_of_its_kind_is_cut_off(sender, settings):
    settings.UPLOAD_LIMITS = {"image": 100_000, "video": 10**9, "audio": 10**9}
    answer = sender.upload(png_bomb(100, 100) + bytes(200_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert leftovers() == []


def test_a_picture_with_a_page_behind_it_is_kept_without_the_page(sender, content):
    polyglot = PNG + b"<html><script>alert(1)</script></html>"
    assert sender.upload(polyglot, "page.html", content_type="text/html").status_code == 201
    assert content(Asset.objects.get()) == PNG


def test_what_is_kept_is_shown_as_what_it_is(sender, client):
    asset_key = sender.upload(media.make_jpeg_with_gps(), "page.html", content_type="text/html").json()["key"]
    assert asset_key.endswith(".jpg")
    assert storages["private"].exists(asset_key)
    assert Asset.objects.get().content_type == "image/jpeg"


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x", "..\\..\\x.png", "/media/public/x.png", "a/../b.png"]
)
def test_a_path_for_a_name_leads_nowhere(sender, name):
    key = sender.upload(PNG, name).json()["key"]
    assert key == f"uploads/{sender.user.pk}/{Upload.objects.get().pk}.png"


def parsed(body: bytes, *, announced: int) -> DataAndFiles:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "multipart/form-data; boundary=BOUND",
        "CONTENT_LENGTH": str(announced),
        "wsgi.input": io.BytesIO(body),
    }
    request = WSGIRequest(environ)
    return FileParser().parse(request, environ["CONTENT_TYPE"], {"request": request})


def form(data: bytes) -> bytes:
    head = b'--BOUND\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    return head + data + b"\r\n--BOUND--\r\n"


def test_a_client_that_disappears_halfway_leaves_nothing():
    whole = form(PNG)
    with pytest.raises(ParseError):
        parsed(whole[: len(whole) // 2], announced=len(whole))
    assert leftovers() == []


@pytest.mark.local_only(reason="a bucket has its own way with half a file")
def test_a_client_that_disappears_while_it_puts_leaves_its_place_free():
    terms = Terms("image/png", len(PNG))
    key = "staging/7b1c7a4e-7a2a-4a57-9f5e-0d5d7f6f2b12.png"
    with pytest.raises(Refused) as refusal:
        put_on_terms(io.BytesIO(PNG[:20]), terms.headers(), key, terms)
    assert refusal.value.status == 400
    assert not storages["private"].exists(key)
    assert leftovers() == []
    put_on_terms(io.BytesIO(PNG), terms.headers(), key, terms)
    assert storages["private"].stat(key).size == len(PNG)


def test_a_photograph_that_carries_a_page_in_its_comment_loses_it(sender, content):
    assert sender.upload(media.make_jpeg_with_gps(), "page.html", content_type="text/html").status_code == 201
    assert b"<script>" not in content(Asset.objects.get())


@pytest.mark.parametrize("body", [b"", b"--BOUND--\r\n", form(PNG).replace(b"BOUND", b"OTHER")])
def test_a_form_that_is_none_holds_no_file(body):
    assert not parsed(body, announced=len(body)).files


def test_a_whole_form_is_read(tmp_path):
    file = parsed(form(PNG), announced=len(form(PNG))).files["file"]
    with file:
        assert file.read() == PNG
    assert leftovers() == []
