"""Values of days that are known only to lie within a window."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from engine.values.dates import Window, add_period, age_on, months, months_between
from engine.values.open_date import Dated, applied, compare_dated, settled, steady, turning_day
from engine.values.truth import Comparison, Truth

BORN = Dated.day("persons.a.born", Window(date(1979, 5, 1), date(1979, 5, 31)))
YEAR = Window(date(2014, 1, 1), date(2014, 12, 31))
TODAY = Dated.day("as_of", YEAR)
BEGUN = date(2013, 5, 20)
MONTHS = applied(months_between, (BEGUN, TODAY), (-1, 1))
ANNIVERSARY = applied(lambda n: add_period(BEGUN, months(n)), (MONTHS,), (1,))
LEFT = applied(lambda day: (YEAR.last - day).days, (TODAY,), (-1,))
DAYS = [YEAR.first + timedelta(days=n) for n in range(365)]


def test_an_age_can_be_divided_and_stays_as_open_as_it_was() -> None:
    age = applied(age_on, (BORN, date(2009, 5, 20)), (-1, 1))
    half = age / 2
    assert (half.low, half.high) == (Fraction(29, 2), 15)
    assert compare_dated(">=", half, 15) is Truth.UNKNOWN
    assert turning_day(half, 15) == ("persons.a.born", date(1979, 5, 21))
    assert compare_dated("<=", half / -1, Fraction(-29, 2)) is Truth.TRUE
    assert (60 / age).of((date(1979, 5, 1),)) == 2


def test_nothing_is_divided_by_zero() -> None:
    age = applied(age_on, (BORN, date(2009, 5, 20)), (-1, 1))
    with pytest.raises(ZeroDivisionError):
        age / 0


def test_a_value_that_does_not_go_one_way_is_bounded_by_what_it_is_made_of() -> None:
    both = MONTHS + LEFT
    assert both.slopes == (0,)
    assert both.ends == (MONTHS.low + LEFT.low, MONTHS.high + LEFT.high)
    assert all(both.ends[0] <= both.of((day,)) <= both.ends[1] for day in DAYS)
    assert compare_dated(">", both, -1) is Truth.TRUE
    assert compare_dated(">", both, 100) is Truth.UNKNOWN
    assert compare_dated(">", 1 / LEFT, 0) is Truth.UNKNOWN  # nothing is known of how it goes


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
@pytest.mark.parametrize("right", [TODAY, date(2014, 5, 20)])
def test_a_comparison_is_settled_around_each_day_as_far_as_it_is_the_same(
    op: Comparison, right: Dated | date
) -> None:
    def holds(day: date) -> bool:
        other = right.of((day,)) if isinstance(right, Dated) else right
        return compare_dated(op, ANNIVERSARY.of((day,)), other) is Truth.TRUE

    for day in DAYS:
        settled_as, around = settled(op, ANNIVERSARY, right, day)
        assert settled_as is holds(day)
        assert YEAR.first <= around.first <= day <= around.last <= YEAR.last
        assert all(holds(one) is settled_as for one in DAYS if around.first <= one <= around.last)
    assert settled("<", ANNIVERSARY, TODAY, date(2014, 3, 1))[1].last == date(2014, 3, 19)


@pytest.mark.parametrize("value", [MONTHS, MONTHS + LEFT, 60 / (LEFT + 1)])
def test_a_value_is_steady_around_each_day_at_most_as_far_as_it_is_the_same(value: Dated) -> None:
    for day in DAYS:
        around = steady(value, day)
        same = [one for one in DAYS if around.first <= one <= around.last]
        assert day in same and len({value.of((one,)) for one in same}) == 1
    assert steady(MONTHS, date(2014, 3, 1)) == Window(date(2014, 2, 20), date(2014, 3, 19))
