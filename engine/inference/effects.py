"""What each effect of the rule language gives: its word, what it computes, whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.language.expression import Expression
from engine.language.ruleset import (
    Charge,
    Competence,
    Define,
    Duty,
    Effect,
    Finding,
    Forbid,
    Governs,
    Grant,
    Lapse,
    Permit,
    Plain,
    Postpone,
    Rank,
    Refuse,
    Rule,
    Sanction,
    Status,
    TimeLimit,
    Value,
)

EFFECTS: Final[dict[type, str]] = {
    Define: "define",
    Permit: "permit",
    Forbid: "forbid",
    Postpone: "postpone",
    Charge: "charge",
    Lapse: "lapse",
    Refuse: "refuse",
    Sanction: "sanction",
    Grant: "grant",
    Duty: "duty",
    TimeLimit: "time",
    Competence: "competence",
    Governs: "governs",
    Status: "status",
    Finding: "finding",
}
"""The word of each effect in the rule language."""

RANKS: Final[tuple[Rank, ...]] = (
    "constitution",
    "law",
    "administrative-regulation",
    "local-regulation",
    "rule",
    "party-rule",
    "policy-document",
)
"""Highest first."""


def word_of(rule: Rule) -> str:
    """The word of what a rule does; a definition may go with another effect, and a rule that does
    nothing itself leaves something open, and goes with the effect of that."""
    if rule.effects:
        first = rule.effects[0]
        own = first.goes_with if isinstance(first, Define) else None
        return own or EFFECTS[type(first)]
    word, _, conclusion = rule.opens[0].partition(" ")
    return word if conclusion else EFFECTS[Define]


def values_of(effect: Effect) -> Iterator[tuple[str, Value]]:
    """What an effect computes, each with what it gives; the first is what is compared."""
    match effect:
        case Define(key=key, value=value):
            yield key, value
        case Charge(what=what, amount=amount):
            yield what, amount
        case Sanction(what=what, measure=measure, period=period):
            yield what, measure
            yield from _given(what, period=period)
        case Grant(what=what):
            if effect.amount is not None:
                yield what, effect.amount
            yield from _given(
                what,
                total=effect.total,
                duration=effect.duration,
                start=effect.start,
                until=effect.until,
                apply_by=effect.apply_by,
            )
        case TimeLimit(what=what):
            yield from _given(
                what, start=effect.start, length=effect.length, suspended=effect.suspended
            )
        case Lapse(what=what, day=day) if day is not None:
            yield f"{what}.day", Plain(day)
        case Governs(place=place, day=day):
            yield "place", Plain(place)
            yield "day", Plain(day)
        case Competence(what=what, place=place):
            yield f"{what}.place", Plain(place)
        case Status(what=what):
            yield from _given(what, value=effect.value, start=effect.start, length=effect.length)
        case Finding(what=what, lawful=lawful):
            yield what, lawful
        case _:
            return


def _given(what: str, **parts: Value | Expression | None) -> Iterator[tuple[str, Value]]:
    for name, part in parts.items():
        if part is not None:
            value = Plain(part) if isinstance(part, Expression) else part
            yield f"{what}.{name}", value


def bearers_of(effect: Effect) -> Value | None:
    """Whom an effect concerns, where it says so: an entity or a list."""
    match effect:
        case Charge(payer=payer):
            return payer
        case Sanction(bearer=bearer) | Duty(bearer=bearer):
            return Plain(bearer)
        case Grant(to=to):
            return Plain(to)
        case _:
            return None


def concludes(effect: Effect) -> tuple[str, ...]:
    """The name that an effect defines, or the conclusions it draws or takes away."""
    match effect:
        case Define(key=key):
            return (key,)
        case Permit(object=what) | Forbid(object=what) | Postpone(object=what):
            return (what,)
        case Refuse(what=what):
            return (what,) if what else ()
        case Governs():
            return ("governs",)
        case _:
            return (effect.what,)
