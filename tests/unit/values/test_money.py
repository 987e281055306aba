"""Money: exact until it is paid, strict about what counts as an amount."""

import pickle
from fractions import Fraction
from typing import Any

import pytest

from engine.values import (
    UNITS,
    ZERO,
    Money,
    MoneyError,
    Rounding,
    RoundingMode,
    format_yuan,
    parse_yuan,
    payable,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("0.00", 0), ("0.01", 1), ("9800.5", 980050), ("70000.00", 7_000_000)],
)
def test_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == Money(fen)
    assert parse_yuan(text).is_whole_fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "negative-money"),
        ("-0.005", "negative-money"),
        ("0.005", "fractional-fen"),
        ("1.000", "fractional-fen"),
        ("", "not-an-amount"),
        ("1,000.00", "not-an-amount"),
        (" 1", "not-an-amount"),
        ("1\n", "not-an-amount"),
        ("+1", "not-an-amount"),
        ("1.", "not-an-amount"),
        (".5", "not-an-amount"),
        ("1e5", "not-an-amount"),
        ("007", "not-an-amount"),
        ("１００", "not-an-amount"),
        ("7万", "not-an-amount"),
        ("1/3", "not-an-amount"),
        ("NaN", "not-an-amount"),
        ("9" * 5000, "not-an-amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_yuan(text)

    assert caught.value.code == code
    assert caught.value.zh
    assert caught.value.en


def test_the_error_does_not_repeat_what_was_written() -> None:
    with pytest.raises(MoneyError) as caught:
        parse_yuan("about 31415")

    assert "31415" not in f"{caught.value} {caught.value.zh} {caught.value.en}"


def test_yuan_are_a_hundred_fen_however_they_are_given() -> None:
    amounts = [Money.yuan("12.5"), Money.yuan(Fraction(25, 2)), 12 * Money.yuan(1) + Money(50)]
    assert amounts == [Money(1250)] * 3
    assert Money.yuan("-0.001") == Money(Fraction(-1, 10))


def test_a_whole_amount_is_held_as_an_int_however_it_came_about() -> None:
    whole = [Money(Fraction(6, 3)), Money(3) * Fraction(2, 3), Money(1) / Fraction(1, 2)]
    whole += [Money(Fraction(1, 2)) + Money(Fraction(3, 2)), Money(10) / 5]
    assert {type(money.fen) for money in whole} == {int}
    assert set(whole) == {Money(2)}


def test_money_divided_by_money_is_a_number() -> None:
    assert Money(300) / Money(100) == 3
    assert Money(100) / Money(300) == Fraction(1, 3)


@pytest.mark.parametrize("amount", [1.5, True, "1", None])
def test_only_exact_fen_make_money(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money(amount)


@pytest.mark.parametrize("amount", [0.1, True, None])
def test_only_exact_yuan_make_money(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money.yuan(amount)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda money: money + 1,
        lambda money: 0 + money,
        lambda money: money - 1,
        lambda money: money * 1.5,
        lambda money: money * True,
        lambda money: money * money,
        lambda money: money / 2.0,
        lambda money: 1 / money,
        lambda money: money < 1,
        lambda money: money >= 1,
    ],
)
def test_money_mixes_with_nothing_that_is_not_money_or_an_exact_number(wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong(Money(100))


def test_an_amount_never_changes() -> None:
    with pytest.raises(AttributeError):
        Money(1).fen = 2  # type: ignore[misc]


def test_an_amount_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(Money(Fraction(1, 3)))) == Money(Fraction(1, 3))


def test_a_sum_starts_at_no_money() -> None:
    assert sum([Money(1), Money(2)], ZERO) == Money(3)
    assert sum([], ZERO) == Money(0)


@pytest.mark.parametrize(
    ("fen", "plain", "grouped"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-150, "-1.50", "-1.50"),
        (21_000_000, "210000.00", "210,000.00"),
        (Fraction(1, 2), "0.005", "0.005"),
        (Fraction(12_345_678_901, 100), "1234567.8901", "1,234,567.8901"),
        (Fraction(100, 3), "1/3", "1/3"),
        (Fraction(-200_000_000, 3), "-2000000/3", "-2,000,000/3"),
    ],
)
def test_an_amount_is_shown_exactly(fen: int | Fraction, plain: str, grouped: str) -> None:
    assert format_yuan(Money(fen)) == plain
    assert format_yuan(Money(fen), grouped=True) == grouped


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("down", {"2.49": 2, "2.50": 2, "2.51": 2, "3.50": 3, "3.00": 3, "-2.50": -2}),
        ("up", {"2.01": 3, "2.50": 3, "3.50": 4, "3.00": 3, "-2.50": -3}),
        ("half_up", {"2.49": 2, "2.50": 3, "2.51": 3, "3.50": 4, "3.00": 3, "-2.50": -3}),
        ("half_even", {"2.49": 2, "2.50": 2, "2.51": 3, "3.50": 4, "3.00": 3, "-2.50": -2}),
    ],
)
def test_rounding_keeps_its_mode(mode: RoundingMode, expected: dict[str, int]) -> None:
    rounded = {
        amount: payable(Money.yuan(amount), Rounding(mode, UNITS["yuan"])) for amount in expected
    }
    assert rounded == {amount: Money.yuan(yuan) for amount, yuan in expected.items()}


def test_rounding_keeps_its_unit() -> None:
    third = Money.yuan(100) / 3
    rounded = [payable(third, Rounding("down", UNITS[unit])) for unit in ("fen", "jiao", "yuan")]
    assert rounded == [Money(3333), Money(3330), Money(3300)]


def test_a_rounding_that_does_not_exist_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="half_even"):
        Rounding("nearest", 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="yuan 100"):
        Rounding("down", 7)
