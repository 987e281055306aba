"""Money: exact amounts in fen (hundredths of a yuan), rounded only when they become payable.

>>> base = parse_yuan("20000.00")
>>> format_yuan(3 * base, grouped=True)
'60,000.00'
>>> third = base / 3
>>> format_yuan(third), third * 3 == base
('20000/3', True)
>>> format_yuan(payable(third, Rounding("down", UNITS["yuan"])))
'6666.00'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args, overload

from engine.values.exact import Exact, divide, is_exact, normalised

MoneyErrorCode: TypeAlias = Literal["negative-money", "fractional-fen", "not-an-amount"]
RoundingMode: TypeAlias = Literal["down", "up", "half_up", "half_even"]

UNITS: Final[Mapping[str, int]] = MappingProxyType({"fen": 1, "jiao": 10, "yuan": 100})
"""The units an amount may be rounded to, in fen."""

# Fifteen digits before the point: more than any levy, far less than it takes to stall int().
_AMOUNT = re.compile(r"(?P<sign>-?)(?:0|[1-9][0-9]{0,14})(?:\.(?P<decimals>[0-9]{1,30}))?")

_MESSAGES: Final[Mapping[MoneyErrorCode, tuple[str, str]]] = MappingProxyType(
    {
        "negative-money": ("金额不能为负数", "an amount cannot be negative"),
        "fractional-fen": (
            "金额最多两位小数（精确到分）",
            "an amount has at most two decimals (one fen)",
        ),
        "not-an-amount": (
            "不是金额：请写阿拉伯数字，最多两位小数，如 9800.00，不加逗号、单位和空格",
            "not an amount: write digits with at most two decimals, such as 9800.00, "
            "without commas, units or spaces",
        ),
    }
)


class MoneyError(ValueError):
    """A text that is no amount. It never repeats the text, which may hold personal data."""

    def __init__(self, code: MoneyErrorCode) -> None:
        self.code: MoneyErrorCode = code
        self.zh, self.en = _MESSAGES[code]
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, in fen; `fen` is an int whenever the amount is whole.

    Adds to and compares with money only; times and divided by exact numbers; money by money is a
    number. Anything else, a float or a bare number in a sum, is a TypeError.
    """

    fen: Exact

    def __post_init__(self) -> None:
        if not is_exact(self.fen):
            raise TypeError(f"an amount is an int or a Fraction of fen, not {self.fen!r}")
        if type(self.fen) is Fraction:
            object.__setattr__(self, "fen", normalised(self.fen))

    @staticmethod
    def yuan(amount: str | Exact) -> Money:
        """An amount of yuan, exact: a decimal text of any sign and precision, or a number.

        >>> Money.yuan("0.5")
        Money(fen=50)
        """
        if isinstance(amount, str):
            if _AMOUNT.fullmatch(amount) is None:
                raise MoneyError("not-an-amount")
            return Money(Fraction(amount) * 100)
        if not is_exact(amount):
            raise TypeError(f"an amount is a text, an int or a Fraction of yuan, not {amount!r}")
        return Money(amount * 100)

    @property
    def is_whole_fen(self) -> bool:
        """Whether the amount can be paid as it stands."""
        return type(self.fen) is int

    def __add__(self, other: Money) -> Money:
        if type(other) is not Money:
            return NotImplemented
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        if type(other) is not Money:
            return NotImplemented
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __mul__(self, factor: Exact) -> Money:
        kind = type(factor)
        if kind is not int and kind is not Fraction:
            return NotImplemented
        return Money(self.fen * factor)

    def __rmul__(self, factor: Exact) -> Money:
        return self * factor

    @overload
    def __truediv__(self, divisor: Money) -> Exact: ...
    @overload
    def __truediv__(self, divisor: Exact) -> Money: ...
    def __truediv__(self, divisor: Money | Exact) -> Money | Exact:
        if isinstance(divisor, Money):
            return divide(self.fen, divisor.fen)
        if not is_exact(divisor):
            return NotImplemented
        return Money(divide(self.fen, divisor))

    def __hash__(self) -> int:
        return hash(self.fen)

    def __eq__(self, other: object) -> bool:
        if type(other) is not Money:
            return NotImplemented
        return self.fen == other.fen

    def __lt__(self, other: Money) -> bool:
        if type(other) is not Money:
            return NotImplemented
        return self.fen < other.fen

    def __le__(self, other: Money) -> bool:
        if type(other) is not Money:
            return NotImplemented
        return self.fen <= other.fen

    def __gt__(self, other: Money) -> bool:
        if type(other) is not Money:
            return NotImplemented
        return self.fen > other.fen

    def __ge__(self, other: Money) -> bool:
        if type(other) is not Money:
            return NotImplemented
        return self.fen >= other.fen


