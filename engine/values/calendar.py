"""Working days, on a calendar that may not know every year.

A calendar is a function from a day to True, False or None (not known). What rests on a day that is
not known is not known either.

>>> def weekdays(day: date) -> bool:
...     return day.weekday() < 5
>>> friday = date(2021, 3, 5)
>>> add_working_days(friday, 1, weekdays)
datetime.date(2021, 3, 8)
>>> next_working_day(date(2021, 3, 6), weekdays)
datetime.date(2021, 3, 8)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from chinese_calendar.constants import holidays, workdays

from engine.values.dates import DateError

IsWorking: TypeAlias = Callable[[date], bool | None]

_DAY = timedelta(days=1)


def add_working_days(start: date, n: int, is_working: IsWorking) -> date | None:
    """The n-th working day after `start`, which is not itself counted; with n = 0, `start`.

    None if a day on the way is not known to the calendar. Raises ValueError for a negative n and
    `DateError` `out-of-range` past the year 9999.
    """
    if n < 0:
        raise ValueError(f"working days are counted forward: n is 0 or more, not {n}")
    day = start
    left = n
    while left:
        day = _next(day)
        working = is_working(day)
        if working is None:
            return None
        left -= working
    return day


def next_working_day(day: date, is_working: IsWorking) -> date | None:
    """The day itself if it is a working day, else the first one after it: where a period ends
    whose last day is a holiday. None if a day on the way is not known to the calendar.
    """
    while not (working := is_working(day)):
        if working is None:
            return None
        day = _next(day)
    return day


def _next(day: date) -> date:
    if day == date.max:
        raise DateError("out-of-range")
    return day + _DAY


@cache
def known_years() -> range:
    """The years whose holidays the State Council's yearly notices, as the library holds them, fix.

    The end of the last of these years stands as far as the notice for the next does not move it.
    """
    years = {day.year for day in holidays}
    return range(min(years), max(years) + 1)


def state_council_calendar(day: date) -> bool | None:
    """Whether a day was a working day in mainland China; None outside `known_years`.

    >>> state_council_calendar(date(2021, 10, 1)), state_council_calendar(date(2021, 10, 9))
    (False, True)
    >>> state_council_calendar(date(1990, 10, 1)) is None
    True
    """
    if day.year not in known_years():
        return None
    return day in workdays or (day.weekday() < 5 and day not in holidays)
