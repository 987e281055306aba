"""Civil dates: periods and ages fit each other, and never run backwards."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

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
from engine.values.dates import Counting


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


any_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
# Most that can go wrong goes wrong at the end of a month.
dates = (
    any_days
    | any_days.map(last_of_month)
    | st.builds(lambda y: date(4 * y, 2, 29), st.integers(476, 524))
)
counts = st.integers(-150, 150)
periods = st.builds(Period, st.integers(-1500, 1500), st.integers(-5000, 5000))
countings: st.SearchStrategy[Counting] = st.sampled_from(["from-next-day", "from-the-day"])
operators: st.SearchStrategy[Comparison] = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
windows = st.builds(
    lambda day, length: Window(day, day + timedelta(length)), dates, st.integers(0, 3)
)


@given(dates, dates, periods)
def test_a_later_start_never_gives_an_earlier_end(one: date, other: date, period: Period) -> None:
    early, late = sorted([one, other])
    assert add_period(early, period) <= add_period(late, period)


@given(dates, dates, periods, countings)
def test_a_later_event_never_ends_a_legal_period_earlier(
    one: date, other: date, period: Period, counting: Counting
) -> None:
    early, late = sorted([one, other])
    assert period_end(early, period, counting) <= period_end(late, period, counting)


@given(dates, dates, dates)
def test_completed_time_never_falls_as_the_later_date_moves_on(
    start: date, one: date, other: date
) -> None:
    early, late = sorted([one, other])
    for count in (years_between, months_between, age_on):
        assert count(start, early) <= count(start, late)


@given(dates, dates, dates)
def test_completed_time_never_rises_as_the_earlier_date_moves_on(
    one: date, other: date, end: date
) -> None:
    early, late = sorted([one, other])
    for count in (years_between, months_between, age_on):
        assert count(early, end) >= count(late, end)


@given(dates, counts)
def test_an_age_is_reached_on_the_day_its_years_end(born: date, n: int) -> None:
    birthday = add_period(born, years(n))
    assert age_on(born, birthday) == n
    assert age_on(born, birthday - timedelta(1)) == n - 1


@given(dates, dates, counts)
def test_so_many_months_are_completed_exactly_if_their_end_has_come(
    start: date, end: date, n: int
) -> None:
    assert (months_between(start, end) >= n) == (add_period(start, months(n)) <= end)
    assert (years_between(start, end) >= n) == (add_period(start, years(n)) <= end)


@given(dates, dates)
def test_whole_years_are_twelve_months(start: date, end: date) -> None:
    assert years_between(start, end) == months_between(start, end) // 12


@given(dates, periods)
def test_a_period_reaches_the_same_day_or_the_last_of_its_month(
    start: date, period: Period
) -> None:
    reached = add_period(start, months(period.months))
    assert (reached.year * 12 + reached.month) - (start.year * 12 + start.month) == period.months
    assert reached.day == start.day or (
        reached.day < start.day and reached == last_of_month(reached)
    )


@given(dates, st.integers(0, 100))
def test_a_period_that_counts_its_first_day_has_so_many_days(start: date, n: int) -> None:
    assert period_end(start, days(n)) == start + timedelta(n)
    assert period_end(start, days(n), "from-the-day") == start + timedelta(n - 1)


@given(dates, st.integers(1, 100))
def test_months_that_follow_each_other_from_a_first_day_leave_no_day_out(
    start: date, n: int
) -> None:
    first = start.replace(day=1)
    ends = period_end(first, months(n), "from-the-day")
    assert ends + timedelta(1) == add_period(first, months(n))


@given(periods, periods, periods, st.integers(-9, 9))
def test_periods_add_up_like_numbers(a: Period, b: Period, c: Period, n: int) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a - a == Period()
    assert n * (a + b) == n * a + n * b


@given(dates, counts, counts)
def test_a_longer_period_from_one_day_ends_no_earlier(start: date, m: int, n: int) -> None:
    for unit in (years, months, days):
        short, long = sorted([unit(m), unit(n)])
        assert add_period(start, short) <= add_period(start, long)


@given(dates)
def test_a_date_reads_back_as_it_was_written(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    month, year = parse_date(f"{day:%Y-%m}"), parse_date(f"{day:%Y}")
    assert isinstance(month, Window) and isinstance(year, Window)
    assert year.first <= month.first <= day <= month.last <= year.last


@given(st.text(alphabet="0123456789-", max_size=10) | st.text(max_size=10))
def test_a_text_is_a_date_or_a_clear_error(text: str) -> None:
    try:
        parsed = parse_date(text)
    except DateError as error:
        assert error.code in ("not-a-date", "impossible-date")
    else:
        first = parsed.first if isinstance(parsed, Window) else parsed
        assert first.isoformat().startswith(text)


@given(operators, windows, windows)
def test_windows_compare_as_all_their_days_do(op: Comparison, left: Window, right: Window) -> None:
    def within(window: Window) -> list[date]:
        length = (window.last - window.first).days
        return [window.first + timedelta(n) for n in range(length + 1)]

    answers = {compare_dates(op, a, b) for a in within(left) for b in within(right)}
    expected = answers.pop() if len(answers) == 1 else Truth.UNKNOWN
    assert compare_dates(op, left, right) is expected
