"""Numbers and money that are not known yet, as far as they can be calculated with.

An open value is an affine form over unknown facts, each within its bounds:

>>> income = Open.unknown("persons.a.income", "money", low=Money.yuan(20_000))
>>> fee = 3 * income - Money.yuan(5_000)
>>> fee.low, fee.high, fee.paths
(Money(fen=5500000), None, frozenset({'persons.a.income'}))
>>> fee - fee
Money(fen=0)

It has no truth and no order: `compare` decides by the bounds, and `threshold` says where the answer
turns, so that whoever asks can split the unknown there.

>>> compare(">", fee, Money.yuan(50_000)), compare(">", fee, Money.yuan(60_000))
(<Truth.TRUE: 1>, <Truth.UNKNOWN: 0>)
>>> threshold(">", fee, Money.yuan(70_000))
('persons.a.income', Money(fen=2500000))
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NoReturn, TypeAlias

from engine.values.exact import Exact, divide, is_exact, normalised
from engine.values.money import Money
from engine.values.truth import TRUE, UNKNOWN, Comparison, Truth, decided

Measure: TypeAlias = Literal["number", "money"]
Amount: TypeAlias = Exact | Money
Limit: TypeAlias = Amount | tuple[Amount, bool] | None
"""An end of what is possible: a value, included, or (value, whether included); None: no end."""

_Bound: TypeAlias = tuple[Exact, bool]
"""A limit without its measure: fen or a bare number, and whether it is included."""

_Ends: TypeAlias = tuple[_Bound | None, _Bound | None]


@dataclass(frozen=True, slots=True)
class Unknown:
    """One quantity that is not known: the facts it rests on and what is known of its size."""

    measure: Measure
    low: _Bound | None
    high: _Bound | None
    paths: frozenset[str]

    def meet(self, other: Unknown) -> Unknown:
        """The same quantity, of which both are known; ValueError if they exclude each other."""
        if self.measure != other.measure:
            raise TypeError(f"{sorted(self.paths)} is both {self.measure} and {other.measure}")
        low = _tightest((self.low, other.low), upper=False)
        high = _tightest((self.high, other.high), upper=True)
        if low and high and (low[0] > high[0] or (low[0] == high[0] and not (low[1] and high[1]))):
            raise ValueError(f"the bounds of {sorted(self.paths)} leave no value")
        return Unknown(self.measure, low, high, self.paths)


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A number or an amount of money that is not known: the sum of `terms` (a name in `unknowns`
    and its factor) and `constant`, in fen if the measure is money.

    Sums with exact values and open values of the same measure, products and quotients with exact
    numbers, money times a number not known: all are exact, and give an exact value where the
    unknowns cancel out. A product or quotient of two open values, or by one, is `Opaque`.
    """

    terms: tuple[tuple[str, Exact], ...]
    constant: Exact
    measure: Measure
    unknowns: Mapping[str, Unknown]

    @staticmethod
    def unknown(path: str, measure: Measure, low: Limit = None, high: Limit = None) -> Open:
        """A fact that is not known; `low` and `high` bound it, in its own measure."""
        whole_line = Unknown(measure, None, None, frozenset({path}))
        within = Unknown(measure, _bound(low, measure), _bound(high, measure), whole_line.paths)
        return Open(((path, 1),), 0, measure, {path: whole_line.meet(within)})

    @property
    def paths(self) -> frozenset[str]:
        """The facts on which the value rests."""
        return frozenset[str]().union(*(unknown.paths for unknown in self.unknowns.values()))

    @property
    def low(self) -> Amount | None:
        """The least the value can be, by its bounds (included or not); None: no least."""
        return _value(self._end(upper=False), self.measure)

    @property
    def high(self) -> Amount | None:
        """The most the value can be, by its bounds (included or not); None: no most."""
        return _value(self._end(upper=True), self.measure)

    @property
    def bounds(self) -> Mapping[str, tuple[Limit, Limit]]:
        """For each unknown its bounds, each (value, whether included) or None."""
        return {
            name: (_limit(unknown.low, unknown.measure), _limit(unknown.high, unknown.measure))
            for name, unknown in self.unknowns.items()
        }

    @property
    def form(self) -> tuple[object, ...]:
        """What two open values have in common exactly if they are built alike; can be hashed."""
        return self.measure, self.terms, self.constant, tuple(sorted(self.unknowns))

    def with_bounds(self, path: str, low: Limit = None, high: Limit = None) -> Open:
        """The same value with an unknown narrowed further; bounds never widen.

        ValueError if no value is left. A value that does not rest on the path is returned as it is.

        >>> income = Open.unknown("persons.a.income", "money", low=Money(0))
        >>> (2 * income).with_bounds("persons.a.income", high=(Money(500), False)).high
        Money(fen=1000)
        """
        unknown = self.unknowns.get(path)
        if unknown is None:
            return self
        measure = unknown.measure
        within = Unknown(measure, _bound(low, measure), _bound(high, measure), unknown.paths)
        return replace(self, unknowns={**self.unknowns, path: unknown.meet(within)})

    def __add__(self, other: Open | Amount) -> Open | Amount:
        right = _lifted(other)
        if right is None:
            return NotImplemented
        if right.measure != self.measure:
            raise TypeError(f"{self.measure} and {right.measure} do not add up")
        factors = dict(self.terms)
        for name, factor in right.terms:
            factors[name] = factors.get(name, 0) + factor
        return _form(factors, self.constant + right.constant, self.measure, _met(self, right))

    __radd__ = __add__

    def __neg__(self) -> Open:
        terms = tuple((name, -factor) for name, factor in self.terms)
        return replace(self, terms=terms, constant=-self.constant)

    def __sub__(self, other: Open | Amount) -> Open | Amount:
        if _lifted(other) is None:
            return NotImplemented
        return self + -other

    def __rsub__(self, other: Amount) -> Open | Amount:
        return -self + other

    def __mul__(self, other: Open | Amount) -> Open | Amount:
        right = _lifted(other)
        if right is None:
            return NotImplemented
        if self.measure == right.measure == "money":
            raise TypeError("money times money has no meaning")
        measure: Measure = "money" if "money" in (self.measure, right.measure) else "number"
        if right.terms:
            return _opaque(f"({_text(self)}) * ({_text(right)})", measure, self, right)
        return self._scaled(right.constant, measure)

    __rmul__ = __mul__

    def __truediv__(self, other: Open | Amount) -> Open | Amount:
        right = _lifted(other)
        return NotImplemented if right is None else _quotient(self, right)

    def __rtruediv__(self, other: Amount) -> Open | Amount:
        left = _lifted(other)
        return NotImplemented if left is None else _quotient(left, self)

    def __bool__(self) -> NoReturn:
        raise TypeError("a value that is not known has no truth: use compare")

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a value that is not known does not compare: use compare, or its form")

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError("a value that is not known does not compare: use compare")

    __le__ = __gt__ = __ge__ = __lt__

    def _scaled(self, factor: Exact, measure: Measure) -> Open | Amount:
        factors = {name: part * factor for name, part in self.terms}
        return _form(factors, self.constant * factor, measure, self.unknowns)

    def _end(self, *, upper: bool) -> _Bound | None:
        """The greatest value the form can have, or the least; None if there is no such end."""
        total: Exact = self.constant
        included = True
        for name, factor in self.terms:
            unknown = self.unknowns[name]
            end = unknown.high if (factor > 0) is upper else unknown.low
            if end is None:
                return None
            total = normalised(total + factor * end[0])
            included = included and end[1]
        return total, included


