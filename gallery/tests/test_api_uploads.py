"""A moderator brings a work that was made elsewhere."""

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.tests.factories import make_key
from gallery.models import Item
from gallery.tests.factories import make_category, make_staff, make_task
from storage_app import jobs as storage_jobs
from storage_app.models import Asset, Upload
from storage_app.tests import media

pytestmark = pytest.mark.django_db
URL = "/api/v1/admin/gallery"


def client_of(user) -> APIClient:
    return APIClient(headers={"X-API-Key": make_key(user)[1]})


@pytest.fixture
def moderator(staff_api):
    """The moderator's client, which may store files, too."""
    return staff_api


@pytest.fixture
def send():
    def sent(client: APIClient, data: bytes) -> str:
        file = SimpleUploadedFile("mine", data)
        answer = client.post("/api/v1/storage/upload", {"file": file}, format="multipart")
        assert answer.status_code == 201, answer.content
        return answer.json()["key"]

    return sent


def test_an_upload_becomes_a_pending_item_on_its_own_copy(moderator, send):
    make_category("Boats")
    key = send(moderator, media.make_png(480, 360))
    body = {"upload_key": key, "title": "Lantern boat", "categories": ["boats"]}
    answer = moderator.post(URL, body, format="json")
    assert answer.status_code == 201, answer.content
    item = Item.objects.get(pk=answer.json()["id"])
    assert (item.status, item.slug, item.media_type) == ("pending", "lantern-boat", "image")
    assert (answer.json()["task_id"], answer.json()["model_id"], answer.json()["prompt"]) == (None, "", "")
    assert item.media.file.name == f"images/gallery/{item.pk}/{item.media_id}.png"


def test_the_upload_may_go_and_the_work_stays(moderator, send):
    key = send(moderator, media.make_png(480, 360))
    made = moderator.post(URL, {"upload_key": key, "title": "A boat"}, format="json").json()
    assert moderator.delete(f"/api/v1/storage/{key}").status_code == 200
    storage_jobs.sweep(50)
    item = Item.objects.get(pk=made["id"])
    assert storages["private"].exists(item.media.file.name)
    assert item.card["widths"] == {"avif": [320, 480], "webp": [320, 480]}


def test_nothing_says_that_it_was_made_here(moderator, send):
    key = send(moderator, media.make_png(480, 360))
    made = moderator.post(URL, {"upload_key": key, "title": "A boat"}, format="json").json()
    copy = Item.objects.get(pk=made["id"]).media
    with copy.file.open("rb") as file:
        assert b"SmartSpec" not in file.read()
    assert (copy.is_foreign, copy.made_with) == (True, "")


def test_the_file_of_somebody_else_is_unknown(moderator, send):
    key = send(client_of(make_staff()), media.make_png(60, 40))
    answer = moderator.post(URL, {"upload_key": key, "title": "Not mine"}, format="json")
    assert answer.status_code == 404
    assert not Item.objects.exists()


def test_a_file_that_was_deleted_is_unknown(moderator, send):
    key = send(moderator, media.make_png(60, 40))
    moderator.delete(f"/api/v1/storage/{key}")
    assert moderator.post(URL, {"upload_key": key, "title": "Gone"}, format="json").status_code == 404
    assert not Upload.objects.stored().exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": "Of nothing"}, "/task_id"),
        ({"upload_key": "uploads/a/b.png"}, "/title"),
        ({"upload_key": 5, "title": "A number"}, "/upload_key"),
    ],
)
def test_what_is_missing_is_named(moderator, body, pointer):
    answer = moderator.post(URL, body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)


def test_a_task_and_a_file_at_once_are_refused(moderator):
    body = {"task_id": str(make_task().pk), "upload_key": "uploads/a/b.png", "title": "Both"}
    assert moderator.post(URL, body, format="json").status_code == 400
    assert not Asset.objects.filter(item__isnull=False).exists()


def test_a_film_says_where_its_preview_lies(moderator, send):
    key = send(moderator, media.make_mp4())
    made = moderator.post(URL, {"upload_key": key, "title": "A film"}, format="json").json()
    assert made["preview_url"] is None
    storage_jobs.sweep(50)
    shown = moderator.get(f"{URL}/{made['id']}").json()
    assert client_of(make_staff()).get(shown["preview_url"]).status_code == 200
    assert shown["preview_url"].rpartition("/")[2] == f"{Item.objects.get().media_id}.mp4"


def test_its_page_is_shown_once_it_is_approved(moderator, send, client):
    key = send(moderator, media.make_png(480, 360))
    made = moderator.post(URL, {"upload_key": key, "title": "A boat"}, format="json").json()
    storage_jobs.sweep(50)
    assert moderator.post(f"{URL}/{made['id']}/approve").status_code == 200
    page = client.get(f"/gallery/{made['slug']}")
    assert page.status_code == 200
    assert "A boat" in page.content.decode()
