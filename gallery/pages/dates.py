"""Dates for people: in Thai with the year of the Buddhist era, 543 ahead."""

from datetime import date, datetime

from django.utils import formats, timezone

BUDDHIST_ERA = 543


def spoken(moment: datetime, language: str) -> str:
    """`22 November 2026`, `22 พฤศจิกายน 2569`."""
    local = timezone.localtime(moment)
    if language == "th":
        return f"{formats.date_format(local, 'j F')} {year_name(local.year, language)}"
    return formats.date_format(local, "j F Y")


def month_name(year: int, month: int, language: str) -> str:
    """`November 2026`, `พฤศจิกายน 2569`."""
    return f"{formats.date_format(date(year, month, 1), 'F')} {year_name(year, language)}"


def year_name(year: int, language: str) -> str:
    return str(year + BUDDHIST_ERA if language == "th" else year)


def machine(moment: datetime) -> str:
    """ISO 8601 in the gallery's own time zone, always Gregorian: `2026-11-22T09:30:00+07:00`."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def length(duration_ms: int | None) -> str:
    """A duration as people write it, `0:08` or `1:02:05`; empty when unknown."""
    if not duration_ms:
        return ""
    minutes, seconds = divmod(max(1, round(duration_ms / 1000)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def iso_length(duration_ms: int | None) -> str | None:
    """A duration as ISO 8601, `PT8.042S`; None when unknown."""
    if not duration_ms:
        return None
    return f"PT{duration_ms / 1000:g}S"
