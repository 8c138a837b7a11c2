"""Lines for machines: whole, and without what opens doors."""

import json
import logging
import sys

import pytest

from smartspec.lib.log_json import JsonFormatter

TASK = "0c5f3f64-77cb-4d5b-9a80-0f4f0a0a7a11"


def line(message: str, *args: object, exc_info=None) -> dict:
    record = logging.LogRecord("generation", logging.WARNING, __file__, 1, message, args, exc_info)
    record.request_id = "request-1"
    return json.loads(JsonFormatter().format(record))


def test_a_line_says_when_who_what_and_in_which_request():
    said = line("โคม %s", "ลอย")
    assert (said["level"], said["logger"], said["message"]) == ("WARNING", "generation", "โคม ลอย")
    assert said["request_id"] == "request-1"
    assert said["time"].endswith("+00:00")


@pytest.mark.parametrize(
    "message",
    [
        f"task {TASK}: result not stored",
        f"Not Found: /api/v1/generation/tasks/{TASK}/status",
        f"job generation.jobs.advance('{TASK}',) failed",
    ],
)
def test_the_task_that_a_line_is_about_is_a_field_of_its_own(message):
    assert line(message)["task_id"] == TASK


def test_other_lines_name_no_task():
    assert "task_id" not in line(f"export {TASK} put off")


@pytest.mark.parametrize(
    "message, said",
    [
        ("key ss_live_abcDEF-123 used", "key ss_live_[secret] used"),
        ("sent Authorization: Bearer abc.def", "sent Authorization: Bearer [secret]"),
        (f"/callbacks/kie/{TASK}/s3cret", f"/callbacks/kie/{TASK}/[secret]"),
        ("GET /media/private/t0ken/a.png", "GET /media/private/[secret]/a.png"),
        ("GET /events?token=abc&from=2", "GET /events?token=[secret]&from=2"),
    ],
)
def test_what_opens_doors_is_blotted_out(message, said):
    assert line(message)["message"] == said


def test_in_an_exception_too():
    try:
        raise ValueError("the key was ss_live_abcDEF")
    except ValueError:
        said = line("broken", exc_info=sys.exc_info())
    assert "ValueError: the key was ss_live_[secret]" in said["exception"]
