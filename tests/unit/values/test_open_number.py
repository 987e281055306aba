"""Open values: calculated with as far as they go, decided only by their bounds."""

from fractions import Fraction
from typing import Any

import pytest

from engine.values import (
    Comparison,
    Money,
    Opaque,
    Open,
    Truth,
    compare,
    open_max,
    open_min,
    threshold,
)

INCOME = "persons.a.income"
HEADS = "households.h.size"


def income(**bounds: Any) -> Any:
    return Open.unknown(INCOME, "money", **bounds)


def heads(**bounds: Any) -> Any:
    return Open.unknown(HEADS, "number", **bounds)


def test_an_unknown_without_bounds_may_be_anything() -> None:
    assert (income().low, income().high) == (None, None)
    assert income().paths == {INCOME}
    assert income().bounds == {INCOME: (None, None)}


def test_bounds_follow_the_arithmetic() -> None:
    value = 3 * income(low=Money(10), high=Money(20)) - Money(5)
    assert (value.low, value.high) == (Money(25), Money(55))
    negative = Money(100) - value / 5
    assert (negative.low, negative.high) == (Money(89), Money(95))
    assert (-heads(low=1)).high == -1


def test_what_cancels_out_is_exact() -> None:
    assert income() - income() == Money(0)
    assert 2 * heads() + 3 - (heads() + heads()) == 3
    assert 0 * income() == Money(0)
    assert heads() * 0 == 0


def test_an_unknown_number_of_exact_money_is_open_money() -> None:
    for value in (heads(low=1, high=3) * Money(100), Money(100) * heads(low=1, high=3)):
        assert value.measure == "money"
        assert (value.low, value.high) == (Money(100), Money(300))


