"""What compiling makes of one rule, whatever program it stands in: `Parts` keeps it for all.

A search for what would turn a result meets dozens of programs that share most of their rules. What
depends on the others of a program (places, strata, numbers of leaves) is not here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.inference.asked import Closure, Compile
from engine.inference.effects import bearers_of, concludes, values_of, word_of
from engine.inference.values import ValueClosure, value_closure
from engine.language.expression import Expression
from engine.language.ruleset import (
    Readings,
    Refused,
    Rule,
    Table,
    Value,
    Version,
)
from engine.values.truth import FALSE, TRUE, Truth

LeafKind: TypeAlias = Literal["scope", "open", "when", "unless", "may", "text"]
VersionKey: TypeAlias = tuple[str, str]
"""Instrument and version."""
Values: TypeAlias = tuple[Mapping[str, ValueClosure], ValueClosure | None]
"""The value of everything that a rule gives, by its name; and whom it concerns."""


def key_of(version: Version) -> VersionKey:
    """Instrument and version."""
    return version.instrument.id, version.id


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition of rules; leaves of one kind of subject with the same key say the same.

    - `scope`: the version governs the subject, which is one of the rule's collection
    - `open`: no finding closes the conclusion for the subject
    - `when`, `unless`: a condition, an exception
    - `may`: the authority's choice; `text`: the rule was not read with enough confidence
    """

    kind: LeafKind
    name: str
    variable: str | None
    condition: Closure | None
    version: VersionKey
    effect: str
    collection: Closure | None
    """Of a scope: whom it holds; None: everybody."""

    @property
    def key(self) -> tuple[LeafKind, str, str | None]:
        """What it says."""
        return self.kind, self.name, self.variable

    @property
    def stops(self) -> Truth:
        """The truth with which a rule does not apply, whatever its other leaves are."""
        return TRUE if self.kind == "unless" else FALSE


def leaves_of(
    rule: Rule,
    version: VersionKey,
    closed: Collection[tuple[str, str]],
    closure: Compile,
    members: Compile,
) -> tuple[Leaf, ...]:
    """The leaves of a rule of a version, without the choice, which each program calls in its way.
    `closed`: effects and conclusions that a fact of the case closes; `members`: the closure of a
    collection."""
    subject = rule.subject
    word, variable = word_of(rule), subject.variable if subject else None
    conclusions = concludes(rule.effects[0]) if rule.effects else ()
    within = subject.collection.source if subject else ""
    whom = members(subject.collection) if subject else None
    scope = f"{version[0]} {version[1]} {word} {within}"
    found = [Leaf("scope", scope, variable, None, version, word, whom)]

    def leaf(kind: LeafKind, name: str, source: Expression | None = None) -> None:
        condition = closure(source) if source else None
        found.append(Leaf(kind, name, variable, condition, version, word, None))

    if any((word, conclusion) in closed for conclusion in conclusions):
        leaf("open", conclusions[0])
    if waits_for_text(rule):
        leaf("text", f"{version[0]}/{version[1]}/{rule.local}")
    for condition in rule.when:
        leaf("when", condition.source, condition)
    for exception in rule.unless:
        leaf("unless", exception.source, exception)
    return tuple(found)


def waits_for_text(rule: Rule) -> bool:
    """Whether the text of a rule was not read with enough confidence to apply it as it is."""
    return rule.confidence in ("unconfirmed", "memory")


def values_given(rule: Rule, index: int, called: str, closure: Compile) -> Values:
    """What a rule gives and whom it concerns; `index`: its place in the program, which a refusal
    names."""
    given: dict[str, ValueClosure] = {}
    for effect in rule.effects:
        for what, value in values_of(effect):
            given.setdefault(what, value_closure(value, index, called, what, closure))
    bearers = bearers_of(rule.effects[0]) if rule.effects else None
    if bearers is None:
        return given, None
    return given, value_closure(bearers, index, called, "payer", closure)


def refuses(rule: Rule) -> bool:
    """Whether a value of the rule, or one of its readings, is a refusal."""
    values = [value for effect in rule.effects for _, value in values_of(effect)]
    values += [value for effect in rule.effects if (value := bearers_of(effect)) is not None]
    return any(map(_refuses, values))


def _refuses(value: Value) -> bool:
    match value:
        case Refused():
            return True
        case Readings(options=options):
            return any(_refuses(option) for _, option in options)
        case Table(rows=rows):
            return any(_refuses(row.value) for row in rows)
    return False
