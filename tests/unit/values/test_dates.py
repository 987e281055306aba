"""Civil dates: windows, periods that end on days that do not exist, ages."""

import operator
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest

from engine.values import (
    Comparison,
    DateError,
    Period,
    Truth,
    Window,
    add_period,
    age_on,
    compare_dates,
    days,
    months,
    months_between,
    parse_date,
    period_end,
    years,
    years_between,
)
from engine.values.dates import Counting, compare_periods
from engine.values.truth import decided

OPERATORS: Final[dict[Comparison, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
APRIL = Window(date(2009, 4, 1), date(2009, 4, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009-04-05", date(2009, 4, 5)),
        ("2009-04", APRIL),
        ("2008-02", Window(date(2008, 2, 1), date(2008, 2, 29))),
        ("1900-02", Window(date(1900, 2, 1), date(1900, 2, 28))),
        ("2009", Window(date(2009, 1, 1), date(2009, 12, 31))),
        ("9999-12", Window(date(9999, 12, 1), date(9999, 12, 31))),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, expected: date | Window) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize("text", ["2014-02-30", "2015-02-29", "2014-13", "2014-00-01", "0000"])
def test_a_day_that_does_not_exist_is_named_impossible(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)

    assert caught.value.code == "impossible-date"


@pytest.mark.parametrize(
    "text",
    ["", "14-02-03", "2014-2-3", "2014/02/03", "20140203", "2014-02-03 ", "２０１４", "五月"],
)
def test_what_is_no_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)

    assert caught.value.code == "not-a-date"
    assert "YYYY-MM-DD" in caught.value.zh
    assert "YYYY-MM-DD" in caught.value.en


def test_a_window_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="after it begins"):
        Window(date(2009, 4, 2), date(2009, 4, 1))


@pytest.mark.parametrize(
    ("op", "day", "expected"),
    [
        ("<", date(2009, 4, 30), Truth.UNKNOWN),
        ("<", date(2009, 5, 1), Truth.TRUE),
        ("<", date(2009, 4, 1), Truth.FALSE),
        ("<=", date(2009, 4, 30), Truth.TRUE),
        ("<=", date(2009, 4, 1), Truth.UNKNOWN),
        ("<=", date(2009, 3, 31), Truth.FALSE),
        (">", date(2009, 3, 31), Truth.TRUE),
        (">", date(2009, 4, 1), Truth.UNKNOWN),
        (">", date(2009, 4, 30), Truth.FALSE),
        (">=", date(2009, 4, 1), Truth.TRUE),
        (">=", date(2009, 5, 1), Truth.FALSE),
        ("==", date(2009, 4, 1), Truth.UNKNOWN),
        ("==", date(2009, 5, 1), Truth.FALSE),
        ("!=", date(2009, 5, 1), Truth.TRUE),
        ("!=", date(2009, 4, 9), Truth.UNKNOWN),
    ],
)
def test_a_window_compares_as_far_as_all_its_days_agree(
    op: Comparison, day: date, expected: Truth
) -> None:
    assert compare_dates(op, APRIL, day) is expected


def test_two_exact_days_always_compare() -> None:
    day = date(2009, 4, 1)
    assert compare_dates("==", day, day) is Truth.TRUE
    assert compare_dates("<", day, day) is Truth.FALSE


def test_a_window_is_not_known_to_be_itself() -> None:
    assert compare_dates("==", APRIL, APRIL) is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        (date(2011, 1, 31), months(1), date(2011, 2, 28)),
        (date(2012, 1, 31), months(1), date(2012, 2, 29)),
        (date(2011, 3, 31), months(1), date(2011, 4, 30)),
        (date(2011, 3, 31), months(2), date(2011, 5, 31)),
        (date(2008, 2, 29), years(1), date(2009, 2, 28)),
        (date(2008, 2, 29), years(4), date(2012, 2, 29)),
        (date(2011, 11, 30), months(3), date(2012, 2, 29)),
        (date(2011, 1, 31), Period(months=1, days=1), date(2011, 3, 1)),
        (date(2011, 12, 31), days(60), date(2012, 2, 29)),
        (date(2011, 3, 31), months(-1), date(2011, 2, 28)),
        (date(2011, 1, 1), days(-1), date(2010, 12, 31)),
        (date(2011, 1, 1), Period(), date(2011, 1, 1)),
    ],
)
def test_a_period_ends_on_a_day_that_exists(start: date, period: Period, expected: date) -> None:
    assert add_period(start, period) == expected


