"""The segments of a JPEG file."""

import re
from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import EXIF_HEADER, Refused
from storage_app.decoding.provenance import says_so

SOI, EOI, SOS, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP11, APP13 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED
BARE = {SOI, 0x01, *range(0xD0, 0xD8)}  # markers without a body
NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # after the packed pixels of a scan
XMP = b"http://ns.adobe.com/xap/1.0/\0"
XMP_REST = b"http://ns.adobe.com/xmp/extension/\0"
SAYS_TOO_MUCH = {APP1, APP13, COMMENT}  # Exif and XMP, IPTC, comments


class Segment(NamedTuple):
    marker: int
    start: int
    end: int


def segments(data: mmap) -> Iterator[Segment]:
    """From the first to the end of the image; what a scan holds belongs to its SOS."""
    at = 2
    while True:
        while data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise Refused("a JPEG marker is missing")
        marker = data[at + 1]
        end = at + 2 if marker in BARE | {EOI} else at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == SOS:
            found = NEXT_MARKER.search(data, end)
            if not found:
                raise Refused("the JPEG does not end")
            end = found.start()
        yield Segment(marker, at, end)
        if marker == EOI:
            return
        at = end


def clean(data: mmap, upright: bytes) -> list[Edit]:
    """Place, camera, words and whatever hangs behind the picture go; which side is up stays.

    `upright` is an Exif block that holds the orientation only, or empty.
    """
    edits, last = [], 0
    for found in segments(data):
        last = found.end
        several_pictures = found.marker == APP2 and data[found.start + 4 : found.start + 8] == b"MPF\0"
        if found.marker in SAYS_TOO_MUCH or several_pictures:
            edits.append(Edit(found.start, found.end - found.start))
    if last < len(data):
        edits.append(Edit(last, len(data) - last))
    if upright and edits:
        edits.append(Edit(2, insert=app1(EXIF_HEADER + upright)))
    return edits


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """Ours in the place of any other packet; None when the file speaks for itself already."""
    edits, behind = [], 2
    for found in segments(data):
        body = data[found.start + 4 : found.end] if found.marker != SOS else b""
        if found.marker == APP0:
            behind = found.end
        elif found.marker == APP11 and b"c2pa" in body:
            return None
        elif found.marker == APP1 and body.startswith((XMP, XMP_REST)):
            if says_so(body):
                return None
            edits.append(Edit(found.start, found.end - found.start))
    return [*edits, Edit(behind, insert=app1(XMP + packet))]


def app1(body: bytes) -> bytes:
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body
