"""Every misbehaviour that can be asked for, by words in a prompt or for all tasks."""

import json

import pytest
import requests

from generation.sandbox import faults

from .conftest import done, eventually


def image(prompt: str) -> dict:
    return {"prompt": prompt, "aspect_ratio": "1:1"}


def test_words_are_found_and_taken_out_of_the_prompt():
    prompt = "a temple [sandbox:slow=8] at dusk [sandbox:fail] [sandbox:dance]"
    assert faults.in_text(prompt) == {"slow": "8", "fail": "500"}
    assert faults.without_words("a temple [sandbox:fail]") == "a temple"


@pytest.mark.parametrize(
    ("word", "code"),
    [("[sandbox:fail]", "500"), ("[sandbox:fail=422]", "422"), ("[sandbox:moderated]", "430")],
)
def test_a_task_fails_with_the_code_that_was_asked_for(customer, word, code):
    record = customer.finished(customer.task("z-image", image(word)))
    assert (record["state"], record["failCode"], record["resultJson"]) == ("fail", code, "")
    assert record["failMsg"]


def test_a_stuck_task_waits_until_it_is_released(customer):
    task_id = customer.task("z-image", image("[sandbox:stuck]"))
    assert customer.record(task_id)["state"] == "waiting"
    assert customer.post("/__sandbox__/release", {"taskId": task_id}).json() == {"released": 1}
    assert customer.finished(task_id)["state"] == "success"


def test_a_success_without_addresses(customer):
    record = customer.finished(customer.task("z-image", image("[sandbox:no-urls]")))
    assert (record["state"], json.loads(record["resultJson"])) == ("success", {"resultUrls": []})


@pytest.mark.parametrize(
    ("word", "code"), [("[sandbox:429]", 429), ("[sandbox:refuse]", 455), ("[sandbox:refuse=433]", 433)]
)
def test_a_refused_create_leaves_no_task(customer, word, code):
    assert customer.create("z-image", image(word))["code"] == code
    assert customer.get("/__sandbox__/tasks").json() == []


def test_a_dropped_connection_leaves_a_task_behind(customer):
    with pytest.raises(requests.ConnectionError):
        customer.create("z-image", image("[sandbox:drop]"))
    (task,) = customer.get("/__sandbox__/tasks").json()
    assert task["charged"] == 0.8
    assert customer.finished(task["id"])["state"] == "success"


def test_polls_meet_a_page_of_html_as_often_as_asked(customer):
    task_id = customer.task("z-image", image("[sandbox:html-502=2]"))
    answers = [customer.get("/api/v1/jobs/recordInfo", taskId=task_id) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert answers[0].text.startswith("<!DOCTYPE html>")


def test_a_record_can_be_invisible_at_first(customer):
    task_id = customer.task("z-image", image("[sandbox:null-first=0.3]"))
    assert customer.get("/api/v1/jobs/recordInfo", taskId=task_id).json()["code"] == 422
    eventually(lambda: customer.record(task_id))


def test_a_result_can_be_gone(customer):
    record = customer.finished(customer.task("z-image", image("[sandbox:gone]")))
    url = json.loads(record["resultJson"])["resultUrls"][0]
    assert requests.get(url, timeout=5).status_code == 404


def test_a_slow_task_is_still_running_meanwhile(customer):
    task_id = customer.task("z-image", image("[sandbox:slow=30]"))
    eventually(lambda: customer.record(task_id)["state"] == "generating")
    assert done(customer.record(task_id)) is None


def test_a_mode_holds_for_all_tasks_or_for_the_next_few(customer):
    customer.mode(faults={"429": True}, next=2)
    codes = [customer.create("z-image", image("x"))["code"] for _ in range(3)]
    assert codes == [429, 429, 200]


def test_a_misspelt_fault_is_pointed_out(customer):
    answer = customer.post("/__sandbox__/mode", {"faults": {"stucked": True}})
    assert answer.status_code == 400
    assert "stucked" in answer.json()["error"]


def test_a_paused_model_is_refused(customer):
    customer.mode(paused_models=["sora-2-pro-text-to-video"])
    answer = customer.create("sora-2-pro-text-to-video", {"prompt": "x"})
    assert (answer["code"], answer["msg"]) == (500, "This interface is temporarily paused.")


def test_a_dead_model_accepts_and_then_fails_for_free(customer):
    customer.mode(dead_models=["elevenlabs/sound-effect-v2"])
    before = customer.credits()
    record = customer.finished(customer.task("elevenlabs/sound-effect-v2", {"text": "rain"}))
    assert (record["state"], record["failCode"]) == ("fail", "500")
    assert customer.credits() == before


def test_a_reset_forgets_tasks_faults_and_charges(customer):
    customer.mode(faults={"fail": True}, credits=3)
    customer.task("z-image", image("x"))
    assert customer.post("/__sandbox__/reset", {}).json() == {"reset": True}
    assert customer.get("/__sandbox__/tasks").json() == []
    assert customer.credits() == 100_000.0


def test_a_lost_order_leaves_no_task(customer):
    with pytest.raises(requests.ConnectionError):
        customer.create("z-image", image("[sandbox:lost]"))
    assert customer.get("/__sandbox__/tasks").json() == []


@pytest.mark.parametrize(
    ("word", "status", "start"),
    [("[sandbox:html-create]", 502, "<!DOCTYPE"), ("[sandbox:html-create=530]", 530, "<!DOCTYPE")],
)
def test_a_page_of_html_can_hide_a_created_task(customer, word, status, start):
    answer = customer.post("/api/v1/jobs/createTask", {"model": "z-image", "input": image(word)})
    assert (answer.status_code, answer.text[:9]) == (status, start)
    assert len(customer.get("/__sandbox__/tasks").json()) == 1


def test_an_answer_can_be_cut_short_although_the_task_was_created(customer):
    words = image("[sandbox:garbled-create]")
    answer = customer.post("/api/v1/jobs/createTask", {"model": "z-image", "input": words})
    with pytest.raises(ValueError):
        answer.json()
    assert len(customer.get("/__sandbox__/tasks").json()) == 1


def test_answers_to_polls_can_be_cut_short(customer):
    task_id = customer.task("z-image", image("[sandbox:garbled]"))
    with pytest.raises(ValueError):
        customer.get("/api/v1/jobs/recordInfo", taskId=task_id).json()
    assert customer.record(task_id)["taskId"] == task_id


def test_a_result_can_be_an_object(customer):
    record = customer.finished(customer.task("z-image", image("[sandbox:object]")))
    assert list(record["resultJson"]) == ["resultUrls"]


def test_an_expired_address_can_be_renewed(customer):
    record = customer.finished(customer.task("z-image", image("[sandbox:expired]")))
    url = json.loads(record["resultJson"])["resultUrls"][0]
    fresh = customer.post("/api/v1/common/download-url", {"url": url}).json()["data"]
    assert [requests.get(each, timeout=5).status_code for each in (url, fresh)] == [403, 200]


def test_a_download_can_end_in_the_middle(customer):
    record = customer.finished(customer.task("z-image", image("[sandbox:cut]")))
    url = json.loads(record["resultJson"])["resultUrls"][0]
    with pytest.raises(requests.RequestException):
        requests.get(url, timeout=5)
    assert requests.get(url, timeout=5).status_code == 200


def test_faults_can_fall_by_chance_and_are_counted(customer):
    customer.mode(faults={"429": True}, odds=0.0)
    assert customer.create("z-image", image("x"))["code"] == 200
    customer.mode(odds=1.0)
    assert customer.create("z-image", image("x"))["code"] == 429
    assert customer.mode()["counts"] == {"429": 1}
