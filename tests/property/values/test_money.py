"""Money keeps the laws of arithmetic, exactly."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.values import (
    UNITS,
    Money,
    MoneyError,
    Rounding,
    format_yuan,
    parse_yuan,
    payable,
)

numbers = st.integers(-(10**9), 10**9) | st.fractions(max_denominator=1000)
amounts = numbers.map(Money)
roundings = st.builds(
    Rounding,
    st.sampled_from(["down", "up", "half_up", "half_even"]),
    st.sampled_from(sorted(UNITS.values())),
)


@given(amounts, amounts, amounts)
def test_amounts_form_a_group_under_addition(a: Money, b: Money, c: Money) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Money(0) == a
    assert a - a == Money(0)
    assert a - b == a + -b


@given(amounts, amounts, numbers, numbers)
def test_numbers_scale_amounts(a: Money, b: Money, x: int | Fraction, y: int | Fraction) -> None:
    assert x * (a + b) == x * a + x * b
    assert (x + y) * a == x * a + y * a
    assert x * (y * a) == (x * y) * a
    assert a * x == x * a
    assert 1 * a == a


@given(amounts, amounts, numbers)
def test_division_undoes_multiplication(a: Money, b: Money, x: int | Fraction) -> None:
    assume(x != 0 and b != Money(0))
    assert a * x / x == a
    assert b * (a / b) == a


@given(numbers, numbers)
def test_amounts_compare_and_hash_like_their_fen(x: int | Fraction, y: int | Fraction) -> None:
    a, b = Money(x), Money(y)
    assert (a < b, a <= b, a > b, a >= b, a == b) == (x < y, x <= y, x > y, x >= y, x == y)
    assert hash(Money(Fraction(x))) == hash(a)
    assert Money(Fraction(x)) == a


@given(amounts, amounts, numbers)
def test_a_whole_amount_is_always_held_as_an_int(a: Money, b: Money, x: int | Fraction) -> None:
    for money in (a, -a, a + b, a - b, a * x, a / (x or 1)):
        assert (type(money.fen) is int) == (Fraction(money.fen).denominator == 1)


@given(st.integers(0, 10**17 - 1), st.booleans())
def test_a_whole_amount_reads_back_as_it_was_written(fen: int, grouped: bool) -> None:
    text = format_yuan(Money(fen), grouped=grouped)
    assert parse_yuan(text.replace(",", "")) == Money(fen)


@given(amounts, st.booleans())
def test_what_is_shown_is_exactly_the_amount(money: Money, grouped: bool) -> None:
    shown = Fraction(format_yuan(money, grouped=grouped).replace(",", ""))
    assert shown * 100 == money.fen


@given(st.text(alphabet="0123456789.-+,e ", max_size=8) | st.text(max_size=8))
def test_a_text_is_an_exact_amount_or_a_clear_error(text: str) -> None:
    try:
        money = parse_yuan(text)
    except MoneyError as error:
        assert error.code in ("negative-money", "fractional-fen", "not-an-amount")
    else:
        assert money.is_whole_fen and money >= Money(0)
        assert Money.yuan(Fraction(Decimal(text))) == money


@given(amounts, roundings)
def test_what_is_payable_is_the_nearest_unit_on_the_side_of_its_mode(
    money: Money, rounding: Rounding
) -> None:
    paid = payable(money, rounding)
    unit = Money(rounding.unit_fen)
    assert (paid / unit) == int(paid / unit)
    assert -unit < paid - money < unit
    away = paid - money if money > Money(0) else money - paid
    if rounding.mode == "down":
        assert away <= Money(0)
    elif rounding.mode == "up":
        assert away >= Money(0)
    else:
        assert -unit / 2 <= away <= unit / 2


@given(amounts, roundings)
def test_rounding_twice_changes_nothing_more(money: Money, rounding: Rounding) -> None:
    paid = payable(money, rounding)
    assert payable(paid, rounding) == paid


@given(amounts, amounts, roundings)
def test_rounding_keeps_the_order_of_amounts(a: Money, b: Money, rounding: Rounding) -> None:
    low, high = sorted([a, b])
    assert payable(low, rounding) <= payable(high, rounding)
