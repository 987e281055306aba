"""What fits what: the types that operators take and give, and the units they leave.

>>> from engine.language.types import MONEY, number
>>> arithmetic("*", MONEY, number("child")) == MONEY, arithmetic("/", MONEY, MONEY).base
(True, 'number')
>>> str(arithmetic("*", number("year"), number("child")))
'number of child*year'
>>> arithmetic("+", number("year"), number("child"))
'unit-mismatch'

A bare number (one without a unit) joins any unit. Units multiply and divide like factors.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

from engine.language.diagnostics import Bilingual
from engine.language.types import DATE, MONEY, PERIOD, Base, Type, list_of, number

Mismatch: TypeAlias = Literal["type-mismatch", "unit-mismatch"]

ORDERED: frozenset[Base] = frozenset(("number", "money", "date", "step", "period"))
"""What has a least and a greatest. Periods compare, but a month has no fixed number of days."""

_LABELS: dict[Base, tuple[str, str]] = {
    "boolean": ("条件", "a condition"),
    "number": ("数", "a number"),
    "money": ("金额", "an amount of money"),
    "date": ("日期", "a date"),
    "period": ("期间", "a period"),
    "code": ("代码", "a code"),
    "text": ("文字", "text"),
    "place": ("地区", "a place"),
    "entity": ("对象", "an entity"),
    "list": ("列表", "a list"),
    "step": ("档次", "a step"),
}


def describe(type: Type) -> Bilingual:
    """A type in words.

    >>> describe(number("child")).en
    'a number (child)'
    """
    zh, en = _LABELS[type.base]
    if type.item is not None:
        item = describe(type.item)
        return Bilingual(f"{zh}（每项为{item.zh}）", f"{en} (each item {item.en})")
    if type.about is None:
        return Bilingual(zh, en)
    return Bilingual(f"{zh}（{type.about}）", f"{en} ({type.about})")


def common(left: Type, right: Type) -> Type | Mismatch:
    """The type that holds both, or why there is none: for comparing, adding, choosing one of two.

    A bare number takes the other's unit; an entity of no stated kind takes the other's kind.
    """
    if left == right:
        return left
    if left.base != right.base:
        return "type-mismatch"
    if left.item is not None and right.item is not None:
        item = common(left.item, right.item)
        return list_of(item) if isinstance(item, Type) else item
    if left.base in ("number", "entity") and None in (left.about, right.about):
        return right if left.about is None else left
    return "unit-mismatch" if left.base == "number" else "type-mismatch"


def arithmetic(op: str, left: Type, right: Type) -> Type | Mismatch:
    """The type of `left op right` (op one of + - * /), or why there is none."""
    if op in "+-":
        return _sum(op, left, right)
    if left.base == right.base == "number":
        return number(_product(left.about, right.about, 1 if op == "*" else -1))
    match left.base, op, right.base:
        case ("money", _, "number") | ("number", "*", "money"):
            return MONEY
        case ("money", "/", "money"):
            return number()
        case ("period", "*", "number") | ("number", "*", "period"):
            return PERIOD
    return "type-mismatch"


def power(base: Type, exponent: int) -> Type | Mismatch:
    """The type of a number raised to a constant from 0."""
    if base.base != "number":
        return "type-mismatch"
    result = number()
    for _ in range(exponent):
        result = number(_product(result.about, base.about, 1))
    return result


def _sum(op: str, left: Type, right: Type) -> Type | Mismatch:
    if left == DATE and right == PERIOD:
        return DATE
    if left.base in ("number", "money", "period"):
        return common(left, right)
    return "type-mismatch"


def _product(left: str | None, right: str | None, sign: int) -> str | None:
    """The unit of a product (sign 1) or of a quotient (-1)."""
    factors = _factors(left)
    for unit, exponent in _factors(right).items():
        factors[unit] += sign * exponent
    above = sorted(Counter({u: e for u, e in factors.items() if e > 0}).elements())
    below = sorted(Counter({u: -e for u, e in factors.items() if e < 0}).elements())
    if not above and not below:
        return None
    return "/".join(["*".join(above) or "1", *below])


def _factors(unit: str | None) -> Counter[str]:
    """The units that a unit is made of, each with its exponent: `a*b/c`."""
    factors: Counter[str] = Counter()
    if unit is None:
        return factors
    above, *below = unit.split("/")
    factors.update(above.split("*") if above != "1" else ())
    factors.subtract(below)
    return factors
