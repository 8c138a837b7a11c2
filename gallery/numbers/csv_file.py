"""A chart's rows for spreadsheets: plain numbers, and words that no spreadsheet takes for a formula."""

import csv
import io
from typing import Any

from gallery.numbers.sheets import Sheet
from gallery.numbers.sheets.sheet import Column

BYTE_ORDER_MARK = "\ufeff"  # or Excel reads Thai as something else
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
UNITS = {"ms": "ms", "bytes": "bytes", "credits": "credits", "share": "0–1"}
FORMATS = {"ms": ".0f", "share": ".4f", "day": "%Y-%m-%d"}


def written(sheet: Sheet) -> str:
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([title(column) for column in sheet.columns])
    for row in sheet.rows:
        out.writerow([cell(value, column.unit) for value, column in zip(row, sheet.columns, strict=True)])
    return BYTE_ORDER_MARK + text.getvalue()


def title(column: Column) -> str:
    unit = UNITS.get(column.unit)
    return f"{column.title} ({unit})" if unit else str(column.title)


def cell(value: Any, unit: str) -> str:
    """Nothing where nothing is known; durations in whole ms, shares of 1 with four digits."""
    if value is None:
        return ""
    if unit == "text":
        text = str(value)
        return f"'{text}" if text.startswith(FORMULAS) else text
    return f"{value:{FORMATS.get(unit, '')}}"
