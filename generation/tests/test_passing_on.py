"""How reference files reach the provider: fetched and kept, recoded where needed, signed where possible."""

import uuid
from urllib.parse import urlsplit

import pytest
import requests
from django.utils import timezone
from requests.adapters import BaseAdapter

from accounts import closing
from generation import catalogue, passing_on, services
from generation.models import GenerationTask
from generation.tests.conftest import creates, run, submit
from generation.tests.simulation.upstream import answer
from smartspec.lib import http
from storage_app.models import Asset, Upload
from storage_app.tests import media

PLACE, CDN = "https://pictures.test", "https://cdn.test"


class Elsewhere(BaseAdapter):
    """A foreign host: its files by path, and how often each was asked for."""

    def __init__(self):
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}  # path: where to
        self.asked: list[str] = []

    def send(self, request, **_options) -> requests.Response:
        path = urlsplit(request.url).path
        self.asked.append(path)
        if path in self.moved:
            found = answer(request, "moved", 302)
            found.headers["Location"] = self.moved[path]
            return found
        return answer(request, self.files[path]) if path in self.files else answer(request, "gone", 404)

    def close(self) -> None:
        """Part of an adapter; there is nothing to close."""


@pytest.fixture
def elsewhere():
    session, host = http.session(), Elsewhere()
    session.mount(PLACE, host)
    session.mount(CDN, host)
    yield host
    session.adapters.pop(PLACE)
    session.adapters.pop(CDN)


def film_from(user, reference: str, **body) -> GenerationTask:
    return submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=reference, **body)


def sent(sandbox, task) -> bytes:
    """What the provider finds under the address that the order named."""
    order = next(order for order in sandbox.desk.journal.all() if order.id == task.external_task_id)
    url = order.input.get("image_urls", [order.input.get("audio_url")])[0]
    return requests.get(url, timeout=10).content


def test_a_picture_from_elsewhere_is_kept_as_an_upload_of_the_caller(sandbox, user, elsewhere):
    elsewhere.files["/a/Heron%20at%20dawn.png"] = media.make_png(600, 400)
    url = f"{PLACE}/a/Heron%20at%20dawn.png"
    done = run(film_from(user, url))
    assert (done.status, done.error_raw, done.reference_files) == ("completed", "", [url])
    upload = Upload.objects.owned_by(user).get()
    assert (upload.state, upload.name, upload.content_type) == ("stored", "Heron at dawn.png", "image/png")
    assert done.kept_references == {url: upload.key}


def test_a_picture_behind_another_host_is_fetched_from_there(sandbox, user, elsewhere):
    elsewhere.moved["/a.png"] = f"{CDN}/0b0f/original"
    elsewhere.files["/0b0f/original"] = media.make_png(600, 400)
    done = run(film_from(user, f"{PLACE}/a.png"))
    assert (done.status, done.error_raw, elsewhere.asked) == ("completed", "", ["/a.png", "/0b0f/original"])
    assert Upload.objects.owned_by(user).get().name == "a.png"


@pytest.mark.parametrize("inside", ["https://127.0.0.1/a.png", "https://169.254.169.254/", f"http{CDN[5:]}/"])
def test_a_host_that_sends_us_inside_ends_the_task(sandbox, user, elsewhere, inside):
    elsewhere.moved["/a.png"] = inside
    done = run(film_from(user, f"{PLACE}/a.png"))
    assert (done.status, done.error_code, elsewhere.asked) == ("failed", "invalid_input", ["/a.png"])
    assert creates(sandbox) == 0


def test_a_second_start_fetches_nothing_again(sandbox, user, elsewhere):
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    sandbox.desk.mode.set({"faults": {"429": True, "no-callback": True}, "next": 1})
    done = run(film_from(user, f"{PLACE}/a.png"))
    assert (done.status, elsewhere.asked) == ("completed", ["/a.png"])
    assert Upload.objects.count() == 1


def test_an_upload_deleted_meanwhile_is_fetched_again(sandbox, user, elsewhere):
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    task = film_from(user, f"{PLACE}/a.png")
    task.kept_references = {f"{PLACE}/a.png": "uploads/gone.png"}
    task.save(update_fields=["kept_references"])
    assert run(task).status == "completed"
    assert elsewhere.asked == ["/a.png"]


def test_what_photographs_say_of_a_place_does_not_reach_the_provider(sandbox, user, elsewhere):
    elsewhere.files["/a.jpg"] = media.make_jpeg_with_gps(600, 400)
    done = run(film_from(user, f"{PLACE}/a.jpg"))
    assert b"Exif" not in sent(sandbox, done)


