"""The blocks before the sound of a FLAC file."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding import vorbis
from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

COMMENTS = 4
LAST = 0x80
LARGEST = 2**24


class Block(NamedTuple):
    kind: int
    is_last: bool
    start: int
    end: int


def blocks(data: mmap) -> Iterator[Block]:
    at, is_last = 4, False
    while not is_last:
        end = at + 4 + int.from_bytes(data[at + 1 : at + 4])
        if end > len(data):
            raise Refused("a block of this sound is larger than the file")
        is_last = bool(data[at] & LAST)
        yield Block(data[at] & ~LAST, is_last, at, end)
        at = end


def mark(data: mmap, fields: dict[str, str]) -> list[Edit] | None:
    """Beside the words that are there; None when the file speaks for itself already."""
    found = list(blocks(data))
    words = next((one for one in found if one.kind == COMMENTS), None)
    if words is None:
        head = found[0]  # the stream's own facts, which come first
        first = Edit(head.start, 1, bytes([head.kind]))
        body = vorbis.written(vorbis.OURS, vorbis.pairs(fields))
        return [first, Edit(head.end, insert=block(body, is_last=head.is_last))]
    body = data[words.start + 4 : words.end]
    if says_so(body):
        return None
    vendor, comments, _end = vorbis.read(body)
    body = vorbis.written(vendor, [*comments, *vorbis.pairs(fields)])
    return [Edit(words.start, words.end - words.start, block(body, is_last=words.is_last))]


def block(body: bytes, *, is_last: bool) -> bytes:
    if len(body) >= LARGEST:
        raise Refused("this sound has no room for another word")
    return bytes([COMMENTS | LAST * is_last]) + len(body).to_bytes(3) + body