@dataclass(frozen=True, slots=True, eq=False)
class Opaque(Open):
    """An open value in which unknowns are multiplied, divided by or chosen from, not only added.

    What was multiplied counts as an unknown of its own, without bounds: `paths` still names the
    facts, and the same product taken away from itself still leaves nothing.
    """


def compare(op: Comparison, left: Open | Amount, right: Open | Amount) -> Truth:
    """What the bounds say of a comparison; both sides of one measure, else TypeError.

    >>> age = Open.unknown("persons.a.age", "number", low=18)
    >>> compare("<", age, age + 1)
    <Truth.TRUE: 1>
    """
    difference: Open | Amount = operator.sub(left, right)
    if isinstance(difference, Open):
        low, high = difference._end(upper=False), difference._end(upper=True)
    else:
        fen = difference.fen if isinstance(difference, Money) else difference
        low = high = (fen, True)
    below = high is not None and (high[0] < 0 or (high[0] == 0 and not high[1]))
    above = low is not None and (low[0] > 0 or (low[0] == 0 and not low[1]))
    not_above = high is not None and high[0] <= 0
    not_below = low is not None and low[0] >= 0
    match op:
        case "<":
            return decided(below, not_below)
        case "<=":
            return decided(not_above, above)
        case ">":
            return decided(above, not_above)
        case ">=":
            return decided(not_below, below)
        case "==":
            return decided(not_above and not_below, below or above)
        case "!=":
            return decided(below or above, not_above and not_below)


def threshold(
    op: Comparison, left: Open | Amount, right: Open | Amount
) -> tuple[str, Amount] | None:
    """Where a comparison turns: the one unknown it rests on, and the value at which both sides are
    equal. None if the bounds decide it, or if it rests on several unknowns or on an `Opaque`.
    """
    difference: Open | Amount = operator.sub(left, right)
    if not isinstance(difference, Open) or isinstance(difference, Opaque):
        return None
    if len(difference.terms) != 1 or compare(op, left, right) is not UNKNOWN:
        return None
    ((path, factor),) = difference.terms
    return path, _amount(divide(-difference.constant, factor), difference.unknowns[path].measure)


def open_min(left: Open | Amount, right: Open | Amount) -> Open | Amount:
    """The lesser of two values, where the bounds do not tell which: `Opaque`, within bounds."""
    if compare("<=", left, right) is TRUE:
        return left
    if compare(">=", left, right) is TRUE:
        return right
    return _chosen("min", left, right)


