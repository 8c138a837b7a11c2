"""What goes in and out of a door: a request, an answer, a refusal."""

import json
from dataclasses import dataclass, field
from pathlib import Path

JSON_TYPE = "application/json;charset=UTF-8"


class Refusal(Exception):
    """The envelope's `code` and `msg`; the HTTP status stays 200, as with the real provider."""

    def __init__(self, code: int, msg: str):
        super().__init__(msg)
        self.code = code
        self.msg = msg


class Lost(Exception):
    """The connection breaks off, as if the request had never come."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: bytes

    def json(self) -> dict:
        try:
            document = json.loads(self.body or b"{}")
        except ValueError:
            raise Refusal(400, "The request body is not valid JSON") from None
        if not isinstance(document, dict):
            raise Refusal(400, "The request body must be a JSON object")
        return document


@dataclass(frozen=True)
class Answer:
    """`file` is sent instead of `body`, with byte ranges; `drop` closes the connection without a word,
    `cut` in the middle of the file."""

    status: int = 200
    body: bytes = b""
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)
    file: Path | None = None
    drop: bool = False
    cut: bool = False


def as_json(document, status: int = 200) -> Answer:
    return Answer(status, json.dumps(document, ensure_ascii=False).encode())


def as_html(status: int, text: str) -> Answer:
    page = f"<!DOCTYPE html><html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    return Answer(status, page.encode(), "text/html; charset=UTF-8")
