"""What is written down: the log of creates, and tasks that survive a restart."""

import json

from generation.sandbox.server import Sandbox
from generation.sandbox.tasks import Journal, Task

from .conftest import Customer, eventually


def image(prompt: str) -> dict:
    return {"prompt": prompt, "aspect_ratio": "1:1"}


def lines_of(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_accepted_create_is_logged_before_its_answer(tmp_path):
    with Sandbox(tmp_path, speed=100, log=tmp_path / "mine.jsonl") as sandbox:
        customer = Customer(sandbox)
        task_id = customer.task("z-image", image("ดอกบัว [sandbox:stuck]"), callBackUrl="http://127.0.0.1:9/")
        customer.create("z-image", {"prompt": "refused"})
        customer.session.close()
        (line,) = lines_of(tmp_path / "mine.jsonl")
    assert (line["taskId"], line["model"]) == (task_id, "z-image")
    assert (line["callBackUrl"], line["input"]) == ("http://127.0.0.1:9/", image("ดอกบัว [sandbox:stuck]"))
    assert line["at"] > 1_600_000_000_000


def test_a_finished_task_and_its_file_survive_a_restart(tmp_path):
    with Sandbox(tmp_path, speed=100, credits=50) as sandbox:
        sandbox.desk.mode.set({"sketch": True})
        customer = Customer(sandbox)
        task_id = customer.task("z-image", image("a temple"))
        customer.finished(task_id)
        customer.session.close()
    with Sandbox(tmp_path, speed=100, credits=50) as sandbox:
        customer = Customer(sandbox)
        record = customer.record(task_id)
        assert record["state"] == "success"
        url = json.loads(record["resultJson"])["resultUrls"][0]
        assert url.startswith(sandbox.url)
        assert customer.session.get(url, timeout=5).content.startswith(b"\x89PNG")
        assert customer.credits() == 49.2
        customer.session.close()


def test_an_unfinished_task_goes_on_after_a_restart(tmp_path):
    with Sandbox(tmp_path, speed=100) as sandbox:
        customer = Customer(sandbox)
        task_id = customer.task("z-image", image("[sandbox:slow=600] [sandbox:no-urls]"))
        customer.session.close()
    journal = Journal(tmp_path / "journal.jsonl")
    task = journal.get(task_id, "jobs")
    del task.faults["slow"]
    journal.save(task)
    journal.close()
    with Sandbox(tmp_path, speed=100) as sandbox:
        customer = Customer(sandbox)
        eventually(lambda: customer.record(task_id)["state"] == "success")
        customer.session.close()


def test_a_line_that_a_kill_cut_short_is_passed_over(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.save(Task("a" * 32, "jobs", "z-image", {}))
    journal.close()
    with path.open("a") as file:
        file.write('{"id": "bbb')
    journal = Journal(path)
    assert [task.id for task in journal.all()] == ["a" * 32]
    journal.close()


def test_stopping_does_not_wait_for_work(tmp_path):
    sandbox = Sandbox(tmp_path).start()
    customer = Customer(sandbox)
    customer.task("wan/2-6-text-to-video", {"prompt": "the sea at night", "duration": "15"})
    customer.session.close()
    sandbox.stop()
    assert lines_of(tmp_path / "journal.jsonl")[-1]["completed_ms"] is None
