"""Request bodies that know whether they have begun to leave; nothing can be bought before."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

CHUNK = 256 * 1024


class Body:
    """Iterable of bytes with a known length; `left` turns true when the first byte is asked for."""

    def __init__(self, chunks: Iterable[bytes], length: int, content_type: str):
        self._chunks = chunks
        self._length = length
        self.content_type = content_type
        self.left = False

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        self.left = True
        yield from self._chunks


def json_body(content: Mapping[str, Any]) -> Body:
    data = json.dumps(content, ensure_ascii=False).encode()
    return Body([data], len(data), "application/json")


def file_body(file: BinaryIO, *, name: str, content_type: str, folder: str, boundary: str) -> Body:
    """A multipart form with one file, read in pieces; `file` is sent from where it stands to its end."""
    fields = {"uploadPath": folder, "fileName": name}
    head = "".join(_part(boundary, f'name="{key}"') + f"\r\n{value}\r\n" for key, value in fields.items())
    head += _part(boundary, f'name="file"; filename="{name}"') + f"Content-Type: {content_type}\r\n\r\n"
    start, tail = head.encode(), f"\r\n--{boundary}--\r\n".encode()
    length = len(start) + _remaining(file) + len(tail)
    return Body(_chunks(start, file, tail), length, f"multipart/form-data; boundary={boundary}")


def _part(boundary: str, disposition: str) -> str:
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n"


def _remaining(file: BinaryIO) -> int:
    here = file.tell()
    end = file.seek(0, 2)
    file.seek(here)
    return end - here


def _chunks(start: bytes, file: BinaryIO, tail: bytes) -> Iterator[bytes]:
    yield start
    while chunk := file.read(CHUNK):
        yield chunk
    yield tail
