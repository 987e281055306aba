"""The general ideas of the language, each on an invented law with its own scenarios.

On real law a failing scenario is a question for a lawyer; here it is a broken engine.
"""

from functools import cache
from pathlib import Path

import pytest

from engine.assurance.scenarios import Scenario, prepare, read_scenarios, run_scenario
from engine.decision.governing.law import Law, load_law

LAWS = Path(__file__).parents[1] / "laws"
SCENARIOS = [
    (folder.name, scenario)
    for folder in sorted(LAWS.iterdir())
    for scenario in read_scenarios(folder / "features")
]


@cache
def law_of(name: str) -> Law:
    return load_law(LAWS / name / "rulesets")


@pytest.mark.parametrize("inference", ["rete", "reference"])
@pytest.mark.parametrize(
    ("law", "scenario"),
    SCENARIOS,
    ids=[f"{law}-{Path(one.file).stem}-{one.line}" for law, one in SCENARIOS],
)
def test_the_scenario_holds(law: str, scenario: Scenario, inference: str) -> None:
    found = law_of(law)
    run = run_scenario(prepare(scenario, found.vocabulary), found, inference=inference)
    assert not run.failed, "\n".join(run.failed)


def test_the_trace_tells_every_candidate_law_and_which_was_taken() -> None:
    law = law_of("harbour")
    scenario = next(
        one
        for name, one in SCENARIOS
        if name == "harbour" and one.name.startswith("事故后规定改轻")
    )
    answers = [
        run_scenario(prepare(one, law.vocabulary), law).answers[0]
        for name, one in SCENARIOS
        if one.name == scenario.name
    ]
    before, after = (answer["parts"][0].get("laws", []) for answer in answers[:2])
    assert before == []  # on both days the same text: nothing to compare
    assert [one["results"] for one in after if one["taken"]] == [["reminder"]]
    assert ["reproof", "demotion"] in [one["results"] for one in after if not one["taken"]]
