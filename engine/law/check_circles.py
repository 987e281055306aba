"""Definitions that depend on each other in a circle, in the law of one place on one day.

A name depends on all that the rules which define it read, and on what the rules read that take
their place. What is permitted, forbidden or concluded is a name among the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.language.dependencies import dependencies
from engine.language.fields import Problems
from engine.language.graph import cycles
from engine.language.node import Position
from engine.language.rule_expressions import conclusion_of, conditions_of, expressions_in_effect
from engine.language.ruleset import (
    Define,
    Effect,
    Forbid,
    OverrideRule,
    Permit,
    Postpone,
    Rule,
    Version,
)
from engine.law.places import COUNTRY, contains
from engine.law.registry import Registry

Reads = Mapping[str, frozenset[str]]
"""What each name reads."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one version adds: what its terms and the names that its rules define read."""

    terms: Reads
    defined: Reads
    places: Mapping[str, tuple[str, Position]]
    """The first rule that defines each name."""


def check_circles(registry: Registry, problems: Problems) -> None:
    """Reports each circle once, at a rule on it."""
    if registry.vocabulary is None:
        return
    declared = {key: formula.reads for key, formula in registry.vocabulary.formulas.items()}
    parts = {
        (id, version.id): _part(version)
        for id in registry.instruments
        for version in registry.versions(id)
    }
    # A circle in the law of some day is one in all texts together, and mostly there is none.
    said = [reads for part in parts.values() for reads in (part.terms, part.defined)]
    if not cycles(_joined([declared, *said])):
        return
    for versions in _laws(registry):
        law = [parts[version.instrument.id, version.id] for version in versions]
        terms = {key: read for part in law for key, read in part.terms.items()}
        places = {name: at for part in reversed(law) for name, at in part.places.items()}
        for path in cycles(_joined([{**declared, **terms}, *(part.defined for part in law)])):
            at = next((places[name] for name in path if name in places), None)
            if at is not None:
                problems.within(at[0]).add("cycle", at[1], path=" → ".join(path))


def _joined(several: Iterable[Reads]) -> Reads:
    """For each name what it reads in one or another."""
    joined: dict[str, frozenset[str]] = {}
    for reads in several:
        for name, read in reads.items():
            joined[name] = joined.get(name, frozenset()) | read
    return joined


def _laws(registry: Registry) -> Iterator[tuple[Version, ...]]:
    """What may be in force together: texts of one territory and of what it lies in, by the day."""
    days = sorted({one.in_force[0] for id in registry.instruments for one in registry.versions(id)})
    territories = {one.territory for one in registry.instruments.values()} or {COUNTRY}
    seen: set[tuple[str, ...]] = set()
    for territory in sorted(territories):
        instruments = [
            one for one in registry.instruments.values() if contains(one.territory, territory)
        ]
        for day in days:
            versions = tuple(_in_force(registry, [one.id for one in instruments], day))
            names = tuple(f"{one.instrument.id}/{one.id}" for one in versions)
            if names not in seen:
                seen.add(names)
                yield versions


def _in_force(registry: Registry, instruments: list[str], day: date) -> Iterator[Version]:
    for id in instruments:
        for version, _ in registry.candidates(id, day):
            yield version


def _part(version: Version) -> _Part:
    defined: dict[str, frozenset[str]] = {}
    places: dict[str, tuple[str, Position]] = {}
    overriding = _overriding(version)
    for rule in version.rules:
        others = overriding.get(rule.local, ())
        taken = {k for other in others for one in conditions_of(other) for k in dependencies(one)}
        applied = {key for one in conditions_of(rule) for key in dependencies(one)}
        for effect in rule.effects:
            inner = {k for one in expressions_in_effect(effect) for k in dependencies(one)}
            for name in _gives(effect):
                own = applied | inner
                if isinstance(effect, Define):
                    # A rule that reads what it defines is reported where it is read.
                    own.discard(name)
                defined[name] = defined.get(name, frozenset()).union(taken, own)
                places.setdefault(name, (rule.name, rule.at))
    terms = {key: dependencies(formula) for key, formula in version.terms}
    return _Part(terms, defined, places)


def _overriding(version: Version) -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in version.rules:
        for one in rule.overrides:
            if isinstance(one, OverrideRule):
                found.setdefault(one.local, []).append(rule)
    return found


def _gives(effect: Effect) -> tuple[str, ...]:
    """What other rules can read of an effect."""
    match effect:
        case Define(key=key):
            return (key,)
        case Permit():
            # Whether a ground stands says also whether it is taken away or not yet good.
            return ("permitted",)
        case Forbid():
            return ("forbidden", "permitted")
        case Postpone():
            return ("postponed", "permitted")
    what = conclusion_of(effect)
    return () if what is None else (f"results_of:{what}",)
