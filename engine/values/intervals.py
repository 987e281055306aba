"""What is lawful, read off a table of choices: one interval for each way to choose.

A table has a row for each combination of options at choice points (`may`, `reading`, `range`) and
the value it leads to. Reading it joins the ends of ranges into an interval, and leaves out each
choice that makes no difference.

>>> points = {"m": Point("may", (True, False)), "r": Point("range", ("low", "high"), (2, 3))}
>>> rows = [((("m", True), ("r", "low")), 20), ((("m", True), ("r", "high")), 30),
...         ((("m", False),), 5)]
>>> for interval in intervals_of(rows, points):
...     print(interval.low, interval.high, [choice.value for choice in interval.choices])
5 5 [False]
20 30 [True, (2, 3)]
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Literal, TypeAlias

from engine.values.dates import Period
from engine.values.exact import Exact
from engine.values.ladder import Step
from engine.values.money import Money
from engine.values.open_date import Dated
from engine.values.open_number import Open

Kind: TypeAlias = Literal["may", "reading", "range"]
Option: TypeAlias = bool | str | Step
"""True or False for a `may`, a label for a `reading`, "low" or "high" for a `range`, or a step
between its ends."""

Value: TypeAlias = Exact | Money | Period | Step | date | str | Open | Dated
Assignment: TypeAlias = tuple[tuple[str, Option], ...]
"""Choice points with the option taken at each, in the order of the points' names."""

Row: TypeAlias = tuple[Assignment, Value]


@dataclass(frozen=True, slots=True)
class Point:
    """A choice point: its options and, for a range, the values of its two ends."""

    kind: Kind
    options: tuple[Option, ...]
    ends: tuple[Value, Value] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """What was chosen: a bool for a `may`, a label for a `reading`, both ends of a `range`."""

    point: str
    kind: Kind
    value: bool | str | tuple[Value, Value]


@dataclass(frozen=True, slots=True)
class Interval:
    """What is lawful if one chooses so; both ends included, None for an end that is open."""

    low: Value | None
    high: Value | None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One way to choose: options at the points that are no ranges, what it gives, and the ranges
    that matter in it."""

    options: frozenset[tuple[str, Option]]
    low: Value | None
    high: Value | None
    ranges: tuple[str, ...]


def intervals_of(rows: Iterable[Row], points: Mapping[str, Point]) -> tuple[Interval, ...]:
    """The intervals of a table, lowest first; ValueError if two rows say two things of one choice.

    Rows need not name every point: a row holds for every option of the points it does not name.
    What comes out depends on what the table says, not on how its rows are cut or ordered.
    """
    cells = _cells(tuple(rows), points)
    return tuple(sorted((_interval(cell, points) for cell in cells), key=_order))


def _cells(rows: tuple[Row, ...], points: Mapping[str, Point]) -> frozenset[_Cell]:
    """The ways to choose, none overlapping another, without what makes no difference.

    Splits the rows at one point after the other, in the order of their names, as a decision
    diagram is built (R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986):
    what comes out alike under every option of a point is kept once, without the point.
    """
    options = [dict(assignment) for assignment, _ in rows]
    names = sorted({name for row in options for name in row if points[name].kind != "range"})

    @cache
    def below(level: int, chosen: tuple[int, ...]) -> frozenset[_Cell]:
        if level == len(names):
            return frozenset((_cell([rows[i] for i in chosen], points),))
        name = names[level]
        if not any(name in options[i] for i in chosen):
            return below(level + 1, chosen)
        sides: list[tuple[Option, frozenset[_Cell]]] = []
        for option in points[name].options:
            side = tuple(i for i in chosen if options[i].get(name, option) == option)
            sides.append((option, below(level + 1, side) if side else frozenset()))
        # A point of which one option is known may yet make a difference.
        alike = frozenset[_Cell].intersection(*(cells for _, cells in sides))
        if len(sides) == 1:
            alike = frozenset()
        return alike.union(
            replace(cell, options=cell.options | {(name, option)})
            for option, cells in sides
            for cell in cells - alike
        )

    return below(0, tuple(range(len(rows)))) if rows else frozenset()


def _cell(rows: Sequence[Row], points: Mapping[str, Point]) -> _Cell:
    """Joins the ends of ranges: least and greatest value, and the ranges on which they depend."""
    ranges = [
        {name: option for name, option in assignment if points[name].kind == "range"}
        for assignment, _ in rows
    ]
    names = sorted({name for row in ranges for name in row})
    table: dict[tuple[Option, ...], Hashable] = {}
    for row, (assignment, value) in zip(ranges, rows, strict=True):
        ends = [(row[name],) if name in row else ("low", "high") for name in names]
        for combination in product(*ends):
            if table.setdefault(combination, _identity(value)) != _identity(value):
                raise ValueError(f"two values for one choice: {assignment}")
    lows, highs = zip(*(_ends(value) for _, value in rows), strict=True)
    return _Cell(
        frozenset(),
        None if None in lows else min(lows, key=_sortable),
        None if None in highs else max(highs, key=_sortable),
        tuple(name for i, name in enumerate(names) if _matters(i, table)),
    )


def _matters(i: int, table: Mapping[tuple[Option, ...], Hashable]) -> bool:
    """Whether some value changes with the end taken at the i-th range."""
    return any(
        table.get((*ends[:i], "high", *ends[i + 1 :])) != value
        for ends, value in table.items()
        if ends[i] == "low"
    )


def _interval(cell: _Cell, points: Mapping[str, Point]) -> Interval:
    chosen = [
        Choice(point, points[point].kind, option)
        for point, option in cell.options
        if not isinstance(option, Step)  # one stands for a range, which is joined
    ]
    for point in cell.ranges:
        ends = points[point].ends
        assert ends is not None  # a range has them
        chosen.append(Choice(point, "range", ends))
    return Interval(cell.low, cell.high, tuple(sorted(chosen)))


def _ends(value: Value) -> tuple[Value | None, Value | None]:
    return (value.low, value.high) if isinstance(value, Open | Dated) else (value, value)


def _identity(value: Value) -> Hashable:
    """Alike exactly for the same value; an open value is not compared, but its form is."""
    if isinstance(value, Dated):
        return value.windows, value.low, value.high
    return (value.form, value.low, value.high) if isinstance(value, Open) else value


def _order(interval: Interval) -> tuple[Any, ...]:
    """Lowest first, then narrowest, then by choices; an open end lies outside all others."""
    low, high = interval.low, interval.high
    return (
        low is not None,
        0 if low is None else _sortable(low),
        high is None,
        0 if high is None else _sortable(high),
        interval.choices,
    )


def _sortable(value: Value) -> Any:
    # Not all periods compare, but a list of intervals must have one order.
    return value.mean if isinstance(value, Period) else value