@pytest.mark.parametrize("period", [years(1), days(365), years(10**12), days(10**12), years(-9999)])
def test_a_period_that_leaves_the_calendar_is_refused(period: Period) -> None:
    with pytest.raises(DateError) as caught:
        add_period(date(9999, 12, 31), period)

    assert caught.value.code == "out-of-range"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(1990, 6, 15), date(2010, 6, 14), 19),
        (date(1990, 6, 15), date(2010, 6, 15), 20),
        (date(1990, 6, 15), date(2010, 6, 16), 20),
        (date(2008, 2, 29), date(2009, 2, 27), 0),
        (date(2008, 2, 29), date(2009, 2, 28), 1),
        (date(2008, 2, 29), date(2012, 2, 28), 3),
        (date(2008, 2, 29), date(2012, 2, 29), 4),
        (date(2010, 1, 1), date(2010, 1, 1), 0),
        (date(2010, 1, 2), date(2010, 1, 1), -1),
    ],
)
def test_a_year_is_completed_on_the_corresponding_day(
    start: date, end: date, expected: int
) -> None:
    assert years_between(start, end) == expected
    assert age_on(start, end) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2011, 1, 31), date(2011, 2, 27), 0),
        (date(2011, 1, 31), date(2011, 2, 28), 1),
        (date(2011, 1, 31), date(2011, 3, 30), 1),
        (date(2011, 1, 31), date(2011, 3, 31), 2),
        (date(2010, 11, 5), date(2011, 11, 4), 11),
    ],
)
def test_a_month_is_completed_on_the_corresponding_day(
    start: date, end: date, expected: int
) -> None:
    assert months_between(start, end) == expected


@pytest.mark.parametrize(
    ("start", "period", "counting", "expected"),
    [
        (date(2011, 3, 1), days(60), "from-next-day", date(2011, 4, 30)),
        (date(2011, 3, 1), days(60), "from-the-day", date(2011, 4, 29)),
        (date(2011, 3, 1), days(1), "from-the-day", date(2011, 3, 1)),
        (date(2011, 1, 31), months(1), "from-next-day", date(2011, 2, 28)),
        (date(2011, 1, 31), months(1), "from-the-day", date(2011, 2, 28)),
        (date(2011, 1, 28), months(1), "from-the-day", date(2011, 2, 27)),
        (date(2011, 3, 1), months(1), "from-the-day", date(2011, 3, 31)),
        (date(2011, 3, 1), years(2), "from-next-day", date(2013, 3, 1)),
        (date(2011, 1, 31), Period(months=1, days=2), "from-the-day", date(2011, 3, 2)),
    ],
)
def test_a_legal_period_counts_from_the_day_it_says(
    start: date, period: Period, counting: Counting, expected: date
) -> None:
    assert period_end(start, period, counting) == expected


def test_periods_add_and_multiply() -> None:
    assert years(1) + months(6) == months(18)
    assert days(98) + days(60) - days(8) == days(150)
    assert 2 * Period(months=1, days=3) == Period(months=2, days=6)
    assert years(1) * 3 == years(3)


def test_periods_compare_where_the_day_they_begin_on_does_not_matter() -> None:
    assert years(1) > months(11)
    assert days(30) < days(31)
    assert months(0) < days(1)
    assert Period(months=1, days=1) >= Period(months=1, days=1)
    assert max(days(98), days(158)) == days(158)
    assert months(1) >= days(28) and not months(1) < days(28)
    assert months(12) < days(367) and years(400) == 400 * months(12)
    assert compare_periods("==", years(400), days(146_097)) is Truth.TRUE


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 24, 48, -3])
def test_no_day_makes_a_period_longer_or_shorter_than_it_is_compared(count: int) -> None:
    starts = [date(2095, 12, 31) + timedelta(n) for n in range(366 * 13)]
    lengths = {(add_period(start, months(count)) - start).days for start in starts}
    for length in range(min(lengths) - 2, max(lengths) + 3):
        for op, holds in OPERATORS.items():
            answers = {holds(one, length) for one in lengths}
            truth = compare_periods(op, months(count), days(length))
            assert truth is decided(answers == {True}, answers == {False}), (op, length)


@pytest.mark.parametrize("other", [days(29), days(30), Period(months=2, days=-30), 30, None])
def test_a_month_has_no_fixed_number_of_days(other: Any) -> None:
    for compare in (Period.__lt__, Period.__le__, Period.__gt__, Period.__ge__):
        with pytest.raises(TypeError):
            compare(months(1), other)


@pytest.mark.parametrize("count", [1.5, True, "1", None])
def test_a_period_is_made_of_whole_numbers(count: Any) -> None:
    with pytest.raises(TypeError):
        days(count)
    with pytest.raises(TypeError):
        Period(months=count)
    with pytest.raises(TypeError):
        days(1) * count
