"""The chunks of a RIFF file: WebP pictures and WAV sounds."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding.edits import Edit
from storage_app.decoding.provenance import says_so

EXIF_FLAG, XMP_FLAG, ALPHA_FLAG = 0x08, 0x04, 0x10
UNKNOWN_FROM = 0x7FFFF000  # from here on a length means: written into a pipe; no file of ours is so long
XMP_NAMES = {b"XMP ", b"_PMX"}


class Chunk(NamedTuple):
    name: bytes
    start: int
    end: int  # with the byte that pads it


def chunks(data: mmap, last: int | None = None) -> Iterator[Chunk]:
    at, last = 12, last or end_of(data)
    while at + 8 <= last:
        length = length_at(data, at + 4)
        found = Chunk(data[at : at + 4], at, min(at + 8 + length + length % 2, len(data)))
        yield found
        at = found.end


def end_of(data: mmap) -> int:
    announced = length_at(data, 4)
    return len(data) if is_unknown(announced) else min(len(data), 8 + announced)


def clean_webp(data: mmap, upright: bytes) -> list[Edit]:
    """Place, camera, words and whatever hangs behind the picture go; which side is up stays."""
    found = list(chunks(data))
    edits = [
        Edit(one.start, min(one.end, len(data)) - one.start)
        for one in found
        if one.name in (b"EXIF", b"XMP ")
    ]
    if end_of(data) < len(data):
        edits.append(Edit(end_of(data), len(data) - end_of(data)))
    if not edits:
        return []
    end = end_of(data)
    if found[0].name == b"VP8X":
        flags = data[20] & ~(EXIF_FLAG | XMP_FLAG) | (EXIF_FLAG if upright else 0)
        edits.append(Edit(20, 1, bytes([flags])))
        if upright:
            edits.append(Edit(end, insert=chunk(b"EXIF", upright)))
    return resized(data, edits, end)


def mark_webp(data: mmap, packet: bytes, size: tuple[int, int]) -> list[Edit] | None:
    """Ours in the place of any other packet; None when the file speaks for itself already."""
    found = list(chunks(data))
    edits = without_packets(data, found, b"C2PA")
    if edits is None:
        return None
    first = found[0]
    if first.name == b"VP8X":
        edits.append(Edit(20, 1, bytes([data[20] | XMP_FLAG])))
    else:
        see_through = first.name == b"VP8L" and data[first.start + 12] & 0x10
        flags = XMP_FLAG | (ALPHA_FLAG if see_through else 0)
        edges = b"".join((side - 1).to_bytes(3, "little") for side in size)
        edits.append(Edit(12, insert=chunk(b"VP8X", bytes([flags, 0, 0, 0]) + edges)))
    end = end_of(data)
    return resized(data, [*edits, Edit(end, insert=chunk(b"XMP ", packet))], end)


def mark_wav(data: mmap, packet: bytes) -> list[Edit] | None:
    """Behind everything that is in the file; None when it speaks for itself already.

    A sound that was written into a pipe does not know how long it is: here it learns it.
    """
    found = list(chunks_of_sound(data))
    edits = without_packets(data, found, b"C2PA")
    if edits is None:
        return None
    edits += [
        Edit(one.start + 4, 4, (one.end - one.start - 8).to_bytes(4, "little"))
        for one in found
        if has_no_end(data, one)
    ]
    end = max(end_of(data), found[-1].end)
    padding = b"\0" * (end % 2)
    return resized(data, [*edits, Edit(end, insert=padding + chunk(b"_PMX", packet))], end)


def chunks_of_sound(data: mmap) -> Iterator[Chunk]:
    """Whatever the head says: up to the samples at least, and samples without an end go on to the file's."""
    is_heard = False
    for one in chunks(data, len(data)):
        if is_heard and one.start >= end_of(data):
            return
        if has_no_end(data, one):
            yield one._replace(end=len(data))
            return
        is_heard |= one.name == b"data"
        yield one


def has_no_end(data: mmap, one: Chunk) -> bool:
    return one.name == b"data" and is_unknown(length_at(data, one.start + 4))


def is_unknown(length: int) -> bool:
    return length == 0 or length >= UNKNOWN_FROM


def length_at(data: mmap, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def without_packets(data: mmap, found: list[Chunk], credentials: bytes) -> list[Edit] | None:
    edits = []
    for one in found:
        if one.name == credentials or (one.name in XMP_NAMES and says_so(data[one.start : one.end])):
            return None
        if one.name in XMP_NAMES:
            edits.append(Edit(one.start, one.end - one.start))
    return edits


def resized(data: mmap, edits: list[Edit], end: int) -> list[Edit]:
    """With the length in the file's head put right."""
    grown = sum(len(edit.insert) - edit.remove for edit in edits if edit.at < end or not edit.remove)
    return [Edit(4, 4, (end - 8 + grown).to_bytes(4, "little")), *edits]


def chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
