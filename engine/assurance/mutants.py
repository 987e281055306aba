"""A rule with one slip in it: conditions, exceptions, overrides, choices and values.

    for mutant in mutants_of(rule):
        mutant.rule, mutant.told.en       # the rule with the slip, and the slip as a sentence

Two rules that differ only in what amendments renumber have the same mutants in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, replace
from itertools import permutations
from typing import Any, Final, TypeAlias, TypeVar

from engine.assurance.rewrite import slips
from engine.language.diagnostics import Bilingual
from engine.language.expression import And, Compare, Expression, Literal, Member, Read, Variable
from engine.language.graph import expressions_of
from engine.language.ruleset import (
    UNCHOSEN,
    Between,
    Define,
    Effect,
    Finding,
    OverrideRule,
    Pattern,
    Plain,
    Readings,
    Refused,
    Row,
    Rule,
    Table,
    Value,
)
from engine.law.vocabulary import Formula
from engine.values.dates import Period
from engine.values.money import Money

Part = TypeVar("Part")
Codes: TypeAlias = Mapping[str, AbstractSet[object]]
NO_FORMULAS: Final[Mapping[str, Formula]] = {}
UNSURE: Final = ("unconfirmed", "memory")
NOTHING: Final = (0, Money(0), Period(0, 0))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one slip, and what it is."""

    rule: Rule
    told: Bilingual
    condition: int | None = None
    """The place of the condition that has it, exceptions counted on; None: it is elsewhere."""
    is_left_out: bool = False
    """Whether that condition is left out."""


def mutants_of(rule: Rule, formulas: Mapping[str, Formula] = NO_FORMULAS) -> Iterator[Mutant]:
    """Every rule that differs from this one by one slip.

    `formulas` of names, where they are the same in all versions: a condition that another one says
    by its name can be left out, and that is no slip.
    """
    before = 0
    for name, zh, en in (("when", "条件", "condition"), ("unless", "例外", "exception")):
        listed: tuple[Expression, ...] = getattr(rule, name)
        for place, one in enumerate(listed):
            at = before + place
            others = (*listed[:place], *listed[place + 1 :])
            if name == "unless" or one.source not in _said(others, formulas):
                told = Bilingual(f"去掉{zh} {one.source}", f"without the {en} {one.source}")
                yield replace(_changed(rule, name, others, told, at), is_left_out=True)
            for slip in slips(one):
                yield _changed(rule, name, _put(listed, place, slip.expression), slip.told, at)
        before += len(listed)
    if rule.confidence in UNSURE or any(map(_nothing_in_a_reading, rule.effects)):
        pass  # that it is not used is a result already: an option not to use it adds none
    elif not rule.overrides and all(isinstance(one, Finding) for one in rule.effects):
        pass  # nobody chooses whether something accords with the law: a review reads it either way
    elif any(isinstance(one, UNCHOSEN) for one in rule.effects):
        pass  # nor which law governs, nor whether there is a basis: no ruleset can say so
    elif rule.may:
        yield _changed(rule, "may", False, Bilingual("可以改为应当", "may becomes shall"))
    else:
        yield _changed(rule, "may", True, Bilingual("应当改为可以", "shall becomes may"))
    for place, override in enumerate(rule.overrides):
        what = override.local if isinstance(override, OverrideRule) else override.conclusion
        rest = (*rule.overrides[:place], *rule.overrides[place + 1 :])
        told = Bilingual(f"不再取代 {what}", f"no longer takes the place of {what}")
        yield _changed(rule, "overrides", rest, told)
    codes = _codes_left(rule)
    for place, effect in enumerate(rule.effects):
        for other, told in _effects(effect, codes):
            yield _changed(rule, "effects", _put(rule.effects, place, other), told)


def same_at_the_border(mutant: Mutant, rule: Rule, yielding: Sequence[Rule]) -> bool:
    """Whether a slip moves a comparison only to where both outcomes are the same value.

    A rule that gives `a` where `a > b`, in place of one that gives `b`, says the same with `>=`.
    `yielding` are the rules in whose place it gives its values.
    """
    place = mutant.condition
    if place is None or place >= len(rule.when) or len(mutant.rule.when) != len(rule.when):
        return False
    match rule.when[place], mutant.rule.when[place]:
        case Compare(op=op, left=left, right=right), Compare(op=new, left=as_left, right=as_right):
            ends = {left.source, right.source}
            moved = {op, new} in ({">", ">="}, {"<", "<="})
            if not moved or ends != {as_left.source, as_right.source}:
                return False
        case _:
            return False
    given = [_given(one) for one in (rule, *yielding)]
    return len(given) > 1 and all(
        values is not None
        and values.keys() == (given[0] or {}).keys()
        and ends >= {*values.values()}
        for values in given
    )


