"""The first pages of an Ogg file, where a sound says what it is."""

from itertools import pairwise
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding import vorbis
from storage_app.decoding.edits import Edit
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

MAGIC, HEAD = b"OggS", 27  # bytes of a page before the table of its pieces
CONTINUED, FIRST = 0x01, 0x02
NOTHING_ENDS = b"\xff" * 8
PIECE, MOST_PIECES = 255, 255
POLYNOMIAL = 0x04C11DB7
KINDS = {b"OpusHead": (b"OpusTags", 1, b""), b"\x01vorbis": (b"\x03vorbis", 2, b"\x01")}
# by what the stream begins with: what its words begin with, how many packets follow, how the words end


class Page(NamedTuple):
    start: int
    end: int
    flags: int
    stream: bytes
    number: int
    pieces: bytes  # the length of each
    body: bytes


def page_at(data: mmap, at: int) -> Page:
    if data[at : at + 4] != MAGIC:
        raise Refused("an Ogg page is missing")
    pieces = data[at + HEAD : at + HEAD + data[at + 26]]
    body = at + HEAD + len(pieces)
    end = body + sum(pieces)
    number = int.from_bytes(data[at + 18 : at + 22], "little")
    return Page(at, end, data[at + 5], data[at + 14 : at + 18], number, pieces, data[body:end])


def mark(data: mmap, fields: dict[str, str]) -> list[Edit] | None:
    """Beside the words that are there, in as many pages: not one of the sound's has to be numbered anew.

    None when the file speaks for itself already.
    """
    head = page_at(data, 0)
    begins, count, ends = next((KINDS[name] for name in KINDS if head.body.startswith(name)), (b"", 0, b""))
    if not begins:
        raise Refused("an Ogg stream of another kind")
    pages, packets = header_packets(data, head, count)
    words = packets[0].removeprefix(begins)
    if says_so(words):
        return None
    vendor, comments, end = vorbis.read(words)
    rest = words[end:] or ends
    packets[0] = begins + vorbis.written(vendor, [*comments, *vorbis.pairs(fields)]) + rest
    start, end = pages[0].start, pages[-1].end
    return [Edit(start, end - start, b"".join(laid_out(packets, pages)))]


def header_packets(data: mmap, head: Page, count: int) -> tuple[list[Page], list[bytes]]:
    """The pages after the first that hold these packets and nothing else, and the packets."""
    pages, packets, part, at = [], [], b"", head.end
    while len(packets) < count:
        page = page_at(data, at)
        if page.stream != head.stream or page.flags & FIRST:
            raise Refused("more than one stream in this file")
        pages.append(page)
        at, taken = page.end, 0
        for length in page.pieces:
            part += page.body[taken : taken + length]
            taken += length
            if length < PIECE:
                packets.append(part)
                part = b""
    if len(packets) > count or part:
        raise Refused("the sound begins where its words end")
    return pages, packets


def laid_out(packets: list[bytes], pages: list[Page]) -> list[bytes]:
    """The packets in as many pages as there were."""
    pieces = b"".join(bytes([PIECE] * (len(one) // PIECE) + [len(one) % PIECE]) for one in packets)
    body, count = b"".join(packets), len(pages)
    if not count <= len(pieces) <= count * MOST_PIECES:
        raise Refused("the words of this sound do not fit into its pages")
    edges = [len(pieces) * number // count for number in range(count + 1)]
    laid, taken, before = [], 0, 0
    for page, (first, last) in zip(pages, pairwise(edges), strict=True):
        mine = pieces[first:last]
        length = sum(mine)
        flags = CONTINUED if before == PIECE else 0
        laid.append(page_of(page, flags, mine, body[taken : taken + length]))
        taken, before = taken + length, mine[-1]
    return laid


def page_of(page: Page, flags: int, pieces: bytes, body: bytes) -> bytes:
    ends = bytes(8) if any(length < PIECE for length in pieces) else NOTHING_ENDS
    number = page.number.to_bytes(4, "little")
    head = MAGIC + bytes([0, flags]) + ends + page.stream + number
    behind = bytes([len(pieces)]) + pieces + body
    return head + checksum(head + bytes(4) + behind).to_bytes(4, "little") + behind


def _table() -> list[int]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ (POLYNOMIAL if rest & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(rest)
    return table


TABLE = _table()


def checksum(page: bytes) -> int:
    found = 0
    for byte in page:
        found = (found << 8 & 0xFFFFFFFF) ^ TABLE[found >> 24 ^ byte]
    return found
