"""One bar, or one span from a low value to a high one, for every row."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from gallery.numbers import wording
from gallery.numbers.drawing.shapes import Bar, Drawing, short
from gallery.numbers.sheets.sheet import Bars, Sheet, Spans

ROW, LONGEST_LABEL = 42, 34  # pixels, characters


def as_bars(sheet: Sheet, wish: Bars) -> Drawing | None:
    values = sheet.values(wish.value)
    longest = max((abs(value) for value in values), default=0)
    if not longest:
        return None
    unit = sheet.column(wish.value).unit
    notes = [
        f" · {wording.said(note, sheet.column(wish.note).unit)}" if note is not None else ""
        for note in (sheet.values(wish.note) if wish.note else [None] * len(values))
    ]
    bars = [
        Bar(
            top=ROW * n,
            label=label_of(sheet.rows[n][0]),
            value=f"{wording.said(value, unit)}{notes[n]}",
            start="0",
            width=short(100 * float(abs(value) / longest)),
            is_below_zero=value < 0,
        )
        for n, value in enumerate(values)
    ]
    return Drawing("bars", summary_of_bars(bars), height=ROW * len(bars), bars=bars)


def as_spans(sheet: Sheet, wish: Spans) -> Drawing | None:
    rows = [
        (row[0], low, high)
        for row, low, high in zip(sheet.rows, sheet.values(wish.low), sheet.values(wish.high), strict=True)
        if low is not None
    ]
    if not rows:
        return None
    longest = max(high for _label, _low, high in rows) or 1
    bars = [
        Bar(
            top=ROW * n,
            label=label_of(label),
            value=_("%(half)s · 95 %%: %(most)s")
            % {"half": wording.duration(low), "most": wording.duration(high)},
            start=short(100 * low / longest),
            width=short(100 * (high - low) / longest),
        )
        for n, (label, low, high) in enumerate(rows)
    ]
    return Drawing("spans", summary_of_bars(bars), height=ROW * len(bars), bars=bars)


def label_of(value: Any) -> str:
    return Truncator(str(value)).chars(LONGEST_LABEL)


def summary_of_bars(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label}: {bar.value}" for bar in bars)
