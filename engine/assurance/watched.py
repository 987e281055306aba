"""What became of the rules while an answer was found: which stood, and what stopped the others.

    watch = Watch()
    answer_to(case, watched(law, watch))
    watch.standing          # the rules that applied, or may have, in any world
    watch.stopped           # the conditions that alone kept a rule from it
    watch.read              # the names that rules define and that were read

What a rule says makes no difference to an answer for which it stood in no world; what a condition
says makes none where the rule did not stand and other conditions stopped it every time. What a rule
defines makes none where nobody read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from engine.decision.case.model import EntityRecord
from engine.decision.governing.altered import Altered, altered
from engine.decision.governing.law import Law
from engine.decision.worlds.names import Reader, reader
from engine.decision.worlds.world import World
from engine.inference.answers import Answers
from engine.inference.clauses import Clause, Settler
from engine.inference.program import Group, Program
from engine.inference.reference import ReferenceSettler
from engine.language.ruleset import Define, Rule
from engine.values.truth import FALSE, Truth

NONE: Final = -1
"""The place of what stops a rule and is no condition: its scope, a choice."""


@dataclass(slots=True)
class Watch:
    """What was seen while one answer was found."""

    standing: set[str] = field(default_factory=set)
    """Rules by their full names."""
    stopped: dict[str, set[int]] = field(default_factory=dict)
    """By rule, the places of conditions (exceptions counted on) that were the first to stop it."""
    read: set[str] = field(default_factory=set)

    def concerned(self, rule: Rule) -> bool:
        """Whether anything that a rule gives was asked for."""
        defined = {effect.key for effect in rule.effects if isinstance(effect, Define)}
        return not defined or bool(defined & self.read)


def watched(law: Law, watch: Watch) -> Altered:
    """The law, whose rules are watched while the reference evaluator settles them."""
    return altered(law, lambda program: _watched(program, watch))


def _watched(program: Program, watch: Watch) -> Program:
    groups = tuple(_group(program, one, watch) for one in program.groups)
    readers = {key: _reading(key, reader(program, key), watch) for key in program.definers}
    return replace(program, groups=groups, told={**program.told, "readers": readers})


def _reading(key: str, read: Reader, watch: Watch) -> Reader:
    def reading(world: World, entity: EntityRecord | None) -> Any:
        watch.read.add(key)
        return read(world, entity)

    return reading


def _group(program: Program, group: Group, watch: Watch) -> Group:
    key = ("watched", group.kind)
    if key not in program.told:
        program.told[key] = [_rule(program, group, index) for index in group.rules]
    rules: list[_Rule] = program.told[key]

    def make(clauses: Sequence[Clause]) -> Settler:
        return _Watching(clauses, rules, watch)

    # Answers of their own: what was settled before is settled again, and seen.
    return replace(group, settled={"reference": Answers(group.clauses, group.rules, make)})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule by its name, and its leaves: number, the truth that stops it, its place."""

    name: str
    leaves: tuple[tuple[int, Truth, int], ...]


def _rule(program: Program, group: Group, index: int) -> _Rule:
    rule = program.rules[index]
    leaves: list[tuple[int, Truth, int]] = []
    at = 0
    for number, leaf in zip(group.numbers[index], rule.leaves, strict=True):
        is_condition = leaf.kind in ("when", "unless")
        leaves.append((number, leaf.stops, at if is_condition else NONE))
        at += is_condition
    return _Rule(rule.rule.name, tuple(leaves))


class _Watching:
    """A settler that writes down what became of each clause."""

    def __init__(self, clauses: Sequence[Clause], rules: Sequence[_Rule], watch: Watch) -> None:
        self._settler: Settler = ReferenceSettler(clauses)
        self._rules = rules
        self._watch = watch

    def begin(self) -> None:
        self._settler.begin()

    def end(self) -> None:
        self._settler.end()

    def settle(self, stratum: int, truths: Mapping[int, Truth]) -> Mapping[int, Truth]:
        settled = self._settler.settle(stratum, truths)
        watch = self._watch
        for place, truth in settled.items():
            rule = self._rules[place]
            if truth is not FALSE:
                watch.standing.add(rule.name)
                continue
            stop = next((at for leaf, stops, at in rule.leaves if truths[leaf] is stops), NONE)
            if stop != NONE:
                watch.stopped.setdefault(rule.name, set()).add(stop)
        return settled
