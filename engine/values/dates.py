"""Civil dates: days known exactly or only to the month or year, periods, ages.

>>> parse_date("1979-05")
Window(first=datetime.date(1979, 5, 1), last=datetime.date(1979, 5, 31))
>>> add_period(date(2011, 1, 31), months(1))
datetime.date(2011, 2, 28)
>>> age_on(date(1980, 6, 2), date(2001, 6, 1))
20

One convention holds throughout: **a period of months that ends on a day that does not exist ends
on the last day of that month**. Whole years and months are counted by it:
`months_between(start, end)` is the greatest n with `add_period(start, months(n)) <= end`. So who is
born on 29 February completes a year on 28 February where the year has no 29th, and
`age_on(b, add_period(b, years(n))) == n` always. A law that lets an age begin the day after the
birthday says so in its rule.

`add_period` never goes back when its date goes forward; `years_between`, `months_between` and
`age_on` never fall when the later date moves on, and never rise when the earlier one does. So over
a window the two ends bound the rest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from engine.values.truth import TRUE, UNKNOWN, Comparison, Truth, decided

DateErrorCode: TypeAlias = Literal["not-a-date", "impossible-date", "out-of-range"]
Counting: TypeAlias = Literal["from-next-day", "from-the-day"]

_MONTHS_IN_CYCLE: Final = 4800
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

_MESSAGES: Final[Mapping[DateErrorCode, tuple[str, str]]] = MappingProxyType(
    {
        "not-a-date": (
            "不是日期：请写 YYYY-MM-DD；只知年月写 YYYY-MM，只知年份写 YYYY",
            "not a date: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known",
        ),
        "impossible-date": ("历法上没有这一天", "the calendar has no such day"),
        "out-of-range": (
            "日期超出 0001 年至 9999 年",
            "the date falls outside the years 1 to 9999",
        ),
    }
)


class DateError(ValueError):
    """A text that is no date, or a date that does not exist. It never repeats the text."""

    def __init__(self, code: DateErrorCode) -> None:
        self.code: DateErrorCode = code
        self.zh, self.en = _MESSAGES[code]
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Window:
    """A date known only to lie between two days, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a window ends after it begins, not {self.first} to {self.last}")


def parse_date(text: str) -> date | Window:
    """A day, or the window of a month or a year.

    Raises `DateError`: `not-a-date` for another form, `impossible-date` for a day, month or year
    that the calendar does not have.

    >>> parse_date("2014-02-30")
    Traceback (most recent call last):
    engine.values.dates.DateError: the calendar has no such day
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError("not-a-date")
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise DateError("impossible-date") from None
    if day is not None:
        return first
    last_month = 12 if month is None else first.month
    return Window(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))


def compare_dates(op: Comparison, left: date | Window, right: date | Window) -> Truth:
    """A comparison of dates that may be windows: UNKNOWN unless all their days agree.

    >>> compare_dates("<", parse_date("1979-05"), date(1979, 6, 1))
    <Truth.TRUE: 1>
    >>> compare_dates("<", parse_date("1979-05"), date(1979, 5, 15))
    <Truth.UNKNOWN: 0>
    """
    a_first, a_last = (left.first, left.last) if isinstance(left, Window) else (left, left)
    b_first, b_last = (right.first, right.last) if isinstance(right, Window) else (right, right)
    match op:
        case "<":
            return decided(a_last < b_first, a_first >= b_last)
        case "<=":
            return decided(a_last <= b_first, a_first > b_last)
        case ">" | ">=":
            return compare_dates("<" if op == ">" else "<=", right, left)
        case "==":
            one_day = a_first == a_last == b_first == b_last
            return decided(one_day, a_last < b_first or b_last < a_first)
        case "!=":
            return ~compare_dates("==", left, right)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of civil time: whole months and days, kept apart as a month has no fixed length.

    Two periods compare where one is the longer whatever day they begin on; where that depends on
    the day, as for `months(1)` and `days(30)`, `<` and its like raise a TypeError and
    `compare_periods` answers UNKNOWN.

    >>> years(1) == months(12), days(98) + days(60) > days(98), months(2) > days(58)
    (True, True, True)
    """

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if type(self.months) is not int or type(self.days) is not int:
            raise TypeError(f"a period has whole months and days, not {self.months}, {self.days}")

    def __bool__(self) -> bool:
        return bool(self.months or self.days)

    @property
    def mean(self) -> Fraction:
        """Its days on an average: orders periods, and as they compare where they do."""
        return Fraction(self.months * sum(_lengths()), _MONTHS_IN_CYCLE) + self.days

    def __add__(self, other: Period) -> Period:
        if not isinstance(other, Period):
            return NotImplemented
        return Period(self.months + other.months, self.days + other.days)

    def __sub__(self, other: Period) -> Period:
        if not isinstance(other, Period):
            return NotImplemented
        return Period(self.months - other.months, self.days - other.days)

    def __mul__(self, factor: int) -> Period:
        if type(factor) is not int:
            return NotImplemented
        return Period(self.months * factor, self.days * factor)

    def __rmul__(self, factor: int) -> Period:
        return self * factor

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    def __eq__(self, other: object) -> bool:
        if type(other) is not Period:
            return NotImplemented
        return self.months == other.months and self.days == other.days

    def __lt__(self, other: Period) -> bool:
        return _surely("<", self, other)

    def __le__(self, other: Period) -> bool:
        return _surely("<=", self, other)

    def __gt__(self, other: Period) -> bool:
        return _surely(">", self, other)

    def __ge__(self, other: Period) -> bool:
        return _surely(">=", self, other)


