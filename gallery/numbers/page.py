"""The page of numbers, ready to be shown: sections of charts, each with its table."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import mark_safe

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

    @property
    def body(self) -> str:
        """The rows of its table; hundreds of cells are written sooner here than by a template."""
        return mark_safe("".join(map(written, self.rows)))  # noqa: S308 every text is escaped below


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


def written(row: list[Cell]) -> str:
    first, *others = row
    head = f'<a href="{escape(first.link)}">{escape(first.text)}</a>' if first.link else escape(first.text)
    number = ' class="number"'
    cells = [f"<td{number if cell.is_number else ''}>{escape(cell.text)}</td>" for cell in others]
    return f'<tr><th scope="row">{head}</th>{"".join(cells)}</tr>'


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
