"""What a program takes of one version: its rules, and where they are found among them.

A search for what would turn a result meets dozens of programs, each with another version or two
among a dozen that stay. So all that concerns one version alone is worked out once, as a *chapter*,
in which a rule has a place of its own; a program puts chapters one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.inference.asked import Closure
from engine.inference.order import yields
from engine.inference.parts import Parts
from engine.inference.rule_parts import RuleParts, VersionKey, key_of
from engine.language.articles import under
from engine.language.expression import Expression
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import (
    Define,
    Governs,
    OverrideConclusion,
    OverrideRule,
    Rule,
    Unread,
    Version,
)

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Slot:
    """A version and the effects for which it is taken; None: all.

    `ask`: the question for which; None: any. Rules that select law for others are left out.
    `only`: the ids of the rules that are enough; None: all.
    """

    version: Version
    effects: frozenset[str] | None
    ask: str | None = None
    only: frozenset[int] | None = None

    def takes(self, rule: Rule, effect: str) -> bool:
        """Whether a rule, whose effect has this word, is among those that are taken."""
        if self.effects is not None and effect not in self.effects:
            return False
        if self.only is not None and id(rule) not in self.only:
            return False
        return self._is_asked(rule) or any(self._is_asked(one) for one in self._yielding(rule))

    def _is_asked(self, rule: Rule) -> bool:
        """Whether a rule is no connecting rule, or one of the question."""
        first = rule.effects[0] if rule.effects else None
        if self.ask is None or not isinstance(first, Governs):
            return True
        return not first.questions or self.ask in first.questions

    def _yielding(self, rule: Rule) -> Iterator[Rule]:
        """The rules of the version that yield to a rule."""
        names = {one.local for one in rule.overrides if isinstance(one, OverrideRule)}
        return (one for one in self.version.rules if one.local in names)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules that are taken of a version, ordered by their local names.

    Places are those in the chapter. `definers`, `by_effect`, `by_conclusion`, `openers`: as in
    `engine.inference.program.Program`.
    """

    key: VersionKey
    version: Version
    rules: tuple[Rule, ...]
    own: tuple[RuleParts, ...]
    """What is the same of each rule in every program."""
    unread: tuple[tuple[Unread, ...], ...]
    """For each rule the amendments of its version that were not read and may have touched it."""
    definers: Mapping[str, tuple[int, ...]]
    by_effect: Mapping[str, tuple[int, ...]]
    by_conclusion: Mapping[tuple[str, str], tuple[int, ...]]
    openers: Mapping[str, tuple[tuple[int, str], ...]]
    drawing: Mapping[tuple[str | None, str], tuple[int, ...]]
    """By kind of subject and conclusion: the rules that draw it, unless they only end something."""
    yielding: tuple[tuple[int, int], ...]
    """Rules that yield to another of the chapter by its name, each before the other."""
    general: tuple[tuple[int, OverrideConclusion], ...]
    """Rules that take the place of all lower ones with a conclusion, in whatever chapter."""
    terms: Mapping[str, tuple[Expression, ...]]
    asks: Mapping[str, tuple[Closure, ...]]


def chapter_of(slot: Slot, parts: Parts) -> Chapter:
    """The chapter of a slot, made once."""
    key = key_of(slot.version), slot.effects, slot.ask, slot.only
    found = parts.chapters.get(key)
    if found is None:
        found = parts.chapters[key] = _made(slot, parts)
    return found


def _made(slot: Slot, parts: Parts) -> Chapter:
    version, key = slot.version, key_of(slot.version)
    pairs = ((rule, parts.in_version(rule, key)) for rule in version.rules)
    taken = sorted(
        ((rule, own) for rule, own in pairs if slot.takes(rule, own.word)),
        key=lambda pair: pair[0].local,
    )
    rules, owns = tuple(rule for rule, _ in taken), tuple(own for _, own in taken)
    effects = [(i, effect) for i, rule in enumerate(rules) for effect in rule.effects]
    firsts = [(i, own.word, rules[i].effects[0]) for i, own in enumerate(owns) if rules[i].effects]
    return Chapter(
        key=key,
        version=version,
        rules=rules,
        own=owns,
        unread=tuple(tuple(u for u in version.unread if _may_touch(u, rule)) for rule in rules),
        definers=gathered((one.key, i) for i, one in effects if isinstance(one, Define)),
        by_effect=gathered((word, i) for i, word, _ in firsts),
        by_conclusion=gathered(
            ((word, conclusion), i)
            for i, word, effect in firsts
            if (conclusion := conclusion_of(effect)) is not None
        ),
        openers=gathered(
            (kind.partition(" ")[0], (i, kind))
            for i, rule in enumerate(rules)
            for kind in rule.opens
        ),
        drawing=gathered(((own.kind, what), i) for i, own in enumerate(owns) for what in own.drawn),
        yielding=tuple(_yielding(rules, owns)),
        general=tuple(
            (i, override)
            for i, rule in enumerate(rules)
            for override in rule.overrides
            if isinstance(override, OverrideConclusion)
        ),
        terms=gathered(version.terms),
        asks=gathered(
            (ask.name, parts.closure(candidate))
            for ask in version.asks
            for candidate in ask.candidates
        ),
    )


def gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """All values of each key, in their order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _may_touch(unread: Unread, rule: Rule) -> bool:
    return not unread.may_touch or any(under(rule.article, a) for a in unread.may_touch)


def _yielding(rules: tuple[Rule, ...], owns: tuple[RuleParts, ...]) -> Iterator[tuple[int, int]]:
    for by, other in enumerate(rules):
        named = [one for one in other.overrides if isinstance(one, OverrideRule)]
        for i, rule in enumerate(rules if named else ()):
            alike = i != by and owns[i].kind == owns[by].kind
            if alike and any(yields(rule, one, True, other) for one in named):
                yield i, by
