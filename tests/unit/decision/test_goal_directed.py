"""What is asked backwards comes to the same as what is settled as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from engine.assurance.scenarios import ScenarioError, prepare, read_scenarios
from engine.decision.asking.possible import possible
from engine.decision.case.model import Case, Found, State
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.coming import result_of
from engine.decision.deciding.decide import asked_backwards, decide, parts_of
from engine.decision.deciding.part import concluded_part
from engine.decision.governing.law import Law, load_law
from engine.decision.worlds.supposing import with_fact
from tests.differential.programs import case_of, make_facts, make_law, write_law
from tests.real import real_law

FEATURES: Final = Path(__file__).parents[3] / "features"
SAMPLE: Final = 150
Told = dict[str, Any]


def essence(part: Told) -> Told:
    """What a part comes to; its grounds are no question of what is asked, and left out there."""
    conclusions = [
        {name: value for name, value in one.items() if name != "grounds"}
        for one in part["conclusions"]
    ]
    alike = {name: part[name] for name in ("bearer", "outcome", "bands")}
    return {**alike, "conclusions": conclusions}


def without(case: Case, path: str) -> Case:
    """A case that says nothing of a fact."""
    for name, record in case.by_id.items():
        for key, fact in record.facts.items():
            founds = [fact] if isinstance(fact, Found) else [entry.found for entry in fact]
            for place, found in enumerate(founds):
                if found.path == path:
                    unknown = replace(found, state=State.UNKNOWN, value=None, claims=())
                    at = None if isinstance(fact, Found) else place
                    return with_fact(case, name, key, at, unknown)
    raise KeyError(path)


def both_ways(case: Case, law: Law) -> Iterator[tuple[Told, Told]]:
    """Each part of a case, asked backwards and settled as a whole."""
    evaluation = asked_backwards(case, law)
    backwards = [concluded_part(evaluation, part, None) for part in parts_of(evaluation)]
    settled = decide(case, law, traced=False).as_json()["parts"]
    for one, other in zip(backwards, settled, strict=True):
        yield essence(one), essence(other)


@pytest.mark.parametrize("seed", range(30))
def test_parts_of_invented_cases_come_to_the_same(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    rules = make_law(random).rules
    law = load_law(write_law(tmp_path, rules))
    for number in range(10):
        case = read_case_data(case_of(make_facts(random)), law.vocabulary)
        for backwards, settled in both_ways(case, law):
            assert backwards == settled, f"seed {seed}, case {number}"


def test_parts_of_real_cases_come_to_the_same() -> None:
    law, compared = real_law(), 0
    scenarios = list(read_scenarios(FEATURES))
    for scenario in Random(11).sample(scenarios, SAMPLE):
        try:
            asked = prepare(scenario, law.vocabulary).asked
        except ScenarioError:
            continue  # what it asks is no case, and it says so
        for one in asked:
            question = law.vocabulary.questions[one.case.question.ask]
            if question.reviews or question.decides:
                continue  # they tell more than parts: a first day, what was lawful
            for backwards, settled in both_ways(one.case, law):
                assert backwards == settled, scenario.at
                compared += 1
    assert compared > SAMPLE


def test_whether_a_result_hangs_on_a_fact_is_told_as_by_deciding_without_it() -> None:
    """Of facts that nothing reads nothing is decided anew; they are tried here like all others."""
    law, stands, hangs = real_law(), 0, 0
    scenarios = list(read_scenarios(FEATURES))
    many_laws = [one for one in scenarios if one.at.startswith("cn/choice-of-law/steps.feature:")]
    for scenario in (*Random(7).sample(scenarios, 10), many_laws[2]):
        try:
            asked = prepare(scenario, law.vocabulary).asked
        except ScenarioError:
            continue
        for case in [one.case for one in asked][:1]:
            before = decide(case, law, traced=False, ahead=False).as_json()["parts"]
            for one in possible(case, law)["proof"][::4]:
                left_out = without(case, one["fact"])
                after = decide(left_out, law, traced=False, ahead=False).as_json()["parts"]
                same = list(map(result_of, before)) == list(map(result_of, after))
                if one["without"]["stands"]:
                    assert same or len(after) > len(before), f"{scenario.at}: {one['fact']}"
                    stands += 1
                else:
                    assert not same, f"{scenario.at}: {one['fact']}"
                    hangs += 1
    assert stands > 20
    assert hangs > 2
