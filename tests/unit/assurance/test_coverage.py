"""Coverage: a rule counts where a scenario comes out otherwise without it."""

from pathlib import Path

import pytest

from engine.assurance.coverage import Coverage, coverage
from engine.assurance.report import coverage_text
from engine.assurance.scenarios import prepare, read_scenarios
from engine.decision.governing.law import Law, load_law
from tests.unit.assurance.apiary import LARGE, SMALL, WILD, prepared, write_law
from tests.unit.assurance.apiary import RULES as TEXT

FERRY = Path(__file__).parents[2] / "laws/ferry"

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


AGAIN = """\
- article: 5
  for: hive in hives
  id: again
  define:
    hive.rate: yuan(10)
"""


def test_rules_that_say_the_same_are_named_beside_each_other(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law", f"{TEXT}{AGAIN}")
    found = covered(tmp_path, law, two_boxes())
    beside = {one.rule.local: [rule.local for rule in one.beside] for one in found.rules}
    assert (beside["3/rate"], beside["5/again"]) == (["5/again"], ["3/rate"])
    assert beside["3/rate.large"] == beside["4/relief"] == []
    undecided = [f"{RULES}/{one}" for one in ("3/rate", "3/rate.large", "4/relief", "5/again")]
    assert found.as_json()["undecided"] == undecided
    assert f"says the same as {RULES}/5/again" in coverage_text(found, "en")


def two_boxes(and_then: str = "") -> str:
    return LARGE.replace(
        "    当 ",
        "    假如 事实如下\n      | 对象 | 事实 | 值 |\n      | h1   | 层数 | 2  |\n"
        f"{and_then}    当 ",
    ).replace("25.00", "10.00")


def test_no_more_scenarios_are_tried_than_the_bound_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = write_law(tmp_path / "law", f"{TEXT}{AGAIN}  unless: hive.wood == oak\n")
    of_pine = two_boxes("      | h1   | 木料 | 松木 |\n")
    of_oak = two_boxes("      | h1   | 木料 | 橡木 |\n")
    scenarios = prepared(tmp_path / "features", law, of_pine, of_oak)
    (rate,) = coverage(law, scenarios, f"{RULES}/3/rate").rules[:1]
    assert rate.decides is not None and rate.decides.line > scenarios[0].scenario.line
    monkeypatch.setattr("engine.assurance.coverage.TRIES", 1)
    assert coverage(law, scenarios, f"{RULES}/3/rate").rules[0].decides is None


LATER = """\
- article: 6
  for: keeper in keepers
  rules:
  - id: later
    when: assessment.date >= date(2012, 1, 1)
    permit: further-hive
  - id: allowed
    define:
      keeper.may_add: permitted(keeper)
"""
NOT_YET = """\
  场景: 还不可以添箱
    当 询问"ann"的"添箱"
    那么 添箱为"否"
"""


def test_the_day_of_another_answer_counts_where_a_scenario_looks_at_it(tmp_path: Path) -> None:
    law = write_law(tmp_path / "law", f"{TEXT}{LATER}")
    later = f"{RULES}/6/later"
    assert later in covered(tmp_path, law, NOT_YET).as_json()["undecided"]
    looks = f'{NOT_YET}    而且 自"2012-01-01"起答案改变\n'
    assert later not in covered(tmp_path, law, looks).as_json()["undecided"]


def test_only_rules_of_the_prefix_are_looked_at(tmp_path: Path, law: Law) -> None:
    scenarios = prepared(tmp_path / "features", law, SMALL, WILD)
    assert coverage(law, scenarios, f"{RULES}/4").as_json()["provisions"] == 1


def test_without_scenarios_no_rule_is_decisive(tmp_path: Path, law: Law) -> None:
    assert covered(tmp_path, law).as_json()["decisive"] == 0


def test_the_rules_that_say_which_law_governs_count_too(tmp_path: Path, law: Law) -> None:
    undecided = covered(tmp_path, law, LARGE).as_json()["undecided"]
    assert not [name for name in undecided if name.startswith("bees/choice")]


@pytest.mark.parametrize(
    ("lang", "total"),
    [
        ("zh", "6 条规定，5 条由情景检验（每项最多试 100 个情景）"),
        ("en", "6 provisions, 5 of them decide a scenario (trying 100 scenarios each at most)"),
    ],
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


def test_what_stands_on_the_day_of_a_review_counts() -> None:
    law = load_law(FERRY / "rulesets")
    scenarios = [prepare(one, law.vocabulary) for one in read_scenarios(FERRY / "features")]
    found = coverage(law, scenarios, prefix="ferry/tolls/2001-01-01/4/back")
    assert [one.rule.local for one in found.rules] == ["4/back"]
    assert found.undecided == ()
