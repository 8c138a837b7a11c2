"""The chunks of a PNG file."""

import zlib
from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

AFTER_HEADER = 33  # signature and IHDR, which is always first and of one length
SAYS_TOO_MUCH = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
XMP = b"XML:com.adobe.xmp\0"


class Chunk(NamedTuple):
    name: bytes
    start: int
    end: int


def chunks(data: mmap) -> Iterator[Chunk]:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        found = Chunk(data[at + 4 : at + 8], at, at + 12 + length)
        yield found
        if found.name == b"IEND":
            return
        at = found.end
    raise Refused("the PNG does not end")


def clean(data: mmap, upright: bytes) -> list[Edit]:
    """Place, camera, words and whatever hangs behind the picture go; which side is up stays."""
    edits, last = [], 0
    for found in chunks(data):
        last = found.end
        if found.name in SAYS_TOO_MUCH:
            edits.append(Edit(found.start, found.end - found.start))
    if last < len(data):
        edits.append(Edit(last, len(data) - last))
    if upright and edits:
        edits.append(Edit(AFTER_HEADER, insert=chunk(b"eXIf", upright)))
    return edits


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """Ours in the place of any other packet; None when the file speaks for itself already."""
    edits = []
    for found in chunks(data):
        if found.name == b"caBX":  # Content Credentials
            return None
        if found.name == b"iTXt" and data[found.start + 8 : found.start + 8 + len(XMP)] == XMP:
            if says_so(data[found.start : found.end]):
                return None
            edits.append(Edit(found.start, found.end - found.start))
    plain_text = bytes(4)  # neither packed nor in any language
    return [*edits, Edit(AFTER_HEADER, insert=chunk(b"iTXt", XMP + plain_text + packet))]


def chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
