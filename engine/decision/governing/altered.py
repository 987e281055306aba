"""A law in which one rule is another, or never applies: what coverage and mutation compare with.

    without(law, "cn/…/2009-03-01/41/charge")
    replaced(law, "cn/…/2009-03-01/41/charge", lambda rule: replace(rule, may=True))

A rule is known by its full name and stands in every version that took it over unchanged: it is
altered in all of them. The programs are those of the law, in which that rule alone is compiled
anew, and last no longer than the altered law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from engine.decision.governing.law import Law
from engine.decision.governing.relevance import Relevance
from engine.inference.program import Program, Selected
from engine.inference.rework import Change, reworked
from engine.language.ruleset import Rule


@dataclass(frozen=True)
class Altered(Law):
    """A law whose programs are changed before they are used."""

    law: Law = field(kw_only=True)
    change: Callable[[Program], Program] = field(kw_only=True)
    changed: dict[int, tuple[Program, Program]] = field(default_factory=dict)
    """By the id of the program as it was, which is kept so that the id stays its own."""

    def __post_init__(self) -> None:
        for name in ("texts", "parts", "relevant"):  # the registry and the words are the same
            object.__setattr__(self, name, getattr(self.law, name))

    def connecting(self, day: date, ask: str) -> Program:
        return self._changed(self.law.connecting(day, ask))

    def program(self, selected: frozenset[Selected], relevance: Relevance | None = None) -> Program:
        return self._changed(self.law.program(selected, relevance))

    def _changed(self, program: Program) -> Program:
        if id(program) not in self.changed:
            self.changed[id(program)] = program, self.change(program)
        return self.changed[id(program)][1]


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


def altered(law: Law, change: Callable[[Program], Program]) -> Altered:
    """The law with its programs changed."""
    return Altered(
        law.registry, law.vocabulary, law.statistics, law.known_at, law=law, change=change
    )


def without(law: Law, *names: str) -> Law:
    """The law in which the rules of these names never apply."""

    def change(program: Program) -> Program:
        for name in names:
            program = reworked(program, name, lambda rule: None)
        return program

    return altered(law, change)


def replaced(law: Law, name: str, change: Change) -> Law:
    """The law with another rule in the place of the one with this name."""
    return altered(law, partial(reworked, name=name, change=change))