def compare_periods(op: Comparison, left: Period, right: Period) -> Truth:
    """A comparison of two periods that begin on one day: UNKNOWN where it depends on the day.

    >>> compare_periods("<", months(1), days(32)), compare_periods("<", months(1), days(30))
    (<Truth.TRUE: 1>, <Truth.UNKNOWN: 0>)
    """
    if not isinstance(right, Period):
        raise TypeError(f"a period compares with a period, not with {right!r}")
    least, most = _days_in(left.months - right.months)
    least, most = least + left.days - right.days, most + left.days - right.days
    match op:
        case "<":
            return decided(most < 0, least >= 0)
        case "<=":
            return decided(most <= 0, least > 0)
        case "==":
            return decided(least == most == 0, least > 0 or most < 0)
        case ">" | ">=" | "!=":
            opposite: Comparison = "<=" if op == ">" else "<" if op == ">=" else "=="
            return ~compare_periods(opposite, left, right)


def _surely(op: Comparison, left: Period, right: Period) -> bool:
    truth = compare_periods(op, left, right)
    if truth is UNKNOWN:
        raise TypeError(f"{left} and {right} do not compare: a month has no fixed number of days")
    return truth is TRUE


@cache
def _days_in(count: int) -> tuple[int, int]:
    """The fewest and the most days that a number of months in a row can have."""
    if count < 0:
        least, most = _days_in(-count)
        return -most, -least
    cycles, rest = divmod(count, _MONTHS_IN_CYCLE)
    lengths = _lengths()
    now = sum(lengths[:rest])
    least = most = now
    for first in range(_MONTHS_IN_CYCLE - 1):
        now += lengths[(first + rest) % _MONTHS_IN_CYCLE] - lengths[first]
        least, most = min(least, now), max(most, now)
    whole = cycles * sum(lengths)
    return whole + least, whole + most


@cache
def _lengths() -> tuple[int, ...]:
    """The days of each month of the four hundred years in which the calendar repeats itself."""
    years_of_cycle = range(2000, 2000 + _MONTHS_IN_CYCLE // 12)
    return tuple(monthrange(year, month)[1] for year in years_of_cycle for month in range(1, 13))


def years(n: int) -> Period:
    """A period of n years, which is 12 n months."""
    return Period(months=12 * n)


def months(n: int) -> Period:
    """A period of n months."""
    return Period(months=n)


def days(n: int) -> Period:
    """A period of n days."""
    return Period(days=n)


def add_period(start: date, period: Period) -> date:
    """The day a period later (or earlier, if it is negative): first the months, then the days.

    Where the month reached has no such day, the last day of that month stands for it. Raises
    `DateError` `out-of-range` outside the years 1 to 9999.

    >>> add_period(date(2008, 2, 29), years(1))
    datetime.date(2009, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + period.months, 12)
    try:
        # Up to the 28th every month has the day.
        day = start.day if start.day <= 28 else min(start.day, monthrange(year, month + 1)[1])
        reached = date(year, month + 1, day)
        return reached + timedelta(days=period.days) if period.days else reached
    except (ValueError, OverflowError):
        raise DateError("out-of-range") from None


def years_between(start: date, end: date) -> int:
    """Whole years completed from start to end; negative if end is before start.

    >>> years_between(date(2008, 2, 29), date(2009, 2, 28))
    1
    """
    return months_between(start, end) // 12


def months_between(start: date, end: date) -> int:
    """Whole months completed from start to end; negative if end is before start.

    >>> months_between(date(2011, 1, 31), date(2011, 2, 28))
    1
    """
    count = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day and end.day < monthrange(end.year, end.month)[1]:
        return count - 1
    return count


def age_on(born: date, on: date) -> int:
    """Completed years of age on a day; negative before birth."""
    return years_between(born, on)


def period_end(start: date, period: Period, counting: Counting = "from-next-day") -> date:
    """The last day of a period that an event on `start` sets running.

    `from-next-day`: the day of the event is not counted; the period ends on the corresponding day
    (`add_period`). `from-the-day`: the day of the event is its first day; the period ends on the
    day before the corresponding one, and on the last day of the month where there is none.

    >>> period_end(date(2011, 1, 31), months(1)), period_end(date(2011, 3, 1), days(60))
    (datetime.date(2011, 2, 28), datetime.date(2011, 4, 30))
    >>> period_end(date(2011, 3, 1), months(1), counting="from-the-day")
    datetime.date(2011, 3, 31)
    """
    if counting == "from-next-day":
        return add_period(start, period)
    months_later = add_period(start, months(period.months))
    corresponds = months_later.day == start.day
    return add_period(months_later, days(period.days - 1 if corresponds else period.days))
