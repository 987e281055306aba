"""Bands: what is lawful, labelled with the choices that lead to it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from engine.values import (
    Band,
    Choice,
    Interval,
    Ladder,
    Money,
    Open,
    band_max,
    band_min,
    days,
    months,
)

MEASURES = Ladder("measures", ("reminder", "warning", "demotion"))
USED, UNUSED = Choice("m", "may", True), Choice("m", "may", False)
MULTIPLE = Choice("r", "range", (2, 3))


def multiple() -> Band:
    return Band.between("r", 2, 3)


def actual_or_average() -> Band:
    return Band.may("m", if_used=Band.exactly(70), otherwise=Band.exactly(20))


def test_what_leaves_no_choice_is_one_interval_without_choices() -> None:
    assert Band.exactly(Money(5)).intervals() == (Interval(Money(5), Money(5)),)


def test_a_range_is_one_interval_and_remembers_its_ends() -> None:
    assert (multiple() * 10).intervals() == (Interval(20, 30, (MULTIPLE,)),)


def test_each_use_of_a_power_is_an_interval_of_its_own() -> None:
    assert actual_or_average().intervals() == (
        Interval(20, 20, (UNUSED,)),
        Interval(70, 70, (USED,)),
    )


def test_a_range_under_a_power_makes_an_interval_for_each_use() -> None:
    assert (actual_or_average() * multiple()).intervals() == (
        Interval(40, 60, (UNUSED, MULTIPLE)),
        Interval(140, 210, (USED, MULTIPLE)),
    )


def test_readings_are_kept_apart_by_their_labels() -> None:
    band = Band.readings("x", {"couple": Band.exactly(7), "each": Band.exactly(4)})
    assert band.intervals() == (
        Interval(4, 4, (Choice("x", "reading", "each"),)),
        Interval(7, 7, (Choice("x", "reading", "couple"),)),
    )


def test_a_point_that_is_used_twice_is_one_choice() -> None:
    assert (multiple() - multiple()).intervals() == (Interval(0, 0),)
    assert (actual_or_average() - actual_or_average()).intervals() == (Interval(0, 0),)
    assert len((actual_or_average() + actual_or_average()).intervals()) == 2


def test_two_points_are_two_choices() -> None:
    difference = multiple() - Band.between("s", 2, 3)
    assert [(i.low, i.high) for i in difference.intervals()] == [(-1, 1)]


def test_a_choice_that_makes_no_difference_is_not_shown() -> None:
    same = Band.may("m", if_used=Band.exactly(5), otherwise=Band.exactly(5))
    assert same.intervals() == (Interval(5, 5),)
    assert band_min(multiple(), 2).intervals() == (Interval(2, 2),)


def test_a_choice_is_shown_only_where_it_makes_a_difference() -> None:
    other = Band.may("n", if_used=1, otherwise=2)
    band = Band.may("m", if_used=other, otherwise=1)
    assert [(i.low, i.choices) for i in band.intervals()] == [
        (1, (UNUSED,)),
        (1, (USED, Choice("n", "may", True))),
        (2, (USED, Choice("n", "may", False))),
    ]


def test_a_range_is_shown_only_under_the_options_that_use_it() -> None:
    band = Band.may("m", if_used=multiple(), otherwise=5)
    assert band.intervals() == (Interval(2, 3, (USED, MULTIPLE)), Interval(5, 5, (UNUSED,)))


def test_an_option_decides_the_same_point_inside_it() -> None:
    nested = Band.may("m", if_used=actual_or_average(), otherwise=1)
    assert [(i.low, i.choices) for i in nested.intervals()] == [(1, (UNUSED,)), (70, (USED,))]


def test_bands_divide_exactly() -> None:
    assert (1 / multiple()).intervals() == (Interval(Fraction(1, 3), Fraction(1, 2), (MULTIPLE,)),)
    assert (Band.exactly(6) / multiple()).intervals() == (Interval(2, 3, (MULTIPLE,)),)
    assert (Band.exactly(Money(6)) / multiple()).intervals()[0].low == Money(2)
    with pytest.raises(ZeroDivisionError):
        1 / Band.between("r", 0, 1)


def test_bands_of_money_mix_with_money_and_numbers() -> None:
    base = Money.yuan(20_000)
    fees = [base * multiple(), multiple() * base, Band.exactly(base) * multiple()]
    fees += [Money(0) + base * multiple(), base * 5 - base * (5 - multiple())]
    assert len({fee.intervals() for fee in fees}) == 1
    assert fees[0].intervals()[0].high == Money.yuan(60_000)


def test_bands_hold_periods_steps_and_dates() -> None:
    leave = days(98) + Band.between("r", days(30), days(60))
    assert [(i.low, i.high) for i in leave.intervals()] == [(days(128), days(158))]
    warning, demotion = MEASURES.step("warning"), MEASURES.step("demotion")
    measure = band_max(Band.between("r", MEASURES.step("reminder"), demotion), warning)
    assert [(i.low, i.high) for i in measure.intervals()] == [(warning, demotion)]
    ends = Band.may("m", date(2010, 1, 1), date(2010, 2, 1)).intervals()
    assert [i.low for i in ends] == [date(2010, 1, 1), date(2010, 2, 1)]


def test_intervals_of_periods_that_do_not_compare_still_have_one_order() -> None:
    either = Band.may("m", months(1), days(40)).intervals()
    assert [i.low for i in either] == [months(1), days(40)]


def test_an_open_value_leaves_the_end_of_its_interval_open() -> None:
    income = Open.unknown("persons.a.income", "money", low=Money(0))
    band = Band.may("m", if_used=income * multiple(), otherwise=Money(9))
    assert band.intervals() == (
        Interval(Money(0), None, (USED, MULTIPLE)),
        Interval(Money(9), Money(9), (UNUSED,)),
    )


def test_the_greater_of_an_open_and_a_known_value_is_at_least_the_known_one() -> None:
    income = Open.unknown("persons.a.income", "money")
    assert band_max(income, Money(9)).intervals() == (Interval(Money(9), None),)
    assert band_min(income, Money(9)).intervals() == (Interval(None, Money(9)),)


def test_worlds_that_were_evaluated_make_a_band() -> None:
    band = Band.from_worlds(
        [
            ({"m": True, "r": "low"}, 140),
            ({"m": True, "r": "high"}, 210),
            ({"m": False, "r": "low", "n": True}, 40),
            ({"m": False, "r": "high", "n": True}, 60),
            ({"m": False, "r": "low", "n": False}, 40),
            ({"m": False, "r": "high", "n": False}, 60),
        ],
        ranges={"r": (2, 3)},
        kinds={"m": "may", "n": "may", "r": "range"},
    )
    assert band.intervals() == (
        Interval(40, 60, (UNUSED, MULTIPLE)),
        Interval(140, 210, (USED, MULTIPLE)),
    )


def test_a_reading_that_came_to_no_value_is_not_taken_for_the_others() -> None:
    rows: list[tuple[dict[str, bool | str], int]] = [({"x": "a"}, 1), ({"x": "b"}, 1)]
    known = Band.from_worlds(rows, {}, {"x": "reading"}, labels={"x": ["a", "b", "c"]})
    assert [i.choices[0].value for i in known.intervals()] == ["a", "b"]
    assert Band.from_worlds(rows, {}, {"x": "reading"}).intervals() == (Interval(1, 1),)


def test_a_power_of_which_one_option_came_to_no_value_is_shown() -> None:
    band = Band.from_worlds([({"m": True}, 1)], {}, {"m": "may"})
    assert band.intervals() == (Interval(1, 1, (USED,)),)


def test_a_reading_of_which_one_label_is_known_is_shown() -> None:
    band = Band.from_worlds([({"x": "a"}, 1)], {}, {"x": "reading"})
    assert band.intervals() == (Interval(1, 1, (Choice("x", "reading", "a"),)),)


def test_no_worlds_make_no_interval() -> None:
    assert Band.from_worlds([], {}, {}).intervals() == ()


def test_two_values_for_one_choice_are_an_error() -> None:
    band = Band.from_worlds([({"m": True}, 1), ({"m": True}, 2)], {}, {"m": "may"})
    with pytest.raises(ValueError, match="two values"):
        band.intervals()


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({"m": True}, {}),
        ({"m": "low"}, {"m": "range"}),
        ({"m": "yes"}, {"m": "may"}),
        ({"m": True}, {"m": "reading"}),
        ({"r": "middle"}, {}),
        ({"r": True}, {}),
    ],
)
def test_an_option_that_its_point_does_not_have_is_an_error(options: Any, kinds: Any) -> None:
    with pytest.raises(ValueError):
        Band.from_worlds([(options, 1)], {"r": (2, 3)}, kinds)


def test_one_name_is_not_two_choices() -> None:
    with pytest.raises(ValueError, match="two different choices"):
        multiple() + Band.between("r", 2, 4)
    with pytest.raises(ValueError, match="two different choices"):
        multiple() + Band.may("r", 1, 2)


def test_a_range_runs_upwards() -> None:
    with pytest.raises(ValueError, match="low end"):
        Band.between("r", 3, 2)


def test_readings_need_a_reading() -> None:
    with pytest.raises(ValueError, match="needs a reading"):
        Band.readings("x", {})


@pytest.mark.parametrize("value", [1.5, True, None, "1"])
def test_a_band_mixes_with_nothing_that_is_not_exact(value: Any) -> None:
    with pytest.raises(TypeError):
        multiple() + value
    with pytest.raises(TypeError):
        band_min(multiple(), value)
