"""Bands: what is lawful where the law leaves a choice, over any ordered type.

A choice point is a `may`, one of several `readings`, or a range of which both ends are known. A
band is an exact table from options at choice points to values. **A point that is used twice is one
choice**: rows combine only where their options agree.

>>> multiple = Band.between("39/multiple@k1", 2, 3)
>>> fee = multiple * Money.yuan(20_000)
>>> [(interval.low, interval.high) for interval in fee.intervals()]
[(Money(fen=4000000), Money(fen=6000000))]
>>> (multiple - multiple).intervals()
(Interval(low=0, high=0, choices=()),)
>>> either = Band.may("41/actual@a", if_used=Band.exactly(70), otherwise=Band.exactly(20))
>>> for interval in (3 * either).intervals():
...     print(interval.low, interval.choices)
60 (Choice(point='41/actual@a', kind='may', value=False),)
210 (Choice(point='41/actual@a', kind='may', value=True),)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from engine.values.dates import Period
from engine.values.exact import divide, is_exact, normalised
from engine.values.intervals import (
    Assignment,
    Interval,
    Kind,
    Option,
    Point,
    Row,
    Value,
    intervals_of,
)
from engine.values.ladder import Step
from engine.values.money import Money
from engine.values.open_number import Open, open_max, open_min

Operand: TypeAlias = "Band | Value"

_ENDS: Final = ("low", "high")
_NO_LABELS: Final[Mapping[str, Iterable[str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A table from options at choice points to values; compare two bands by their `intervals`.

    Adds, subtracts, multiplies and divides with bands and values row by row, under the rules of
    the values themselves (`band_min` and `band_max` likewise).
    """

    rows: tuple[Row, ...]
    points: Mapping[str, Point]

    @staticmethod
    def exactly(value: Value) -> Band:
        """One value, whatever is chosen."""
        return Band((((), value),), {})

    @staticmethod
    def between(point: str, low: Value, high: Value) -> Band:
        """Any value from low to high, both included; ValueError if low is above high."""
        if low > high:  # type: ignore[operator]  # one ordered type, or a TypeError
            raise ValueError(f"the range {point} runs from its low end to its high one")
        rows = ((((point, "low"),), low), (((point, "high"),), high))
        return Band(rows, {point: Point("range", _ENDS, (low, high))})

    @staticmethod
    def may(point: str, if_used: Operand, otherwise: Operand) -> Band:
        """One value if the authority uses its power, another if it does not."""
        options = {True: if_used, False: otherwise}
        return _choice(point, "may", options)

    @staticmethod
    def readings(point: str, values: Mapping[str, Operand]) -> Band:
        """A value for each reading that a text bears; ValueError for none."""
        if not values:
            raise ValueError(f"{point} needs a reading")
        return _choice(point, "reading", values)

    @staticmethod
    def from_worlds(
        rows: Iterable[tuple[Mapping[str, Option], Value]],
        ranges: Mapping[str, tuple[Value, Value]],
        kinds: Mapping[str, Kind],
        labels: Mapping[str, Iterable[str]] = _NO_LABELS,
    ) -> Band:
        """The band of evaluated worlds: for each, the options it took and the value it came to.

        `ranges` has both ends of every range, `kinds` the kind of every other point, `labels` all
        readings of a point where the rows may not show them all (one of them came to no value).
        ValueError for a point without a kind, or an option that its kind does not have.

        >>> used, unused = {"m": True}, {"m": False}
        >>> worlds = [({**used, "r": "low"}, 4), ({**used, "r": "high"}, 6), (unused, 5)]
        >>> band = Band.from_worlds(worlds, ranges={"r": (2, 3)}, kinds={"m": "may"})
        >>> [(interval.low, interval.high) for interval in band.intervals()]
        [(4, 6), (5, 5)]
        """
        table = tuple((_assignment(options), value) for options, value in rows)
        found: dict[str, set[str]] = {}
        for assignment, _ in table:
            for name, option in assignment:
                kind = "range" if name in ranges else kinds.get(name)
                if kind is None or (kind == "range" and name not in ranges):
                    raise ValueError(f"{name} needs a kind, and a range its two ends")
                if not _fits(option, kind):
                    raise ValueError(f"{option!r} is no option at {name}, which is {kind}")
                if kind == "reading":
                    found.setdefault(name, set(labels.get(name, ()))).add(str(option))
        points = {name: Point("range", _ENDS, ends) for name, ends in ranges.items()}
        for name, kind in kinds.items():
            if kind == "may":
                points[name] = Point("may", (True, False))
            elif kind == "reading":
                points[name] = Point("reading", tuple(sorted(found.get(name, ()))))
        return Band(table, points)

    def intervals(self) -> tuple[Interval, ...]:
        """What is lawful, lowest first: one interval for each combination of `may` and readings
        that makes a difference, from the least to the greatest value that its ranges allow."""
        return intervals_of(self.rows, self.points)

    def __add__(self, other: Operand) -> Band:
        return _combined(operator.add, self, other)

    def __radd__(self, other: Value) -> Band:
        return _combined(operator.add, other, self)

    def __sub__(self, other: Operand) -> Band:
        return _combined(operator.sub, self, other)

    def __rsub__(self, other: Value) -> Band:
        return _combined(operator.sub, other, self)

    def __mul__(self, other: Operand) -> Band:
        return _combined(operator.mul, self, other)

    def __rmul__(self, other: Value) -> Band:
        return _combined(operator.mul, other, self)

    def __truediv__(self, other: Operand) -> Band:
        return _combined(_quotient, self, other)

    def __rtruediv__(self, other: Value) -> Band:
        return _combined(_quotient, other, self)


