"""Numbers as people read them, in the language of the page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NOTHING = "–"
SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000


def count(value: float) -> str:
    return number_format(value, decimal_pos=0, force_grouping=True)


def credits(value: Decimal | int) -> str:
    is_whole = value == int(value)
    return number_format(value, decimal_pos=0 if is_whole else 2, force_grouping=True)


def share(value: float) -> str:
    hundredths = round(value * 100, 1)
    return f"{number_format(hundredths, decimal_pos=0 if hundredths == int(hundredths) else 1)} %"


def duration(ms: float) -> str:
    """Two figures are enough."""
    if ms < SECOND:
        return _("%(n)s ms") % {"n": number_format(ms, decimal_pos=0)}
    if ms < MINUTE:
        return _("%(n)s s") % {"n": number_format(ms / SECOND, decimal_pos=1 if ms < 10 * SECOND else 0)}
    for unit, words in ((DAY, _("%(n)s d")), (HOUR, _("%(n)s h")), (MINUTE, _("%(n)s min"))):
        if ms >= unit:
            number = ms / unit
            return words % {"n": number_format(number, decimal_pos=0 if number >= 10 else 1)}
    raise ValueError(ms)


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def short_day(value: date) -> str:
    return date_format(value, "j M")


UNITS: dict[str, Callable[[Any], str]] = {
    "count": count,
    "credits": credits,
    "share": share,
    "ms": duration,
    "bytes": filesizeformat,
    "day": day,
}


def said(value: Any, unit: str) -> str:
    if value is None:
        return NOTHING
    return str(value) if unit == "text" else said_in(get_language(), value, unit)


@lru_cache(maxsize=20_000)  # a figure is said beside its point and in its table
def said_in(language: str, value: Any, unit: str) -> str:
    """In the language that is spoken just now, which `language` names."""
    return str(UNITS[unit](value))


def change(now: float | None, before: float | None) -> str:
    """How a number compares with the period before, in words."""
    if now is None or before is None:
        return _("nothing to compare with")
    if now == before:
        return _("as in the period before")
    if not before:
        return _("none in the period before")
    ratio = float(now) / float(before) - 1
    words = _("%(share)s more than before") if ratio > 0 else _("%(share)s less than before")
    return words % {"share": share(min(abs(ratio), 99.99))}
