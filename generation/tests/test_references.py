"""Reference files: whose they are, what a model takes, and how they reach the provider."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tests.factories import make_key, make_user
from generation import services
from generation.models import GenerationTask
from generation.tests.conftest import creates, run, submit
from smartspec.lib.errors import InvalidInput
from storage_app.tests.media import make_png


def refused(user, kind, body):
    with pytest.raises(InvalidInput) as error:
        services.submit(user=user, task_type=kind, body=body)
    return error.value.errors[0]


@pytest.fixture
def picture(sandbox, user):
    return run(submit(user))


def test_an_own_picture_reaches_the_provider_by_task_id_or_key(sandbox, user, picture):
    for value in (str(picture.pk), picture.outputs.get().asset.file.name):
        task = run(submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=value))
        assert (task.status, task.error_raw, task.reference_files) == ("completed", "", [value])
        sent = next(order for order in sandbox.desk.journal.all() if order.id == task.external_task_id)
        assert sent.input["image_urls"][0].startswith(sandbox.url)


def test_somebody_elses_picture_is_unknown(sandbox, user, picture):
    stranger = make_user(username="stranger", credits="500")
    error = refused(
        stranger,
        "image",
        {"prompt": "x", "model_id": "nano-banana-pro", "reference_images": [str(picture.pk)]},
    )
    assert error["code"] == "unknown_reference"
    assert creates(sandbox) == 1


def test_a_sound_is_no_picture(sandbox, user):
    sound = run(submit(user, "audio"))
    error = refused(user, "image", {"prompt": "x", "reference_images": [str(sound.pk)]})
    assert (error["pointer"], error["code"]) == ("/reference_images/0", "wrong_kind")


def test_a_deleted_picture_ends_the_task_before_anything_is_bought(sandbox, user, picture):
    task = submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=str(picture.pk))
    services.delete(picture, by=user)
    done = run(task)
    assert (done.status, done.error_code) == ("failed", "invalid_input")
    assert creates(sandbox) == 1


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/x.png", "https://localhost/x.png", "https://10.0.0.8/x.png", "https://[::1]/x.png"],
)
def test_an_address_inside_is_never_fetched(sandbox, user, url):
    done = run(submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=url))
    assert (done.status, done.error_code) == ("failed", "invalid_input")
    assert creates(sandbox) == 0


def test_a_retry_names_the_same_files(sandbox, user, picture):
    first = run(submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=str(picture.pk)))
    again, _replayed = services.retry(first, by=user)
    assert GenerationTask.objects.get(pk=again.pk).reference_files == [str(picture.pk)]


@pytest.fixture
def upload(api):
    """upload(data) -> its key, sent by this user."""

    def send(data: bytes) -> str:
        answer = api.post("/api/v1/storage/upload", {"file": SimpleUploadedFile("mine.png", data)})
        assert answer.status_code == 201
        return answer.json()["key"]

    return send


def test_an_upload_is_a_reference_of_its_owner(sandbox, user, upload):
    key = upload(make_png(600, 400))
    task = run(submit(user, "video", model_id="wan/2-6-image-to-video", reference_image=key))
    assert (task.status, task.error_raw) == ("completed", "")


def test_somebody_elses_upload_is_unknown(sandbox, upload):
    key = upload(make_png(600, 400))
    body = {"prompt": "a lighthouse", "model_id": "wan/2-6-image-to-video", "reference_image": key}
    assert refused(make_user(credits="500"), "video", body)["code"] == "unknown_reference"


def test_a_result_is_not_deleted_like_an_upload(picture, api, client):
    key = picture.outputs.get().asset.file.name
    answer = api.delete(f"/api/v1/storage/{key}")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")
    _row, secret = make_key(make_user())
    answer = client.delete(f"/api/v1/storage/{key}", headers={"X-API-Key": secret})
    assert answer.status_code == 404
