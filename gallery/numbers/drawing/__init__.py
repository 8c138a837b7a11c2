"""From a sheet to the shapes of its chart."""

from gallery.numbers.drawing.along_days import along_days
from gallery.numbers.drawing.by_row import as_bars, as_spans
from gallery.numbers.drawing.shapes import Drawing
from gallery.numbers.sheets.sheet import Bars, Days, Sheet, Spans

__all__ = ["Drawing", "draw"]


def draw(sheet: Sheet) -> Drawing | None:
    """None where there is nothing to see."""
    match sheet.drawing:
        case Days() as wish:
            return along_days(sheet, wish)
        case Bars() as wish:
            return as_bars(sheet, wish)
        case Spans() as wish:
            return as_spans(sheet, wish)
