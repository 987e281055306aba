"""Interviews about families: what is asked when nothing is known at first, and what a form asks.

asked = interview(family, law)            # the facts asked for, in their order
form(family, law)                         # the facts that the program can read, for everybody
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from engine.decision.asking.questions import next_question
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import evaluation_of
from engine.decision.governing.law import Law
from engine.decision.words.answering import answered, place_of
from engine.decision.worlds.explore import explore
from engine.inference.program import Program
from engine.language.dependencies import walk
from engine.language.expression import Expression, Read
from engine.language.rule_expressions import expressions_in
from tests.property.decision.families import Family, copied

GIVEN: Final = {"persons": (), "couples": ("partners",), "children": ("parents", "born")}
"""What is known before the first question: who belongs to whom, and when children were born."""
Known: TypeAlias = Mapping[str, tuple[str, ...]]
NOTHING: Final[Known] = {}


def emptied(family: Family, known: Known = NOTHING) -> dict[str, Any]:
    """The family before anything was asked; events and figures are in the file. `known`: what is
    known beside, by the sections of a case."""
    plain = copied(family.plain)
    for section, given in GIVEN.items():
        kept = {*given, *known.get(section, ())}
        for id, facts in plain[section].items():
            if isinstance(facts, dict):
                plain[section][id] = {name: facts[name] for name in facts if name in kept}
    plain["settings"] = {}
    return plain


def interview(family: Family, law: Law, known: Known = NOTHING) -> list[str]:
    """The facts asked for until nothing that matters is left, each answered as it is."""
    plain = emptied(family, known)
    asked: list[str] = []
    skipped: set[str] = set()
    while True:
        case = read_case_data(plain, law.vocabulary)
        fact = next_question(case, law, skip=frozenset(skipped)).fact
        if fact is None:
            return asked
        asked.append(fact)
        answer = _truth(family, fact)
        if answer is None:
            skipped.add(fact)
        else:
            plain = answered(plain, law.vocabulary, fact, answer)


def _truth(family: Family, path: str) -> Any:
    place = place_of(path)
    if place is None:
        return None
    fact = family.plain.get(place.section, {}).get(place.entity, {}).get(place.name)
    if place.of is not None and isinstance(fact, list):
        return next((one for one in fact if one.get("year") == int(place.of)), None)
    return fact


def form(family: Family, law: Law, known: Known = NOTHING) -> set[tuple[str, str]]:
    """The facts that the program of the family's place and day can read, each for every entity."""
    case = read_case_data(family.plain, law.vocabulary)
    evaluation = evaluation_of(case, law, "rete")
    found = explore(evaluation.world)
    worlds = [v.result for leaf in found.leaves for v in leaf.worlds]
    keys = _read(evaluation.base.program, set(range(len(evaluation.base.program.rules))))
    for world in worlds:
        program = world.setting.program
        keys |= _read(program, _concluding(program, evaluation.question.seeks))
    before = {
        f"{kind.name}.{name}"
        for kind in law.vocabulary.kinds.values()
        for of in (GIVEN, known)
        for name in of.get(kind.section or "", ())
    }
    return {
        (record.id, key)
        for key in keys - before
        for record in case.entities.get(key.partition(".")[0], ())
        if record.section in GIVEN
    }


def _concluding(program: Program, seeks: Any) -> set[int]:
    """The rules that draw what is sought, or leave it open, and those that they rely on."""
    rules = {i for one in seeks for i in program.by_conclusion.get(one, ())}
    rules |= {r.index for r in program.rules for e, what in seeks if f"{e} {what}" in r.rule.opens}
    return rules | {other for i in rules for other in program.relied_on(i)}


def _read(program: Program, rules: set[int]) -> set[str]:
    """The facts that rules read, through the terms and relations they name."""
    found: set[str] = set()
    todo = [e for i in rules for e in expressions_in(program.rules[i].rule)]
    seen: set[str] = set()
    while todo:
        for key in _names(todo.pop()):
            if key in program.vocabulary.facts:
                found.add(key)
            elif key not in seen:
                seen.add(key)
                todo += _formulas(program, key)
    return found


def _names(expression: Expression) -> set[str]:
    return {part.key for part in walk(expression) if isinstance(part, Read)}


def _formulas(program: Program, key: str) -> list[Expression]:
    own = [dict(version.terms).get(key) for version in program.versions.values()]
    formula = program.vocabulary.formulas.get(key)
    return [one for one in own if one is not None] or ([formula.expression] if formula else [])
