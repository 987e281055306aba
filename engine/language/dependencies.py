"""What an expression is made of, and what must be known before it can be evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

from engine.language.expression import Call, Expression, Read, ResultsOf

CONCLUDED = frozenset(("permitted", "forbidden", "postponed"))
"""Functions that read what other rules conclude."""


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and every expression in it, an outer one before its parts, left to right."""
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(tuple(children(found))))


def children(expression: Expression) -> Iterator[Expression]:
    """The direct parts of an expression, in the order of its fields."""
    kind: type = type(expression)
    for name in _field_names(kind):
        value = getattr(expression, name)
        if isinstance(value, Expression):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Expression))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def dependencies(expression: Expression) -> frozenset[str]:
    """What an expression reads: keys of names (`person.register`, `births`), `permitted`,
    `forbidden` and `postponed`, and `results_of:<kind>`."""
    return frozenset(_dependency(part) for part in walk(expression)) - {""}


def _dependency(part: Expression) -> str:
    match part:
        case Read(key=key):
            return key
        case Call(function=function) if function in CONCLUDED:
            return function
        case ResultsOf(kind=kind):
            return f"results_of:{kind}"
    return ""
