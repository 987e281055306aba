"""Rules that can never apply: conditions that contradict each other, rules that always yield.

The search is cheap and never wrong: only what the text itself shows is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from engine.language.diagnostics import Bilingual
from engine.language.expression import And, Compare, Expression, Literal, Not
from engine.language.fields import Problems
from engine.language.ruleset import OverrideRule, Rule, Version
from engine.law.vocabulary import Vocabulary
from engine.values.exact import is_exact
from engine.values.money import Money

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def check_reach(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Reports rules that never apply, and why."""
    rules = {rule.local: rule for rule in version.rules}
    overriding: dict[str, list[Rule]] = {}
    for rule in version.rules:
        for one in rule.overrides:
            if isinstance(one, OverrideRule):
                overriding.setdefault(one.local, []).append(rule)
    for local, rule in rules.items():
        reason = contradiction(rule) or _superseded(rule, overriding.get(local, []))
        if reason is not None:
            problems.within(rule.name).add("rule-never-fires", rule.at, reason=reason)


def contradiction(rule: Rule) -> Bilingual | None:
    """Why the conditions of a rule cannot all be true; None where the text does not show it."""
    conditions = [part for one in rule.when for part in conjuncts(one)]
    seen = {shape(one): one for one in conditions}
    for one in conditions:
        if isinstance(one, Literal) and one.value is False:
            return _quoted(one)
        if isinstance(one, Not) and shape(one.operand) in seen:
            return _quoted(one, seen[shape(one.operand)])
    for exception in rule.unless:
        if all(shape(part) in seen for part in conjuncts(exception)):
            return Bilingual(
                f"“{exception.source}”既是条件，又是例外",
                f'"{exception.source}" is both a condition and an exception',
            )
    return _impossible_values(conditions)


def _superseded(rule: Rule, overriding: list[Rule]) -> Bilingual | None:
    """The rule that always takes its place: it applies whenever this one does."""
    conditions = {shape(part) for one in rule.when for part in conjuncts(one)}
    for other in overriding:
        needed = {shape(part) for one in other.when for part in conjuncts(one)}
        same_subject = _subject(other) == _subject(rule)
        if not other.may and not other.unless and same_subject and needed <= conditions:
            name = other.local
            return Bilingual(f"规则 {name} 总是取代它", f"the rule {name} always takes its place")
    return None


def _subject(rule: Rule) -> object:
    return None if rule.subject is None else shape(rule.subject.collection)


def conjuncts(expression: Expression) -> Iterator[Expression]:
    """The conditions that an expression asks for, all of them."""
    if isinstance(expression, And):
        for operand in expression.operands:
            yield from conjuncts(operand)
    else:
        yield expression


def shape(expression: Expression) -> object:
    """An expression without its place and its spelling: equal shapes say the same."""
    parts: list[object] = [type(expression).__name__]
    for part in fields(expression):
        if part.name in ("span", "source"):
            continue
        inner = getattr(expression, part.name)
        if isinstance(inner, Expression):
            parts.append(shape(inner))
        elif isinstance(inner, tuple):
            parts.append(tuple(shape(i) if isinstance(i, Expression) else i for i in inner))
        else:
            # True and 1 are equal to Python, and are not to us.
            parts.append((type(inner).__name__, inner))
    return tuple(parts)


def _impossible_values(conditions: list[Expression]) -> Bilingual | None:
    """Comparisons of one thing with constants that no value satisfies."""
    asked: dict[object, list[tuple[str, Literal, Expression]]] = {}
    for one in conditions:
        found = _with_constant(one)
        if found is not None:
            asked.setdefault(shape(found[0]), []).append((found[1], found[2], one))
    for comparisons in asked.values():
        for index, (op, constant, one) in enumerate(comparisons):
            for other_op, other, another in comparisons[:index]:
                if _exclude(op, constant, other_op, other):
                    return _quoted(another, one)
    return None


def _with_constant(expression: Expression) -> tuple[Expression, str, Literal] | None:
    """`x op constant`, whichever side the constant stands on."""
    if not isinstance(expression, Compare):
        return None
    left, right = expression.left, expression.right
    if isinstance(right, Literal) and not isinstance(left, Literal):
        return left, expression.op, right
    if isinstance(left, Literal) and not isinstance(right, Literal):
        return right, MIRRORED[expression.op], left
    return None


def _exclude(op: str, a: Literal, other_op: str, b: Literal) -> bool:
    """Whether `x op a` and `x other_op b` cannot both be true."""
    if op == "==" == other_op:
        return a.value != b.value
    if {op, other_op} == {"==", "!="}:
        return a.value == b.value
    if "!=" in (op, other_op):
        return False
    if not _comparable(a, b):
        return False
    low = [(one, o) for o, one in ((op, a), (other_op, b)) if o in (">", ">=", "==")]
    high = [(one, o) for o, one in ((op, a), (other_op, b)) if o in ("<", "<=", "==")]
    return any(
        _above(one, one_op, two, two_op)
        for one, one_op in low
        for two, two_op in high
        if one is not two
    )


def _above(low: Literal, low_op: str, high: Literal, high_op: str) -> bool:
    """Whether the lower bound lies above the upper one, or touches it where one is strict."""
    a, b = low.value, high.value
    strict = low_op == ">" or high_op == "<"
    greater: bool = a > b  # type: ignore[operator]
    return greater or (strict and a == b)


def _comparable(a: Literal, b: Literal) -> bool:
    """Two numbers, two amounts or two days."""
    if is_exact(a.value) and is_exact(b.value):
        return True
    return type(a.value) is type(b.value) and isinstance(a.value, Money | date)


def _quoted(*expressions: Expression) -> Bilingual:
    texts = [expression.source for expression in expressions]
    zh = "，".join(f"“{text}”" for text in texts)
    return Bilingual(zh, ", ".join(f'"{text}"' for text in texts))