def open_max(left: Open | Amount, right: Open | Amount) -> Open | Amount:
    """The greater of two values, where the bounds do not tell which: `Opaque`, within bounds.

    >>> average, income = Money.yuan(21_000), Open.unknown("persons.a.income", "money")
    >>> open_max(average, income).low == average
    True
    """
    if compare(">=", left, right) is TRUE:
        return left
    if compare("<=", left, right) is TRUE:
        return right
    return _chosen("max", left, right)


def _amount(value: Exact, measure: Measure) -> Amount:
    return Money(value) if measure == "money" else normalised(value)


def _bound(limit: Limit, measure: Measure) -> _Bound | None:
    if limit is None:
        return None
    value, included = limit if isinstance(limit, tuple) else (limit, True)
    if isinstance(value, Money) is not (measure == "money"):
        raise TypeError(f"{value!r} bounds no {measure}")
    return (value.fen if isinstance(value, Money) else value), included


def _value(bound: _Bound | None, measure: Measure) -> Amount | None:
    return None if bound is None else _amount(bound[0], measure)


def _limit(bound: _Bound | None, measure: Measure) -> Limit:
    return None if bound is None else (_amount(bound[0], measure), bound[1])


def _tightest(bounds: Sequence[_Bound | None], *, upper: bool) -> _Bound | None:
    """The bound that leaves least; at one value the one that leaves the value out."""
    known = [bound for bound in bounds if bound is not None]
    if not known:
        return None
    return min(known) if upper else max(known, key=_as_low)


def _loosest(bounds: Sequence[_Bound | None], *, upper: bool) -> _Bound | None:
    """The bound that leaves most; at one value the one that leaves the value in."""
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds):
        return None
    return max(known) if upper else min(known, key=_as_low)


def _as_low(bound: _Bound) -> tuple[Exact, bool]:
    """Orders lower bounds: a value left out lies above the same value left in."""
    return bound[0], not bound[1]


def _lifted(value: object) -> Open | None:
    """An exact value as a form without unknowns; None for what is no value."""
    if isinstance(value, Open):
        return value
    if isinstance(value, Money):
        return Open((), value.fen, "money", {})
    if isinstance(value, int | Fraction) and is_exact(value):
        return Open((), value, "number", {})
    return None


def _met(left: Open, right: Open) -> dict[str, Unknown]:
    """The unknowns of both, each with what either side knows of it."""
    unknowns = dict(left.unknowns)
    for name, unknown in right.unknowns.items():
        unknowns[name] = unknowns[name].meet(unknown) if name in unknowns else unknown
    return unknowns


def _form(
    factors: Mapping[str, Exact],
    constant: Exact,
    measure: Measure,
    unknowns: Mapping[str, Unknown],
) -> Open | Amount:
    """The value with these terms: exact if none is left, `Opaque` if one stands for a product."""
    terms = tuple(
        (name, normalised(factor)) for name, factor in sorted(factors.items()) if factor != 0
    )
    if not terms:
        return _amount(constant, measure)
    left = {name: unknowns[name] for name, _ in terms}
    opaque = any(unknown.paths != {name} for name, unknown in left.items())
    return (Opaque if opaque else Open)(terms, normalised(constant), measure, left)


def _opaque(
    name: str, measure: Measure, left: Open, right: Open, ends: _Ends = (None, None)
) -> Opaque:
    """A value that is an unknown of its own; what is built alike has the same name."""
    unknown = Unknown(measure, *ends, left.paths | right.paths)
    return Opaque(((name, 1),), 0, measure, {name: unknown})


def _quotient(left: Open, right: Open) -> Open | Amount:
    if left.measure == "number" and right.measure == "money":
        raise TypeError("a number divided by money has no meaning")
    measure: Measure = "number" if left.measure == right.measure else "money"
    if right.terms:
        return _opaque(f"({_text(left)}) / ({_text(right)})", measure, left, right)
    return left._scaled(divide(1, right.constant), measure)


def _chosen(which: Literal["min", "max"], one: Open | Amount, other: Open | Amount) -> Opaque:
    left, right = _lifted(one), _lifted(other)
    assert left is not None and right is not None  # they have been compared
    lows = left._end(upper=False), right._end(upper=False)
    highs = left._end(upper=True), right._end(upper=True)
    # The lesser is below either side's most, but above only the lower least; the greater likewise.
    if which == "min":
        ends = _loosest(lows, upper=False), _tightest(highs, upper=True)
    else:
        ends = _tightest(lows, upper=False), _loosest(highs, upper=True)
    first, second = sorted((_text(left), _text(right)))
    return _opaque(f"{which}({first}, {second})", left.measure, left, right, ends)


def _text(form: Open) -> str:
    """The form written out, alike for what is built alike."""
    unit = " fen" if form.measure == "money" else ""
    return " + ".join(
        (*(f"{factor}*{name}" for name, factor in form.terms), f"{form.constant}{unit}")
    )
