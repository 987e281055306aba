"""A law in which one rule is another, or is not there: what coverage and mutation compare with.

    without(law, "cn/…/2009-03-01/41/charge")
    replaced(law, "cn/…/2009-03-01/41/charge", lambda rule: replace(rule, may=True))

A rule is known by its full name and stands in every version that took it over unchanged: it is
altered in all of them. Programs that no altered version is part of are taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.decision.decide import Law
from engine.language.ruleset import Rule, Version


def rules_in(law: Law, prefix: str = "") -> Iterator[Rule]:
    """Every rule with an effect, once, in the order of instruments and versions.

    A rule that several versions have is given as the first of them has it. `prefix`: of its name.
    """
    seen: set[str] = set()
    for versions in law.registry.by_instrument.values():
        for version in versions:
            for rule in version.rules:
                if rule.effects and rule.name not in seen and rule.name.startswith(prefix):
                    seen.add(rule.name)
                    yield rule


def without(law: Law, name: str) -> Law:
    """The law without the rule of this name; what overrode it or took it away has no object."""
    return _altered(law, name, lambda rule: None)


def replaced(law: Law, name: str, change: Callable[[Rule], Rule]) -> Law:
    """The law with another rule in the place of the one with this name."""
    return _altered(law, name, change)


def _altered(law: Law, name: str, change: Callable[[Rule], Rule | None]) -> Law:
    by_instrument = dict(law.registry.by_instrument)
    touched: set[tuple[str, str]] = set()
    for instrument, versions in by_instrument.items():
        changed = tuple(_version(version, name, change) for version in versions)
        touched |= {
            (instrument, after.id)
            for before, after in zip(versions, changed, strict=True)
            if before is not after
        }
        by_instrument[instrument] = changed
    kept = {key: one for key, one in law.programs.items() if touched.isdisjoint(one.versions)}
    registry = replace(law.registry, by_instrument=by_instrument)
    return replace(law, registry=registry, programs=kept)


def _version(version: Version, name: str, change: Callable[[Rule], Rule | None]) -> Version:
    """The version with the rule changed; the same object where it does not have the rule."""
    if all(rule.name != name for rule in version.rules):
        return version
    rules = (change(rule) if rule.name == name else rule for rule in version.rules)
    return replace(version, rules=tuple(rule for rule in rules if rule is not None))
