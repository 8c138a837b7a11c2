"""The page of numbers, ready to be shown: sections of charts, each with its table."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from gallery.numbers import book, drawing, present, tiles, wording
from gallery.numbers.drawing import Drawing
from gallery.numbers.period import PRESETS, Period
from gallery.numbers.sheets import SECTIONS, Sheet


class Cell(NamedTuple):
    text: str
    is_number: bool
    link: str = ""


class Chart(NamedTuple):
    sheet: Sheet
    drawing: Drawing | None
    rows: list[list[Cell]]


class Section(NamedTuple):
    title: Any
    charts: list[Chart]


class Page(NamedTuple):
    period: Period
    before: Period
    presets: tuple[int, ...]
    query: str  # of the same period, for the files
    facts: list[present.Fact]
    tiles: list[tiles.Tile]
    sections: list[Section]


def made(period: Period) -> Page:
    now, before = book.read(period)
    sections = [
        Section(title, [chart(build(now, before)) for build in builders]) for title, builders in SECTIONS
    ]
    query = urlencode({"since": period.first, "until": period.last})
    return Page(period, period.before, PRESETS, query, present.facts(), tiles.tiles(now, before), sections)


def chart(sheet: Sheet) -> Chart:
    rows = [
        [
            Cell(
                wording.said(value, column.unit),
                column.unit not in ("text", "day"),
                sheet.links.get(number, "") if place == 0 else "",
            )
            for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True))
        ]
        for number, row in enumerate(sheet.rows)
    ]
    return Chart(sheet, drawing.draw(sheet), rows)


def sheet(slug: str, period: Period) -> Sheet | None:
    """One chart's rows; None for a name that is none of ours."""
    now, before = book.read(period)
    found = (build(now, before) for _title, builders in SECTIONS for build in builders)
    return next((each for each in found if each.slug == slug), None)
