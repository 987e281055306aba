"""Which texts and rules can have to do with a result at all.

    relevance = Relevance(law.registry, law.reads, ("results_of:toll",))
    relevance.texts, relevance.rules            # the others change no answer

What a rule reads is followed from what is sought to the rules that give it, in every version of
every text: a text without such a rule, and without a gap or a term that one reads, changes no
answer, whichever of its versions is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.decision.governing.texts import MOST, Seeks, concluded_by
from engine.inference.effects import EFFECTS, bearers_of, values_of, word_of
from engine.inference.parts import Parts
from engine.inference.program import VersionKey, key_of
from engine.language.expression import Expression
from engine.language.graph import expressions_of
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Define, Governs, OverrideConclusion, Refuse, Rule, Version
from engine.law.places import COUNTRY, contains
from engine.law.registry import Registry
from engine.law.vocabulary_questions import Question

Chain = tuple[str, ...]


@dataclass(slots=True)
class Relevance:
    """What has to do with what is sought; kept as long as the law is."""

    registry: Registry
    reads: Reads
    """Of all versions of the registry."""
    symbols: tuple[str, ...]
    """Names, effects, conclusions, as `Parts.symbols` has them."""
    rules: frozenset[int] = field(init=False)
    """The ids of the rules that it can rest on."""
    texts: frozenset[str] = field(init=False)
    """The instruments that have to do with it, in one of their versions at least."""
    needed: frozenset[str] = field(init=False)
    """All that it reads, directly or through rules, terms and settings."""
    _below: dict[tuple[Any, ...], bool] = field(init=False, default_factory=dict)
    _inside: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _own: dict[tuple[Any, ...], frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        versions = self.reads.versions
        needed = _Needed(self.reads)
        needed.follow([*self.symbols, *_belonging(versions, self.symbols)])
        self.rules, self.needed = frozenset(needed.rules), frozenset(needed.symbols)
        self.texts = frozenset(one.instrument.id for one in versions if needed.concerns(one))

    def has_law_below(
        self, place: str, day: date, effects: tuple[str, ...], kind: str | None
    ) -> bool:
        """Whether a text of a place in a place may, on a day, say something that has to do with it,
        with one of the effects and for this kind of subject (None: for any)."""
        key = str(place), day, effects, kind
        found = self._below.get(key)
        if found is None:
            if len(self._below) >= MOST:
                self._below.clear()
            found = self._below[key] = any(
                self._counts(rule, effects, kind)
                for name in self._within(place)
                for version, _ in self.registry.candidates(name, day)
                for rule in version.rules
            )
        return found

    def places_with_law(
        self, effects: tuple[str, ...], kind: str | None, sought: Seeks | None
    ) -> frozenset[str]:
        """The places in the country whose own texts may, on some day, say something that has to do
        with it, with one of the effects and for this kind of subject (None: for any); with
        `sought`, only texts that conclude something of that."""
        key = effects, kind, sought
        if key not in self._own:
            whats = {what for _, what in sought or ()}
            named = None if sought is None or None in whats else whats
            instruments = self.registry.instruments
            self._own[key] = frozenset(
                instruments[name].territory
                for name in self.texts
                if instruments[name].territory != COUNTRY
                and any(
                    (named is None or not named.isdisjoint(concluded_by(version)))
                    and self._may_speak(version, effects, kind)
                    for version in self.registry.by_instrument[name]
                )
            )
        return self._own[key]

    def _counts(self, rule: Rule, effects: tuple[str, ...], kind: str | None) -> bool:
        """Whether a rule has to do with it, with one of the effects and for this kind."""
        return (
            id(rule) in self.rules
            and word_of(rule) in effects
            and (kind is None or rule.subject is None or rule.subject.kind == kind)
        )

    def _may_speak(self, version: Version, effects: tuple[str, ...], kind: str | None) -> bool:
        """Whether a rule, a term or a gap of a version counts."""
        return (
            any(self._counts(rule, effects, kind) for rule in version.rules)
            or any(
                name in self.needed and kind in (None, name.partition(".")[0])
                for name, _ in version.terms
            )
            or any(
                gap.kind.partition(" ")[0] in effects and _is_named(gap.kind, self.needed)
                for gap in version.gaps
            )
        )

    def _within(self, place: str) -> tuple[str, ...]:
        """The texts of the places that lie in a place, without its own."""
        found = self._inside.get(place)
        if found is None:
            if len(self._inside) >= MOST:
                self._inside.clear()
            territories = ((n, self.registry.instruments[n].territory) for n in sorted(self.texts))
            found = self._inside[place] = tuple(
                name for name, own in territories if own != place and contains(place, own)
            )
        return found


def symbols_of(question: Question) -> tuple[str, ...]:
    """The symbols of what a question seeks."""
    found = tuple(_results(what) if what else word for word, what in question.seeks)
    return found if question.decides is None else (*found, question.decides)


def relevant(parts: Parts, versions: Sequence[Version], question: Question) -> set[VersionKey]:
    """The versions, of some that govern, that can have to do with what a question seeks."""
    needed = _Needed(Reads(parts, versions))
    needed.follow(symbols_of(question))
    return {key_of(version) for version in versions if needed.concerns(version)}


def _belonging(versions: Sequence[Version], symbols: Sequence[str]) -> Iterator[str]:
    """What is compared with what is sought where one law is taken for both."""
    for version in versions:
        for effect in (effect for rule in version.rules for effect in rule.effects):
            if isinstance(effect, Governs):
                together = {_results(one) for one in effect.together}
                yield from sorted(together if together & set(symbols) else ())


def _results(what: str) -> str:
    return f"results_of:{what}"


class Reads:
    """What reads what in some versions: by symbol the rules that give it and what its formulas
    read; by rule what that reads."""

    def __init__(self, parts: Parts, versions: Iterable[Version]) -> None:
        self.versions = tuple(versions)
        self.givers: dict[str, list[Rule]] = {}
        self.overriding: list[tuple[Version, list[Rule]]] = []
        """The versions with rules that take the place of others, each with these."""
        self._parts = parts
        self._formulas: dict[str, list[Expression]] = {}
        self._of_rules: dict[int, frozenset[str]] = {}
        for key, formula in parts.vocabulary.formulas.items():
            self._formulas[key] = [formula.expression]
        for version in self.versions:
            for name, expression in version.terms:
                self._formulas.setdefault(name, []).append(expression)
            for ask in version.asks:
                self._formulas.setdefault(ask.name, []).extend(ask.candidates)
            for rule in version.rules:
                for symbol in _given(rule, version):
                    self.givers.setdefault(symbol, []).append(rule)
            overriding = [rule for rule in version.rules if rule.overrides]
            if overriding:
                self.overriding.append((version, overriding))

    def of_symbol(self, symbol: str) -> frozenset[str]:
        """What the formulas of a name read."""
        return self._parts.symbols(self._formulas.get(symbol, ()))

    def of_rule(self, rule: Rule) -> frozenset[str]:
        """What a rule reads, and what else there is of what it draws: that may end it."""
        found = self._of_rules.get(id(rule))
        if found is None:
            read = [rule.subject.collection] if rule.subject else []
            read += [*rule.when, *rule.unless]
            for effect in rule.effects:
                for _, value in values_of(effect):
                    read += expressions_of(value)
                bearers = bearers_of(effect)
                read += expressions_of(bearers) if bearers is not None else ()
            drawn = {what for effect in rule.effects if (what := conclusion_of(effect)) is not None}
            found = self._parts.symbols(read) | {_results(what) for what in drawn}
            self._of_rules[id(rule)] = found
        return found


@dataclass(slots=True)
class _Needed:
    """What is needed for some symbols: symbols, and the rules that give them."""

    reads: Reads
    symbols: set[str] = field(default_factory=set)
    rules: set[int] = field(default_factory=set)
    """The ids of the rules."""

    def follow(self, symbols: Iterable[str]) -> None:
        """Finds all that is needed for the symbols, and what overrides it."""
        todo = list(symbols)
        while todo:
            while todo:
                symbol = todo.pop()
                if symbol not in self.symbols:
                    self.symbols.add(symbol)
                    todo += self.reads.of_symbol(symbol)
                    for rule in self.reads.givers.get(symbol, ()):
                        todo += self._taken(rule)
            for version, overriding in self.reads.overriding:
                own = self._has_needed_rules(version)
                for rule in overriding:
                    if id(rule) not in self.rules and self._overrides(rule, own):
                        todo += self._taken(rule)

    def _taken(self, rule: Rule) -> frozenset[str]:
        """What a rule that is needed reads; nothing the second time."""
        if id(rule) in self.rules:
            return frozenset()
        self.rules.add(id(rule))
        return self.reads.of_rule(rule)

    def _overrides(self, rule: Rule, own: bool) -> bool:
        """Whether a rule overrides what is needed; by name only rules of its text (`own`: there are
        some that are needed)."""
        return any(
            one.conclusion in self.symbols or _results(one.conclusion) in self.symbols
            if isinstance(one, OverrideConclusion)
            else own
            for one in rule.overrides
        )

    def _has_needed_rules(self, version: Version) -> bool:
        return any(id(rule) in self.rules for rule in version.rules)

    def concerns(self, version: Version) -> bool:
        """Whether a version has anything that is needed."""
        kinds = (*version.fills, *(gap.kind for gap in version.gaps))
        return (
            self._has_needed_rules(version)
            or any(name in self.symbols for name, _ in version.terms)
            or any(ask.name in self.symbols for ask in version.asks)
            or any(_is_named(kind, self.symbols) for kind in kinds)
        )


def _is_named(kind: str, needed: Set[str]) -> bool:
    """Whether a kind of effect, with or without what it is about, is needed."""
    word, _, what = kind.partition(" ")
    return not what or not needed.isdisjoint({word, what, _results(what)})


def _given(rule: Rule, version: Version) -> Iterator[str]:
    """The symbols of what a rule gives, ends or leaves open."""
    for effect in rule.effects:
        if isinstance(effect, Define):
            yield effect.key
            continue
        yield EFFECTS[type(effect)]
        if isinstance(effect, Refuse) and effect.what is None:
            article = (one for one in version.rules if one.article == rule.article)
            ended = {conclusion_of(one) for other in article for one in other.effects}
            yield from (_results(what) for what in ended if what is not None)
        else:
            yield _results(str(conclusion_of(effect)))
    for kind in rule.opens:
        word, _, what = kind.partition(" ")
        yield word
        yield _results(what)
