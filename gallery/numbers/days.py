"""Days as people here live them: in the time zone of the house."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

ONE = timedelta(days=1)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment that is no longer that day."""
    return start_of(day + ONE)


def month_of(day: date) -> date:
    return day.replace(day=1)


def end_of_month(month: date) -> date:
    """Its last day."""
    return (month + 31 * ONE).replace(day=1) - ONE


def from_to(first: date, last: date) -> list[date]:
    """All days from `first` to `last`, both included."""
    return [first + ONE * n for n in range((last - first).days + 1)]
