"""The statement as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator

from accounts.models import LedgerEntry

COLUMNS = ("created_at", "kind", "amount", "available_change", "reference", "reason", "id")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """The file that csv writes to: it only hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for entry in entries:
        yield writer.writerow(cell(getattr(entry, column)) for column in COLUMNS)


def cell(value) -> str:
    """Words that a spreadsheet would run as a formula are quoted; times are RFC 3339."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)
