"""The provider as a script: what really became of every order, and how badly one hears of it."""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import parse_qs, urlsplit

import requests
from PIL import Image
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from generation.tests.simulation.clock import Clock
from generation.tests.simulation.dice import Dice
from generation.tests.simulation.stage import Stage

API, FILES, STRANGER = "https://kie.test", "https://files.test", "https://files.stranger.test"
ADDRESS = re.compile(r"/callbacks/kie/(?P<task>[0-9a-f-]{36})/(?P<token>[^/]+)")
LONGEST = 400  # seconds that a generation takes
TOO_LONG = 700  # seconds more, past every deadline
SOON = 200  # seconds within which a record may be invisible
HTML = "<html><head><title>502 Bad Gateway</title></head></html>"


@dataclass
class UpstreamOrder:
    id: str
    callback: str
    model: str
    ready_at: datetime
    created_at: datetime
    end: str = "success"
    stuck: bool = False
    has_file: bool = True
    callbacks_left: int = 1
    hidden_at: datetime | None = None  # when its record was last not to be seen

    @property
    def task_id(self) -> str:
        return ADDRESS.search(self.callback)["task"]

    @property
    def token(self) -> str:
        return ADDRESS.search(self.callback)["token"]


@cache
def picture(order_id: str) -> bytes:
    """A small PNG that belongs to this order alone."""
    colour = tuple(hashlib.sha256(order_id.encode()).digest()[:3])
    buffer = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(buffer, "PNG")
    return buffer.getvalue()


def envelope(data: object = None, code: int = 200, msg: str = "success") -> str:
    return json.dumps({"code": code, "msg": msg, "data": data})


