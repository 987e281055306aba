"""Values of days that are known only to lie within a window."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.values.dates import Window, age_on
from engine.values.open_date import Dated, applied, compare_dated, turning_day
from engine.values.truth import Truth

BORN = Dated.day("persons.a.born", Window(date(1979, 5, 1), date(1979, 5, 31)))


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
