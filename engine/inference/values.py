"""Values of definitions and amounts as closures: expressions, ranges, readings, tables, refusals.

A range and a text that bears several readings are choice points, named by the rule, what it gives
and the bearer: `39/ladder:birth.multiple@k2`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.inference.asked import OPEN, Closure, Compile, Variables, World
from engine.inference.undecided import Point, Refusal, Undecided, Unproved
from engine.language.ruleset import Between, Pattern, Plain, Readings, Refused, Row, Table, Value
from engine.language.tables import matches
from engine.values.ladder import Step

ValueClosure: TypeAlias = Callable[[World, Variables], Any]

BEARER = "@"
"""The variable under which a binding's own name stands, for the names of choice points."""


def value_closure(value: Value, rule: int, local: str, what: str, closure: Compile) -> ValueClosure:
    """The closure of a value; `rule` is the rule's place in its program."""
    match value:
        case Plain(expression):
            return closure(expression)
        case Between(low, high):
            steps = low.type.base == "step"
            return _between(closure(low), closure(high), f"{local}:{what}@", steps)
        case Readings(options):
            return _readings(
                {
                    label: value_closure(option, rule, local, what, closure)
                    for label, option in options
                },
                f"{local}:{what}@",
            )
        case Refused(reason):

            def refused(w: World, v: Variables) -> Any:
                raise Refusal(reason.zh, reason.en, rule)

            return refused
        case Table():
            return _table(value, rule, local, what, closure)


def _between(low: Closure, high: Closure, prefix: str, steps: bool) -> ValueClosure:
    """A range. Of the steps of a ladder each is an option, as what depends on the step need not lie
    between what the ends come to: the heaviest may have no period at all."""

    def between(w: Any, v: Variables) -> Any:
        name = prefix + v[BEARER]
        taken = w.assignment.get(name)
        if taken is None and not steps:
            raise Undecided(Point(name, "range", ("low", "high"), frozenset()))
        ends = (low(w, v), high(w, v))
        if taken is None:
            options = ("low", *_steps_between(*ends), "high")
            raise Undecided(Point(name, "range", options, frozenset()))
        w.ranges[name] = ends
        if taken == "low":
            return ends[0]
        return ends[1] if taken == "high" else taken  # a value that was chosen in between

    return between


def _steps_between(low: Step, high: Step) -> tuple[Step, ...]:
    """The steps above one and below another."""
    return tuple(Step(low.ladder, index) for index in range(low.index + 1, high.index))


def _readings(options: dict[str, ValueClosure], prefix: str) -> ValueClosure:
    labels = tuple(options)

    def readings(w: Any, v: Variables) -> Any:
        name = prefix + v[BEARER]
        taken = w.assignment.get(name)
        if taken is None:
            raise Undecided(Point(name, "reading", labels, frozenset()))
        return options[taken](w, v)

    return readings


def _table(table: Table, rule: int, local: str, what: str, closure: Compile) -> ValueClosure:
    inputs = tuple(closure(expression) for expression in table.inputs)
    rows = tuple((row, value_closure(row.value, rule, local, what, closure)) for row in table.rows)
    collects = table.policy == "collect"

    def look_up(w: World, v: Variables) -> Any:
        given = [of(w, v) for of in inputs]
        found = []
        for row, value in rows:
            if fits(row, given, w):
                if not collects:
                    return value(w, v)
                found.append(value(w, v))
        if collects:
            return tuple(found)
        raise Unproved(gap=f"{local}:{what}")

    return look_up


def fits(row: Row, given: list[Any], w: World) -> bool:
    """Whether a row of a table asks for just these values."""
    return all(
        _matches(pattern, value, w) for pattern, value in zip(row.patterns, given, strict=True)
    )


def _matches(pattern: Pattern, value: Any, w: World) -> bool:
    if type(value) in OPEN and not pattern.anything:
        low, high = pattern.low, pattern.high
        return (low is None or w.decide(">=", value, low)) and (
            high is None or w.decide("<=", value, high)
        )
    return matches(pattern, value.name if isinstance(value, Step) else value)