def said_by_all(mutant: Mutant, rule: Rule, grounds: Sequence[Rule]) -> bool:
    """Whether a slip leaves out a condition that each ground which the rule takes has itself."""
    left = {one.source for one in mutant.rule.when}
    lost = {one.source for one in rule.when} - left
    shorter = len(mutant.rule.when) < len(rule.when)
    return shorter and bool(grounds) and all(lost <= {c.source for c in g.when} for g in grounds)


def _nothing_in_a_reading(effect: Effect) -> bool:
    """Whether one of the readings of what an effect gives is nothing: no days, no money."""
    values = [getattr(effect, part.name) for part in fields(effect)]
    options = [one for value in values if isinstance(value, Readings) for _, one in value.options]
    plain = [one.expression for one in options if isinstance(one, Plain)]
    return any(isinstance(one, Literal) and one.value in NOTHING for one in plain)


def _given(rule: Rule) -> dict[str, str] | None:
    """What a rule gives to which names, as written; None where it does anything else."""
    given: dict[str, str] = {}
    for effect in rule.effects:
        if not isinstance(effect, Define) or not isinstance(effect.value, Plain):
            return None
        given[effect.key] = effect.value.expression.source
    return given


def _said(conditions: Sequence[Expression], formulas: Mapping[str, Formula]) -> set[str]:
    """What conditions say when all of them hold, with what they say by a name."""
    said: set[str] = set()
    todo = list(conditions)
    while todo:
        one = todo.pop()
        said.add(one.source)
        match one:
            case And(operands=operands):
                todo += operands
            case Read(subject=Variable(name=name), key=key) if key in formulas:
                formula = formulas[key]
                if formula.variables == (name,):
                    todo.append(formula.expression)
    return said


def _changed(
    rule: Rule, name: str, value: object, told: Bilingual, condition: int | None = None
) -> Mutant:
    changes: dict[str, Any] = {name: value}
    return Mutant(replace(rule, **changes), told, condition)


def _put(items: Sequence[Part], place: int, one: Part) -> tuple[Part, ...]:
    return (*items[:place], one, *items[place + 1 :])


def _codes_left(rule: Rule) -> dict[str, set[object]]:
    """The codes that the conditions of a rule leave to what they name: a row for another one is
    never reached, and no slip in it."""
    return {
        one.item.source: {option.value for option in one.options if isinstance(option, Literal)}
        for one in rule.when
        if isinstance(one, Member) and not one.negated
        if all(isinstance(option, Literal) for option in one.options)
    }


def _is_reached(table: Table, row: Row, codes: Codes) -> bool:
    return all(
        not pattern.codes or not codes.get(one.source, {*pattern.codes}).isdisjoint(pattern.codes)
        for one, pattern in zip(table.inputs, row.patterns, strict=True)
    )


def _effects(effect: Effect, codes: Codes) -> Iterator[tuple[Effect, Bilingual]]:
    """The effects that differ from one in an expression or a value; its subject stays."""
    for part in fields(effect):
        inner = getattr(effect, part.name)
        changes: dict[str, Any]
        if isinstance(inner, Plain | Between | Readings | Table):
            for value, told in _values(inner, codes):
                changes = {part.name: value}
                yield replace(effect, **changes), told
        elif isinstance(inner, Expression) and part.name != "subject":
            for slip in slips(inner):
                changes = {part.name: slip.expression}
                yield replace(effect, **changes), slip.told


