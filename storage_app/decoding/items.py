"""The lists of what an ISO base media file holds beside its tracks: items, what they are, where they lie."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding.edits import Edit
from storage_app.decoding.mp4 import Box, boxed, boxes
from storage_app.decoding.pictures import Refused

XMP_TYPE = b"application/rdf+xml\0"
MOST_ITEMS = 0xFFFF


class Place(NamedTuple):
    """A number in the file that says where something lies, or how much of it."""

    at: int
    size: int
    value: int


class Item(NamedTuple):
    number: int
    method: int  # 0: counted from the beginning of the file
    base: Place
    extents: list[tuple[Place, Place]]  # offset and length of each part

    def starts(self) -> list[int]:
        return [self.base.value + offset.value for offset, _length in self.extents]

    def moving(self) -> list[tuple[Place, int]]:
        """The numbers that change when bytes are put in before what they lead to, and where that lies."""
        if self.method or not self.extents:
            return []
        starts = self.starts()
        if self.base.value:
            return [(self.base, min(starts))]
        return [(offset, start) for (offset, _length), start in zip(self.extents, starts, strict=True)]


class Table(NamedTuple):
    """The `iloc` box, read."""

    version: int
    sizes: tuple[int, int, int, int]  # bytes of: offset, length, base, index
    counted_at: Place
    items: list[Item]


class Listing(NamedTuple):
    """A `meta` box, read."""

    whole: Box
    inside: dict[bytes, Box]
    table: Table


def listing(data: mmap, whole: Box) -> Listing:
    inside = {box.name: box for box in boxes(data, whole.body + 4, whole.end)}
    if not {b"iinf", b"iloc"} <= inside.keys():
        raise Refused("a list of items that lacks their names or places")
    return Listing(whole, inside, places(data, inside[b"iloc"]))


def places(data: mmap, box: Box) -> Table:
    at = box.body
    version = data[at]
    if version > 2:
        raise Refused("a table of places of an unknown kind")
    sizes = (data[at + 4] >> 4, data[at + 4] & 15, data[at + 5] >> 4, data[at + 5] & 15 if version else 0)
    if sizes[0] < 4 or sizes[1] < 4:
        raise Refused("a table of places that has no room for one more")
    wide = 4 if version == 2 else 2
    counted_at = place(data, at + 6, wide)
    items, at = [], at + 6 + wide
    for _ in range(counted_at.value):
        item, at = item_at(data, at, version, sizes)
        items.append(item)
    return Table(version, sizes, counted_at, items)


def item_at(data: mmap, at: int, version: int, sizes: tuple) -> tuple[Item, int]:
    offset, length, base, index = sizes
    number = place(data, at, 4 if version == 2 else 2)
    at += number.size
    method = 0
    if version:
        method, at = data[at + 1] & 15, at + 2
    at += 2  # in which file
    from_base = place(data, at, base)
    count, at = int.from_bytes(data[at + base : at + base + 2]), at + base + 2
    extents = []
    for _ in range(count):
        at += index
        extents.append((place(data, at, offset), place(data, at + offset, length)))
        at += offset + length
    return Item(number.value, method, from_base, extents), at


def place(data: mmap, at: int, size: int) -> Place:
    return Place(at, size, int.from_bytes(data[at : at + size]))


def named(data: mmap, box: Box) -> Iterator[tuple[int, bytes]]:
    """Number and description of each item of an `iinf` box."""
    first = box.body + 4 + (4 if data[box.body] else 2)
    for entry in boxes(data, first, box.end):
        wide = 4 if data[entry.body] > 2 else 2
        number = int.from_bytes(data[entry.body + 4 : entry.body + 4 + wide])
        yield number, data[entry.body + 6 + wide : entry.end]


def words_in(data: mmap, found: Listing) -> Item | None:
    """The item that holds the words about the picture."""
    numbers = {number for number, told in named(data, found.inside[b"iinf"]) if told.endswith(XMP_TYPE)}
    return next((item for item in found.table.items if item.number in numbers), None)


def with_words(data: mmap, found: Listing, at: int, length: int) -> list[Edit]:
    """One more item in this list: words of so many bytes that lie `at` this byte of the new file."""
    number = max((item.number for item in found.table.items), default=0) + 1
    if number > MOST_ITEMS:
        raise Refused("there is no room for another item")
    table, inside = found.table, found.inside
    return [
        Edit(inside[b"iloc"].end, insert=entry(table, number, at, length)),
        one_name_more(data, inside[b"iinf"], number),
        *related(data, inside, number),
        grown(inside[b"iloc"], len(entry(table, number, 0, 0))),
        changed(table.counted_at, 1),
    ]


def entry(table: Table, number: int, offset: int, length: int) -> bytes:
    sizes = table.sizes
    method = bytes(2) if table.version else b""
    one_part = (1).to_bytes(2)
    where = bytes(sizes[3]) + offset.to_bytes(sizes[0]) + length.to_bytes(sizes[1])
    return number.to_bytes(table.counted_at.size) + method + bytes(2) + bytes(sizes[2]) + one_part + where


def name_of(number: int) -> bytes:
    return boxed(b"infe", bytes([2, 0, 0, 0]) + number.to_bytes(2) + bytes(2) + b"mimeXMP\0" + XMP_TYPE)


def one_name_more(data: mmap, box: Box, number: int) -> Edit:
    wide = 4 if data[box.body] else 2
    counted_at = box.body + 4
    count = int.from_bytes(data[counted_at : counted_at + wide]) + 1
    old = data[box.body : counted_at] + count.to_bytes(wide) + data[counted_at + wide : box.end]
    return Edit(box.start, box.end - box.start, boxed(b"iinf", old + name_of(number)))


def related(data: mmap, inside: dict[bytes, Box], number: int) -> list[Edit]:
    """That the words describe the picture, where the list says which item that is."""
    first = inside.get(b"pitm")
    if first is None:
        return []
    box = inside.get(b"iref")
    wide = 4 if box and data[box.body] else 2
    picture = int.from_bytes(data[first.body + 4 : first.end])
    pair = boxed(b"cdsc", number.to_bytes(wide) + (1).to_bytes(2) + picture.to_bytes(wide))
    if box is None:
        return [Edit(inside[b"iinf"].end, insert=boxed(b"iref", bytes(4) + pair))]
    return [Edit(box.start, box.end - box.start, boxed(b"iref", data[box.body : box.end] + pair))]


def new_list(at: int, length: int) -> bytes:
    """A `meta` box with one item: these words."""
    handler = boxed(b"hdlr", bytes(8) + b"pict" + bytes(13))
    table = Table(0, (4, 4, 0, 0), Place(0, 2, 0), [])
    where = boxed(b"iloc", bytes(4) + b"\x44\x00" + (1).to_bytes(2) + entry(table, 1, at, length))
    names = boxed(b"iinf", bytes(4) + (1).to_bytes(2) + name_of(1))
    return boxed(b"meta", bytes(4) + handler + where + names)


def grown(box: Box, growth: int) -> Edit:
    if box.body - box.start != 8:
        raise Refused("a list that is too large to grow")
    return Edit(box.start, 4, (box.end - box.start + growth).to_bytes(4))


def changed(place: Place, growth: int) -> Edit:
    return Edit(place.at, place.size, (place.value + growth).to_bytes(place.size))