def band_min(first: Operand, *others: Operand) -> Band:
    """The least of several bands or values, for each way to choose.

    >>> band_min(Band.between("r", 2, 6), 4).intervals()
    (Interval(low=2, high=4, choices=(Choice(point='r', kind='range', value=(2, 6)),)),)
    """
    return _fold(_lesser, first, others)


def band_max(first: Operand, *others: Operand) -> Band:
    """The greatest of several bands or values, for each way to choose."""
    return _fold(_greater, first, others)


def _fold(pick: Callable[[Any, Any], Any], first: Operand, others: Iterable[Operand]) -> Band:
    result = _banded(first)
    for other in others:
        result = _combined(pick, result, other)
    return result


def _combined(operation: Callable[[Any, Any], Any], left: Operand, right: Operand) -> Band:
    """The operation on every pair of rows that take the same options where both choose."""
    one, other = _banded(left), _banded(right)
    rows: list[Row] = []
    for assignment, value in one.rows:
        chosen = dict(assignment)
        for further, second in other.rows:
            if all(chosen.get(point, option) == option for point, option in further):
                both = _assignment({**chosen, **dict(further)}) if further else assignment
                result = operation(value, second)
                rows.append((both, normalised(result) if type(result) is Fraction else result))
    return Band(tuple(rows), _joined(one.points, other.points))


def _joined(one: Mapping[str, Point], other: Mapping[str, Point]) -> Mapping[str, Point]:
    """The points of both; ValueError if a name stands for two different points."""
    if not other or one is other:
        return one
    points = dict(one)
    for name, point in other.items():
        known = points.get(name, point)
        if (known.kind, known.ends) != (point.kind, point.ends):
            raise ValueError(f"{name} is two different choices")
        if known.options != point.options:
            options = sorted({str(option) for option in (*known.options, *point.options)})
            point = Point("reading", tuple(options))
        points[name] = point
    return points


def _choice(point: str, kind: Kind, values: Mapping[Any, Operand]) -> Band:
    points: Mapping[str, Point] = {point: Point(kind, tuple(values))}
    rows: list[Row] = []
    for option, operand in values.items():
        band = _banded(operand)
        points = _joined(points, band.points)
        for assignment, value in band.rows:
            chosen = dict(assignment)
            # Inside an option, the same point has been decided.
            if chosen.setdefault(point, option) == option:
                rows.append((_assignment(chosen), value))
    return Band(tuple(rows), points)


def _assignment(options: Mapping[str, Option]) -> Assignment:
    return tuple(sorted(options.items()))


def _fits(option: Option, kind: Kind) -> bool:
    if kind == "may":
        return isinstance(option, bool)
    if kind == "range":
        return option in _ENDS or isinstance(option, Step)
    return isinstance(option, str)


def _banded(operand: Operand) -> Band:
    if isinstance(operand, Band):
        return operand
    if is_exact(operand) or isinstance(operand, Money | Period | Step | date | Open):
        return Band.exactly(operand)
    raise TypeError(f"a band holds ordered exact values, not {operand!r}")


def _quotient(dividend: Any, divisor: Any) -> Any:
    if is_exact(dividend) and is_exact(divisor):
        return divide(dividend, divisor)
    return dividend / divisor


def _lesser(one: Any, other: Any) -> Any:
    return open_min(one, other) if _open(one, other) else min(one, other)


def _greater(one: Any, other: Any) -> Any:
    return open_max(one, other) if _open(one, other) else max(one, other)


def _open(one: Any, other: Any) -> bool:
    return isinstance(one, Open) or isinstance(other, Open)
