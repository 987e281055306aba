"""Every item of the five speeches has an answer, and what it names exists and holds."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from docs.seeds import ROOT, SEEDS_PAGE, Seed, read_seeds, seeds_page
from engine.assurance.scenarios import Scenario, prepare, read_scenarios, run_scenario
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from tests.real import real_law

SEEDS, REASONS = read_seeds()
NAMED = [one for one in SEEDS if one.does != "nothing"]
SPEECHES = {"seed000": 27, "seed001": 19, "seed002": 30, "seed003": 20, "seed004": 56}
CLASSES = {"a": 13, "b": 79, "c": 20, "d": 20, "e": 20}


@cache
def scenarios(feature: str) -> tuple[Scenario, ...]:
    folder = (ROOT / "features" / feature).parent
    return tuple(one for one in read_scenarios(folder) if feature.endswith(f"/{one.file}"))


@cache
def rules() -> frozenset[str]:
    registry = real_law().registry
    found = {
        rule.name
        for name in registry.instruments
        for version in registry.versions(name)
        for rule in version.rules
    }
    return frozenset(found)


def test_each_of_the_152_items_has_a_row() -> None:
    counts = Counter(one.id.partition("_")[0] for one in SEEDS)
    assert counts == SPEECHES
    for speech, last in SPEECHES.items():
        found = [one.id for one in SEEDS if one.id.startswith(speech)]
        assert found == [f"{speech}_{number:02d}" for number in range(1, last + 1)]
    assert Counter(one.kind for one in SEEDS) == CLASSES


def test_the_page_of_the_speeches_is_what_the_command_writes() -> None:
    assert SEEDS_PAGE.read_text("utf-8") == seeds_page(SEEDS, REASONS), "run: make docs"


@pytest.mark.parametrize("seed", NAMED, ids=lambda one: one.id)
def test_what_an_item_names_exists(seed: Seed) -> None:
    for name in seed.rules:
        assert name in rules() or any(rule.startswith(f"{name}/") for rule in rules()), name
    assert seed.feature is not None
    assert seed.scenario in {one.name for one in scenarios(seed.feature)}


@pytest.mark.parametrize(
    ("feature", "scenario"),
    sorted({(one.feature, one.scenario) for one in NAMED if one.feature and one.scenario}),
)
def test_the_scenario_of_an_item_holds(feature: str, scenario: str) -> None:
    law = real_law()
    found = [one for one in scenarios(feature) if one.name == scenario]
    assert found
    for one in found:
        run = run_scenario(prepare(one, law.vocabulary), law)
        assert not run.failed, "\n".join(run.failed)


@pytest.mark.parametrize(
    "seed", [one for one in SEEDS if one.does == "refused"], ids=lambda one: one.id
)
def test_a_coercive_item_is_refused_by_the_provisions_it_names(seed: Seed) -> None:
    law = real_law()
    cited: set[str] = set()
    for kind in seed.measures:
        case = {
            "schema": "case/1",
            "as_of": "2025-06-01",
            "question": {"ask": "measure", "about": ["m1"]},
            "measures": {"m1": {"kind": kind, "date": "2010-03-01"}},
        }
        answer = decide(read_case_data(case, law.vocabulary), law).as_json()
        assert answer["outcome"] == "refused"
        cited |= {one["rule"] for one in answer["provisions"]}
    assert set(seed.rules) <= cited
