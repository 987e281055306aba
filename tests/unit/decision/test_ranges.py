"""A number that nobody has found out is one that it can be: none below the least of its range."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.decision.asking.possible import possible
from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.changing.changes import changes
from engine.decision.deciding.decide import decide
from tests.real import real_law
from tests.unit.decision.road import question


@pytest.mark.parametrize(
    ("range", "condition", "outcome"),
    [
        ("range: {least: 1},", "cart.horses >= 1", "determined"),
        ("range: {least: 1},", "cart.horses > 1", "undetermined"),
        ("range: {most: 8},", "cart.horses <= 8", "determined"),
        ("", "cart.horses >= 1", "undetermined"),
    ],
)
def test_a_condition_that_the_range_settles_asks_for_nothing(
    range: str, condition: str, outcome: str, tmp_path: Path
) -> None:
    asked = question(tmp_path, condition, {"horses": {"state": "unknown"}}, range)
    (found,) = decide(*asked).as_json()["parts"]
    assert found["outcome"] == outcome
    assert found.get("missing", []) == ([["carts.c1.horses"]] if outcome == "undetermined" else [])
    assert [band["high"] for band in found["bands"]].count("5.00") == 1


def test_a_change_moves_no_number_past_what_it_can_be(tmp_path: Path) -> None:
    condition, range = "cart.horses < 3 or cart.horses > 7", "range: {least: 1, most: 9},"
    (found,) = changes(*question(tmp_path, condition, {"horses": 5}, range))["parts"]
    assert [one["changes"][0]["text"]["en"] for one in found["sets"]] == [
        "horses of c1 (carts.c1.horses) → at least 1, less than 3",
        "horses of c1 (carts.c1.horses) → more than 7, at most 9",
    ]
    assert found["complete"]


def test_every_number_that_a_case_of_the_real_law_holds_says_its_range() -> None:
    facts = real_law().vocabulary.facts.values()
    numbers = [one.info for one in facts if one.info.type.base == "number"]
    assert len(numbers) > 50
    assert [one.key for one in numbers if one.type.range is None] == []
    assert [one.key for one in numbers if one.type.range and one.type.range.least is None] == []


@pytest.mark.parametrize("births", [-3, "-1", "2.5"])
def test_births_of_a_township_are_none_below_zero_and_no_halves(births: object) -> None:
    case = {
        "schema": "case/1",
        "as_of": "2010-12-31",
        "question": {"ask": "figures", "about": ["n1"]},
        "periods": {"y1": {"span": "year", "start": "2010-01-01", "end": "2010-12-31"}},
        "units": {"n1": {"kind": "township", "births": {"y1": births}}},
    }
    with pytest.raises(CaseError) as caught:
        read_case_data(case, real_law().vocabulary)
    (problem,) = caught.value.problems
    assert (problem.code, problem.pointer) == ("out-of-range", "/units/n1/births/y1")
    assert problem.expected.en == "a whole number not below 0"


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            "max(0, cart.horses - 3) > 0",
            ["不超过 3", "超过 3"],
            ["horses of c1 at most 3", "horses of c1 more than 3"],
        ),
        ("max(2, cart.horses) > 2", ["等于 2", "多于 2"], ["equal to 2", "more than 2"]),
    ],
)
def test_no_answer_is_announced_that_no_number_gives(
    condition: str, zh: list[str], en: list[str], tmp_path: Path
) -> None:
    asked = question(tmp_path, condition, {"horses": {"state": "unknown"}}, "range: {least: 0},")
    (part,) = possible(*asked)["parts"]
    texts = [one["answer"][0]["text"] for one in part["facts"][0]["answers"]]
    assert [one["en"][-len(end) :] for one, end in zip(texts, en, strict=True)] == en
    assert [one["zh"][-len(end) :] for one, end in zip(texts, zh, strict=True)] == zh
