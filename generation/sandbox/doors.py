"""The provider's endpoints: each reads the request, asks the desk and writes the answer down."""

import time
from dataclasses import replace
from urllib.parse import urlsplit

from . import protocol
from .answers import Answer, Refusal, Request, as_html, as_json
from .desk import Desk
from .tasks import Task, meets

EARLIER = 0.3  # seconds by which a callback may be before the answer


def create_task(desk: Desk, request: Request) -> Answer:
    body = request.json()
    document = body.get("input")
    if not isinstance(document, dict):
        raise Refusal(500, "input is required")
    task = desk.create(
        family="jobs",
        model=str(body.get("model") or ""),
        document=document,
        callback_url=body.get("callBackUrl"),
    )
    return created(task, {"taskId": task.id, "recordId": task.id})


def create_veo(desk: Desk, request: Request) -> Answer:
    document = request.json()
    task = desk.create(
        family="veo",
        model=str(document.get("model") or ""),
        document=document,
        callback_url=document.get("callBackUrl"),
    )
    return created(task, {"taskId": task.id})


def created(task: Task, data: dict) -> Answer:
    if "early" in task.faults:
        time.sleep(EARLIER)
    if "drop" in task.faults:
        return Answer(drop=True)
    if "html-create" in task.faults:
        status = int(task.faults["html-create"])
        return as_html(status, f"{status} Bad Gateway")
    answer = as_json(protocol.envelope(data))
    return shortened(answer) if "garbled-create" in task.faults else answer


def shortened(answer: Answer) -> Answer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def record_info(desk: Desk, request: Request) -> Answer:
    task = asked_task(desk, request, "jobs", "recordInfo is null")
    if page := in_front(task):
        return page
    newer = protocol.newer_fields(task) if desk.mode.newer_fields else {}
    answer = as_json(protocol.envelope(protocol.record_info(task, desk.base) | newer))
    return shortened(answer) if meets(task, "garbled") else answer


def veo_record(desk: Desk, request: Request) -> Answer:
    task = asked_task(desk, request, "veo", "record is null")
    if page := in_front(task):
        return page
    answer = as_json(protocol.envelope(protocol.veo_record(task, desk.base)))
    return shortened(answer) if meets(task, "garbled") else answer


def in_front(task: Task) -> Answer | None:
    """A page that something in front of the API answers in its place."""
    if meets(task, "html-502"):
        return as_html(502, "502 Bad Gateway")
    return as_html(530, "Error 1033: Tunnel error") if meets(task, "html-530") else None


def asked_task(desk: Desk, request: Request, family: str, unseen: str) -> Task:
    task_id = request.query.get("taskId")
    if not task_id:
        raise Refusal(400, "taskId parameter is required")
    task = desk.find(task_id, family)
    if task is None:
        raise Refusal(422, unseen)
    return task


def veo_1080p(desk: Desk, request: Request) -> Answer:
    task = asked_task(desk, request, "veo", "record is null")
    if task.state != "success":
        raise Refusal(400, "The video is not finished yet")
    if task.input.get("resolution") in ("1080p", "4k"):
        return as_json(protocol.envelope({"resultUrl": task.urls(desk.base)[0]}))
    name = desk.larger_film(task)
    if name is None:
        raise Refusal(400, "The 1080p video is still being processed, please check back in a moment")
    return as_json(protocol.envelope({"resultUrl": f"{desk.base}/results/{name}"}))


def credit(desk: Desk, request: Request) -> Answer:
    return as_json(protocol.envelope(float(desk.account.credits)))


def download_url(desk: Desk, request: Request) -> Answer:
    """Our own addresses work without a signature, so the link is the address itself, marked as given out."""
    url = str(request.json().get("url") or "")
    parts = urlsplit(url)
    ours = f"{parts.scheme}://{parts.netloc}" == desk.base
    if not ours or not parts.path.startswith(("/results/", "/uploads/")):
        raise Refusal(422, "url is wrong")
    return as_json(protocol.envelope(f"{desk.base}{parts.path}?expires=1200"))