@pytest.mark.parametrize("form", ["GIF", "AVIF"])
def test_a_picture_the_model_does_not_take_is_recoded_for_it(sandbox, user, elsewhere, form):
    elsewhere.files["/a"] = media.encoded(media.picture(600, 400), form)
    done = run(film_from(user, f"{PLACE}/a"))
    assert (done.status, done.error_raw) == ("completed", "")
    found = sent(sandbox, done)
    assert (found[:4], found[8:12]) == (b"RIFF", b"WEBP")
    assert Upload.objects.get().content_type == f"image/{form.lower()}"


def test_a_recoded_picture_does_not_claim_to_be_made_by_a_machine(sandbox, user, elsewhere):
    elsewhere.files["/a"] = media.encoded(media.picture(600, 400), "GIF")
    done = run(film_from(user, f"{PLACE}/a"))
    found = sent(sandbox, done)
    assert found[8:12] == b"WEBP"
    assert b"DigitalSourceType" not in found
    assert b"XMP " not in found


def test_a_sound_the_model_does_not_take_becomes_a_wave_file(sandbox, user, elsewhere):
    elsewhere.files["/a.flac"] = media.make_flac(2.0)
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    references = {"reference_image": f"{PLACE}/a.png", "reference_audio": f"{PLACE}/a.flac"}
    done = run(submit(user, "video", model_id="infinitalk", **references))
    assert (done.status, done.error_raw) == ("completed", "")
    order = next(order for order in sandbox.desk.journal.all() if order.id == done.external_task_id)
    assert requests.get(order.input["audio_url"], timeout=10).content[8:12] == b"WAVE"


@pytest.mark.parametrize(
    "data", [media.make_mp4(1.0), b"<html>not a picture</html>"], ids=["a film", "a page"]
)
def test_what_is_no_picture_ends_the_task_and_is_not_kept(sandbox, user, elsewhere, data):
    elsewhere.files["/a"] = data
    done = run(film_from(user, f"{PLACE}/a"))
    assert (done.status, done.error_code) == ("failed", "invalid_input")
    assert (Upload.objects.count(), creates(sandbox)) == (0, 0)


def test_without_room_for_it_nothing_is_bought(sandbox, user, elsewhere, settings):
    settings.STORAGE_QUOTA_BYTES = 100
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    done = run(film_from(user, f"{PLACE}/a.png"))
    assert (done.status, done.error_code) == ("failed", "invalid_input")
    assert creates(sandbox) == 0


def test_a_file_that_is_gone_ends_the_task_before_anything_is_bought(sandbox, user, elsewhere):
    done = run(film_from(user, f"{PLACE}/nothing.png"))
    assert (done.status, done.error_code, creates(sandbox)) == ("failed", "invalid_input", 0)


def test_what_was_fetched_stays_its_owners_when_the_task_is_deleted(sandbox, user, elsewhere):
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    done = run(film_from(user, f"{PLACE}/a.png"))
    services.delete(done, by=user)
    assert Upload.objects.owned_by(user).stored().count() == 1


def test_a_closed_account_leaves_no_address_behind(sandbox, user, elsewhere):
    elsewhere.files["/a.png"] = media.make_png(600, 400)
    done = run(film_from(user, f"{PLACE}/a.png"))
    closing.close(user)
    done.refresh_from_db()
    assert (done.kept_references, done.reference_files) == ({}, [])
    assert Upload.objects.owned_by(user).stored().count() == 0


@pytest.fixture
def bucket(settings):
    """Storage that everybody can fetch from who has a signed address."""
    backend = "storage_app.storages.r2.R2Storage"
    settings.R2 = settings.R2 | {
        "access_key": "key",
        "secret_key": "secret",
        "endpoint": "https://bucket.test",
        "bucket": "media",
    }
    options = {"BACKEND": backend, "OPTIONS": {"visibility": "private"}}
    settings.STORAGES = settings.STORAGES | {"private": options, "default": options}


def upload_in(user, ext: str, content_type: str) -> str:
    """The key of a stored upload of which only the rows are there."""
    id_ = uuid.uuid4()
    key = f"uploads/{user.pk}/{id_}.{ext}"
    known = {"media_type": "image", "content_type": content_type, "bytes": 1000, "sha256": "0" * 64}
    asset = Asset.objects.create(id=id_, file=key, width=600, height=400, **known)
    rows = {"owner": user, "state": "stored", "asset": asset, "content_type": content_type, "ext": ext}
    Upload.objects.create(id=id_, bytes=1000, expires_at=timezone.now(), **rows)
    return key


def test_from_a_bucket_the_provider_fetches_by_itself_under_a_signed_address(sandbox, user, bucket):
    key = upload_in(user, "png", "image/png")
    task = film_from(user, key)
    spec = catalogue.get_model(task.model_id)
    url = passing_on.fetchable(task, spec, {"reference_image": [key]})["reference_image"][0]
    parts = urlsplit(url)
    assert (parts.netloc, parts.path) == ("bucket.test", f"/media/{key}")
    assert "X-Amz-Signature=" in parts.query
