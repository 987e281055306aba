"""What programs share of a rule, and the order of rules, are what they would be worked out anew."""

from __future__ import annotations

from datetime import date

import pytest

from engine.decision.governing.texts import Texts
from engine.inference.chapters import Slot
from engine.inference.compile import compile_program
from engine.inference.order import yields
from engine.inference.parts import Parts
from engine.inference.program import Program
from engine.inference.undecided import Refusal
from engine.law.places import chain
from tests.real import real_law
from tests.unit.decision.harbour import harbour_law


def program_of(place: str, day: date, parts: Parts) -> Program:
    """All rules of all texts of a place on a day."""
    texts = Texts(real_law().registry).on(chain(place, day.year), day)
    return compile_program([Slot(one.candidates[0][0], None) for one in texts], parts)


def test_programs_share_what_is_the_same_of_a_rule() -> None:
    parts = Parts(real_law().vocabulary)
    before = program_of("420281", date(2010, 6, 1), parts)
    after = program_of("420281", date(2012, 6, 1), parts)
    known = {(one.rule.name, one.version): one for one in before.rules}
    same = [
        (known[key], one) for one in after.rules if (key := (one.rule.name, one.version)) in known
    ]
    assert len(same) > 100
    moved = [(one, other) for one, other in same if one.index != other.index]
    assert moved and all(one.gives is other.gives for one, other in moved if not refusing(one))


def refusing(rule: object) -> bool:
    return "Refused" in repr(rule.rule.effects)  # type: ignore[attr-defined]


def test_a_refusal_names_the_place_of_its_rule_in_each_program() -> None:
    parts = Parts(real_law().vocabulary)
    for day in (date(2010, 6, 1), date(2017, 6, 1)):
        program = program_of("350102", day, parts)
        found = 0
        for rule in program.rules:
            for value in rule.gives.values() if refusing(rule) else ():
                try:
                    value(None, {})  # type: ignore[arg-type]
                except Refusal as stop:
                    assert stop.rule == rule.index
                    found += 1
                except (AttributeError, KeyError):
                    continue  # it reads something before, and there is no world
        assert found


@pytest.mark.parametrize("place", ["420281", "440106"])
def test_rules_yield_to_just_those_that_override_them(place: str) -> None:
    program = program_of(place, date(2014, 6, 1), Parts(real_law().vocabulary))
    overriding = [one for one in program.rules if one.rule.overrides]
    assert overriding
    for rule in program.rules:
        by = tuple(
            other.index
            for other in overriding
            if other.index != rule.index
            and other.kind == rule.kind
            and any(
                yields(rule.rule, one, rule.version == other.version, other.rule)
                for one in other.rule.overrides
            )
        )
        assert rule.overridden_by == by
        stratum = program.order.stratum
        assert all(stratum(i) < stratum(rule.index) for i in by)


def test_a_rule_is_settled_after_all_on_which_it_relies() -> None:
    for law, program in (
        (real_law(), program_of("420281", date(2014, 6, 1), Parts(real_law().vocabulary))),
        (harbour_law(), None),
    ):
        if program is None:
            versions = [one for of in law.registry.by_instrument.values() for one in of[:1]]
            program = compile_program([Slot(one, None) for one in versions], Parts(law.vocabulary))
        stratum = program.order.stratum
        for rule in program.rules:
            reads = law.parts.symbols([*rule.rule.when, *rule.rule.unless])
            for symbol in reads:
                for giver in program.definers.get(symbol, ()):
                    assert stratum(giver) < stratum(rule.index)
                    assert giver in program.relied_on(rule.index)
