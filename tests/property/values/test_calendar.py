"""Working days, on calendars of any kind."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.values import add_working_days, known_years, next_working_day, state_council_calendar

START = date(2010, 1, 1)
calendars = st.lists(st.sampled_from([True, False, None]), max_size=30)


def lookup(marks: list[bool | None], day: date) -> bool | None:
    """The mark of the n-th day after the start; a working day beyond the marks."""
    n = (day - START).days
    return marks[n] if 0 <= n < len(marks) else True


@given(calendars, st.integers(0, 20))
def test_the_end_is_a_working_day_with_so_many_before_it_or_unknown(
    marks: list[bool | None], n: int
) -> None:
    end = add_working_days(START, n, lambda day: lookup(marks, day))
    after = [lookup(marks, START + timedelta(k)) for k in range(1, 60)]
    if end is None:
        gap = after.index(None)
        assert sum(mark is True for mark in after[:gap]) < n
    else:
        passed = after[: (end - START).days]
        assert None not in passed
        assert passed.count(True) == n
        assert n == 0 or passed[-1] is True


@given(calendars)
def test_learning_about_a_day_never_moves_an_end_that_was_known(marks: list[bool | None]) -> None:
    before = next_working_day(START, lambda day: lookup(marks, day))
    after = next_working_day(START, lambda day: lookup(marks, day) is not False)
    assert before in (None, after)


@given(st.dates())
def test_the_known_calendar_answers_exactly_for_the_known_years(day: date) -> None:
    assert (state_council_calendar(day) is None) == (day.year not in known_years())
