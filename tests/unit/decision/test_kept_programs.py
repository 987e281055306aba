"""A law keeps the programs it compiled, up to a number: a long-running service stays small."""

import gc
from datetime import date
from pathlib import Path

import pytest

from bench.couples import as_case, generate
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing import law as module
from engine.decision.governing.law import Law, load_law
from engine.inference.program import Program
from tests.real import real_law

HARBOUR = Path(__file__).parents[2] / "laws/harbour/rulesets"


def programs_of(law: Law) -> int:
    """Compile one program for each version; how many are kept then."""
    for instrument in law.registry.instruments:
        for version in law.registry.versions(instrument):
            law.program(frozenset({(("define",), frozenset({(instrument, version.id)}))}))
    return len(law.programs)


def test_a_program_is_compiled_once() -> None:
    law = load_law(HARBOUR)
    assert law.connecting(date(2015, 1, 1), "tax") is law.connecting(date(2016, 1, 1), "tax")
    kept = programs_of(law)
    assert programs_of(law) == kept > 3


def test_a_law_is_not_written_out_with_its_programs() -> None:
    """A test that fails shows what it was given."""
    law = load_law(HARBOUR)
    programs_of(law)
    assert len(repr(law)) < 200


def test_rules_that_select_law_for_other_questions_are_left_out() -> None:
    def selecting(program: Program) -> set[str]:
        return {program.rules[index].rule.local for index in program.by_effect["governs"]}

    day, law = date(2013, 6, 1), real_law()
    fee, eligibility = law.connecting(day, "fee"), law.connecting(day, "eligibility")
    assert "births/own-day" in selecting(fee) - selecting(eligibility)
    assert "eligibility/registers" in selecting(eligibility) - selecting(fee)
    assert fee.definers.keys() == eligibility.definers.keys()
    # Those that only take the place of one that is left out, too.
    entitled = law.connecting(day, "entitlements")
    assert "entitlements/births.elsewhere" in selecting(entitled) - selecting(fee)


def test_what_was_compiled_first_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PROGRAMS", 3)
    law = load_law(HARBOUR)
    first = law.connecting(date(2015, 1, 1), "tax")
    assert programs_of(law) == 3
    assert first not in law.programs.values()
    assert law.connecting(date(2015, 1, 1), "tax") is not first
    assert len(law.programs) == 3


def test_as_many_are_kept_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = programs_of(load_law(HARBOUR))
    monkeypatch.setattr(module, "MOST_PROGRAMS", kept)
    assert programs_of(load_law(HARBOUR)) == kept


def test_nothing_of_a_decided_case_waits_for_the_garbage_collector() -> None:
    law = real_law()
    (couple,) = generate(1, seed=7)
    plain = as_case(couple)
    decide(read_case_data(plain, law.vocabulary), law)
    gc.collect()
    gc.disable()
    try:
        decision = decide(read_case_data(plain, law.vocabulary), law)
        assert decision.outcome == "determined"
        del decision
        assert gc.collect() == 0
    finally:
        gc.enable()
