"""The next question: what settles most is asked first, what cannot matter is not asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.asking.possible import possible, render_possible
from engine.decision.asking.question_text import render_question
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import canonical_case, read_case, read_case_data
from engine.decision.words.answering import (
    answered,
    said_together,
    told_answer,
    told_fact,
    typed_answer,
)
from engine.values.dates import Window
from tests.real import real_law
from tests.unit.decision.ferry import REMOVED, case, ferry_law, plain
from tests.unit.decision.island import VOCABULARY

UNKNOWN = {"state": "unknown"}
EXAMPLES = Path(__file__).parents[3] / "examples"


def ask(question: str = "toll", skip: frozenset[str] = frozenset(), **put: Any) -> Any:
    return next_question(case(question, **put), ferry_law(), skip=skip).as_json()


def test_what_settles_the_case_alone_is_asked() -> None:
    told = ask(boats__b1__length=12, boats__b1__flag=UNKNOWN)
    assert told["question"]["fact"] == "boats.b1.flag"
    assert told["question"]["settles"]
    decided = {
        one["answer"][0]["value"]: one["parts"][0]["outcome"] for one in told["question"]["answers"]
    }
    assert decided == dict.fromkeys(("red", "blue", "white"), "determined")


def test_what_cannot_matter_is_not_asked() -> None:
    told = ask(boats__b1__flag=UNKNOWN, skippers__ann__bereaved=UNKNOWN)  # too short in any case
    assert told["done"]
    assert told["decision"]["outcome"] == "determined"


def test_a_number_is_asked_with_what_lies_on_each_side_of_its_threshold() -> None:
    told = ask(boats__b1__length=UNKNOWN)["question"]
    assert [one["answer"][0]["text"]["en"] for one in told["answers"]] == [
        "less than 10",
        "at least 10",
    ]


def test_what_is_easier_to_prove_is_asked_first() -> None:
    put: Any = {"skippers__ann__licensed_on": "2000-01-01", "skippers__ann__flags": REMOVED}
    told = ask("more", skippers__ann__sworn=UNKNOWN, skippers__ann__wrecks=0, **put)
    assert told["question"]["fact"] == "skippers.ann.flags"  # needs no paper; the oath needs one


def test_what_nobody_can_find_out_is_skipped() -> None:
    put: Any = {"boats__b1__length": UNKNOWN, "boats__b1__flag": UNKNOWN}
    first = ask(**put)["question"]["fact"]
    second = ask(skip=frozenset({first}), **put)["question"]["fact"]
    assert {first, second} == {"boats.b1.length", "boats.b1.flag"}
    assert ask(skip=frozenset({first, second}), **put)["done"]


def test_what_is_not_established_is_not_asked_again() -> None:
    told = ask(boats__b1__length={"state": "unestablished"}, boats__b1__flag=UNKNOWN)
    assert told["done"]


def test_whether_something_is_so_is_asked_before_the_day_on_which_it_became_so() -> None:
    law = real_law()
    plain = yaml.safe_load((EXAMPLES / "w01.yaml").read_text("utf-8"))
    plain["children"]["k1"]["adopted"] = UNKNOWN
    case = read_case_data(json.loads(json.dumps(plain, default=str)), law.vocabulary)
    assert next_question(case, law).fact == "children.k1.adopted"


@pytest.mark.parametrize(
    ("path", "said", "entered"),
    [
        ("skippers.ann.sworn", "true", True),
        ("boats.b1.length", "12", 12),
        ("boats.b1.flag", "blue", [{"value": "blue"}]),
        ("boats.b1.flag", [{"from": "2001-01-01", "value": "red"}], None),
        ("skippers.ann.takings[2009]", "10.00", [{"year": 2009, "value": "10.00"}]),
        ("skippers.ann.moored", "true", [{}]),
        ("skippers.ann.moored", "false", []),
        ("skippers.ann.flags", ["red", "blue"], [{"value": "red"}, {"value": "blue"}]),
        ("skippers.ann.sworn", {"state": "unestablished"}, {"state": "unestablished"}),
    ],
)
def test_an_answer_is_entered_in_the_form_of_the_case(path: str, said: Any, entered: Any) -> None:
    law = ferry_law()
    before = canonical_case(case(), law.vocabulary)
    after = answered(before, law.vocabulary, path, typed_answer(law, path, said))
    section, entity, name = path.partition("[")[0].split(".")
    assert after[section][entity][name] == (said if entered is None else entered)
    assert before == canonical_case(case(), law.vocabulary)
    read_case_data(after, law.vocabulary)


def test_a_setting_that_is_a_place_is_told_by_its_name() -> None:
    path = "settings.figures_of"
    (told,) = told_answer(real_law(), path, [(path, "320100")])
    assert told["value"] == "320100"
    assert told["text"] == {"zh": "南京市（320100）", "en": "南京市 (320100)"}


def test_a_list_and_a_figure_and_a_setting_can_be_answered() -> None:
    words = ferry_law().vocabulary
    assert answered(plain(), words, "boats.listed", True)["boats"]["listed"] == "all"
    assert answered(plain(), words, "settings.year", 2009)["settings"] == {"year": 2009}
    path = "statistics[price/fresh/north/county/420281/2013]"
    (figure,) = answered(plain(), words, path, "9.00")["statistics"]
    assert (figure["year"], figure["place"], figure["value"]) == (2013, "420281", "9.00")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_question_and_a_decision_are_told_in_both_languages(lang: str) -> None:
    open_case = ask(boats__b1__length=UNKNOWN)
    assert "b1" in render_question(open_case, lang, ferry_law().vocabulary)
    assert ("确定" in render_question(ask(), lang, ferry_law().vocabulary)) is (lang == "zh")


def test_what_is_settled_is_told_in_a_few_lines_and_in_full_if_asked_for() -> None:
    short, whole = (
        render_question(ask(), "zh", ferry_law().vocabulary, whole=whole) for whole in (False, True)
    )
    first, about, *parts, how = short.splitlines()
    assert first == "不必再问，结果已经确定" and about == whole.splitlines()[0]
    assert "--all" in how and 0 < len(parts) <= 4 < len(whole.splitlines())
    assert ask()["decision"]["trace"]["children"]  # for machines nothing is cut


def test_where_no_question_helps_the_open_parts_say_what_they_lack() -> None:
    put = {"boats__b1__length": UNKNOWN}
    first = ask(**put)["question"]["fact"]
    told = ask(skip=frozenset({first}), **put)
    while not told["done"]:
        first = told["question"]["fact"]
        told = ask(skip=frozenset({"boats.b1.length", first}), **put)
    text = render_question(told, "en", ferry_law().vocabulary)
    assert text.startswith("Nothing is left to ask: ")
    assert "missing: " in text and "boats.b1.length" in text


def test_a_place_and_a_figure_are_asked_for_in_words() -> None:
    law = replace(ferry_law(), vocabulary=VOCABULARY)
    paths = "places[420281/township]", "statistics[fish/fresh/north/county/420281/2013]"
    place, figure = (told_fact(law, case(), path)["text"] for path in paths)
    assert place["zh"].startswith("是大冶市（420281）下的哪一个地方") and place["zh"].endswith("？")
    assert place["en"].startswith("Please find out which township of 大冶市 (420281) it is")
    assert figure["zh"] == "大冶市（420281）2013年北鲜（县级）是多少？"
    assert figure["en"] == "How much is the north fresh in 大冶市 (420281) (county), 2013?"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "可以回答：红、蓝；也可能查不明"),
        ("en", "answers: red, blue; or that nobody"),
    ],
)
def test_a_fact_that_settles_nothing_alone_is_asked_with_its_values(lang: str, said: str) -> None:
    parts = [{"bearer": "b1", "text": {"zh": "待定", "en": "undetermined"}}]
    fact = "boats.b1.flag"
    answers = [
        {
            "answer": told_answer(ferry_law(), fact, [(f"{fact}?established", option)]),
            "parts": parts,
        }
        for option in (True, False)
    ]
    values = [{"zh": "红", "en": "red"}, {"zh": "蓝", "en": "blue"}]
    question = {"fact": fact, "text": {"zh": "旗？", "en": "flag?"}, "evidence": []}
    content = {"done": False, "question": question | {"values": values, "answers": answers}}
    told = render_question(content, lang, ferry_law().vocabulary)
    assert said in told and "established:" not in told
    assert {"zh": "另有", "en": "other part"}[lang] not in told
    first = answers[0]["answer"][0]["of_text"]
    assert first == {"zh": "能否查明", "en": "can it be established"}


# --- what is still possible -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "证明：簿、单"), ("en", "proved by: book, slip")]
)
def test_several_papers_are_listed_in_the_way_of_the_language(lang: Any, said: str) -> None:
    told = ask(boats__b1__length=12, boats__b1__flag=UNKNOWN)
    papers = [{"zh": "簿", "en": "book"}, {"zh": "单", "en": "slip"}]
    told["question"] |= {"evidence": papers}
    assert said in render_question(told, lang, ferry_law().vocabulary)


@pytest.mark.parametrize(("lang", "said"), [("zh", "红: 是，蓝: 否"), ("en", "red: yes, blue: no")])
def test_the_parts_of_an_answer_are_listed_in_the_way_of_the_language(lang: str, said: str) -> None:
    parts = [
        {"of_text": {"zh": "红", "en": "red"}, "text": {"zh": "是", "en": "yes"}},
        {"of_text": {"zh": "蓝", "en": "blue"}, "text": {"zh": "否", "en": "no"}},
    ]
    assert said_together(parts, lang) == said


def test_what_remains_is_told_with_what_each_fact_would_decide() -> None:
    told = possible(case(boats__b1__length=12, boats__b1__flag=UNKNOWN), ferry_law())
    (part,) = told["parts"]
    assert part["outcome"] == "undetermined"
    assert [band["low"] for band in part["bands"]] == ["0.00", "200.00"]
    assert [one["fact"] for one in part["facts"]] == ["boats.b1.flag"]
    assert len(part["facts"][0]["answers"]) == 3


def test_what_is_alleged_is_left_out_and_the_result_stands_or_not() -> None:
    told = possible(case(boats__b1__length=12), ferry_law())
    stands = {one["fact"]: one["stands"] for one in told["proof"]}
    assert stands["skippers.ann.takings[2009]"]
    assert not stands["boats.b1.length"]


def test_what_is_contested_is_put_as_it_is_claimed() -> None:
    length = {"value": 12, "claims": [{"by": "ann", "value": 9}, {"by": "rival", "value": 30}]}
    told = possible(case(boats__b1__length=length), ferry_law())
    found = next(one for one in told["proof"] if one["fact"] == "boats.b1.length")
    assert found["state"] == "contested"
    assert [(one["by"], one["stands"]) for one in found["claims"]] == [
        ("ann", False),
        ("rival", True),
    ]
    ((turned,), none) = (one["then"] for one in found["claims"])
    assert (turned["bearer"], turned["conclusions"][0]["effect"]) == ("ann", "none-due")
    assert none == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_possibilities_are_told_in_both_languages(lang: str) -> None:
    text = render_possible(
        possible(case(boats__b1__flag=UNKNOWN), ferry_law()), lang, ferry_law().vocabulary
    )
    assert "ann" in text


def test_days_from_one_to_the_same_are_a_day() -> None:
    path, day = "skippers.ann.licensed_on", date(2000, 1, 1)
    spans = [Window(day, day), Window(day, date(2000, 1, 2))]
    told = told_answer(ferry_law(), path, [(path, span) for span in spans])
    assert [one["text"]["zh"] for one in told] == ["2000-01-01", "2000-01-01…2000-01-02"]


DAUGHTER = b"""
schema: case/1
reference: daughter
as_of: 2009-06-01
question: {ask: eligibility, about: [c1]}
persons:
  husband:
    sex: male
    born: 1978-04-04
    register: [{from: 1978-04-04, value: rural, place: 350524}]
    only_child: false
    minority: false
    statuses: []
  wife:
    sex: female
    born: 1980-10-10
    register: [{from: 1980-10-10, value: rural, place: 350524}]
    only_child: false
    minority: false
    statuses: []
