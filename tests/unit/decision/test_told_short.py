"""Explanations for a terminal: nothing twice, long lists cut, and of one entity if asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.decision.asking.question_text import render_question
from engine.decision.case.reading import Case, read_case
from engine.decision.explaining.explaining import Kind, Sought, explained, render_explained
from engine.decision.explaining.targets import ExplainError
from engine.decision.words.paths_said import paths_listed
from engine.decision.words.shortly import line, told_once
from tests.real import real_law

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@cache
def family() -> Case:
    return read_case((EXAMPLES / "family.yaml").read_bytes(), real_law().vocabulary)


def test_what_stood_above_with_all_below_it_is_only_named() -> None:
    one = {**line("甲", "a"), "children": [line("乙", "b")]}
    other = {**line("甲", "a"), "children": [line("丙", "c")]}
    first, second, third = told_once([one, other, one])
    assert (first, second) == (one, other)
    assert third == line("甲（见上）", "a (see above)")
    assert told_once([line("甲", "a"), line("甲", "a")]) == [line("甲", "a"), line("甲", "a")]


def test_why_tells_the_steps_of_several_worlds_once() -> None:
    content = explained(family(), real_law(), Sought("why", "social-maintenance-fee"))
    short, whole = (
        render_explained(content, "zh", real_law().vocabulary, whole=whole)
        for whole in (False, True)
    )
    assert short.count("计征年度（上一年度） = 2008 − 1 = 2007") == 1 and "（见上）" in short
    assert whole.count("计征年度（上一年度） = 2008 − 1 = 2007") > 1
    assert len(short.splitlines()) * 4 < len(whole.splitlines()) * 3
    assert "鼓楼区（350102）2007年城镇居民人均可支配收入" in short


@pytest.mark.parametrize(("facts", "answers"), [(5, 0), (4, 2)])
def test_a_question_that_counts_only_with_many_facts_lists_no_answers(
    facts: int, answers: int
) -> None:
    paths = [f"children.k{number}.born" for number in range(facts)]
    parts = [{"bearer": "ada", "text": {"zh": "待定", "en": "open"}}]
    given = [
        {"answer": [{"text": {"zh": side, "en": side}, "compared": paths}], "parts": parts}
        for side in ("少于", "多于")
    ]
    asked = {"fact": paths[0], "text": {"zh": "问", "en": "ask"}, "evidence": [], "answers": given}
    content = {"done": False, "question": asked}
    short, whole = (
        render_question(content, "zh", real_law().vocabulary, whole=whole)
        for whole in (False, True)
    )
    assert sum("于" in line for line in short.splitlines()) == answers
    assert ("合在一起" in short) is (answers == 0) and "多于" in whole


def test_of_more_facts_than_asked_for_the_first_are_named() -> None:
    paths = [f"children.k{number}.born" for number in range(1, 7)]
    words = real_law().vocabulary
    assert paths_listed(paths, words, 2).zh.endswith("（children.k2.born） 等 6 项")
    assert paths_listed(paths, words, 2).en.endswith("(children.k2.born) and others (6)")
    assert paths_listed(paths[:2], words, 2) == paths_listed(paths[:2], words)


@pytest.mark.parametrize("kind", ["possible", "changes"])
def test_one_entity_can_be_asked_about(kind: Kind) -> None:
    found = explained(family(), real_law(), Sought(kind, size=1, bearer="mother"))
    assert [part["bearer"] for part in found["parts"]] == ["mother"]


@pytest.mark.parametrize(
    ("bearer", "said"), [("k2", "结果不涉及这个对象"), ("zz", "案件里没有这个对象")]
)
def test_an_entity_that_the_answer_does_not_concern_is_refused(bearer: str, said: str) -> None:
    with pytest.raises(ExplainError) as refused:
        explained(family(), real_law(), Sought("possible", bearer=bearer))
    assert refused.value.message.zh == f"{said}。结果涉及：father、mother"
