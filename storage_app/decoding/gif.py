"""The blocks of a GIF file."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B
COMMENT, APPLICATION = b"!\xfe", b"!\xff\x0b"
XMP = APPLICATION + b"XMP DataXMP"
CREDENTIALS = APPLICATION + b"C2PA_GIF"
LOOPS = (APPLICATION + b"NETSCAPE2.0", APPLICATION + b"ANIMEXTS1.0")
AFTER_XMP = b"\x01" + bytes(range(255, -1, -1)) + b"\0"  # leads whoever counts lengths to the end of it
HEADER = 13  # bytes, before the colours


class Block(NamedTuple):
    head: bytes
    start: int
    end: int


def blocks(data: mmap) -> Iterator[Block]:
    """Everything behind the colours of the whole, the end included."""
    at = HEADER + colours(data[10])
    while True:
        kind = data[at]
        if kind == END:
            yield Block(b";", at, at + 1)
            return
        if kind == EXTENSION:
            end = parts_end(data, at + 2)
        elif kind == IMAGE:
            end = parts_end(data, at + 11 + colours(data[at + 9]))
        else:
            raise Refused("a GIF block of an unknown kind")
        yield Block(data[at : at + 14], at, end)
        at = end


def colours(flags: int) -> int:
    """Bytes of the table that these flags announce."""
    return 3 * 2 ** ((flags & 0x07) + 1) if flags & 0x80 else 0


def parts_end(data: mmap, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def clean(data: mmap) -> list[Edit]:
    """Words and whatever hangs behind the pictures go."""
    edits, last = [], 0
    for found in blocks(data):
        last = found.end
        if found.head.startswith((COMMENT, XMP)):
            edits.append(Edit(found.start, found.end - found.start))
    if last < len(data):
        edits.append(Edit(last, len(data) - last))
    return edits


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """Ours in the place of any other packet; None when the file speaks for itself already."""
    edits, behind = [], HEADER + colours(data[10])
    for found in blocks(data):
        if found.head.startswith(CREDENTIALS):
            return None
        if found.head.startswith(XMP):
            if says_so(data[found.start : found.end]):
                return None
            edits.append(Edit(found.start, found.end - found.start))
        if found.head.startswith(LOOPS) and found.start == behind:
            behind = found.end  # where every player looks for it
    if data[4:5] == b"7":  # the elder version knows no extensions
        edits.append(Edit(4, 1, b"9"))
    return [*edits, Edit(behind, insert=XMP + packet + AFTER_XMP)]
