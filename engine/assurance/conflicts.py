"""Rules that say different things of one thing, neither of which yields: pairs, each with a case.

    found = conflicts(law, scenarios, on=date(2014, 7, 20))
    found[0].rules, found[0].values, found[0].case

Two rules are a pair if they define the same name, or conclude the same thing of which there can be
one only, and neither overrides the other. A pair is in conflict if there is a case in which both
apply to one bearer and come to different values. Cases are made from those of scenarios: what is so
or not so, codes and numbers are taken out, and evaluation, which forks wherever a rule reads one of
them, is led towards a world in which both rules apply. So every conflict told is one that `decide`
meets, with the law that the connecting rules choose; that none is found proves nothing.

The search is the same each time: scenarios in their order, options in the order of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any, Final, TypeAlias

from engine.assurance.scenarios import Prepared, Scenario
from engine.decision.case.canonical import canonical_case
from engine.decision.case.reading import Case, CaseError, read_case_data
from engine.decision.deciding.decide import Evaluation, evaluation_of
from engine.decision.governing.law import Law
from engine.decision.words.shown import plain
from engine.decision.worlds.concluded import concluded
from engine.decision.worlds.world import World
from engine.inference.program import Program
from engine.inference.undecided import Bounds, Refusal, Undecided, Unproved
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Charge, Rule
from engine.law.vocabulary import Fact, Vocabulary
from engine.values.dates import Window
from engine.values.money import Money, format_yuan

Options: TypeAlias = Mapping[str, Any]
"""Points of a world, each with the option taken."""
Pair: TypeAlias = tuple[str, str]
"""The full names of two rules, in order."""

LOOSENED: Final = frozenset({"boolean", "number", "money", "code"})
"""Types of facts that are taken out of a case, where the vocabulary lets them be changed."""
WORLDS: Final = 48
"""So many worlds are visited for a pair in one case."""
SEEDS: Final = 3
"""A pair is looked for in so many cases in which one of its rules applies."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules in conflict. `what`: the name or conclusion; `values`: what each comes to for the
    bearer; `case`: one that shows it, as a case is written; `scenario`: the one it is made from."""

    rules: tuple[Rule, Rule]
    what: str
    bearer: str
    values: tuple[str, str]
    case: Mapping[str, Any]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class _Met:
    """Both rules in one world: for whom, and what each comes to."""

    what: str
    bearer: str
    values: tuple[str, str]


def conflicts(
    law: Law,
    scenarios: Sequence[Prepared],
    *,
    on: date | None = None,
    instruments: Collection[str] | None = None,
) -> tuple[Conflict, ...]:
    """The conflicts that are found, in the order of the rules' names.

    `on`: only rules of versions that may be in force on a day; `instruments`: only pairs of which
    one rule belongs to one of them.
    """
    tried: dict[Pair, int] = {}
    found: dict[Pair, Conflict] = {}
    wanted = _rules(law, on)
    for prepared in scenarios:
        for asked in prepared.asked:
            if law.vocabulary.questions[asked.case.question.ask].reviews is not None:
                continue
            loose = _loosened(asked.case, law.vocabulary)
            for pair in _pairs(evaluation_of(asked.case, law, "reference"), wanted):
                if pair in found or tried.get(pair, 0) >= SEEDS:
                    continue
                rules = wanted[pair[0]], wanted[pair[1]]
                if instruments is not None and all(r.instrument not in instruments for r in rules):
                    continue
                tried[pair] = tried.get(pair, 0) + 1
                shown = _shown(law, loose, pair)
                if shown is not None:
                    met, case = shown
                    found[pair] = Conflict(
                        rules, met.what, met.bearer, met.values, case, prepared.scenario
                    )
    return tuple(found[pair] for pair in sorted(found))


def _rules(law: Law, on: date | None) -> dict[str, Rule]:
    """The rules that may be in a pair, by name."""
    found: dict[str, Rule] = {}
    for id, versions in law.registry.by_instrument.items():
        if on is not None:
            versions = tuple(version for version, _ in law.registry.candidates(id, on))
        found.update({rule.name: rule for version in versions for rule in version.rules})
    return found


# --- which pairs ----------------------------------------------------------------------------------
def _pairs(evaluation: Evaluation, wanted: Mapping[str, Rule]) -> Iterator[Pair]:
    """The pairs of the law that governs a case of which one rule at least applies in it."""
    world = _first(evaluation)
    if world is None:
        return
    program = world.setting.program
    for group in _groups(program, evaluation.law.vocabulary):
        for one, other in combinations(group, 2):
            a, b = program.rules[one], program.rules[other]
            yields = other in a.overrides or one in b.overrides
            known = a.rule.name in wanted and b.rule.name in wanted
            if known and not yields and a.kind == b.kind and {one, other} & world.applying:
                first, second = sorted((a.rule.name, b.rule.name))
                yield first, second


def _groups(program: Program, vocabulary: Vocabulary) -> Iterator[tuple[int, ...]]:
    """Rules that define the same name, or conclude what there can be one of only."""
    yield from program.definers.values()
    for (effect, what), indexes in program.by_conclusion.items():
        kind = vocabulary.conclusions[what]
        if (kind.effect, kind.combination) == (effect, "unique"):
            yield tuple(index for index in indexes if not _is_part(program, index))


def _is_part(program: Program, index: int) -> bool:
    effect = program.rules[index].rule.effects[0]
    return isinstance(effect, Charge) and effect.adds_to is not None


def _first(evaluation: Evaluation) -> World | None:
    """A settled world, the first option taken wherever it forks."""
    found = _search(evaluation, lambda world: world)
    return None if found is None else found[1]


# --- the search -----------------------------------------------------------------------------------
def _search(evaluation: Evaluation, goal: Callable[[World], Any]) -> tuple[Options, Any] | None:
    """The first world that comes to the goal, in depth; None if none of those visited does.

    A goal that reads something unsettled forks there; one that fails ends its branch.
    """
    todo: list[Options] = [{}]
    for _ in range(WORLDS):
        if not todo:
            return None
        options = todo.pop()
        try:
            found = goal(evaluation.world(options))
        except Undecided as stop:
            point = stop.point
            todo += [{**options, point.name: one} for one in reversed(point.options)]
        else:
            if found is not None:
                return options, found
    return None


def _shown(law: Law, loose: Mapping[str, Any], pair: Pair) -> tuple[_Met, Mapping[str, Any]] | None:
    """A case in which both rules of a pair apply and differ, made from a loosened one."""
    try:
        case = read_case_data(loose, law.vocabulary)
    except CaseError:
        return None
    found = _search(evaluation_of(case, law, "reference"), lambda world: _met(world, pair))
    if found is None:
        return None
    plain_case = dict(loose)
    for name, option in found[0].items():
        plain_case = _with(plain_case, name, option)
    try:
        again = evaluation_of(read_case_data(plain_case, law.vocabulary), law, "reference")
    except CaseError:
        return None
    met = _search(again, lambda world: _met(world, pair))
    return None if met is None else (met[1], plain_case)


def _met(world: World, pair: Pair) -> _Met | None:
    """Both rules apply to one bearer and come to different values; raises `Undecided`."""
    program = world.setting.program
    indexes = {rule.name: index for index, rule in program.written}
    if not indexes.keys() >= set(pair):
        return None
    rules = [program.rules[indexes[name]] for name in pair]
    for subject in world.subjects(rules[0]):
        if not all(world.applies(rule.index, subject) for rule in rules):
            continue
        try:
            values = [_values(world, rule.index, subject) for rule in rules]
        except (Unproved, Refusal):
            continue
        for what in values[0].keys() & values[1].keys():
            one, other = values[0][what], values[1][what]
            if one.keys() != other.keys() or any(not world.same(one[n], other[n]) for n in one):
                said = (_said(one), _said(other))
                return _Met(what, subject.id if subject else "case", said)
    return None


def _values(world: World, index: int, subject: Any) -> dict[str, Mapping[str, Any]]:
    """What a rule that applies gives: its names, or the aspects of its conclusion."""
    rule = world.setting.program.rules[index]
    what = conclusion_of(rule.rule.effects[0])
    if what is not None:
        bearers = ",".join(world.bearers(rule, subject))
        return {f"{what}@{bearers}": concluded(world, rule, subject)}
    return {name: {name: world.value(rule, name, subject)} for name in rule.gives}


def _said(aspects: Mapping[str, Any]) -> str:
    return ", ".join(plain(value) for value in aspects.values())


# --- cases ----------------------------------------------------------------------------------------
def _loosened(case: Case, vocabulary: Vocabulary) -> dict[str, Any]:
    """The case without what may be so or not so: what its rules read then forks."""
    content: dict[str, Any] = dict(canonical_case(case, vocabulary))
    for kind in vocabulary.kinds.values():
        section = content.get(kind.section or "")
        if isinstance(section, dict):
            content[str(kind.section)] = {
                id: entity
                if id == kind.listed
                else {
                    name: fact
                    for name, fact in entity.items()
                    if not _is_loose(vocabulary.facts[f"{kind.name}.{name}"])
                }
                for id, entity in section.items()
            }
    content["choices"] = []
    return content


def _is_loose(fact: Fact) -> bool:
    info = fact.info
    plain_one = info.varies == "no" and not fact.many and info.type.base in LOOSENED
    return plain_one and (fact.suggest or info.type.base == "boolean")


def _with(content: dict[str, Any], name: str, option: Any) -> dict[str, Any]:
    """The case in which a fact has a value of an option; other points leave it as it is."""
    section, _, rest = name.partition(".")
    id, _, fact = rest.partition(".")
    value = _value(option)
    if value is None or not fact.isidentifier() or id not in content.get(section, {}):
        return content
    entity = {**content[section][id], fact: value}
    return {**content, section: {**content[section], id: entity}}


def _value(option: Any) -> Any:
    """A value of an option, as a case writes it; None: it is none of a fact."""
    match option:
        case bool() | str():
            return option
        case Bounds(low, high):
            return _number(low, 1) if low is not None else _number(high, -1)
        case Window(first, _):
            return first.isoformat()
        case _:
            return None


def _number(limit: Any, step: int) -> Any:
    """A number at a limit, or beside one that is not included."""
    value, included = limit if isinstance(limit, tuple) else (limit, True)
    if isinstance(value, Money):
        return format_yuan(value if included else value + Money(step))
    whole = value if included else value + step
    return str(whole) if isinstance(whole, Fraction) else whole
