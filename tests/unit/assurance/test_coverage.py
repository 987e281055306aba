"""Coverage: a rule counts where a scenario comes out otherwise without it."""

from pathlib import Path

import pytest

from engine.assurance.coverage import Coverage, coverage
from engine.assurance.report import coverage_text
from engine.decision.decide import Law
from tests.unit.assurance.apiary import LARGE, SMALL, WILD, prepared, write_law

RULES = "bees/rules/2001-01-01"


@pytest.fixture
def law(tmp_path: Path) -> Law:
    return write_law(tmp_path / "law")


def covered(folder: Path, law: Law, *scenarios: str) -> Coverage:
    return coverage(law, prepared(folder / "features", law, *scenarios))


def test_a_rule_without_which_a_scenario_comes_out_otherwise_is_decisive(
    tmp_path: Path, law: Law
) -> None:
    found = covered(tmp_path, law, SMALL, WILD)
    assert found.as_json() == {
        "provisions": 6,
        "decisive": 5,
        "undecided": [f"{RULES}/4/relief"],
    }


def test_a_rule_that_another_takes_the_place_of_is_not_decisive(tmp_path: Path, law: Law) -> None:
    found = covered(tmp_path, law, LARGE)
    assert found.as_json()["undecided"] == [f"{RULES}/3/rate", f"{RULES}/4/relief"]


def test_a_decisive_rule_names_the_scenario_that_it_decides(tmp_path: Path, law: Law) -> None:
    rules = {one.rule.local: one for one in covered(tmp_path, law, SMALL, WILD).rules}
    large = rules["3/rate.large"].decides
    assert large is not None
    assert large.name == "三层起按大箱"
    assert large.at == "bees/tax.feature:25"


def test_without_scenarios_no_rule_is_decisive(tmp_path: Path, law: Law) -> None:
    assert covered(tmp_path, law).as_json()["decisive"] == 0


def test_the_rules_that_say_which_law_governs_count_too(tmp_path: Path, law: Law) -> None:
    undecided = covered(tmp_path, law, LARGE).as_json()["undecided"]
    assert not [name for name in undecided if name.startswith("bees/choice")]


@pytest.mark.parametrize(
    ("lang", "total"),
    [("zh", "6 条规定，5 条由情景检验"), ("en", "6 provisions, 5 of them decide a scenario")],
)
def test_the_table_names_each_instrument_and_the_rules_that_decide_nothing(
    tmp_path: Path, law: Law, lang: str, total: str
) -> None:
    lines = coverage_text(covered(tmp_path, law, SMALL), lang).splitlines()  # type: ignore[arg-type]
    assert [line.split()[:2] for line in lines[:2]] == [
        ["2/2", "bees/choice"],
        ["3/4", "bees/rules"],
    ]
    assert lines[2].strip().startswith(f"- {RULES}/4/relief  (bees/rules/2001-01-01.yaml:")
    assert lines[-1] == total
