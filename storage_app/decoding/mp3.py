"""The tag at the head of an MP3 file."""

from mmap import mmap

from storage_app.decoding.edits import Edit
from storage_app.decoding.provenance import says_so

OWNER = b"XMP\0"
HEADER = 10  # bytes of a tag's head, and of a frame's


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """A private frame before the others, or a tag of its own; None when it speaks for itself already."""
    body = OWNER + packet
    if data[:3] != b"ID3":
        return [Edit(0, insert=tag(4, frame(4, body)))]
    version, flags, size = data[3], data[5], from_sevens(data[6:10])
    old = data[HEADER : HEADER + size]
    if says_so(old) or b"c2pa" in old:
        return None
    if version not in (3, 4) or flags:  # written in a way that frames cannot simply be added to
        return [Edit(0, HEADER + size, tag(4, frame(4, body)))]
    added = frame(version, body)
    return [Edit(6, 4, in_sevens(size + len(added))), Edit(HEADER, insert=added)]


def tag(version: int, frames: bytes) -> bytes:
    return b"ID3" + bytes([version, 0, 0]) + in_sevens(len(frames)) + frames


def frame(version: int, body: bytes) -> bytes:
    size = in_sevens(len(body)) if version == 4 else len(body).to_bytes(4)
    return b"PRIV" + size + bytes(2) + body


def in_sevens(number: int) -> bytes:
    """28 bits, seven to a byte."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def from_sevens(data: bytes) -> int:
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
    return number
