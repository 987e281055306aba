"""Ranges and readings: one choice in one formula, and ends that bound what lies between.

A formula over a range is computed at both ends only. That is right where it rises or falls with the
range throughout; where it may turn in between it is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as Word

from engine.language.dependencies import children, dependencies
from engine.language.diagnostics import Bilingual
from engine.language.expression import Arithmetic, Call, Expression, Negate, Quantify, Read
from engine.language.fields import Problems
from engine.language.graph import expressions_of
from engine.language.rule_expressions import position_of, values_of
from engine.language.ruleset import Between, Define, Readings, Table, Value, Version
from engine.law.vocabulary import Vocabulary

Slope = Word["constant", "rising", "falling", "straight", "turning"]
"""How a formula moves with a range; `straight`: up or down, but in one line."""
Ranges = Mapping[str, frozenset[str]]
"""Which ranges each name depends on."""

TIMES_ITSELF = Bilingual("区间乘以（或除以）自己", "a range is multiplied or divided by itself")
BOTH_WAYS = Bilingual("各项有的升、有的降", "one term rises in it and another falls")


def check_choices(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Reports a range or readings inside readings: two choices of one formula."""
    for rule in version.rules:
        for effect in rule.effects:
            for value in values_of(effect):
                for points in _nested(value):
                    within = problems.within(rule.name)
                    within.add("two-choice-points", rule.at, points=points)


def _nested(value: Value) -> Iterator[tuple[str, str]]:
    match value:
        case Table(rows=rows):
            for row in rows:
                yield from _nested(row.value)
        case Readings(options=options):
            outer = " / ".join(label for label, _ in options)
            for _, option in options:
                inner = _first_choice(option)
                if inner is not None:
                    yield outer, inner


def _first_choice(value: Value) -> str | None:
    match value:
        case Between(low=low, high=high):
            return f"between({low.source}, {high.source})"
        case Readings(options=options):
            return " / ".join(label for label, _ in options)
        case Table(rows=rows):
            found = [_first_choice(row.value) for row in rows]
            return next((one for one in found if one is not None), None)
    return None


def check_ranges(version: Version, vocabulary: Vocabulary, problems: Problems) -> None:
    """Reports formulas that the two ends of a range do not bound."""
    ranges = ranges_of(version, vocabulary)
    for rule in version.rules:
        finder = _Finder(ranges, problems.within(rule.name))
        for effect in rule.effects:
            for value in values_of(effect):
                for expression in expressions_of(value):
                    for name in sorted(ranges_in(expression, ranges)):
                        finder.slope(expression, name)


def ranges_of(version: Version, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """For each name that depends on ranges, the names whose value is a range."""
    reads = {key: formula.reads for key, formula in vocabulary.formulas.items()}
    reads.update({key: dependencies(formula) for key, formula in version.terms})
    roots: set[str] = set()
    for rule in version.rules:
        for effect in rule.effects:
            if isinstance(effect, Define):
                if _has_range(effect.value):
                    roots.add(effect.key)
                read = [dependencies(one) for one in expressions_of(effect.value)]
                reads[effect.key] = reads.get(effect.key, frozenset()).union(*read)
    known = {key: frozenset((key,)) for key in roots}
    changed = True
    while changed:
        changed = False
        for key, names in reads.items():
            before = known.get(key, frozenset())
            after = before.union(*(known.get(name, frozenset()) for name in names))
            if after != before:
                known[key] = after
                changed = True
    return known


def ranges_in(expression: Expression, ranges: Ranges) -> frozenset[str]:
    """The ranges that an expression depends on."""
    found = [ranges.get(key, frozenset[str]()) for key in dependencies(expression)]
    return frozenset[str]().union(*found)


def _has_range(value: Value) -> bool:
    match value:
        case Between():
            return True
        case Readings(options=options):
            return any(_has_range(option) for _, option in options)
        case Table(rows=rows):
            return any(_has_range(row.value) for row in rows)
    return False


@dataclass(frozen=True, slots=True)
class _Finder:
    """Says how formulas move with a range, and reports where they may turn."""

    ranges: Ranges
    problems: Problems

    def slope(self, expression: Expression, name: str) -> Slope:
        if name not in ranges_in(expression, self.ranges):
            return "constant"
        match expression:
            case Read(subject=subject):
                # What a name stands for was checked where it is defined; here it moves upwards.
                return "rising" if subject is None else self._of_read(subject, name)
            case Negate(operand=operand):
                return _turned(self.slope(operand, name))
            case Arithmetic(op="+" | "-", left=left, right=right):
                second = self.slope(right, name)
                return _sum(
                    self.slope(left, name), _turned(second) if expression.op == "-" else second
                )
            case Arithmetic(op="*" | "/" | "**", left=left, right=right):
                return self._product(expression, left, right, name)
            case Call(function="min" | "max", arguments=arguments):
                return self._extreme(expression, arguments, name)
            case Quantify(function="sum" | "min" | "max"):
                inner = [self.slope(part, name) for part in children(expression)]
                return next((one for one in inner if one != "constant"), "constant")
        for part in children(expression):
            self.slope(part, name)
        return "rising"

    def _of_read(self, subject: Expression, name: str) -> Slope:
        self.slope(subject, name)
        return "rising"

    def _product(self, whole: Arithmetic, left: Expression, right: Expression, name: str) -> Slope:
        a, b = self.slope(left, name), self.slope(right, name)
        if (a != "constant" and b != "constant") or (whole.op == "**" and a != "constant"):
            self._report(whole, TIMES_ITSELF)
            return "turning"
        if b == "constant":
            return a
        return b if whole.op == "*" else _turned(b)

    def _extreme(self, whole: Expression, arguments: tuple[Expression, ...], name: str) -> Slope:
        moving = {self.slope(one, name) for one in arguments} - {"constant"}
        if len(moving) <= 1:
            return next(iter(moving), "constant")
        self._report(whole, BOTH_WAYS)
        return "turning"

    def _report(self, expression: Expression, cause: Bilingual) -> None:
        self.problems.add("range-misuse", position_of(expression), cause=cause)


def _turned(slope: Slope) -> Slope:
    turned: dict[Slope, Slope] = {"rising": "falling", "falling": "rising"}
    return turned.get(slope, slope)


def _sum(left: Slope, right: Slope) -> Slope:
    """The slope of a sum; a range less a multiple of itself is a straight line all the same."""
    if "turning" in (left, right):
        return "turning"
    if left == "constant":
        return right
    return left if right in ("constant", left) else "straight"
