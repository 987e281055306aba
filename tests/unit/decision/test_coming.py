"""What a part comes to, in a line: none is not told like something, amounts have their unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.decision.asking.possible import possible, render_possible
from engine.decision.asking.question_text import render_question
from engine.decision.asking.questions import next_question
from engine.decision.case.reading import read_case
from engine.decision.changing.changes import changes, render_changes
from engine.decision.deciding.coming import came
from engine.decision.explaining.compare import compare, side
from engine.decision.explaining.compare_text import comparison_text
from tests.real import real_law

EXAMPLES = Path(__file__).parents[3] / "examples"
LATER = date(2021, 8, 20)


def example(name: str) -> Any:
    return read_case((EXAMPLES / name).read_bytes(), real_law().vocabulary, file=name)


def test_what_is_no_longer_due_is_told_as_none() -> None:
    told = changes(example("entitlements-daye.yaml"), real_law())
    (part,) = [one for one in told["parts"] if one["bearer"] == "k2"]
    assert part["now"]["text"]["zh"].startswith("确定 育儿补贴 1,500.00 元 ")
    assert [one["then"]["text"] for one in part["sets"]] == [
        {"zh": "确定 育儿补贴：无", "en": "determined childcare subsidy: none"}
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_county_is_told_in_short_and_nothing_shows_how_it_is_computed(lang: str) -> None:
    law, case = real_law(), example("townships-2010.yaml")
    told = {
        render_changes: changes(case, law),
        render_possible: possible(case, law),
        render_question: next_question(case, law).as_json(),
    }
    for render, content in told.items():
        short = render(content, lang, law.vocabulary)
        whole = render(content, lang, law.vocabulary, whole=True)
        assert len(short.splitlines()) < 110
        assert len(short) < len(whole)
        assert "sign of" not in whole and "'number'" not in whole
    assert "sign of" not in str(told)


def test_two_days_of_a_county_are_compared_part_by_part() -> None:
    law = real_law()
    data = (EXAMPLES / "townships-2010.yaml").read_bytes()
    first, second = (
        side(data, law, as_of=day, file="townships-2010.yaml")
        for day in (example("townships-2010.yaml").as_of, LATER)
    )
    text = comparison_text(compare(first, second).as_json(), law.vocabulary, "en")
    assert "other parts have the same answer on both sides" in text


LOSS = b"""
schema: case/1
reference: loss
as_of: 2019-03-03
question: {ask: entitlements, about: [c1]}
persons:
  father: {sex: male, born: 1964-02-02, register: [{from: 1980-01-01, value: urban, place: 510104}]}
  mother:
    sex: female
    born: 1966-05-05
    register: [{from: 1980-01-01, value: urban, place: 510104}]
couples:
  c1: {partners: [father, mother]}
children:
  listed: all
  k1: {parents: [father, mother], born: 1990-03-01, living: false, died_on: 2015-05-05}
"""


def test_a_text_that_is_lacking_and_a_refusal_are_told_in_words() -> None:
    law = real_law()
    loss = read_case(LOSS, law.vocabulary, file="loss.yaml")
    lines = render_possible(possible(loss, law), "zh", law.vocabulary).splitlines()
    turned = render_changes(changes(loss, law), "zh", law.vocabulary).splitlines()
    for told in (lines, turned):
        assert "└─ 缺少文本：《四川省计划生育家庭特别扶助标准》在 2019-03-03 施行的文本" in told
    assert "c1：待定 拒绝 独生子女伤残死亡家庭的帮助，或者 独生子女伤残死亡家庭的帮助：无" in lines
    assert "│  ├─ 是　⇒　拒绝 独生子女伤残死亡家庭的帮助" in lines
    assert "└─ 地方政府给予必要的帮助，本法没有数额" in lines


def test_what_was_asked_of_nobody_before_is_nothing_else_and_of_many_parts_the_first_are_told() -> (
    None
):
    law, case = real_law(), example("townships-2010.yaml")
    told = possible(case, law)
    asked = {(part["bearer"], part["object"]) for part in told["parts"]}
    turned = [one for fact in told["proof"] for one in fact["without"]["then"]]
    new = [one for one in turned if (one["bearer"], one["object"]) not in asked]
    sure = [one for one in new if one["outcome"] != "undetermined"]
    assert turned and not [one for one in sure if one["text"]["en"].endswith(": none")]
    text = render_possible(told, "zh", law.vocabulary)
    assert max(len(line) for line in text.splitlines()) < 600


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (
            [("no-sanction", None), ("sanction", "unit-discipline")],
            "待定 单位纪律处分：无，或者 单位纪律处分 档次 由单位决定的纪律处分",
            "undetermined discipline by the unit: none, or discipline by the unit measure "
            "discipline by the unit (which grades it)",
        ),
        (
            [("no-sanction", None)],
            "待定 单位纪律处分：无，或者 …",
            "undetermined discipline by the unit: none, or …",
        ),
        (
            [("no-sanction", None), ("refuse", None)],
            "待定 单位纪律处分：无，或者 拒绝 单位纪律处分",
            "undetermined discipline by the unit: none, or refused discipline by the unit",
        ),
    ],
)
def test_that_there_may_be_none_is_told_beside_what_there_may_be(
    told: list[tuple[str, str | None]], zh: str, en: str
) -> None:
    steps = [value for _, value in told if value]
    part = {
        "outcome": "undetermined",
        "conclusions": [
            {"effect": effect, "object": "unit-sanction", "value": value} for effect, value in told
        ],
        "bands": [{"aspect": "measure", "low": step, "high": step} for step in steps],
    }
    assert came(real_law().vocabulary, part)["text"] == {"zh": zh, "en": en}
