"""Columns and lines along the days, on a scale of steps that people count in."""

import math
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from gallery.numbers import wording
from gallery.numbers.drawing.shapes import Column, Drawing, Key, Label, Line, Told, short
from gallery.numbers.sheets.sheet import Days, Sheet

TALL = 100
TOP, BOTTOM = 18, 180  # pixels: where the highest and the lowest line of the grid stand
LABELS = 6  # of days, at most (all of a week)
STEPS = 4  # between the lines of the grid
S, MIN, H, D = wording.SECOND, wording.MINUTE, wording.HOUR, wording.DAY
MS_STEPS = (50, 100, 250, 500, S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, MIN, 2 * MIN, 5 * MIN, 10 * MIN)
MS_STEPS += (15 * MIN, 30 * MIN, H, 2 * H, 6 * H, 12 * H, D, 2 * D, 7 * D, 14 * D, 30 * D)


def along_days(sheet: Sheet, wish: Days) -> Drawing | None:
    names = [*wish.stack, *wish.lines]
    series = {name: sheet.values(name) for name in (*names, wish.before)}
    if not any(value for values in series.values() for value in values):
        return None
    columns = {name: sheet.column(name) for name in series}
    unit = columns[names[0]].unit
    top = ceiling(heights(series, wish), unit)
    strokes = [*((name, f"line-{n}") for n, name in enumerate(wish.lines, start=1)), (wish.before, "before")]
    return Drawing(
        "days",
        summary_of_days(sheet, names[0]),
        width=len(sheet.rows),
        columns=stacked([series[name] for name in wish.stack], top),
        lines=[line(series[name], top, kind) for name, kind in reversed(strokes)],
        ticks=[tick(n, top, unit) for n in range(STEPS)],
        days=day_labels(sheet.values("day")),
        keys=[
            *(Key(str(columns[name].title), f"stack-{n}") for n, name in enumerate(wish.stack, start=1)),
            *(Key(str(columns[name].title), kind) for name, kind in strokes),
        ],
        told=[Told(n, told(sheet, row)) for n, row in enumerate(sheet.rows)],
    )


def heights(series: dict[str, list], wish: Days) -> list[float | None]:
    """Of everything that must fit below the top: whole stacks, and each point of a line."""
    stacks = [
        sum(max(0, value) for value in day)
        for day in zip(*(series[name] for name in wish.stack), strict=True)
    ]
    return [*stacks, *(value for name in (*wish.lines, wish.before) for value in series[name])]


def tick(n: int, top: float, unit: str) -> Label:
    """A line of the grid, the n-th from above."""
    return Label(str(round(TOP + (BOTTOM - TOP) * n / STEPS)), wording.said(top * (STEPS - n) / STEPS, unit))


def told(sheet: Sheet, row: Sequence) -> str:
    (_day, day), *others = zip(sheet.columns, row, strict=True)
    said = [f"{column.title}: {wording.said(value, column.unit)}" for column, value in others]
    return "\n".join([wording.day(day), *said])


def ceiling(values: Iterable[float | None], unit: str) -> float:
    """The top of the scale: above all values, and in steps that people count in."""
    if unit == "share":
        return 1
    most = float(max((value for value in values if value is not None), default=0)) or 1
    return STEPS * round_step(most / STEPS, unit)


def round_step(step: float, unit: str) -> float:
    if unit == "ms":
        known = next((each for each in MS_STEPS if each >= step), None)
        return known or math.ceil(step / MS_STEPS[-1]) * MS_STEPS[-1]
    size = 10 ** math.floor(math.log10(step))
    rounded = next(n * size for n in (1, 2, 2.5, 5, 10) if n * size >= step * 0.999)
    return max(1, math.ceil(rounded))


def stacked(series: list[list], top: float) -> list[Column]:
    found = []
    for day, values in enumerate(zip(*series, strict=True)):
        base = 0.0
        for kind, value in enumerate(values, start=1):
            height = TALL * max(0.0, float(value)) / top
            if height:
                base += height
                found.append(Column(short(day + 0.12), short(TALL - base), short(height), kind))
    return found


def line(values: Sequence[float | None], top: float, kind: str) -> Line:
    """A path that breaks off where nothing is known; a single day is a dot."""
    parts, last, is_down = [], "", False
    for day, value in enumerate(values):
        if value is None:
            is_down = False
            continue
        place = f"{day + 0.5} {short(TALL - TALL * max(0.0, float(value)) / top)}"
        parts.append(f"L{place}" if is_down else f"M{place}h0")
        last, is_down = place, True
    return Line("".join(parts), kind, f"M{last}h0" if last and kind != "before" else "")


def day_labels(days: Sequence) -> list[Label]:
    every = 1 if len(days) <= 7 else math.ceil(len(days) / LABELS)
    shown = range(every // 2, len(days), every)
    return [Label(short(100 * (n + 0.5) / len(days)), wording.short_day(days[n])) for n in shown]


def summary_of_days(sheet: Sheet, name: str) -> str:
    """The first series in a sentence."""
    column = sheet.column(name)
    known = [
        (value, day)
        for value, day in zip(sheet.values(name), sheet.values("day"), strict=True)
        if value is not None
    ]
    if not known:
        return str(column.title)
    (least, calm), (most, busy) = min(known), max(known)
    return _("%(title)s: at least %(least)s (%(calm)s), at most %(most)s (%(busy)s).") % {
        "title": column.title,
        "least": wording.said(least, column.unit),
        "calm": wording.short_day(calm),
        "most": wording.said(most, column.unit),
        "busy": wording.short_day(busy),
    }
