"""The boxes of an ISO base media file: MP4, MOV and M4A."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple
from uuid import UUID

from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

XMP = UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes
CREDENTIALS = UUID("d8fec3d6-1b0e-483c-9297-5828877ec481").bytes  # C2PA
PARENTS = {b"moov", b"trak"}
ESSENTIAL = {b"ftyp", b"moov", b"moof", b"mdat", b"meta"}  # one that is cut off is no rubbish
WORDS = {b"udta", b"meta", b"uuid"}  # where people and telephones write things down
PLACES = (b"\xa9xyz", b"loci", b"location", b"GPS")
LARGEST_NUMBER = 2**32


class Box(NamedTuple):
    name: bytes
    start: int
    body: int
    end: int


def boxes(data: mmap, start: int = 0, end: int | None = None) -> Iterator[Box]:
    at, end = start, len(data) if end is None else end
    while at + 8 <= end:
        size, name, body = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, body = int.from_bytes(data[at + 8 : at + 16]), at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise Refused("a box of this film is larger than the film")
        yield Box(name, at, body, at + size)
        at += size


def clean(data: mmap) -> list[Edit]:
    """Words that tell a place become empty space of the same length: nothing else has to move."""
    return [blank(found) for found in words(data, 0, len(data)) if tells_a_place(data, found)]


def words(data: mmap, start: int, end: int) -> Iterator[Box]:
    for found in boxes(data, start, end):
        if found.name in PARENTS:
            yield from words(data, found.body, found.end)
        elif found.name in WORDS:
            yield found


def tells_a_place(data: mmap, found: Box) -> bool:
    return any(data.find(word, found.body, found.end) >= 0 for word in PLACES)


def blank(found: Box) -> Edit:
    size = found.end - found.start
    return Edit(found.start, size, size.to_bytes(4) + b"free" + bytes(size - 8))


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """At the very end: what players need first stays first. None when it speaks for itself already."""
    found = outermost(data)
    if any(speaks(data, one) for one in found):
        return None
    others = [one for one in found if kind_of(data, one) == XMP]
    return [
        *[Edit(one.start + 4, 20, b"free" + bytes(16)) for one in others],
        *ended(data, found[-1]),
        Edit(found[-1].end, insert=boxed(b"uuid", XMP + packet)),
    ]


def outermost(data: mmap) -> list[Box]:
    """The boxes of the whole file, without what hangs behind them and is none."""
    found = []
    try:
        for one in boxes(data):
            found.append(one)
    except Refused:
        at = found[-1].end if found else 0
        if data[at + 4 : at + 8] in ESSENTIAL:
            raise
    return found


def speaks(data: mmap, found: Box) -> bool:
    """Does this box hold Content Credentials, or say already how the file was made?"""
    kind = kind_of(data, found)
    return kind == CREDENTIALS or (kind == XMP and says_so(data[found.body : found.end]))


def kind_of(data: mmap, found: Box) -> bytes:
    return data[found.body : found.body + 16] if found.name == b"uuid" else b""


def ended(data: mmap, last: Box) -> list[Edit]:
    """A box that goes on "until the end of the file" gets an end."""
    if any(data[last.start : last.start + 4]):
        return []
    if last.end - last.start >= LARGEST_NUMBER:
        raise Refused("this film is too large to be ended")
    return [Edit(last.start, 4, (last.end - last.start).to_bytes(4))]


def boxed(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + name + body
