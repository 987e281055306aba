"""Expressions from text: one line of Python syntax becomes typed, immutable nodes.

    found, problems = parse("parent.extra_children >= 1", vocabulary, {"parent": entity("person")},
                            at, expected=BOOLEAN, rule="41/charge")

Nothing raises: every problem of the text is collected, and an expression with an error is None.
The text is never evaluated; it goes through `ast` and a whitelist (`engine.language.typed`,
`engine.language.functions`).

- A bare word is a variable, or a code where its neighbour is of an enumeration (`p.sex == female`;
  `_` stands for the hyphen), or a name of the case as a whole.
- `x.y` is a name of x's kind, or of a place its county, city, province or township.
- A fact that varies is read at a date (`at(p.register, d)`), or at a year.
- A number is bare and joins any unit; `0.6` is exactly 3/5.
- `any all count sum min max` take `x.… for x in list if …`; `first` takes `by=` as well, written
  `first(x for x in list, by=x.date)`, with or without brackets round what comes before the comma.
- `between(a, b)` is a whole value, never a part of one.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction

from engine.language.dependencies import dependencies as dependencies
from engine.language.dependencies import walk as walk
from engine.language.diagnostics import Bilingual, Diagnostic, Severity
from engine.language.expression import Expression, Literal
from engine.language.expression_text import ExpressionText
from engine.language.node import Position
from engine.language.operators import both
from engine.language.ruleset import Between, Plain
from engine.language.typed import Reader
from engine.language.typed import code_of as code_of
from engine.language.types import Names, Type
from engine.language.typing_rules import common
from engine.values.dates import Period
from engine.values.money import Money


def parse(
    text: str,
    names: Names,
    variables: Mapping[str, Type],
    at: Position,
    expected: Type | None = None,
    rule: str | None = None,
) -> tuple[Expression | None, list[Diagnostic]]:
    """The expression that a text says, or None; and what is wrong with it.

    `at` is the place of the scalar that holds the text (a quoted one is two columns longer than the
    text), or of its first character. `variables` are bound around the expression. `expected` is
    enforced; a bare number has any unit. Warnings may come with an expression. Never raises.
    """
    reader, tree, problems = _open(text, names, at, rule)
    if tree is None:
        return None, problems
    if expected is None:
        expression = reader.read(tree, variables)
    else:
        expression = reader.read_as(tree, variables, expected)
    problems = sorted([*problems, *reader.problems])
    return (None if _wrong(problems) else expression), problems


def parse_value(
    text: str,
    names: Names,
    variables: Mapping[str, Type],
    at: Position,
    expected: Type | None = None,
    rule: str | None = None,
) -> tuple[Plain | Between | None, list[Diagnostic]]:
    """As `parse`, for a value: one expression, or a range `between(low, high)`.

    The ends of a range have one type, with an order; two literal ends stand in that order.
    """
    reader, tree, problems = _open(text, names, at, rule)
    if tree is None:
        return None, problems
    if not _is_range(tree):
        expression, problems = parse(text, names, variables, at, expected, rule)
        return (None if expression is None else Plain(expression)), problems
    low, high = _ends(reader, tree, variables, expected)
    problems = sorted([*problems, *reader.problems])
    if low is None or high is None or _wrong(problems):
        return None, problems
    return Between(low, high), problems


def _open(
    text: str, names: Names, at: Position, rule: str | None
) -> tuple[Reader, ast.expr | None, list[Diagnostic]]:
    written = ExpressionText.of(text, at)
    tree, problems = written.tree(rule)
    return Reader(names, written, rule), tree, sorted(problems)


def _wrong(problems: list[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in problems)


def _is_range(tree: ast.expr) -> bool:
    return (
        isinstance(tree, ast.Call)
        and isinstance(tree.func, ast.Name)
        and tree.func.id == "between"
        and len(tree.args) == 2
        and not tree.keywords
    )


def _ends(
    reader: Reader, tree: ast.expr, variables: Mapping[str, Type], expected: Type | None
) -> tuple[Expression | None, Expression | None]:
    assert isinstance(tree, ast.Call)
    first, second = tree.args
    if expected is None:
        low, high = both(reader, first, second, variables)
    else:
        low = reader.read_as(first, variables, expected)
        high = reader.read_as(second, variables, expected)
    if low is None or high is None:
        return None, None
    held = common(low.type, high.type)
    if not isinstance(held, Type):
        reader.disagree(held, first, low.type, second, high.type)
    elif held.base != "period" and not reader.ordered(first, held):
        return None, None
    elif _descends(low, high):
        cause = Bilingual("下限大于上限", "its low end is above its high end")
        reader.report("range-misuse", tree, cause=cause)
    return low, high


def _descends(low: Expression, high: Expression) -> bool:
    """Whether two literals stand in the wrong order, or periods in none."""
    if not isinstance(low, Literal) or not isinstance(high, Literal):
        return False
    a, b = low.value, high.value
    if isinstance(a, Money) and isinstance(b, Money):
        return a > b
    if isinstance(a, Period) and isinstance(b, Period):
        return a.months > b.months or a.days > b.days or (a.months < b.months and a.days < b.days)
    return isinstance(a, int | Fraction) and isinstance(b, int | Fraction) and a > b