couples:
  c1: {partners: [husband, wife], married: [{from: 2004-12-12}], remarried: false}
children:
  listed: all
  k1: {parents: [husband, wife], born: 2006-08-21, sex: female, adopted: false, living: true}
"""


def test_an_answer_that_settles_all_is_worth_more_than_two_that_leave_half() -> None:
    """Not where the children live and on which day they came back, before whether they did."""
    law = real_law()
    case = read_case(DAUGHTER, law.vocabulary, file="daughter.yaml")
    told = next_question(case, law).as_json()["question"]
    assert told["fact"] == "persons.husband.returned_overseas"
    (no,) = [one for one in told["answers"] if one["answer"][0]["value"] is False]
    assert no["parts"][0]["outcome"] == "determined"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "没有它：father、mother 待定（缺少文本：《福建省人口与计划生育条例》"),
        ("en", "without it: father, mother undetermined (missing text: the text of Fujian"),
    ],
)
def test_what_is_open_without_a_fact_says_what_it_hangs_on(lang: str, said: str) -> None:
    law, file = real_law(), EXAMPLES / "family.yaml"
    told = possible(read_case(file.read_bytes(), law.vocabulary), law)
    lines = render_possible(told, lang, law.vocabulary).splitlines()
    (at,) = [place for place, line in enumerate(lines) if "children.k2.ground" in line]
    assert said in lines[at + 1]
