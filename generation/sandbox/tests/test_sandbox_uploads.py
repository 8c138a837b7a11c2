"""Uploads in three ways, and inputs that are fetched when the work begins."""

import base64
import io
import json

import requests
from PIL import Image


def picture(colour: str = "#c8902f", size=(320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def test_a_base64_upload_can_be_read_again(customer):
    content = picture()
    body = {
        "base64Data": "data:image/png;base64," + base64.b64encode(content).decode(),
        "uploadPath": "in/put",
    }
    answer = customer.post("/api/file-base64-upload", body).json()
    data = answer["data"]
    assert (answer["success"], answer["code"], data["mimeType"]) == (True, 200, "image/png")
    assert data["fileSize"] == len(content)
    assert data["filePath"] == f"kieai/1/in/put/{data['fileName']}"
    assert requests.get(data["downloadUrl"], timeout=5).content == content


def test_a_stream_upload_keeps_its_name(customer):
    answer = customer.session.post(
        f"{customer.sandbox.url}/api/file-stream-upload",
        files={"file": ("ภาพ 1.png", picture(), "image/png")},
        data={"uploadPath": "a", "fileName": "ภาพ-1.png"},
        timeout=5,
    ).json()
    assert answer["data"]["fileName"] == "ภาพ-1.png"
    assert requests.get(answer["data"]["downloadUrl"], timeout=5).content == picture()


def test_a_url_upload_fetches_the_file(customer):
    body = {"base64Data": base64.b64encode(picture()).decode(), "uploadPath": "a", "fileName": "a.png"}
    url = customer.post("/api/file-base64-upload", body).json()["data"]["downloadUrl"]
    answer = customer.post(
        "/api/file-url-upload", {"fileUrl": url, "uploadPath": "b", "fileName": "b.png"}
    ).json()
    assert requests.get(answer["data"]["downloadUrl"], timeout=5).content == picture()


def test_a_second_file_of_a_name_replaces_the_first(customer):
    for colour in ("#000000", "#ffffff"):
        body = {
            "base64Data": base64.b64encode(picture(colour)).decode(),
            "uploadPath": "a",
            "fileName": "same.png",
        }
        url = customer.post("/api/file-base64-upload", body).json()["data"]["downloadUrl"]
    assert requests.get(url, timeout=5).content == picture("#ffffff")


def test_bad_uploads_are_refused_in_the_upload_shape(customer):
    answer = customer.post("/api/file-base64-upload", {"base64Data": "aGk="}).json()
    assert answer == {
        "success": False,
        "code": 400,
        "msg": "Missing required parameter: uploadPath",
        "data": None,
    }
    answer = customer.post("/api/file-base64-upload", {"base64Data": "%%%", "uploadPath": "a"}).json()
    assert answer["msg"] == "Base64 decoding failed: Invalid Base64 format"


def test_a_path_that_climbs_stays_inside(customer):
    body = {"base64Data": base64.b64encode(b"x").decode(), "uploadPath": "../../etc", "fileName": "../passwd"}
    assert customer.post("/api/file-base64-upload", body).json()["data"]["filePath"] == "kieai/1/etc/passwd"


def test_an_uploaded_picture_becomes_the_input_of_an_edit(customer):
    body = {"base64Data": base64.b64encode(picture()).decode(), "uploadPath": "a", "fileName": "in.png"}
    url = customer.post("/api/file-base64-upload", body).json()["data"]["downloadUrl"]
    document = {"prompt": "at night", "image_urls": [url], "aspect_ratio": "3:2", "quality": "basic"}
    record = customer.finished(customer.task("seedream/4.5-edit", document))
    result = requests.get(json.loads(record["resultJson"])["resultUrls"][0], timeout=5)
    with Image.open(io.BytesIO(result.content)) as edited:
        assert (edited.format, edited.width * 2) == ("JPEG", edited.height * 3)


def test_an_input_that_cannot_be_fetched_fails_the_task(customer):
    document = {"prompt": "at night", "image_urls": [f"{customer.sandbox.url}/uploads/none.png"]}
    record = customer.finished(customer.task("wan/2-6-image-to-video", document))
    assert (record["state"], record["failCode"]) == ("fail", "422")
    assert "Failed to fetch" in record["failMsg"]


def test_an_input_that_is_no_picture_fails_the_task(customer):
    body = {"base64Data": base64.b64encode(b"hello").decode(), "uploadPath": "a", "fileName": "in.png"}
    url = customer.post("/api/file-base64-upload", body).json()["data"]["downloadUrl"]
    record = customer.finished(customer.task("wan/2-6-image-to-video", {"prompt": "go", "image_urls": [url]}))
    assert (record["state"], record["failMsg"]) == (
        "fail",
        "Only jpeg/jpg/png/webp image formats are supported",
    )
