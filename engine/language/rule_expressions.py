"""All expressions and all values of a rule, for whoever looks at rules as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from engine.language.expression import Expression
from engine.language.graph import expressions_of
from engine.language.node import Position
from engine.language.ruleset import (
    Between,
    Charge,
    Define,
    Effect,
    Forbid,
    Governs,
    Permit,
    Plain,
    Postpone,
    Readings,
    Refused,
    Rule,
    Table,
    Value,
)


def values_of(effect: Effect) -> Iterator[Value]:
    """The values of an effect: of a definition, a payer, an amount, a step, a period."""
    for part in fields(effect):
        inner = getattr(effect, part.name)
        if isinstance(inner, Plain | Between | Readings | Refused | Table):
            yield inner


def expressions_in_effect(effect: Effect) -> Iterator[Expression]:
    """Every expression of an effect, alone or in a value; not the subject that it defines."""
    for part in fields(effect):
        inner = getattr(effect, part.name)
        if isinstance(inner, Expression) and part.name != "subject":
            yield inner
    for value in values_of(effect):
        yield from expressions_of(value)


def conclusion_of(effect: Effect) -> str | None:
    """The conclusion of the vocabulary that an effect draws; a part of a sum counts as the sum."""
    match effect:
        case Permit(object=what) | Forbid(object=what) | Postpone(object=what):
            return what
        case Charge(what=what, adds_to=adds_to):
            return adds_to or what
        case Define() | Governs():
            return None
        case _:
            return effect.what


def conditions_of(rule: Rule) -> tuple[Expression, ...]:
    """What a rule's application depends on, its own `when` and `unless`."""
    return (*rule.when, *rule.unless)


def expressions_in(rule: Rule) -> Iterator[Expression]:
    """Every expression of a rule, outermost ones only: subject, conditions, effects."""
    if rule.subject is not None:
        yield rule.subject.collection
    yield from conditions_of(rule)
    for effect in rule.effects:
        yield from expressions_in_effect(effect)


def position_of(expression: Expression) -> Position:
    """Where an expression stands."""
    span = expression.span
    return Position(span.file, span.line, span.column, span.line, span.end_column)