ZERO: Final = Money(0)
"""No money; the start of a sum: `sum(amounts, ZERO)`."""


def parse_yuan(text: str) -> Money:
    """An amount as it stands in a case: digits, at most two decimals, not negative.

    Raises `MoneyError` with the code `negative-money`, `fractional-fen` or `not-an-amount`.

    >>> parse_yuan("70000.00")
    Money(fen=7000000)
    >>> parse_yuan("0.005")
    Traceback (most recent call last):
    engine.values.money.MoneyError: an amount has at most two decimals (one fen)
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise MoneyError("not-an-amount")
    if match["sign"]:
        raise MoneyError("negative-money")
    decimals = match["decimals"] or ""
    if len(decimals) > 2:
        raise MoneyError("fractional-fen")
    yuan = text.partition(".")[0]
    return Money(int(yuan + decimals.ljust(2, "0")))


def format_yuan(money: Money, grouped: bool = False) -> str:
    """The amount in yuan, exactly: two decimals, more where a fraction of a fen needs them, and a
    fraction where no decimal is exact.

    >>> [format_yuan(Money(fen)) for fen in (21000000, -5, Fraction(25, 4), Fraction(100, 3))]
    ['210000.00', '-0.05', '0.0625', '1/3']
    """
    sign, fen = ("-", -money.fen) if money.fen < 0 else ("", money.fen)
    if type(fen) is int:
        digits = str(fen).rjust(3, "0")
        whole = thousands(digits[:-2]) if grouped else digits[:-2]
        return f"{sign}{whole}.{digits[-2:]}"
    yuan = Fraction(fen, 100)
    decimals = _decimals(yuan.denominator)
    if decimals is None:
        over, under = str(yuan.numerator), str(yuan.denominator)
        return f"{sign}{thousands(over)}/{thousands(under)}" if grouped else f"{sign}{over}/{under}"
    decimals = max(2, decimals)
    digits = str(yuan.numerator * 10**decimals // yuan.denominator).rjust(decimals + 1, "0")
    whole = thousands(digits[:-decimals]) if grouped else digits[:-decimals]
    return f"{sign}{whole}.{digits[-decimals:]}"


def thousands(digits: str) -> str:
    """Digits with a comma before every third from the end.

    >>> thousands("210000"), thousands("999")
    ('210,000', '999')
    """
    first = len(digits) % 3 or 3
    return ",".join([digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))])


def _decimals(denominator: int) -> int | None:
    """How many decimals a fraction in lowest terms needs; None if no number of them is enough."""
    exponents = []
    for prime in (2, 5):
        exponent = 0
        while denominator % prime == 0:
            denominator //= prime
            exponent += 1
        exponents.append(exponent)
    return max(exponents) if denominator == 1 else None


@dataclass(frozen=True, slots=True)
class Rounding:
    """How an amount becomes payable: the mode, and the unit as a number of fen (see `UNITS`).

    `down` goes towards zero and `up` away from it; `half_up` takes a half away from zero,
    `half_even` to the even multiple of the unit.
    """

    mode: RoundingMode
    unit_fen: int

    def __post_init__(self) -> None:
        if self.mode not in get_args(RoundingMode):
            known = ", ".join(get_args(RoundingMode))
            raise ValueError(f"no rounding {self.mode!r}: write one of {known}")
        if self.unit_fen not in UNITS.values():
            raise ValueError(f"no unit of {self.unit_fen!r} fen: fen is 1, jiao 10, yuan 100")


def payable(money: Money, rounding: Rounding) -> Money:
    """The amount as a whole multiple of the rounding's unit.

    >>> payable(Money(250), Rounding("half_even", 100)), payable(Money(250), Rounding("up", 100))
    (Money(fen=200), Money(fen=300))
    """
    if rounding.unit_fen == 1 and money.is_whole_fen:
        return money
    negative = money.fen < 0
    units, rest = divmod(Fraction(-money.fen if negative else money.fen, rounding.unit_fen), 1)
    if _rounds_up(rounding.mode, units, rest):
        units += 1
    fen = units * rounding.unit_fen
    return Money(-fen if negative else fen)


def _rounds_up(mode: RoundingMode, units: int, rest: Fraction) -> bool:
    match mode:
        case "down":
            return False
        case "up":
            return rest > 0
        case "half_up":
            return rest * 2 >= 1
        case "half_even":
            return rest * 2 > 1 or (rest * 2 == 1 and units % 2 == 1)
