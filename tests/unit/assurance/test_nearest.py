"""Which scenarios are asked about a rule, and in which order."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.assurance.nearest import Nearest
from engine.assurance.scenarios import Prepared, Scenario, Step, prepare, read_scenarios
from engine.decision.governing.altered import rules_in
from engine.decision.governing.law import Law, load_law
from engine.language.ruleset import Define, Rule
from tests.unit.assurance.apiary import LARGE, RULES, prepared, write_law


@pytest.fixture
def law(tmp_path: Path) -> Law:
    return write_law(tmp_path / "law")


def rule_of(law: Law, local: str) -> Rule:
    return next(one for one in rules_in(law) if one.local == local)


def scenario(file: str, tag: str, place: str = "420281") -> Prepared:
    told = Step("telling", f'地点为"{place}"', ())
    return Prepared(Scenario(file, 1, "", (tag,), (told,)), ())


def test_the_folder_comes_before_the_article_and_the_article_before_the_rest(law: Law) -> None:
    files = [("cn/wax.feature", "3"), ("bees/honey.feature", "4"), ("bees/tax.feature", "3")]
    near = Nearest(law, [scenario(*one) for one in files])
    assert near.to(rule_of(law, "3/tax")) == (2, 1, 0)
    assert near.to(rule_of(law, "4/relief")) == (1, 2, 0)


def test_one_put_first_stays_so_for_the_rule(law: Law) -> None:
    near = Nearest(law, [scenario("bees/tax.feature", "3") for _ in range(3)])
    rule = rule_of(law, "3/tax")
    near.to(rule)
    near.first(2)
    assert near.to(rule) == (2, 0, 1)
    assert near.to(rule_of(law, "3/rate")) == (0, 1, 2)


@pytest.mark.parametrize(
    ("place", "kept"),
    [("420281", True), ("420281100", True), ("420282", False), ("4202811", False)],
)
def test_where_no_place_of_the_territory_is_named_a_local_rule_is_not_asked_about(
    law: Law, place: str, kept: bool
) -> None:
    near = Nearest(law, [scenario("bees/tax.feature", "3", place)])
    assert bool(near.to(rule_of(law, "3/tax"))) is kept
    assert near.to(rule_of(law, "2/day")) == (0,)


def test_equally_near_files_take_turns(law: Law) -> None:
    files = ["cn/honey", "cn/honey", "cn/honey", "cn/wax", "cn/wax"]
    near = Nearest(law, [scenario(f"{one}.feature", "9") for one in files])
    assert near.to(rule_of(law, "3/tax")) == (0, 3, 1, 4, 2)


def test_of_a_folder_what_asks_for_the_conclusion_of_a_rule_comes_first(
    tmp_path: Path, law: Law
) -> None:
    more = LARGE.replace('"h1"的"蜂税"', '"ann"的"添箱"').replace("@3", "@4")
    near = Nearest(law, prepared(tmp_path / "features", law, more, more, LARGE.replace("@3", "@4")))
    for local in ("3/tax", "3/rate", "4/relief"):
        assert near.to(rule_of(law, local)) == (2, 0, 1)


def test_a_case_with_what_the_conditions_name_comes_before_others(tmp_path: Path, law: Law) -> None:
    told = "    假如 事实如下\n      | 对象 | 事实 | 值 |\n      | h1   | 野生 | 未填写 |\n    当 "
    near = Nearest(law, prepared(tmp_path / "features", law, LARGE.replace("    当 ", told), LARGE))
    assert near.to(rule_of(law, "3/tax")) == (1, 0)
    assert near.to(rule_of(law, "3/rate")) == (0, 1)


def test_what_is_too_far_away_is_not_asked(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.assurance.nearest.MOST", 2)
    near = Nearest(law, [scenario("bees/tax.feature", one) for one in ("4", "3", "4", "3")])
    assert near.to(rule_of(law, "3/tax")) == (1, 3)


def test_a_review_asks_what_it_goes_on_to_ask() -> None:
    folder = Path(__file__).parents[2] / "laws/ferry"
    ferry = load_law(folder / "rulesets")
    reviewed = prepare(read_scenarios(folder / "features")[0], ferry.vocabulary)
    asks_nothing = Prepared(reviewed.scenario, ())
    owed = next(one for one in rules_in(ferry) if one.local.endswith("/owed"))
    assert Nearest(ferry, [asks_nothing, reviewed]).to(owed) == (1, 0)


def test_a_review_asks_for_the_values_that_it_compares() -> None:
    folder = Path(__file__).parents[2] / "laws/ferry"
    ferry = load_law(folder / "rulesets")
    found = prepare(read_scenarios(folder / "features")[0], ferry.vocabulary)
    beside = Prepared(replace(found.scenario, file="ferry/tolls/toll.feature"), ())
    reviewed = replace(found, scenario=replace(found.scenario, file="ferry/review.feature"))
    multiple = next(one for one in rules_in(ferry) if "boat.multiple" in keys(one))
    assert Nearest(ferry, [beside, reviewed]).to(multiple) == (1, 0)


def test_of_what_is_defined_who_goes_on_to_it_is_asked_first(tmp_path: Path, law: Law) -> None:
    more = LARGE.replace('"h1"的"蜂税"', '"ann"的"添箱"')
    near = Nearest(law, prepared(tmp_path / "features", law, more, LARGE))
    with_a_slip = replace(rule_of(law, "3/rate"), may=True)
    assert near.to(with_a_slip) == (1, 0)


def test_who_asks_for_a_conclusion_is_asked_about_what_refuses_it(tmp_path: Path) -> None:
    refusal = """\
  - id: no
    when: hive.wild
    refuse:
      what: hive-tax
      zh: 不征
      en: no tax
"""
    law = write_law(tmp_path / "law", RULES.replace("- article: 4\n", f"{refusal}- article: 4\n"))
    more = LARGE.replace('"h1"的"蜂税"', '"ann"的"添箱"')
    near = Nearest(law, prepared(tmp_path / "features", law, more, LARGE))
    assert near.to(rule_of(law, "3/no")) == (1, 0)


def keys(rule: Rule) -> set[str]:
    return {one.key for one in rule.effects if isinstance(one, Define)}
