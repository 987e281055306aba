"""What a program takes of one version: its rules, and where they are found among them.

A search for what would turn a result meets dozens of programs, each with another version or two
among a dozen that stay. So all that concerns one version alone is worked out once, as a *chapter*,
in which a rule has a place of its own; a program puts chapters one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.inference.asked import Closure
from engine.inference.effects import concludes, word_of
from engine.inference.order import yields
from engine.inference.parts import Parts
from engine.inference.rule_parts import VersionKey, key_of
from engine.language.expression import Expression
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import (
    Define,
    Governs,
    Lapse,
    OverrideConclusion,
    OverrideRule,
    Refuse,
    Rule,
    Version,
)
from engine.values.gathering import gathered


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


@dataclass(frozen=True)
class Chapter:
    """The rules that are taken of a version, ordered by their local names.

    Places are those in the chapter. `definers`, `by_name`, `by_effect`, `by_conclusion`, `openers`,
    `enders`: as in `engine.inference.program.Program`.
    """

    key: VersionKey
    version: Version
    rules: tuple[Rule, ...]
    words: tuple[str, ...]
    """For each rule the word of what it does."""
    local: frozenset[str]
    """The local names of its rules."""
    by_kind: Mapping[str | None, tuple[int, ...]]
    """By the kind of their subject; None: the case."""
    variables: Mapping[str | None, frozenset[str]]
    """By kind: the words under which its rules know their subject."""
    definers: Mapping[str, tuple[int, ...]]
    by_name: Mapping[str, tuple[int, ...]]
    by_effect: Mapping[str, tuple[int, ...]]
    by_conclusion: Mapping[tuple[str, str], tuple[int, ...]]
    openers: Mapping[str, tuple[tuple[int, str], ...]]
    enders: Mapping[tuple[str, str], tuple[int, ...]]
    drawing: Mapping[tuple[str | None, str], tuple[int, ...]]
    """By kind of subject and conclusion: the rules that draw it, unless they only end something."""
    yielding: tuple[tuple[int, int], ...]
    """Rules that yield to another of the chapter by its name, each before the other."""
    general: tuple[tuple[int, OverrideConclusion], ...]
    """Rules that take the place of all lower ones with a conclusion, in whatever chapter."""
    terms: Mapping[str, tuple[Expression, ...]]
    asks: Mapping[str, tuple[Closure, ...]]

    @cached_property
    def answers(self) -> frozenset[tuple[str, ...]]:
        """What may be asked of all rules together to which it contributes, as in
        `engine.decision.changing.contents`: `("name", key)`, `("drawing", effect, conclusion)`,
        …"""
        named = {key for of in (self.definers, self.terms, self.asks) for key in of}
        return frozenset(
            [
                *(("name", key) for key in named),
                *(("having", effect) for effect in self.by_effect),
                *(("drawing", *drawn) for drawn in self.by_conclusion),
                *(("ending", what) for _, what in self.enders),
                *(("opening", effect) for effect in self.openers),
            ]
        )


def chapter_of(slot: Slot, parts: Parts) -> Chapter:
    """The chapter of a slot, made once."""
    key = key_of(slot.version), slot.effects, slot.ask, slot.only
    found = parts.chapters.get(key)
    if found is None:
        found = parts.chapters[key] = _made(slot, parts)
    return found


def _made(slot: Slot, parts: Parts) -> Chapter:
    version = slot.version
    pairs = ((rule, word_of(rule)) for rule in version.rules)
    taken = sorted(
        ((rule, word) for rule, word in pairs if slot.takes(rule, word)),
        key=lambda pair: pair[0].local,
    )
    rules, words = tuple(rule for rule, _ in taken), tuple(word for _, word in taken)
    effects = [(i, effect) for i, rule in enumerate(rules) for effect in rule.effects]
    firsts = [(i, words[i], rule.effects[0]) for i, rule in enumerate(rules) if rule.effects]
    concluding = [(i, one) for i, one in effects if not isinstance(one, Lapse | Refuse)]
    subjects = [rule.subject for rule in rules if rule.subject]
    return Chapter(
        key=key_of(version),
        version=version,
        rules=rules,
        words=words,
        local=frozenset(rule.local for rule in rules),
        by_kind=gathered((kind_of(rule), i) for i, rule in enumerate(rules)),
        variables={
            kind: frozenset(one.variable for one in subjects if one.kind == kind)
            for kind in {one.kind for one in subjects}
        },
        definers=gathered((one.key, i) for i, one in effects if isinstance(one, Define)),
        by_name=gathered((rule.name, i) for i, rule in enumerate(rules)),
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
        enders=gathered(
            ((word, what), i)
            for i, word, effect in firsts
            if isinstance(effect, Refuse | Lapse)
            for what in _ended(effect, rules[i], rules)
        ),
        drawing=gathered(
            ((kind_of(rules[i]), what), i)
            for i, what in dict.fromkeys(
                (i, what) for i, one in concluding for what in concludes(one)
            )
        ),
        yielding=tuple(_yielding(rules)),
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


def kind_of(rule: Rule) -> str | None:
    """The kind of a rule's subject; None: the case."""
    return rule.subject.kind if rule.subject else None


def _ended(effect: Refuse | Lapse, rule: Rule, rules: Iterable[Rule]) -> Iterable[str]:
    """The conclusions that a rule refuses or lets lapse: the one it names, else those of its own
    article."""
    if effect.what is not None:
        return (effect.what,)
    article = (one for one in rules if one.article == rule.article)
    named = (conclusion_of(effect) for one in article for effect in one.effects)
    return dict.fromkeys(what for what in named if what)


def _yielding(rules: tuple[Rule, ...]) -> Iterator[tuple[int, int]]:
    for by, other in enumerate(rules):
        named = [one for one in other.overrides if isinstance(one, OverrideRule)]
        for i, rule in enumerate(rules if named else ()):
            alike = i != by and kind_of(rule) == kind_of(other)
            if alike and any(yields(rule, one, True, other) for one in named):
                yield i, by
