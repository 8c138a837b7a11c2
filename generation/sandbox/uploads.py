"""The three ways of uploading a file, and where it can be read again."""

import base64
import binascii
import mimetypes
import re
import secrets
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

import requests

from . import protocol
from .answers import Answer, Refusal, Request, as_json
from .desk import Desk
from .tasks import now_ms

ACCOUNT = "kieai/1"
FETCH_TIMEOUT = 30  # seconds
UNSAFE = re.compile(r"[^\w.\-ก-๛]+")


def base64_upload(desk: Desk, request: Request) -> Answer:
    body = request.json()
    head, _comma, data = required(body, "base64Data").rpartition(",")
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Refusal(400, "Base64 decoding failed: Invalid Base64 format") from None
    mime = head.removeprefix("data:").split(";")[0]
    return stored(desk, body, content, mimetypes.guess_extension(mime) or ".bin")


def stream_upload(desk: Desk, request: Request) -> Answer:
    fields = form_fields(request)
    if "file" not in fields:
        raise Refusal(400, "Missing required parameter: file")
    content, name = fields["file"]
    texts = {key: value.decode() for key, (value, _name) in fields.items() if key != "file"}
    return stored(desk, texts, content, PurePosixPath(name or "").suffix or ".bin")


def url_upload(desk: Desk, request: Request) -> Answer:
    body = request.json()
    address = required(body, "fileUrl")
    try:
        with requests.get(address, timeout=FETCH_TIMEOUT, headers={"User-Agent": "kie-sandbox"}) as answer:
            answer.raise_for_status()
            content = answer.content
    except requests.RequestException as error:
        raise Refusal(400, f"File download failed: {error}") from None
    return stored(desk, body, content, PurePosixPath(urlsplit(address).path).suffix or ".bin")


def required(body: dict, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(400, f"Missing required parameter: {name}")
    return value


def form_fields(request: Request) -> dict[str, tuple[bytes, str | None]]:
    """`{name: (content, file name)}` of a multipart body."""
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    if not message.is_multipart():
        raise Refusal(400, "The request is not multipart/form-data")
    fields = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        fields[name] = part.get_payload(decode=True), part.get_filename()
    return fields


def stored(desk: Desk, body: dict, content: bytes, extension: str) -> Answer:
    """A second file of the same name replaces the first, as at the provider."""
    folder = safe_path(required(body, "uploadPath"))
    name = safe_path(body.get("fileName") or f"{now_ms()}-{secrets.token_hex(4)}{extension}")
    path = f"{ACCOUNT}/{folder}/{name}"
    target = desk.uploads / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    answer = protocol.upload_answer(
        file_name=name,
        path=path,
        url=f"{desk.base}/uploads/{quote(path)}",
        size=len(content),
        mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
        at=datetime.now(UTC).isoformat(),
    )
    return as_json(answer)


def safe_path(text: str) -> str:
    """Only plain names between slashes: nothing that climbs out of the folder."""
    parts = [UNSAFE.sub("-", part).strip(".") for part in text.split("/")]
    return "/".join(part for part in parts if part) or "files"