def _values(value: Value, codes: Codes) -> Iterator[tuple[Value, Bilingual]]:
    match value:
        case Plain(expression=expression):
            for slip in slips(expression):
                yield Plain(slip.expression), slip.told
        case Between(low=low, high=high):
            for slip in slips(low):
                yield Between(slip.expression, high), slip.told
            for slip in slips(high):
                yield Between(low, slip.expression), slip.told
            said = f"between({low.source}, {high.source})"
            yield Plain(low), Bilingual(f"{said} 只剩下限", f"only the low end of {said}")
            yield Plain(high), Bilingual(f"{said} 只剩上限", f"only the high end of {said}")
        case Readings(options=options):
            for place, (label, option) in enumerate(options):
                for other, told in _values(option, codes):
                    yield Readings(_put(options, place, (label, other))), told
        case Table():
            yield from _tables(value, codes)
        case _:
            return


def _tables(table: Table, codes: Codes) -> Iterator[tuple[Value, Bilingual]]:
    """Tables with a slip in an input, a pattern or a value, or with a value of the next row.

    Where rows must not hold for the same, and some row must hold, `tiaoli check` finds a pattern
    that alone is wrong: only what is moved from one row to the next goes unnoticed by it.
    """
    for place, one in enumerate(table.inputs):
        for slip in slips(one):
            yield replace(table, inputs=_put(table.inputs, place, slip.expression)), slip.told
    if table.policy == "unique":
        yield from _moved(table)
    for place, row in enumerate(table.rows):
        if not _is_reached(table, row, codes):
            continue
        line = row.at.line
        for column, pattern in enumerate(row.patterns):
            for other, told in _patterns(pattern, line) if table.policy != "unique" else ():
                yield _with_row(table, place, _with_pattern(row, column, other)), told
        for value, told in _values(row.value, codes):
            yield _with_row(table, place, replace(row, value=value)), told
        near = table.rows[place + 1 if place + 1 < len(table.rows) else place - 1]
        if not _same(near.value, row.value):
            told = Bilingual(
                f"第{line}行取第{near.at.line}行的值",
                f"the row in line {line} takes the value of line {near.at.line}",
            )
            yield _with_row(table, place, replace(row, value=near.value)), told


def _same(one: Value, other: Value) -> bool:
    """Whether two values are written alike."""
    if isinstance(one, Refused) or isinstance(other, Refused):
        return one == other
    sources = [[part.source for part in expressions_of(value)] for value in (one, other)]
    return type(one) is type(other) and sources[0] == sources[1]


def _moved(table: Table) -> Iterator[tuple[Value, Bilingual]]:
    """Tables in which the number where one row ends and another begins is moved by one."""
    for (lower, one), (upper, two) in permutations(enumerate(table.rows), 2):
        apart = [
            c
            for c, pair in enumerate(zip(one.patterns, two.patterns, strict=True))
            if pair[0] != pair[1]
        ]
        if len(apart) != 1:
            continue
        low, high = one.patterns[apart[0]], two.patterns[apart[0]]
        if low.high is None or high.low != low.high + 1:
            continue
        for begins in (high.low + 1, high.low - 1):
            below, above = replace(low, high=begins - 1), replace(high, low=begins)
            if not (_holds_some(below) and _holds_some(above)):
                continue
            moved = _with_row(table, lower, _with_pattern(one, apart[0], below))
            told = Bilingual(
                f"第{two.at.line}行从 {high.low} 改为从 {begins} 开始",
                f"the row in line {two.at.line} begins at {begins} instead of {high.low}",
            )
            yield _with_row(moved, upper, _with_pattern(two, apart[0], above)), told


def _holds_some(pattern: Pattern) -> bool:
    return pattern.low is None or pattern.high is None or pattern.low <= pattern.high


def _with_pattern(row: Row, column: int, pattern: Pattern) -> Row:
    return replace(row, patterns=_put(row.patterns, column, pattern))


def _with_row(table: Table, place: int, row: Row) -> Table:
    return replace(table, rows=_put(table.rows, place, row))


def _patterns(pattern: Pattern, line: int) -> Iterator[tuple[Pattern, Bilingual]]:
    """Patterns of numbers with one end moved by one."""
    for name, zh, en in (("low", "下限", "low end"), ("high", "上限", "high end")):
        end: int | None = getattr(pattern, name)
        if end is None:
            continue
        for near in (end + 1, end - 1):
            changes: dict[str, Any] = {name: near}
            told = Bilingual(
                f"第{line}行的{zh} {end} 改为 {near}",
                f"the {en} {end} in line {line} becomes {near}",
            )
            yield replace(pattern, **changes), told