def test_open_money_per_exact_money_is_an_open_number() -> None:
    share = income(low=Money(50)) / Money(100)
    assert share.measure == "number"
    assert share.low == Fraction(1, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: income() + 1,
        lambda: 1 - income(),
        lambda: income() * Money(1),
        lambda: income() * income(),
        lambda: heads() + Money(1),
        lambda: heads() + income(),
        lambda: heads() / Money(1),
        lambda: 1 / income(),
        lambda: heads() + 1.5,
        lambda: heads() - 1.5,
        lambda: heads() * 1.5,
        lambda: heads() / 1.5,
        lambda: 1.5 / heads(),
        lambda: heads() + True,
        lambda: compare("<", income(), 1),
        lambda: Open.unknown(INCOME, "money", low=1),
        lambda: Open.unknown(HEADS, "number", low=Money(1)),
        lambda: income() + Open.unknown(INCOME, "number") * Money(1),
    ],
)
def test_measures_do_not_mix(wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong()


def test_division_by_nothing_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        income() / 0


@pytest.mark.parametrize(
    ("value", "measure", "paths"),
    [
        (heads(low=1) * income(low=Money(1)), "money", {INCOME, HEADS}),
        (income() / heads(), "money", {INCOME, HEADS}),
        (income() / income(), "number", {INCOME}),
        (heads() * heads(), "number", {HEADS}),
        (1 / heads(), "number", {HEADS}),
        (Money(1) / heads(), "money", {HEADS}),
        (Money(1) / income(), "number", {INCOME}),
        (2 * (1 / heads()) + 1, "number", {HEADS}),
    ],
)
def test_what_is_not_a_sum_is_opaque_and_still_names_its_facts(
    value: Open, measure: str, paths: set[str]
) -> None:
    assert isinstance(value, Opaque)
    assert value.measure == measure
    assert value.paths == paths
    assert (value.low, value.high) == (None, None)


def test_the_same_product_taken_away_from_itself_leaves_nothing() -> None:
    assert heads() * income() - heads() * income() == Money(0)
    assert isinstance(heads() * income() - heads() * (2 * income()), Opaque)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda value: value < 1,
        lambda value: value <= 1,
        lambda value: value > 1,
        lambda value: value >= 1,
        lambda value: value == 1,
        lambda value: value != 1,
        lambda value: bool(value),
        lambda value: hash(value),
    ],
)
def test_an_open_value_has_neither_order_nor_truth_nor_hash(wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong(heads())


@pytest.mark.parametrize(
    ("op", "at_18", "at_17", "at_66"),
    [
        ("<", Truth.FALSE, Truth.FALSE, Truth.TRUE),
        ("<=", Truth.UNKNOWN, Truth.FALSE, Truth.TRUE),
        (">", Truth.UNKNOWN, Truth.TRUE, Truth.FALSE),
        (">=", Truth.TRUE, Truth.TRUE, Truth.FALSE),
        ("==", Truth.UNKNOWN, Truth.FALSE, Truth.FALSE),
        ("!=", Truth.UNKNOWN, Truth.TRUE, Truth.TRUE),
    ],
)
def test_bounds_decide_a_comparison_or_leave_it(
    op: Comparison, at_18: Truth, at_17: Truth, at_66: Truth
) -> None:
    age = Open.unknown("a", "number", low=18, high=65)
    assert [compare(op, age, limit) for limit in (18, 17, 66)] == [at_18, at_17, at_66]


def test_a_bound_that_is_left_out_decides_more() -> None:
    above = Open.unknown("a", "number", low=(18, False))
    assert compare(">", above, 18) is Truth.TRUE
    assert compare("==", above, 18) is Truth.FALSE
    assert compare("<=", above, 18) is Truth.FALSE


def test_the_same_unknown_on_both_sides_is_the_same() -> None:
    assert compare("<", heads(), heads() + 1) is Truth.TRUE
    assert compare("==", heads(), heads()) is Truth.TRUE
    assert compare(">", 2 * income(low=Money(1)), income()) is Truth.TRUE


def test_an_unknown_with_one_value_left_is_equal_to_it() -> None:
    assert compare("==", heads(low=3, high=3), 3) is Truth.TRUE


def test_exact_values_compare_as_they_are() -> None:
    assert compare("<", Money(1), Money(2)) is Truth.TRUE
    assert compare("!=", 1, Fraction(1)) is Truth.FALSE


def test_the_threshold_is_where_both_sides_are_equal() -> None:
    assert threshold(">", 3 * income(), Money(100)) == (INCOME, Money(Fraction(100, 3)))
    assert threshold("<", heads() * Money(50), Money(100)) == (HEADS, 2)
    assert threshold("<=", 10, heads() * -2) == (HEADS, -5)


def test_there_is_no_threshold_where_the_bounds_decide_or_one_value_does_not() -> None:
    assert threshold(">", income(low=Money(40)), Money(30)) is None
    assert threshold(">", income(), heads() * Money(30)) is None
    assert threshold(">", heads() * heads(), 30) is None
    assert threshold(">", 1, 2) is None


def test_bounds_narrow_and_never_widen() -> None:
    narrowed = income(low=Money(10)).with_bounds(INCOME, low=Money(5), high=(Money(20), False))
    assert (narrowed.low, narrowed.high) == (Money(10), Money(20))
    assert compare("<", narrowed, Money(20)) is Truth.TRUE
    excluded = narrowed.with_bounds(INCOME, low=(Money(10), False))
    assert compare(">", excluded, Money(10)) is Truth.TRUE


def test_a_value_that_does_not_rest_on_the_path_is_left_alone() -> None:
    assert heads().with_bounds(INCOME, low=Money(1)).low is None
    product = heads() * income()
    assert product.with_bounds(INCOME, low=Money(1)).low is None


@pytest.mark.parametrize(
    ("low", "high"), [(3, 2), ((2, False), 2), (2, (2, False)), ((2, False), (2, False))]
)
def test_bounds_that_leave_no_value_are_an_error(low: Any, high: Any) -> None:
    with pytest.raises(ValueError, match="leave no value"):
        heads(low=low, high=high)
    with pytest.raises(ValueError, match="leave no value"):
        heads(low=low).with_bounds(HEADS, high=high)


def test_both_sides_of_a_sum_tell_what_they_know_of_an_unknown() -> None:
    total = heads(low=1) + heads(high=4)
    assert (total.low, total.high) == (2, 8)


def test_the_lesser_and_the_greater_are_found_where_the_bounds_tell() -> None:
    rich = income(low=Money(50))
    assert open_max(rich, Money(40)) is rich
    assert open_max(Money(40), rich) is rich
    assert open_min(rich, Money(40)) == Money(40)
    assert open_min(Money(40), rich) == Money(40)


def test_the_lesser_and_the_greater_are_bounded_where_the_bounds_do_not_tell() -> None:
    greater: Any = open_max(income(high=Money(60)), Money(40))
    assert (greater.low, greater.high) == (Money(40), Money(60))
    lesser: Any = open_min(income(low=Money(10)), Money(40))
    assert (lesser.low, lesser.high) == (Money(10), Money(40))
    unbounded: Any = open_min(heads(), heads() * 2)
    assert unbounded.high is None


def test_the_greater_is_the_same_whichever_comes_first() -> None:
    one: Any = open_max(income(), Money(4))
    other: Any = open_max(Money(4), income())
    assert 2 * one - 2 * other == Money(0)
