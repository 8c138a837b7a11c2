"""An AVIF picture's list of what it holds: one more entry, for the words about it."""

from mmap import mmap
from typing import NamedTuple

from storage_app.decoding import mp4
from storage_app.decoding.edits import Edit
from storage_app.decoding.mp4 import Box, boxes
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

XMP_TYPE = b"application/rdf+xml\0"
MOST_ITEMS = 0xFFFF


class Place(NamedTuple):
    """Where an item's number, or the number that says where it lies, stands in the table of places."""

    at: int
    size: int
    value: int


class Table(NamedTuple):
    """The `iloc` box, read."""

    version: int
    sizes: tuple[int, int, int, int]  # bytes of: offset, length, base, index
    counted_at: Place
    items: list[int]
    offsets: list[Place]  # that count from the beginning of the file


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """The packet at the end of the file, and an entry that leads to it; None when it speaks for itself.

    The list lies before the pixels, so that everything it says about places moves by what it grows.
    """
    top = list(boxes(data))
    if any(data[box.body : box.body + 16] == mp4.CREDENTIALS for box in top if box.name == b"uuid"):
        return None
    whole = only_list(top)
    inside = {box.name: box for box in boxes(data, whole.body + 4, whole.end)}
    if speaks_for_itself(data, inside[b"iinf"]):
        return None
    table = places(data, inside[b"iloc"])
    number = max(table.items) + 1
    if number > MOST_ITEMS:
        raise Refused("this AVIF has no room for another item")
    listed = [named(data, inside[b"iinf"], number), *related(data, inside, number)]
    added = len(entry(table, number, 0, 0))
    growth = added + sum(len(edit.insert) - edit.remove for edit in listed)
    ours = entry(table, number, len(data) + growth + 8, len(packet))
    return [
        Edit(inside[b"iloc"].end, insert=ours),
        *listed,
        resized(inside[b"iloc"], added),
        resized(whole, growth),
        counted(table.counted_at, 1),
        *[counted(place, growth) for place in table.offsets if place.value >= whole.end],
        *mp4.ended(data, top[-1]),
        Edit(len(data), insert=boxed(b"mdat", packet)),
    ]


def only_list(top: list[Box]) -> Box:
    """The one list of a still picture."""
    lists = [box for box in top if box.name == b"meta"]
    if len(lists) != 1 or any(box.name == b"moov" for box in top):
        raise Refused("this AVIF is more than a picture")
    return lists[0]


def speaks_for_itself(data: mmap, names: Box) -> bool:
    """That words about it are there already, and say what ours would."""
    if XMP_TYPE not in data[names.start : names.end]:
        return False
    if not says_so(data[:]):
        raise Refused("this AVIF says something else about itself")
    return True


def places(data: mmap, box: Box) -> Table:
    at = box.body
    version = data[at]
    if version > 2:
        raise Refused("a table of places of an unknown kind")
    sizes = (data[at + 4] >> 4, data[at + 4] & 15, data[at + 5] >> 4, data[at + 5] & 15 if version else 0)
    if not sizes[0] or not sizes[1]:
        raise Refused("a table of places that has no room for one more")
    wide = 4 if version == 2 else 2
    counted_at = Place(at + 6, wide, int.from_bytes(data[at + 6 : at + 6 + wide]))
    items, offsets, at = [], [], at + 6 + wide
    for _ in range(counted_at.value):
        item, mine, at = item_at(data, at, version, sizes)
        items.append(item)
        offsets += mine
    return Table(version, sizes, counted_at, items, offsets)


def item_at(data: mmap, at: int, version: int, sizes: tuple) -> tuple[int, list[Place], int]:
    offset, length, base, index = sizes
    wide = 4 if version == 2 else 2
    number, at = int.from_bytes(data[at : at + wide]), at + wide
    method = 0
    if version:
        method, at = data[at + 1] & 15, at + 2
    at += 2  # in which file
    from_base = Place(at, base, int.from_bytes(data[at : at + base]))
    count, at = int.from_bytes(data[at + base : at + base + 2]), at + base + 2
    extents = []
    for _ in range(count):
        at += index
        extents.append(Place(at, offset, int.from_bytes(data[at : at + offset])))
        at += offset + length
    if method:  # counted from somewhere else, which does not move
        return number, [], at
    return number, [from_base] if from_base.value else extents, at


def entry(table: Table, number: int, offset: int, length: int) -> bytes:
    sizes = table.sizes
    method = bytes(2) if table.version else b""
    one_part = (1).to_bytes(2)
    where = bytes(sizes[3]) + offset.to_bytes(sizes[0]) + length.to_bytes(sizes[1])
    return number.to_bytes(table.counted_at.size) + method + bytes(2) + bytes(sizes[2]) + one_part + where


def named(data: mmap, box: Box, number: int) -> Edit:
    """The list of names, with one more at its end."""
    body = bytes([2, 0, 0, 0]) + number.to_bytes(2) + bytes(2) + b"mime" + b"XMP\0" + XMP_TYPE
    name = boxed(b"infe", body)
    wide = 4 if data[box.body] else 2
    counted_at = box.body + 4
    count = int.from_bytes(data[counted_at : counted_at + wide]) + 1
    whole = data[box.body : counted_at] + count.to_bytes(wide) + data[counted_at + wide : box.end] + name
    return Edit(box.start, box.end - box.start, boxed(b"iinf", whole))


def related(data: mmap, inside: dict[bytes, Box], number: int) -> list[Edit]:
    """That the words describe the picture."""
    box = inside.get(b"iref")
    wide = 4 if box and data[box.body] else 2
    first = inside[b"pitm"]
    picture = int.from_bytes(data[first.body + 4 : first.end])
    pair = boxed(b"cdsc", number.to_bytes(wide) + (1).to_bytes(2) + picture.to_bytes(wide))
    if box is None:
        return [Edit(inside[b"iinf"].end, insert=boxed(b"iref", bytes(4) + pair))]
    return [Edit(box.start, box.end - box.start, boxed(b"iref", data[box.body : box.end] + pair))]


def boxed(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + name + body


def resized(box: Box, growth: int) -> Edit:
    return Edit(box.start, 4, (box.end - box.start + growth).to_bytes(4))


def counted(place: Place, growth: int) -> Edit:
    return Edit(place.at, place.size, (place.value + growth).to_bytes(place.size))
