"""The wire: envelopes, records, files and gatekeeping, as they were recorded from the real provider."""

import json
import re
import urllib.error
import urllib.request

import pytest
import requests

from .conftest import VOICE

Z_IMAGE = {"prompt": "a lotus pond at dawn", "aspect_ratio": "1:1"}
TEN_KEYS = {
    *("taskId", "model", "state", "param", "resultJson"),
    *("failCode", "failMsg", "costTime", "completeTime", "createTime"),
}


def test_a_create_answers_with_a_hex_id_twice(customer):
    answer = customer.create("z-image", Z_IMAGE)
    assert (answer["code"], answer["msg"]) == (200, "success")
    assert re.fullmatch(r"[0-9a-f]{32}", answer["data"]["taskId"])
    assert answer["data"]["recordId"] == answer["data"]["taskId"]


def test_a_running_record_has_ten_keys_and_an_empty_result(customer):
    task_id = customer.task("z-image", {**Z_IMAGE, "prompt": "[sandbox:stuck]"})
    record = customer.record(task_id)
    assert set(record) == TEN_KEYS
    assert (record["state"], record["resultJson"]) == ("waiting", "")
    assert (record["failCode"], record["costTime"], record["completeTime"]) == (None, None, None)


def test_a_finished_record_names_its_files_and_its_times(customer):
    record = customer.finished(customer.task("z-image", Z_IMAGE))
    assert record["state"] == "success"
    assert len(json.loads(record["resultJson"])["resultUrls"]) == 1
    assert record["costTime"] == round((record["completeTime"] - record["createTime"]) / 1000)
    assert record["createTime"] > 1_600_000_000_000


def test_param_is_a_string_in_a_string(customer):
    record = customer.record(customer.task("z-image", Z_IMAGE, callBackUrl="http://127.0.0.1:9/x"))
    param = json.loads(record["param"])
    assert param["callBackUrl"] == "http://127.0.0.1:9/x"
    assert json.loads(param["input"]) == Z_IMAGE


def test_newer_fields_appear_only_when_they_are_asked_for(customer):
    task_id = customer.task("z-image", Z_IMAGE)
    customer.mode(newer_fields=True)
    assert set(customer.record(task_id)) == TEN_KEYS | {"updateTime", "creditsConsumed"}


def test_an_unknown_id_is_a_null_record(customer):
    answer = customer.get("/api/v1/jobs/recordInfo", taskId="0" * 32).json()
    assert answer == {"code": 422, "msg": "recordInfo is null", "data": None}


def test_a_poll_without_an_id_is_refused(customer):
    answer = customer.get("/api/v1/jobs/recordInfo").json()
    assert (answer["code"], answer["msg"]) == (400, "taskId parameter is required")


def test_a_wrong_key_is_refused_inside_an_http_200(sandbox):
    answer = requests.get(
        f"{sandbox.url}/api/v1/chat/credit", headers={"Authorization": "Bearer no"}, timeout=5
    )
    assert answer.status_code == 200
    assert answer.json() == {"code": 401, "msg": "You do not have access permissions", "data": None}


def test_a_default_urllib_agent_meets_the_gatekeeper(sandbox):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{sandbox.url}/api/v1/chat/credit")
    with refused.value:
        assert refused.value.code == 403


def test_an_unknown_address_is_a_real_404(customer):
    assert customer.get("/api/v1/jobs/getTaskDetails").status_code == 404


def test_a_body_that_is_no_json_is_refused(customer):
    answer = customer.session.post(f"{customer.sandbox.url}/api/v1/jobs/createTask", data=b"{oops", timeout=5)
    assert answer.json()["code"] == 400


def test_credit_is_a_float(customer):
    assert isinstance(customer.credits(), float)


def test_results_need_no_key_and_answer_ranges(customer):
    record = customer.finished(customer.task("z-image", Z_IMAGE))
    url = json.loads(record["resultJson"])["resultUrls"][0]
    whole = requests.get(url, timeout=5)
    assert whole.headers["Content-Type"] == "image/png"
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    part = requests.get(url, headers={"Range": "bytes=10-19"}, timeout=5)
    assert part.status_code == 206
    assert part.content == whole.content[10:20]
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.content)}"


def test_a_range_beyond_the_end_is_not_satisfiable(customer):
    record = customer.finished(customer.task("z-image", Z_IMAGE))
    url = json.loads(record["resultJson"])["resultUrls"][0]
    assert requests.get(url, headers={"Range": "bytes=99999999-"}, timeout=5).status_code == 416


def test_a_path_that_climbs_out_finds_nothing(sandbox):
    answer = requests.get(f"{sandbox.url}/results/..%2fjournal.jsonl", timeout=5)
    assert answer.status_code == 404


def test_one_connection_serves_many_requests(customer):
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer sandbox-key"
        answers = [session.get(f"{customer.sandbox.url}/api/v1/chat/credit", timeout=5) for _ in range(3)]
    assert all("close" not in answer.headers.get("Connection", "") for answer in answers)


def test_veo_has_ids_and_records_of_its_own(customer):
    body = {"prompt": "the sea at night", "model": "veo3_fast", "duration": 4}
    answer = customer.post("/api/v1/veo/generate", body).json()
    task_id = answer["data"]["taskId"]
    assert task_id.startswith("veo_task_")
    assert customer.get("/api/v1/jobs/recordInfo", taskId=task_id).json()["code"] == 422
    record = customer.veo_finished(task_id)
    assert (record["successFlag"], record["errorCode"]) == (1, None)
    assert json.loads(record["paramJson"]) == body
    assert isinstance(record["response"]["resultUrls"], list)


def test_a_larger_veo_film_comes_after_a_while(customer):
    task_id = customer.post(
        "/api/v1/veo/generate", {"prompt": "the sea", "model": "veo3", "duration": 4}
    ).json()
    task_id = task_id["data"]["taskId"]
    customer.veo_finished(task_id)
    before = customer.credits()
    first = customer.get("/api/v1/veo/get-1080p-video", taskId=task_id, index=0).json()
    assert first["code"] == 400
    while (answer := customer.get("/api/v1/veo/get-1080p-video", taskId=task_id, index=0).json())[
        "code"
    ] != 200:
        assert answer["code"] == 400
    assert answer["data"]["resultUrl"].endswith(".mp4")
    assert customer.credits() == before - 5


def test_only_our_own_addresses_have_a_download_url(customer):
    url = f"{customer.sandbox.url}/results/some.png"
    assert customer.post("/api/v1/common/download-url", {"url": url}).json()["data"].startswith(url)
    answer = customer.post("/api/v1/common/download-url", {"url": "https://example.org/a.png"}).json()
    assert answer == {"code": 422, "msg": "url is wrong", "data": None}


def test_speech_answers_with_the_same_shape_as_pictures(customer):
    document = {"text": "Good morning.", "voice": VOICE}
    record = customer.finished(customer.task("elevenlabs/text-to-speech-turbo-2-5", document))
    assert json.loads(record["resultJson"])["resultUrls"][0].endswith(".mp3")
