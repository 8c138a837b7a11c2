"""The shapes of kie.ai's answers: envelopes, records and callback bodies, exactly as seen on the wire."""

import json
import secrets
from dataclasses import replace

from .tasks import Task

FINISHED_TEXT = {"success": "Playground task completed successfully.", "fail": "Playground task failed."}
VEO_FLAGS = {"success": 1, "fail": 2}  # everything else is 0: still generating
VEO_CODES = {"400", "422", "500", "501"}


def envelope(data=None, *, code: int = 200, msg: str = "success") -> dict:
    return {"code": code, "msg": msg, "data": data}


def new_task_id(family: str) -> str:
    """32 lowercase hex digits for the jobs family, a `veo_task_` name for Veo."""
    return secrets.token_hex(16) if family == "jobs" else f"veo_task_{secrets.token_hex(16)}"


def result_json(task: Task, base: str) -> str | dict:
    """The empty string while running, as the real provider sends it."""
    if task.state != "success":
        return ""
    result = {"resultUrls": task.urls(base)}
    return result if "object" in task.faults else json.dumps(result)


def param(task: Task) -> str:
    """A JSON string whose `input` is a JSON string again."""
    document = {"input": json.dumps(task.input, ensure_ascii=False), "model": task.model}
    if task.callback_url:
        document["callBackUrl"] = task.callback_url
    return json.dumps(document, ensure_ascii=False)


def record_info(task: Task, base: str) -> dict:
    """The ten keys of a jobs record; `costTime` in seconds, the other times in Unix milliseconds."""
    return {
        "taskId": task.id,
        "model": task.model,
        "state": task.state,
        "param": param(task),
        "resultJson": result_json(task, base),
        "failCode": task.fail_code,
        "failMsg": task.fail_msg,
        "costTime": task.cost_time,
        "completeTime": task.completed_ms,
        "createTime": task.created_ms,
    }


def newer_fields(task: Task) -> dict:
    """What the provider's later documentation adds to a record."""
    return {"updateTime": task.completed_ms or task.created_ms, "creditsConsumed": task.charged}


def veo_record(task: Task, base: str) -> dict:
    urls = task.urls(base)
    done = task.state == "success"
    response = {
        "taskId": task.id,
        "resultUrls": urls,
        "originUrls": urls,
        "fullResultUrls": urls,
        "resolution": task.input.get("resolution") or "720p",
    }
    return {
        "taskId": task.id,
        "paramJson": json.dumps(task.input, ensure_ascii=False),
        "createTime": task.created_ms,
        "completeTime": task.completed_ms,
        "successFlag": VEO_FLAGS.get(task.state, 0),
        "response": response if done else None,
        "errorCode": int(task.fail_code) if task.fail_code else None,
        "errorMessage": task.fail_msg,
        "fallbackFlag": False,
    }


def callback_body(task: Task, base: str) -> dict:
    return veo_callback(task, base) if task.family == "veo" else jobs_callback(task, base)


def false_callback(task: Task, base: str) -> dict:
    """A lie about how the task ended."""
    other = {"success": "fail", "fail": "success"}[task.state]
    return callback_body(replace(task, state=other), base)


def jobs_callback(task: Task, base: str) -> dict:
    data = record_info(task, base) | newer_fields(task)
    return envelope(
        data, code=200 if task.state == "success" else 501, msg=FINISHED_TEXT.get(task.state, "success")
    )


def veo_callback(task: Task, base: str) -> dict:
    urls = task.urls(base)
    data = {
        "taskId": task.id,
        "promptJson": json.dumps(task.input, ensure_ascii=False),
        "info": {
            "resultUrls": urls,
            "originUrls": urls,
            "resolution": task.input.get("resolution") or "720p",
        },
        "fallbackFlag": False,
    }
    if task.state == "success":
        return envelope(data, msg="Veo video generated successfully.")
    code = int(task.fail_code) if task.fail_code in VEO_CODES else 501
    return envelope(data, code=code, msg=task.fail_msg or "Veo video generation failed.")


def upload_answer(*, file_name: str, path: str, url: str, size: int, mime: str, at: str) -> dict:
    data = {
        "success": True,
        "fileName": file_name,
        "filePath": path,
        "downloadUrl": url,
        "fileSize": size,
        "mimeType": mime,
        "uploadedAt": at,
    }
    return {"success": True, "code": 200, "msg": "File uploaded successfully", "data": data}
