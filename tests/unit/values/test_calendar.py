"""Working days: counted on a calendar that may not know every day."""

from datetime import date, timedelta

import pytest

from engine.values import (
    DateError,
    add_working_days,
    known_years,
    next_working_day,
    state_council_calendar,
)

MONDAY = date(2010, 3, 1)


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def known_until_thursday(day: date) -> bool | None:
    return weekdays(day) if day <= MONDAY + timedelta(days=3) else None


@pytest.mark.parametrize(("n", "later"), [(0, 0), (1, 1), (4, 4), (5, 7), (10, 14)])
def test_the_day_of_the_event_is_not_counted_and_weekends_are_passed_over(
    n: int, later: int
) -> None:
    assert add_working_days(MONDAY, n, weekdays) == MONDAY + timedelta(days=later)


def test_a_day_that_the_calendar_does_not_know_leaves_the_end_unknown() -> None:
    assert add_working_days(MONDAY, 3, known_until_thursday) == MONDAY + timedelta(days=3)
    assert add_working_days(MONDAY, 4, known_until_thursday) is None
    assert next_working_day(MONDAY + timedelta(days=4), known_until_thursday) is None


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(MONDAY, -1, weekdays)


def test_the_calendar_ends_with_an_error_and_not_without_one() -> None:
    with pytest.raises(DateError) as caught:
        add_working_days(date(9999, 12, 31), 1, weekdays)
    assert caught.value.code == "out-of-range"


def test_the_next_working_day_is_the_day_itself_if_it_is_one() -> None:
    assert next_working_day(MONDAY, weekdays) == MONDAY
    assert next_working_day(MONDAY + timedelta(days=5), weekdays) == MONDAY + timedelta(days=7)


def test_public_holidays_and_days_worked_in_their_place_are_known() -> None:
    assert state_council_calendar(date(2012, 10, 1)) is False
    assert state_council_calendar(date(2012, 10, 8)) is True
    assert date(2012, 9, 29).weekday() == 5
    assert state_council_calendar(date(2012, 9, 29)) is True
    assert state_council_calendar(date(2012, 9, 30)) is False


def test_an_end_across_a_long_holiday_falls_after_it() -> None:
    assert add_working_days(date(2012, 9, 28), 2, state_council_calendar) == date(2012, 10, 8)


def test_a_year_without_a_notice_is_unknown_and_not_a_year_without_holidays() -> None:
    first, last = known_years()[0], known_years()[-1]
    assert first <= 2004 and last >= 2024
    assert state_council_calendar(date(first - 1, 12, 31)) is None
    assert state_council_calendar(date(first, 1, 1)) is False
    assert state_council_calendar(date(last, 1, 1)) is False
    assert state_council_calendar(date(last + 1, 1, 1)) is None
