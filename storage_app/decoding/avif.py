"""An AVIF picture or animation: one more item in its lists, for the words about it."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from storage_app.decoding import mp4
from storage_app.decoding.edits import Edit
from storage_app.decoding.items import (
    Item,
    Listing,
    Place,
    changed,
    grown,
    listing,
    new_list,
    place,
    with_words,
    words_in,
)
from storage_app.decoding.mp4 import Box, boxed, boxes
from storage_app.decoding.pictures import Refused
from storage_app.decoding.provenance import says_so

TABLES = {b"stco": 4, b"co64": 8}  # where the pictures of a track lie, and the bytes of each number
LEADS_TO_THEM = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


class Spot(NamedTuple):
    """Where words may be listed: in a list that is there, or in a new one before the box `before`."""

    around: list[Box]  # what grows with it, the list itself included
    found: Listing | None
    before: int = 0


def mark(data: mmap, packet: bytes) -> list[Edit] | None:
    """The packet at the end of the file, and an item that leads to it; None when it speaks for itself.

    An animation says so in the list of the file and in that of its track, since readers look into either.
    A file whose lists cannot be added to gets the box of films, which leaves all of them alone.
    """
    top = mp4.outermost(data)
    if any(mp4.speaks(data, box) for box in top):
        return None
    try:
        spots = list(spots_in(data, top))
        old = [words_in(data, spot.found) for spot in spots if spot.found]
        if any(says_so(words_of(data, item)) for item in old if item):
            return None
        return listed(data, top, spots, packet)
    except Refused:
        return mp4.mark(data, packet)


def spots_in(data: mmap, top: list[Box]) -> Iterator[Spot]:
    """One for the file, one for the track of an animation."""
    names = [box.name for box in top]
    if names.count(b"meta") != 1 or names.count(b"moov") > 1 or b"moof" in names:
        raise Refused("this AVIF is laid out in another way")
    for box in top:
        if box.name == b"meta":
            yield Spot([box], listing(data, box))
        if box.name == b"moov":
            yield from spots_of_tracks(data, box)


def spots_of_tracks(data: mmap, index: Box) -> Iterator[Spot]:
    for track in boxes(data, index.body, index.end):
        if track.name != b"trak":
            continue
        inside = {box.name: box for box in boxes(data, track.body, track.end)}
        if b"mdia" not in inside or not shows_pictures(data, inside[b"mdia"]):
            continue
        if b"meta" in inside:
            yield Spot([index, track, inside[b"meta"]], listing(data, inside[b"meta"]))
        else:
            yield Spot([index, track], None, inside[b"mdia"].start)


def shows_pictures(data: mmap, media: Box) -> bool:
    """Colours, not the see-through of another track."""
    handlers = [box for box in boxes(data, media.body, media.end) if box.name == b"hdlr"]
    return any(data[box.body + 8 : box.body + 12] == b"pict" for box in handlers)


def words_of(data: mmap, item: Item) -> bytes:
    lengths = [length.value for _offset, length in item.extents]
    return b"".join(data[at : at + length] for at, length in zip(item.starts(), lengths, strict=True))


def listed(data: mmap, top: list[Box], spots: list[Spot], packet: bytes) -> list[Edit]:
    end = top[-1].end
    growth = sum(added(edits_at(data, spots, 0, packet)))
    edits = edits_at(data, spots, end + growth + 8, packet)
    return [
        *dict.fromkeys([*edits, *moved(data, top, spots, edits)]),
        *mp4.ended(data, top[-1]),
        Edit(end, insert=boxed(b"mdat", packet)),
    ]


def edits_at(data: mmap, spots: list[Spot], at: int, packet: bytes) -> list[Edit]:
    """What changes in the lists when the packet lies at this byte of the new file."""
    edits, growths = [], {}
    for spot in spots:
        mine = of_spot(data, spot, at, packet)
        edits += mine
        for box in spot.around:
            growths[box] = growths.get(box, 0) + sum(added(mine))
    return edits + [grown(box, growth) for box, growth in growths.items() if growth]


def of_spot(data: mmap, spot: Spot, at: int, packet: bytes) -> list[Edit]:
    if spot.found is None:
        return [Edit(spot.before, insert=new_list(at, len(packet)))]
    old = words_in(data, spot.found)
    if old is None:
        return with_words(data, spot.found, at, len(packet))
    return instead_of(old, at, packet)


def instead_of(old: Item, at: int, packet: bytes) -> list[Edit]:
    """Words about something else become empty, and their item leads to ours."""
    if old.method or old.base.value or len(old.extents) != 1:
        raise Refused("words whose place is told in another way")
    offset, length = old.extents[0]
    return [
        Edit(old.starts()[0], length.value, b" " * length.value),
        changed(offset, at - offset.value),
        changed(length, len(packet) - length.value),
    ]


def moved(data: mmap, top: list[Box], spots: list[Spot], edits: list[Edit]) -> Iterator[Edit]:
    """Every number that leads to something behind what was put in."""
    own = {edit.at for edit in edits}
    for number, target in [*of_items(spots), *of_tracks(data, top)]:
        growth = sum(len(one.insert) - one.remove for one in edits if one.at + one.remove <= target)
        if growth and number.at not in own:
            yield changed(number, growth)


def of_items(spots: list[Spot]) -> Iterator[tuple[Place, int]]:
    for spot in spots:
        for item in spot.found.table.items if spot.found else []:
            yield from item.moving()


def of_tracks(data: mmap, around: list[Box]) -> Iterator[tuple[Place, int]]:
    for box in around:
        if box.name in LEADS_TO_THEM:
            yield from of_tracks(data, list(boxes(data, box.body, box.end)))
        if box.name in TABLES:
            size = TABLES[box.name]
            for at in range(box.body + 8, box.end - size + 1, size):
                number = place(data, at, size)
                yield number, number.value


def added(edits: list[Edit]) -> list[int]:
    return [len(edit.insert) - edit.remove for edit in edits]
