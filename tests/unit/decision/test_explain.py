"""Why, and why not: what stood in the way of each rule, and how far it missed."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.case.reading import Case, read_case
from engine.decision.explaining.distance import missed, missed_between
from engine.decision.explaining.explain import explain
from engine.decision.explaining.explain_text import render_explanation
from engine.decision.explaining.targets import ExplainError
from engine.values.dates import months_between, years_between
from engine.values.ladder import Ladder
from engine.values.money import Money
from tests.real import real_law
from tests.unit.decision.ferry import case, ferry_law

EXAMPLES = Path(__file__).parents[3] / "examples"
BLAME = Ladder("blame", ("frown", "scolding", "exile"))

TOO_EARLY = """\
schema: case/1
as_of: 2009-06-01
question: {ask: eligibility, about: [c1]}
persons:
  he: {sex: male, born: 1978-04-04, register: [{from: 1978-04-04, value: rural, place: 350524}]}
  she: {sex: female, born: 1980-10-10, register: [{from: 1980-10-10, value: rural, place: 350524}]}
couples:
  c1: {partners: [he, she], married: [{from: 2004-12-12}], remarried: false}
children:
  listed: all
  k1: {parents: [he, she], born: 2006-08-21, sex: female, adopted: false, living: true}
"""


def why_not(conclusion: str, ask: str = "toll", rule: str | None = None, **put: Any) -> Any:
    return explain(case(ask, **put), ferry_law(), conclusion, why=False, rule=rule).as_json()


def example(name: str) -> Case:
    return read_case((EXAMPLES / name).read_bytes(), real_law().vocabulary, file=name)


def nodes(told: Any) -> Iterator[Any]:
    for one in told:
        yield one
        yield from nodes(one.get("children", ()))


def test_a_condition_that_fails_says_how_far_it_missed() -> None:
    told = why_not("ferry-toll")
    assert told["follows"] == "false"
    found = [one["missed"] for one in nodes(told["rules"]) if "missed" in one]
    assert [(one["by"], one["unit"], one["direction"]) for one in found] == [("2", "metre", "more")]


def test_how_far_it_missed_is_told_behind_a_name_that_another_rule_would_give() -> None:
    law = real_law()
    told = explain(
        example("entitlements-daye.yaml"), law, "special-assistance", why=False
    ).as_json()
    found = {
        one["text"]["zh"].rpartition("——")[2] for one in nodes(told["rules"]) if "missed" in one
    }
    assert found == {"早 16 年 5 个月 5 日，到 2042-11-20 才够"}
    assert "没有这样规定的" not in str(told)  # a text does say so; its conditions fail


def test_how_far_it_missed_is_told_to_the_day_behind_a_term_too() -> None:
    read = read_case(TOO_EARLY.encode(), real_law().vocabulary)
    told = explain(read, real_law(), "further-birth", why=False).as_json()
    found = {one["missed"]["text"]["zh"] for one in nodes(told["rules"]) if "missed" in one}
    assert "早 1 年 2 个月 20 日，到 2010-08-21 才够" in found


def test_all_failing_conditions_are_told_and_the_first_is_named() -> None:
    told = why_not("ferry-toll", boats__b1__flag=[{"value": "white"}])
    (rule,) = told["rules"]
    assert [one["truth"] for one in rule["children"]] == ["false", "false"]
    assert rule["first"] == rule["children"][0]["text"]


def test_a_condition_that_is_open_names_the_fact_that_would_tell() -> None:
    told = why_not("ferry-toll", boats__b1__length={"state": "unknown"})
    assert told["follows"] == "unknown"
    assert {fact for one in nodes(told["rules"]) for fact in one.get("open", ())} == {
        "boats.b1.length"
    }


def test_an_exception_that_applies_is_told() -> None:
    told = why_not("ferry-toll", boats__b1__length=12, skippers__ann__bereaved=True)
    (rule,) = told["rules"]
    assert [(one["kind"], one["truth"]) for one in rule["children"]] == [("exception", "true")]


def test_an_unproved_amount_says_by_how_much_and_what_is_not_verified() -> None:
    put: Any = {"skippers__ann__takings": [{"year": 2009, "value": "3800.00"}]}
    told = why_not("boat.base", rule="1/base.takings", **put)
    found = [one["missed"]["text"]["en"] for one in nodes(told["rules"]) if "missed" in one]
    assert found == ["1,200.00 yuan too little"]
    assert any("verified" in one.get("source", "") for one in nodes(told["rules"]))


def test_a_rule_whose_place_another_takes_names_the_other() -> None:
    evidence = {"e1": {"kind": "till-roll", "issuer": "market", "status": "verified"}}
    takings = [{"year": 2009, "value": "6200.00", "evidence": ["e1"]}]
    put: Any = {"boats__b1__length": 12, "skippers__ann__takings": takings}
    plain = case("toll", **put, evidence=evidence)
    told = explain(plain, ferry_law(), "boat.base", why=False, rule="1/base").as_json()
    (rule,) = told["rules"]
    assert [(one["kind"], one["rule"].rpartition("/")[2]) for one in rule["children"]] == [
        ("other-rule", "base.takings")
    ]


def test_a_ground_that_is_postponed_says_by_what_and_how_long() -> None:
    told = why_not("further-boat", "more")
    nearest = told["rules"][0]
    assert nearest["rule"].endswith("2/sworn")
    (other,) = nearest["children"]
    assert other["rule"].endswith("3/interval")
    assert other["children"][0]["missed"]["text"] == {"zh": "早 2 个月", "en": "2 months too early"}


def test_a_ground_that_is_taken_away_says_by_what() -> None:
    told = why_not("further-boat", "more", skippers__ann__wrecks=4, as_of="2011-01-01")
    sworn = next(one for one in told["rules"] if one["rule"].endswith("2/sworn"))
    assert [one["rule"].rpartition("/")[2] for one in sworn["children"]] == ["wrecked"]
    assert sworn["children"][0]["children"][0]["missed"]["by"] == "1"


def test_a_rule_of_a_version_that_is_passed_over_says_how_early_it_is() -> None:
    told = why_not("further-boat", "more")
    (version,) = told["passed_over"]
    assert version["version"] == "2015-01-01"
    assert version["missed"]["text"]["en"] == "4 years 7 months too early"
    assert [one["rule"].rpartition("/")[2] for one in version["children"]] == ["moored"]


def test_what_has_lapsed_names_the_rule_that_ended_it() -> None:
    told = why_not("ferry-toll", boats__b1__length=12, as_of="2016-01-01")
    assert [(one["bearer"], one["effect"]) for one in told["ended_by"]] == [("ann", "lapse")]


def test_why_tells_the_rules_that_lead_there() -> None:
    law = ferry_law()
    told = explain(case("toll", boats__b1__length=12), law, "ferry-toll", why=True).as_json()
    assert told["follows"] == "true"
    assert [one["rule"].rpartition("/")[2] for one in told["rules"]] == ["toll"]
    nothing = explain(case("toll"), law, "ferry-toll", why=True).as_json()
    assert (nothing["follows"], nothing["rules"]) == ("false", [])


def test_a_conclusion_that_no_rule_reaches_is_answered_so() -> None:
    told = why_not("lost-toll")
    assert told["rules"] == told["passed_over"] == []
    assert "no rule" in told["text"]["en"]


@pytest.mark.parametrize("conclusion", ["fery-toll", "boat.bse", "boat.length", "forbid"])
def test_an_unknown_conclusion_is_refused_with_the_nearest(conclusion: str) -> None:
    with pytest.raises(ExplainError) as error:
        why_not(conclusion)
    assert error.value.message.zh
    if conclusion == "fery-toll":
        assert "ferry-toll" in error.value.message.en


def test_a_conclusion_is_named_by_its_label_too() -> None:
    for said in ("ferry toll", "渡船费", "charge ferry-toll"):
        assert why_not(said)["conclusion"] == {"effect": "charge", "object": "ferry-toll"}
    with pytest.raises(ExplainError, match="charge ferry-toll"):
        why_not("permit ferry-toll")


def test_where_no_name_is_near_those_are_named_that_the_case_asks_for() -> None:
    with pytest.raises(ExplainError, match="There is: ferry-toll"):
        why_not("qqq")
    with pytest.raises(ExplainError, match=r"Did you mean: 1/base, 1/base\.takings, 1/toll"):
        why_not("ferry-toll", rule="1/qqq")


def test_a_rule_that_leads_elsewhere_is_told_so() -> None:
    told = why_not("further-boat", rule="1/toll", boats__b1__length=12)
    assert told["follows"] == "false"
    assert told["text"]["en"] == "rule 1/toll does not lead to “further boat”"
    assert told["rules"]
    behind = why_not("ferry-toll", rule="1/base.takings")
    assert behind["text"]["en"].startswith("rule 1/base.takings gives what “ferry toll” rests on")
    ahead = why_not("further-boat", "more", rule="4/moored")
    assert ahead["passed_over"]
    assert "governing law" in ahead["text"]["en"]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ExplainError, match="no such rule"):
        why_not("ferry-toll", rule="1/tol")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_explanation_is_told_in_both_languages(lang: str) -> None:
    text = render_explanation(why_not("further-boat", "more"), lang, ferry_law().vocabulary)
    assert ("领照" in text) is (lang == "zh")
    assert len(text.splitlines()) > 5


@pytest.mark.parametrize(
    ("op", "left", "right", "unit", "text"),
    [
        (">=", 3, 4, "year", "1 year too few"),
        ("<", 4, 4, None, "exactly at the limit, which is not enough"),
        ("<=", Money(500), Money(200), None, "3.00 yuan too much"),
        (">", Fraction(1, 2), 2, None, "1.5 too few"),
        ("<=", date(2014, 3, 31), date(2014, 2, 28), None, "1 month 3 days too late"),
        (">=", BLAME.step("frown"), BLAME.step("exile"), None, "2 steps too few"),
    ],
)
def test_distances_are_exact(op: str, left: Any, right: Any, unit: str | None, text: str) -> None:
    found = missed(op, left, right, unit)
    assert found is not None
    assert found.text[1] == text


@pytest.mark.parametrize("unit", ["year", "month"])
@pytest.mark.parametrize("start", [date(2008, 2, 29), date(2010, 8, 21), date(2011, 1, 31)])
@pytest.mark.parametrize("op", ["<", "<=", ">", ">="])
def test_the_time_between_two_days_misses_a_count_by_days(op: str, start: date, unit: str) -> None:
    count: Any = {"year": years_between, "month": months_between}[unit]
    compare: Any = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}[op]
    for day in range(0, 1600, 7):
        end = start + timedelta(days=day)
        if compare(count(start, end), 2):
            continue
        found = missed_between(op, unit, start, end, 2)
        assert found is not None
        step = int(found.by) * (1 if found.direction == "more" else -1)
        enough = end + timedelta(days=step)
        assert compare(count(start, enough), 2)
        assert not compare(count(start, enough - timedelta(days=step // abs(step))), 2)
        assert str(enough) in found.text[0] and str(enough) in found.text[1]
    assert missed_between("==", unit, start, start, 2) is None


@pytest.mark.parametrize("op", ["==", "!="])
def test_what_has_only_to_be_another_has_no_distance(op: str) -> None:
    assert missed(op, 1, 2, None) is None
    assert missed(">=", "a", "b", None) is None


def test_of_many_rules_the_nearest_are_told_in_full_and_the_others_in_a_line_each() -> None:
    law = real_law()
    told = explain(example("family.yaml"), law, "further-birth", why=False).as_json()
    short, whole = (
        render_explanation(told, "en", law.vocabulary, whole=all).splitlines()
        for all in (False, True)
    )
    assert len(told["rules"]) > 10
    assert len(short) < 80 < len(whole)
    assert any("more (--all lists them)" in line for line in short)
    nearest = told["rules"][0]["text"]["en"]
    assert short[1].endswith(nearest) and whole[1].endswith(nearest)


def test_why_not_is_asked_of_each_unit_that_the_answer_concerns() -> None:
    law, case = real_law(), example("county-2010.yaml")
    found = {
        told["subject"]: told
        for told in explain(case, law, "one-vote-veto", why=False).as_json()["rules"]
    }
    assert len(found) == 15
    assert [id for id, told in found.items() if told["truth"] == "true"] == ["n2"]
    only = explain(case, law, "one-vote-veto", why=False, bearer="m3").as_json()
    assert [told["subject"] for told in only["rules"]] == ["m3"]
    assert only["follows"] == "false"
    assert "there is none" in only["rules"][0]["children"][0]["text"]["en"]
    why = explain(case, law, "one-vote-veto", why=True).as_json()
    assert [told["subject"] for told in why["rules"]] == ["n2"]


def test_an_entity_that_is_not_in_the_case_is_refused() -> None:
    with pytest.raises(ExplainError, match="The answer concerns: ann"):
        explain(case(), ferry_law(), "ferry-toll", why=False, bearer="zoe")


def test_whom_no_rule_concerns_is_named_where_no_rule_leads_to_it_for_them() -> None:
    two = case(skippers__bob={"sworn": True})
    told = explain(two, ferry_law(), "ferry-toll", why=False, bearer="bob").as_json()
    assert told["text"]["en"] == "no rule of the governing law leads to “ferry toll” for bob"


def test_an_unknown_rule_is_answered_with_those_that_draw_the_conclusion() -> None:
    with pytest.raises(ExplainError, match=r"Those that draw this conclusion: 1/toll\..*--all"):
        why_not("ferry-toll", rule="99/none")


def year_left_open(figure: str, income: str = "7000.00") -> Case:
    """The example of Daye while nobody says which year counts; `figure`: that of 2012."""
    text = (EXAMPLES / "daye-2014.yaml").read_text()
    of_2013 = 'place: 420281, year: 2013, value: "9800.00", evidence: [e3]}\n'
    start = text.index("- {series: income, concept: net, status: rural")
    of_2012 = text[start : text.index(of_2013)] + of_2013
    of_2012 = of_2012.replace("year: 2013", "year: 2012").replace("9800.00", figure)
    text = text[:start] + of_2012 + text[start:]
    earned = f'{{year: 2013, value: "{income}", evidence: [e1, e2]}}'
    was = '{year: 2013, value: "70000.00", evidence: [e1, e2]}'
    both = f"{earned}, {earned.replace('2013', '2012')}"
    text = text.replace(was, both).replace("settings: {reference_year: 2013}", "settings: {}")
    assert "settings: {}" in text and both in text
    return read_case(text.encode(), real_law().vocabulary)


def father_base(case: Case) -> Any:
    told = explain(
        case, real_law(), "social-maintenance-fee", why=False, rule="41/base.verified",
        bearer="father",
    ).as_json()  # fmt: skip
    return told["rules"][0]


def test_where_every_year_that_may_count_has_one_figure_it_is_told() -> None:
    told = father_base(year_left_open("9800.00"))
    assert told["truth"] == "false"
    (failing,) = told["children"]
    assert "（7,000.00 > 9,800.00）——差 2,800.00 元" in failing["text"]["zh"]
    assert failing["missed"]["by"] == "2800.00"
    assert "reference_year" not in str(told)
    figures = [one["text"]["zh"] for one in nodes([told]) if one["kind"] == "figure"]
    assert len(figures) == 2 and all("= 9800" in one or "= 9,800.00" in one for one in figures)


def test_where_the_figures_of_the_years_differ_the_range_is_told() -> None:
    told = father_base(year_left_open("9100.00"))
    (failing,) = told["children"]
    assert told["truth"] == "false" and "missed" not in failing
    assert failing["text"]["en"].endswith(
        "(7,000.00 > 9,100.00–9,800.00) — 2,100.00 yuan too little, or 2,800.00 yuan too little"
    )


def test_where_the_answer_turns_on_the_year_it_is_not_known() -> None:
    told = father_base(year_left_open("6000.00"))
    assert told["truth"] == "unknown"
    (failing,) = told["children"]
    assert "settings.reference_year" in failing["open"]
    assert "7,000.00 > 6,000.00–9,800.00" in failing["text"]["en"]


def test_where_something_else_is_open_whatever_the_year_that_is_named() -> None:
    told = explain(
        year_left_open("9800.00"), real_law(), "social-maintenance-fee", why=False,
        rule="41/base.verified", bearer="mother",
    ).as_json()  # fmt: skip
    opens = {fact for one in nodes(told["rules"]) for fact in one.get("open", ())}
    assert opens == {"persons.mother.register"}


def test_why_tells_a_rule_once_and_under_what_it_comes_to_what() -> None:
    told = explain(example("family.yaml"), real_law(), "social-maintenance-fee", why=True)
    rules = told.as_json()["rules"]
    assert [one["subject"] for one in rules] == ["father", "mother"]
    for rule, came in zip(
        rules,
        (
            {"40,000.00", "60,000.00", "160,000.00", "240,000.00"},
            {"16,000.00", "18,000.00", "24,000.00", "27,000.00", "40,000.00", "60,000.00"},
        ),
        strict=True,
    ):
        conditions = [one for one in rule["children"] if one["kind"] == "condition"]
        supposed = [one for one in rule["children"] if one["kind"] == "world"]
        assert len(conditions) == 1
        assert [*conditions, *supposed] == rule["children"]
        assert len({one["text"]["zh"] for one in supposed}) == len(supposed) == len(came)
        values = {one["children"][0]["text"]["en"].rpartition(" = ")[2] for one in supposed}
        assert values == came


def test_why_supposes_nothing_where_a_rule_is_the_same_in_every_world() -> None:
    told = explain(example("daye-2014.yaml"), real_law(), "social-maintenance-fee", why=True)
    father, mother = told.as_json()["rules"]
    assert "world" not in {one["kind"] for one in father["children"]}
    supposed = [one["text"]["en"] for one in mother["children"] if one["kind"] == "world"]
    assert supposed == [
        "if household register of mother: urban", "if household register of mother: rural"
    ]  # fmt: skip


def test_of_many_worlds_those_are_told_that_come_to_something_else_and_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def told_of(bearer: str) -> list[Any]:
        told = explain(
            example("family.yaml"), real_law(), "social-maintenance-fee", why=True, bearer=bearer
        )
        (rule,) = told.as_json()["rules"]
        return [one for one in rule["children"] if one["kind"] != "condition"]

    assert [one["kind"] for one in told_of("mother")] == ["world"] * 6
    monkeypatch.setattr("engine.decision.explaining.explain.MOST_WORLDS", 5)
    assert [one["kind"] for one in told_of("father")] == ["world"] * 4
    *worlds, last = told_of("mother")
    assert (len(worlds), last["kind"]) == (5, "more")
    assert all("mother" in one["text"]["zh"] for one in worlds), "what each supposes is told"


def test_why_nothing_is_given_back_is_told_where_no_rule_says_to_whom() -> None:
    plain = yaml.safe_load((EXAMPLES / "review-daye-2014.yaml").read_text("utf-8"))
    asked = plain | {"question": {"ask": "overcharge", "about": ["d1"]}}
    told = explain(
        read_case(yaml.safe_dump(asked).encode(), real_law().vocabulary),
        real_law(), "gains-refund", why=False,
    ).as_json()  # fmt: skip
    assert told["follows"] == "false"
    assert any("bearers" not in one for one in told["rules"]), "that rule is told, too"
