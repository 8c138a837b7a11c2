"""Passing reference files on to the provider, in pieces and under names that were never used before."""

import io
import tracemalloc
from email import message_from_bytes

import pytest

from generation.provider import (
    InputRejected,
    KeyRefused,
    KieClient,
    NotSent,
    ProviderError,
    RateLimited,
    UploadFailed,
)
from generation.provider.bodies import file_body
from generation.tests.wire import HTML, Reply, WireServer, envelope

URL = "https://tempfile.redpandaai.co/kieai/1/smartspec/x.png"


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def stored(**changes):
    data = {"success": True, "fileName": "x.png", "downloadUrl": URL, "mimeType": "image/png"}
    return Reply({"success": True, "code": 200, "msg": "File uploaded successfully", "data": data} | changes)


def upload(wire, content=b"\x89PNG", *, name="face.png", content_type="image/png"):
    client = KieClient(wire.base_url, "key")
    return client.upload(io.BytesIO(content), name=name, content_type=content_type)


def form_of(seen):
    """The parts of the multipart form by name, as an independent parser reads them."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + seen.body).get_payload()
    return {part.get_param("name", header="content-disposition"): part for part in parts}


def test_a_file_becomes_an_address(wire):
    assert upload(wire.answer(stored())) == URL
    seen = wire.seen[0]
    assert (seen.method, seen.path) == ("POST", "/api/file-stream-upload")
    assert seen.headers["authorization"] == "Bearer key"
    assert int(seen.headers["content-length"]) == len(seen.body)


def test_the_form_carries_folder_name_type_and_bytes(wire):
    upload(wire.answer(stored()), bytes(range(256)))
    form = form_of(wire.seen[0])
    assert set(form) == {"uploadPath", "fileName", "file"}
    assert form["uploadPath"].get_payload() == "smartspec"
    assert form["file"].get_filename() == form["fileName"].get_payload()
    assert form["file"].get_content_type() == "image/png"
    assert form["file"].get_payload(decode=True) == bytes(range(256))


def test_two_files_of_one_name_do_not_overwrite_each_other(wire):
    upload(wire.answer(stored()))
    upload(wire.answer(stored()))
    first, second = (form_of(seen)["fileName"].get_payload() for seen in wire.seen)
    assert first != second


@pytest.mark.parametrize(
    "name, content_type, ending",
    [
        ("face.PNG", "image/png", ".png"),
        ("face", "image/png", ".png"),
        ("face", "audio/mpeg", ".mp3"),
        ("face.p\r\nX: y", "image/png", ".png"),
        ('face."', "image/png", ".png"),
        ("ภาพ.ภาพ", "image/webp", ".webp"),
        ("face", "", ".bin"),
        ("voice.mp3", "", ".mp3"),
    ],
)
def test_a_name_always_has_an_ending_by_which_the_provider_can_judge(wire, name, content_type, ending):
    upload(wire.answer(stored()), name=name, content_type=content_type)
    sent = form_of(wire.seen[0])["fileName"].get_payload()
    assert sent.endswith(ending)
    assert sent.removesuffix(ending).isalnum()


def test_a_file_is_sent_from_where_it_stands(wire):
    file = io.BytesIO(b"skipped and sent")
    file.seek(8)
    KieClient(wire.answer(stored()).base_url, "key").upload(file, name="a.png", content_type="image/png")
    assert form_of(wire.seen[0])["file"].get_payload(decode=True) == b"and sent"


def test_an_empty_file_is_sent_as_one(wire):
    assert upload(wire.answer(stored()), b"") == URL


class Zeros(io.RawIOBase):
    """A file of many zeros that are nowhere in memory."""

    def __init__(self, size):
        self.size, self.place = size, 0

    def seek(self, offset, whence=0):
        self.place = offset + (self.size if whence == 2 else 0)
        return self.place

    def tell(self):
        return self.place

    def read(self, count=-1):
        taken = min(count, self.size - self.place)
        self.place += taken
        return bytes(taken)


def test_a_large_file_passes_through_in_pieces():
    from_file = file_body(
        Zeros(200 * 2**20), name="a.mp4", content_type="video/mp4", folder="smartspec", boundary="b"
    )
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in from_file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent == len(from_file) > 200 * 2**20
    assert peak < 4 * 2**20


def test_the_older_name_of_the_address_is_understood(wire):
    assert upload(wire.answer(stored(data={"fileUrl": URL}))) == URL


REFUSALS = [
    (Reply({"success": False, "code": 401, "msg": "Authentication failed: Invalid API Key"}), KeyRefused),
    (
        Reply({"success": False, "code": 401, "msg": "Authentication failed: Authentication service response"
               " error: 502"}),
        UploadFailed,
    ),
    (envelope(400, "Missing required parameter: uploadPath"), UploadFailed),
    (envelope(400, "File type not supported"), InputRejected),
    (envelope(500, "boom"), UploadFailed),
    (envelope(429, "slow down"), RateLimited),
    (Reply(HTML, status=502), UploadFailed),
    (Reply(HTML), UploadFailed),
    (Reply(cut="before"), UploadFailed),
    (stored(data=None), UploadFailed),
    (stored(data={"downloadUrl": "ftp://x"}), UploadFailed),
]  # fmt: skip


@pytest.mark.parametrize("reply, kind", REFUSALS)
def test_a_failed_upload_never_leaves_a_doubt_about_a_purchase(wire, reply, kind):
    with pytest.raises(ProviderError) as caught:
        upload(wire.answer(reply))
    assert type(caught.value) is kind
    assert caught.value.created == "no"


def test_a_refused_connection_may_be_tried_again():
    client = KieClient("http://127.0.0.1:1/api/v1/jobs", "key")
    with pytest.raises(NotSent) as caught:
        client.upload(io.BytesIO(b"x"), name="a.png", content_type="image/png")
    assert caught.value.retryable
