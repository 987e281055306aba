"""Mutation: a slip in a rule that no scenario notices is told."""

from pathlib import Path

import pytest

from engine.assurance.mutation import BrokenScenarios, Mutation, mutate
from engine.assurance.report import mutation_text
from engine.decision.governing.law import Law
from tests.unit.assurance.apiary import LARGE, RULES, SMALL, WILD, prepared, write_law

BEES = "bees/rules/2001-01-01"


@pytest.fixture
def law(tmp_path: Path) -> Law:
    return write_law(tmp_path / "law")


def mutated(folder: Path, law: Law, rule: str, *scenarios: str) -> Mutation:
    return mutate(law, prepared(folder / "features", law, *scenarios), prefix=f"{BEES}/{rule}")


def told(found: Mutation) -> set[str]:
    return {trial.told.en for trial in found.survivors}


def test_scenarios_below_and_at_a_threshold_notice_every_slip_in_its_rule(
    tmp_path: Path, law: Law
) -> None:
    found = mutated(tmp_path, law, "3/rate.large", SMALL)
    assert {trial.told.en for trial in found.trials} >= {
        ">= becomes > in hive.boxes >= 3",
        "3 becomes 4",
        "3 becomes 2",
        "without the condition hive.boxes >= 3",
        "shall becomes may",
        "no longer takes the place of 3/rate",
        "yuan(25) becomes 26.00",
    }
    assert told(found) == set()


def test_a_scenario_far_from_a_threshold_lets_its_slips_pass(tmp_path: Path, law: Law) -> None:
    assert told(mutated(tmp_path, law, "3/rate.large", LARGE)) == {
        ">= becomes > in hive.boxes >= 3",
        "3 becomes 4",
        "3 becomes 2",
        "without the condition hive.boxes >= 3",
    }


def test_an_exception_that_no_scenario_meets_can_be_dropped_unnoticed(
    tmp_path: Path, law: Law
) -> None:
    slip = "without the exception hive.wild"
    assert slip in told(mutated(tmp_path, law, "3/tax", LARGE))
    assert slip not in told(mutated(tmp_path, law, "3/tax", LARGE, WILD))


def test_who_was_stopped_by_a_condition_is_asked_first_when_it_is_left_out(
    tmp_path: Path, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.assurance.mutation.TRIES", 1)
    found = mutated(tmp_path, law, "3/tax", LARGE, WILD)
    assert "without the exception hive.wild" not in told(found)


def test_a_rule_that_nobody_tests_survives_but_for_its_condition(tmp_path: Path, law: Law) -> None:
    found = mutated(tmp_path, law, "4/relief", SMALL, WILD)
    assert "without the condition hive.owner.old" not in told(found)
    assert {"yuan(5) becomes 6.00", "yuan(5) becomes 4.00", "shall becomes may"} <= told(found)


def test_a_trial_tells_the_place_of_the_rule_and_the_scenario_that_noticed(
    tmp_path: Path, law: Law
) -> None:
    found = mutated(tmp_path, law, "3/rate", LARGE, WILD)
    line = 1 + RULES.splitlines().index("  - id: rate.large")
    killed = [one for one in found.as_json()["trials"] if one["rule"].endswith("3/rate.large")][-1]
    assert killed["killed"] is True
    assert (killed["file"], killed["line"]) == ("bees/rules/2001-01-01.yaml", line)
    assert killed["scenario"] == "bees/tax.feature:15"


def test_survivors_are_told_first_in_both_languages(tmp_path: Path, law: Law) -> None:
    found = mutated(tmp_path, law, "3/rate.large", LARGE)
    survived = len(found.survivors)
    for lang, word in (("zh", "未发现"), ("en", "SURVIVED")):
        lines = mutation_text(found, lang).splitlines()  # type: ignore[arg-type]
        assert [line.endswith(word) for line in lines[:-1]] == [
            n < survived for n in range(len(lines) - 1)
        ]
        assert str(survived) in lines[-1]


def test_a_sample_is_the_same_for_the_same_seed(tmp_path: Path, law: Law) -> None:
    scenarios = prepared(tmp_path / "features", law, SMALL)
    one, again, other = (mutate(law, scenarios, sample=6, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert len(one.trials) == len(other.trials) == 6
    assert one != other


def test_a_scenario_that_fails_on_the_law_as_it_is_can_tell_nothing(
    tmp_path: Path, law: Law
) -> None:
    wrong = LARGE.replace("25.00", "24.00")
    with pytest.raises(BrokenScenarios) as raised:
        mutated(tmp_path, law, "3/tax", WILD, wrong)
    assert [one.name for one in raised.value.failed] == ["大箱"]
