"""What a worker does for the numbers: look at the logs, and count the days that are due."""

import logging
from datetime import timedelta

from gallery.models import LogMark, MonthNumbers, Numbers
from gallery.numbers import logs, months, rolling
from smartspec.lib.due import LEASE, backoff, kept

log = logging.getLogger(__name__)
LOOK_EVERY = timedelta(seconds=30)


def look() -> bool:
    """Look at one log that is due; at once again while there is much in it."""
    mark = LogMark.objects.claim(lease=LEASE)
    if mark is None:
        return False
    try:
        with kept(mark, lease=LEASE):
            moved = logs.look_through(mark.log)
    except Exception:  # the top of a worker's loop
        log.exception("the log of %ss was not looked through", mark.log)
        return mark.put_back(delay=backoff(mark.tries))
    is_behind = moved >= logs.AT_ONCE // 2
    return mark.put_back(delay=timedelta(0) if is_behind else LOOK_EVERY, tries=0)


def count() -> bool:
    numbers = Numbers.objects.claim(lease=LEASE)
    if numbers is None:
        return False
    try:
        rolling.count(numbers)
    except Exception:  # the top of a worker's loop
        log.exception("the numbers of %s were not counted", numbers)
        numbers.put_back(delay=backoff(numbers.tries, base=5))
    return True


def add_up() -> bool:
    """One month that is over, and of which a day was counted since."""
    month = MonthNumbers.objects.claim(lease=LEASE)
    if month is None:
        return False
    try:
        months.add_up(month)
    except Exception:  # the top of a worker's loop
        log.exception("the numbers of %s were not added up", month)
        month.put_back(delay=backoff(month.tries, base=5))
    return True


def sweep(limit: int) -> int:
    """At most `limit` looks, days and months; returns how many there were."""
    logs.begin()
    worked = 0
    for work in (look, count, add_up):
        while worked < limit and work():
            worked += 1
    return worked
