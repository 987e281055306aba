"""Expressions with one thing changed: what a slip of the pen would make of them.

>>> from engine.language.expression import Literal, Span
>>> from engine.language.types import number
>>> three = Literal(type=number(), span=Span("a.yaml", 1, 1, 1), source="3", value=3)
>>> [(one.expression.value, one.told.en) for one in slips(three)]
[(4, '3 becomes 4'), (2, '3 becomes 2')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from engine.language.diagnostics import Bilingual
from engine.language.expression import And, Compare, Expression, Literal, Or
from engine.values.dates import Period
from engine.values.money import UNITS, Money, format_yuan

STEPS: Final = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "==": "!=", "!=": "=="}
"""Comparisons moved by one step."""


@dataclass(frozen=True, slots=True)
class Slip:
    """An expression with one change, and what was changed."""

    expression: Expression
    told: Bilingual


def slips(expression: Expression) -> Iterator[Slip]:
    """Every expression that differs from this one in one place.

    A comparison is moved by one step, a number, an amount (by a yuan), a period or a date by one
    unit, `and` and `or` are exchanged. What is written of the expression is changed with it, for
    equal texts are taken for equal conditions.
    """
    for node, told in _own(expression):
        yield Slip(_respelt(node, told), told)
    for part in fields(expression):
        inner = getattr(expression, part.name)
        if isinstance(inner, Expression):
            for slip in slips(inner):
                yield _around(expression, part.name, slip.expression, slip.told)
        elif isinstance(inner, tuple):
            for place, item in enumerate(inner):
                for slip in slips(item) if isinstance(item, Expression) else ():
                    items = (*inner[:place], slip.expression, *inner[place + 1 :])
                    yield _around(expression, part.name, items, slip.told)


def _around(expression: Expression, name: str, inner: object, told: Bilingual) -> Slip:
    changes: dict[str, Any] = {name: inner}
    return Slip(_respelt(replace(expression, **changes), told), told)


def _respelt(expression: Expression, told: Bilingual) -> Expression:
    return replace(expression, source=f"{expression.source} [{told.en}]")


def _own(expression: Expression) -> Iterator[tuple[Expression, Bilingual]]:
    """The slips of a node itself."""
    source = expression.source
    match expression:
        case Compare(op=op):
            new = STEPS[op]
            told = Bilingual(f"{source} 中的 {op} 改为 {new}", f"{op} becomes {new} in {source}")
            yield replace(expression, op=new), told
        case And(operands=operands, type=type, span=span):
            told = Bilingual(f"{source} 中的 and 改为 or", f"and becomes or in {source}")
            yield Or(type, span, source, operands), told
        case Or(operands=operands, type=type, span=span):
            told = Bilingual(f"{source} 中的 or 改为 and", f"or becomes and in {source}")
            yield And(type, span, source, operands), told
        case Literal(value=value):
            for near in _neighbours(value):
                said = _said(near)
                told = Bilingual(f"{source} 改为 {said}", f"{source} becomes {said}")
                yield replace(expression, value=near), told
        case _:
            return


def _neighbours(value: object) -> Iterator[object]:
    """A constant one unit up and one unit down; a truth value, a code or a text has none."""
    match value:
        case bool():
            return
        case int() | Fraction():
            yield from (value + 1, value - 1)
        case Money(fen=fen):
            yield from (Money(fen + UNITS["yuan"]), Money(fen - UNITS["yuan"]))
        case Period(months=months, days=days) if days:
            yield from (Period(months, days + 1), Period(months, days - 1))
        case Period(months=months):
            yield from (Period(months + 1), Period(months - 1))
        case date():
            yield from (value + timedelta(days=1), value - timedelta(days=1))
        case _:
            return


def _said(value: object) -> str:
    match value:
        case Money():
            return format_yuan(value)
        case Period(months=months, days=days):
            return f"months({months})" + (f" + days({days})" if days else "")
        case _:
            return str(value)
