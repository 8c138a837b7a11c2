"""What the provider was seen to do to results and callbacks the sandbox does, too; what we make of it."""

import json
import time
from pathlib import Path

import pytest
import requests

from generation.provider import KieClient, signature
from generation.sandbox import callbacks
from generation.sandbox.faults import FAULTS
from generation.sandbox.server import Sandbox

from .conftest import KEY, bought, ended, eventually

SECRET = "a key for signatures"

# -- results and uploads -------------------------------------------------------------------------------


def test_an_expired_address_is_renewed_and_one_that_is_gone_is_not(kie):
    (expired,) = ended(kie, bought(kie, "[sandbox:expired]")).urls
    assert requests.get(expired, timeout=9).status_code == 403
    assert requests.get(kie.fresh_url(expired), timeout=9).content[:4] == b"\x89PNG"
    (gone,) = ended(kie, bought(kie, "[sandbox:gone]")).urls
    assert requests.get(kie.fresh_url(gone), timeout=9).status_code == 404


def test_a_download_can_break_off(kie):
    (url,) = ended(kie, bought(kie, "[sandbox:cut]")).urls
    with pytest.raises(requests.RequestException):
        requests.get(url, timeout=9)
    assert requests.get(url, timeout=9).content[:4] == b"\x89PNG"


def test_a_second_upload_of_the_same_name_replaces_the_first_and_can_be_read(customer):
    body = {"uploadPath": "x", "fileName": "a.txt"}
    urls = []
    for content in ("Zmlyc3Q=", "c2Vjb25k"):
        answer = customer.post("/api/file-base64-upload", body | {"base64Data": content}).json()
        urls.append(answer["data"]["downloadUrl"])
    assert urls[0] == urls[1]
    assert requests.get(urls[0], timeout=9).content == b"second"


# -- callbacks -----------------------------------------------------------------------------------------


@pytest.fixture
def signing(tmp_path):
    """A client of a provider that signs."""
    with Sandbox(tmp_path, speed=100, hmac_key=SECRET) as sandbox:
        sandbox.desk.mode.set({"sketch": True})
        yield KieClient(f"{sandbox.url}/api/v1/jobs", KEY)


# what is asked for: of each callback, would we believe its signature, and what does it say of the task
CALLBACKS = [
    ("", [(True, "success")]),
    ("[sandbox:twice]", [(True, "success"), (True, "success")]),
    ("[sandbox:late=0.3]", [(True, "success")]),
    ("[sandbox:unsigned]", [(False, "success")]),
    ("[sandbox:skew=-3600]", [(False, "success")]),
    ("[sandbox:skew=3600]", [(False, "success")]),
    ("[sandbox:forged]", [(False, "fail"), (True, "success")]),
    ("[sandbox:moderated]", [(True, "fail")]),
    ("[sandbox:early] [sandbox:slow=3600]", [(True, "waiting")]),
]


def letters(mailbox) -> list[tuple[bool, str]]:
    told = [(headers, json.loads(body)) for headers, body in mailbox.letters]
    believed = [signature.verify(headers, body, SECRET, time.time()) for headers, body in told]
    return sorted(zip(believed, (body["data"]["state"] for _headers, body in told), strict=True))


@pytest.mark.parametrize("words, told", CALLBACKS)
def test_a_callback_misbehaves_as_asked(signing, mailbox, words, told):
    bought(signing, f"{words} [sandbox:no-urls]", callback=mailbox.url)
    eventually(lambda: len(mailbox.letters) >= len(told))
    assert letters(mailbox) == told


def test_a_lost_callback_never_comes(signing, mailbox):
    lost = bought(signing, "[sandbox:no-callback] [sandbox:no-urls]", callback=mailbox.url)
    ended(signing, lost)
    heard = bought(signing, "[sandbox:no-urls]", callback=mailbox.url)
    eventually(lambda: mailbox.letters)
    assert {json.loads(body)["data"]["taskId"] for _headers, body in mailbox.letters} == {heard}


def test_a_callback_that_is_not_heard_comes_three_times_more_each_with_fifteen_seconds(signing, mailbox):
    mailbox.statuses = [500, 404, 503]
    bought(signing, "[sandbox:no-urls]", callback=mailbox.url)
    eventually(lambda: len(mailbox.letters) == 4)
    assert len({body for _headers, body in mailbox.letters}) == 1
    assert (callbacks.TIMEOUT, len(callbacks.PAUSES)) == (15, 3)


def test_no_fault_of_the_sandbox_is_without_its_row():
    here = Path(__file__)
    rows = here.read_text() + here.with_name("test_sandbox_checklist.py").read_text()
    assert [name for name in FAULTS if f"[sandbox:{name}" not in rows] == []
