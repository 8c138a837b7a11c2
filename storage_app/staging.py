"""Taking one file in on the terms that were signed, as a bucket would."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.storage import storages
from django.http import UnreadablePostError

from storage_app.scratch import scratch_folder
from storage_app.storages.stored import CHUNK_BYTES, Terms


class Refused(Exception):
    """`status` is what a bucket answers in the same case."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def put_on_terms(body, headers: Mapping, key: str, terms: Terms) -> str:
    """Store `body` under `key`, once; returns the ETag. Raises Refused."""
    storage = storages["private"]
    check_headers(headers, terms)
    if storage.exists(key):
        raise Refused(412)
    with NamedTemporaryFile(dir=scratch_folder()) as file:
        receive(body, file, terms)
        if not storage.put_once(Path(file.name), key=key):
            raise Refused(412)
    return storage.stat(key).etag


def check_headers(headers: Mapping, terms: Terms) -> None:
    if "Content-Length" not in headers:
        raise Refused(411)
    if any(headers.get(name) != value for name, value in terms.headers().items()):
        raise Refused(403)


def receive(body, file, terms: Terms) -> None:
    count, digest = 0, hashlib.sha256()
    try:
        while chunk := body.read(CHUNK_BYTES):
            count += len(chunk)
            digest.update(chunk)
            file.write(chunk)
    except UnreadablePostError as error:
        raise Refused(400) from error
    file.flush()
    if count != terms.bytes or (terms.sha256 and digest.hexdigest() != terms.sha256):
        raise Refused(400)