class Upstream(BaseAdapter):
    """Mounted into `requests` sessions in place of the network."""

    def __init__(self, dice: Dice, clock: Clock, stage: Stage):
        super().__init__()
        self.dice, self.clock, self.stage = dice, clock, stage
        self.orders: dict[str, UpstreamOrder] = {}
        self.refused: set[str] = set()  # tasks that were told a definite no
        self.early = lambda order: None  # delivers a callback at once

    def close(self) -> None:
        """Part of an adapter; there is nothing to close."""

    def send(self, request, **_options) -> requests.Response:
        parts = urlsplit(request.url)
        if request.url.startswith(FILES):
            return self.file(request, parts.path.removeprefix("/").partition(".")[0])
        door = {
            "/api/v1/jobs/createTask": self.create,
            "/api/v1/jobs/recordInfo": self.record,
            "/api/v1/common/download-url": self.fresh,
        }[parts.path]
        return door(request)

    # -- ordering ------------------------------------------------------------------------------

    def create(self, request) -> requests.Response:
        if self.dice.falls("connection refused"):
            raise requests.ConnectionError("refused")
        body = json.loads(b"".join(request.body))
        if self.dice.falls("order lost"):
            raise requests.ConnectionError("reset")
        if refusal := self.refusal(body):
            return answer(request, refusal)
        if self.dice.falls("order met a gateway error"):
            return answer(request, HTML, 502)
        return self.answer_to(self.take(body), request)

    def refusal(self, body: dict) -> str | None:
        for fault, code in {
            "order refused: rate": 429,
            "order refused: maintenance": 455,
            "order refused: credit": 402,
        }.items():
            if self.dice.falls(fault):
                return envelope(code=code, msg=fault)
        if self.dice.falls("order refused: unclear"):
            self.refused.add(ADDRESS.search(body["callBackUrl"])["task"])
            return envelope(code=500, msg="The server could not do it.")
        return None

    def take(self, body: dict) -> UpstreamOrder:
        now, chance = self.clock.now(), self.dice.random
        order = UpstreamOrder(
            f"{chance.getrandbits(128):032x}", body["callBackUrl"], body["model"], now, created_at=now
        )
        order.ready_at += timedelta(seconds=chance.uniform(5, LONGEST))
        order.end = "fail" if self.dice.falls("generation fails") else "success"
        order.ready_at += timedelta(seconds=TOO_LONG * self.dice.falls("generation takes far too long"))
        order.stuck = self.dice.falls("generation gets stuck")
        order.has_file = not self.dice.falls("success without a file")
        order.callbacks_left = 0 if self.dice.falls("callback lost") else 1
        order.callbacks_left += order.callbacks_left and self.dice.falls("callback twice")
        self.orders[order.id] = order
        self.dice.tell(f"order {order.id[:6]} taken for {order.task_id[:6]}: {order.end}")
        return order

    def answer_to(self, order: UpstreamOrder, request) -> requests.Response:
        if self.dice.falls("callback before the answer"):
            self.early(order)
        self.stage.wait("answer late")
        if self.dice.falls("answer lost"):
            raise requests.ReadTimeout("no answer")
        if self.dice.falls("answer replaced by a gateway error"):
            return answer(request, HTML, 502)
        text = envelope({"taskId": order.id, "recordId": order.id})
        return answer(request, text[:30] if self.dice.falls("answer cut short") else text)

    # -- reading -------------------------------------------------------------------------------

    def record(self, request) -> requests.Response:
        if self.dice.falls("reading lost"):
            raise requests.ConnectionError("reset")
        if self.dice.falls("reading met a gateway error"):
            return answer(request, HTML, 502)
        order = self.orders.get(parse_qs(urlsplit(request.url).query)["taskId"][0])
        if order is None or self.is_hidden(order):
            return answer(request, envelope(code=422, msg="recordInfo is null"))
        text = envelope(self.shown(order))
        self.stage.wait("reading slow")
        return answer(request, text[: len(text) // 2] if self.dice.falls("reading garbled") else text)

    def is_hidden(self, order: UpstreamOrder) -> bool:
        now = self.clock.now()
        young = (now - order.created_at).total_seconds() < SOON
        if young and self.dice.falls("record not visible yet"):
            order.hidden_at = now
        return order.hidden_at == now

    def is_done(self, order: UpstreamOrder) -> bool:
        return self.clock.now() >= order.ready_at and not order.stuck

    def shown(self, order: UpstreamOrder) -> dict:
        done = self.is_done(order) and not self.dice.falls("reading out of date")
        state = order.end if done else "generating"
        if self.dice.falls("state unknown"):
            state = "resting"
        failed = {"failCode": "500", "failMsg": "Generation failed."} if state == "fail" else {}
        result = {"resultJson": json.dumps({"resultUrls": self.urls(order)}) if state == "success" else ""}
        param = json.dumps({"callBackUrl": order.callback, "model": order.model, "input": "{}"})
        return {"taskId": order.id, "state": state, "param": param, **result, **failed}

    def urls(self, order: UpstreamOrder) -> list[str]:
        if not order.has_file:
            return []
        host = STRANGER if self.dice.falls("address of a stranger") else FILES
        return [f"{host}/{order.id}.png"]

    def fresh(self, request) -> requests.Response:
        url = json.loads(b"".join(request.body))["url"]
        return answer(request, envelope(f"{url}?fresh"))

    def file(self, request, order_id: str) -> requests.Response:
        self.stage.wait("file slow")
        data = picture(order_id)
        if self.dice.falls("address gone"):
            return answer(request, HTML, 404)
        if self.dice.falls("page instead of a file"):
            return answer(request, HTML)
        if self.dice.falls("file damaged"):
            return answer(request, data[:50] + bytes([data[50] ^ 255]) + data[51:])
        cut = len(data) // 2 if self.dice.falls("file cut short") else len(data)
        return answer(request, data[:cut], length=len(data))


def answer(request, body: str | bytes, status: int = 200, *, length: int | None = None) -> requests.Response:
    """A response as the network's adapter makes it; `length` is what the header claims."""
    data = body.encode() if isinstance(body, str) else body
    headers = {"Content-Length": str(len(data) if length is None else length)}
    raw = HTTPResponse(io.BytesIO(data), headers, status, preload_content=False, request_method="GET")
    response = requests.Response()
    response.status_code, response.url, response.request = status, request.url, request
    response.headers.update(headers)
    response.raw = raw
    return response
