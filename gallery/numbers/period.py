"""The days that somebody asks about, and the same number of days before them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gallery.numbers import days

PRESETS = (7, 30, 90)
USUAL = 30
MOST = 366
MOST_POINTS = 92  # of a chart; longer periods are drawn by weeks
WEEK = 7


@dataclass(frozen=True)
class Period:
    """Both days are included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[date]:
        return days.from_to(self.first, self.last)

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def step(self) -> int:
        """How many days one point of a chart stands for; the last may be fewer."""
        return WEEK if self.length > MOST_POINTS else 1

    @property
    def points(self) -> list[date]:
        """The first days of these."""
        return [self.first + timedelta(days=n) for n in range(0, self.length, self.step)]

    def point_of(self, day: date) -> date:
        return day - timedelta(days=(day - self.first).days % self.step)

    @property
    def before(self) -> "Period":
        return Period(self.first - timedelta(days=self.length), self.first - days.ONE)

    @property
    def preset(self) -> int | None:
        """How many days up to today these are, if that is a choice of its own."""
        is_recent = self.last == timezone.localdate() and self.length in PRESETS
        return self.length if is_recent else None


def latest(length: int = USUAL) -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=length - 1), today)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """`days`, or `since` and `until`; nothing at all is the usual period."""

    days = forms.TypedChoiceField(
        choices=[(n, n) for n in PRESETS], coerce=int, empty_value=USUAL, required=False
    )
    since = forms.DateField(label=_("From"), widget=DayInput, required=False)
    until = forms.DateField(label=_("To"), widget=DayInput, required=False)

    def clean(self):
        given = super().clean()
        since, until = given.get("since"), given.get("until") or timezone.localdate()
        if since is None:
            if given.get("until"):
                self.add_error("since", _("Say from which day on."))
        elif since > until:
            self.add_error("since", _("The first day comes after the last."))
        elif (until - since).days >= MOST:
            self.add_error("since", _("A year is the longest period."))
        elif since < date.min + timedelta(days=MOST):
            self.add_error("since", _("There were no works then."))
        elif until > timezone.localdate():
            self.add_error("until", _("That day is still to come."))
        return given

    @property
    def period(self) -> Period:
        """What was asked for; the usual period where that was not understood."""
        if not self.is_valid():
            return latest()
        given = self.cleaned_data
        if given["since"]:
            return Period(given["since"], given["until"] or timezone.localdate())
        return latest(given["days"])
