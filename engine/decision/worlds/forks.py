"""Where a world forks: comparisons of what is not known exactly, and unknowns with options.

An assignment says what a world has settled. What it has not is raised as `Undecided`, with a point
whose options divide up what may be so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from engine.inference.undecided import Bounds, Point, Undecided
from engine.values.dates import Window
from engine.values.money import Money
from engine.values.open_date import Dated, changing_day, compare_dated, turning_day
from engine.values.open_number import Open, compare, threshold
from engine.values.truth import FALSE, TRUE, UNKNOWN, Comparison

Assignment: TypeAlias = Mapping[str, Any]

SPLIT_WITHIN: Final = timedelta(days=800)
"""A day known to lie within so long may be split into the values that follow from it."""

SIGN: Final = "sign of "
"""The names of points that are the sign of a number begin so; its form follows."""
_SIGNS: Final[Mapping[int, Comparison]] = {-1: "<", 0: "==", 1: ">"}
_FACT: Final = re.compile(r"\b[a-z_]+\.[\w-]+\.[a-z_]+(?:\[[^\]]*\])?")


def one_of(assignment: Assignment, path: str, options: tuple[Any, ...]) -> Any:
    """The option that the world takes of an unknown fact."""
    taken = assignment.get(path)
    if taken is None:
        raise Undecided(Point(path, "fact", options, frozenset({path})))
    return taken


def compared(assignment: Assignment, op: Comparison, left: Any, right: Any) -> bool:
    """A comparison of which one side at least is open; `Undecided` splits it where it turns."""
    if isinstance(left, Dated) or isinstance(right, Dated):
        truth = compare_dated(op, left, right)
        if truth is UNKNOWN:
            raise _split_day(*turning_day(left, right), left, right)
        return truth is TRUE
    truth = compare(op, left, right)
    if truth is not UNKNOWN:
        return truth is TRUE
    at = threshold(op, left, right)
    if at is not None:
        raise Undecided(split_number(op, left, right, *at))
    return _sign(assignment, op, left - right)


def exactly(value: Any) -> Any:
    """The value made plain, by a fork if it is open."""
    if isinstance(value, Dated):
        for path, window in value.windows:
            if window.last - window.first > SPLIT_WITHIN:  # too many values to try each
                raise Undecided(Point(f"value of {path}", "fact", (), frozenset({path})))
        path, day = changing_day(value)
        raise _split_day(path, day, value)
    if isinstance(value, Open):
        raise Undecided(Point(f"value of {value.form}", "fact", (), value.paths))
    return value


def is_sign(name: str) -> bool:
    """Whether a point is the sign of what rests on several unknowns."""
    return name.startswith(SIGN)


def facts_compared(sign: str) -> list[str]:
    """The paths of the unknown facts of which the number is made that has a sign."""
    return list(dict.fromkeys(_FACT.findall(sign)))


def fact_of(path: str) -> str:
    """The fact behind a path that names a part of one: without `.from`, `.until`, `#…`, `?…`."""
    for mark in ("#", "?"):
        path = path.partition(mark)[0]
    return path.removesuffix(".from").removesuffix(".until")


def _sign(assignment: Assignment, op: Comparison, difference: Open) -> bool:
    """The sign of what rests on several unknowns is a question of its own: of those that its bounds
    leave."""
    name = f"{SIGN}{difference.form}"
    sign = assignment.get(name)
    if sign is None:
        nothing = Money(0) if difference.measure == "money" else 0
        signs = tuple(
            sign
            for sign, which in _SIGNS.items()
            if compare(which, difference, nothing) is not FALSE
        )
        raise Undecided(Point(name, "fact", signs, difference.paths))
    match op:
        case "<":
            return bool(sign < 0)
        case "<=":
            return bool(sign <= 0)
        case ">":
            return bool(sign > 0)
        case ">=":
            return bool(sign >= 0)
        case "==":
            return bool(sign == 0)
        case _:
            return bool(sign != 0)


def _split_day(path: str, day: date, *values: Any) -> Undecided:
    window = next(
        window
        for value in values
        if isinstance(value, Dated)
        for name, window in value.windows
        if name == path
    )
    before = Window(window.first, date.fromordinal(day.toordinal() - 1))
    after = Window(day, window.last)
    return Undecided(Point(path, "fact", (before, after), frozenset({fact_of(path)})))


def split_number(op: Comparison, left: Any, right: Any, path: str, value: Any) -> Point:
    """The parts of an unknown number on which a comparison has one answer each, as a point."""
    bounds = next(v for v in (left, right) if isinstance(v, Open) and path in v.bounds).bounds[path]
    low, high = bounds
    rising = _rises(left, right, path)
    strict_above = (op in (">", "<=")) if rising else (op in ("<", ">="))
    if op in ("==", "!="):
        parts: tuple[Bounds, ...] = (
            Bounds(low, (value, False)),
            Bounds((value, True), (value, True)),
            Bounds((value, False), high),
        )
    elif strict_above:
        parts = (Bounds(low, (value, True)), Bounds((value, False), high))
    else:
        parts = (Bounds(low, (value, False)), Bounds((value, True), high))
    possible = tuple(part for part in parts if not _empty(part))
    fact = path.partition("[")[0] if "listed[" in path else path
    return Point(path, "fact", possible, frozenset({fact}))


def _empty(part: Bounds) -> bool:
    """Whether no number lies between: below 0, of what is at least 0."""
    if part.low is None or part.high is None:
        return False
    ends: Any = (part.low, part.high)
    (low, low_in), (high, high_in) = ends
    return bool(low > high or (low == high and not (low_in and high_in)))


def _rises(left: Any, right: Any, path: str) -> bool:
    difference = left - right
    return bool(dict(difference.terms)[path] > 0)
