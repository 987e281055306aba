"""A number that nobody has found out is one that it can be: none below the least of its range."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.decision.case import CaseError, read_case_data
from engine.decision.changes import changes
from engine.decision.decide import decide, load_law
from tests.real import real_law

FILES = {
    "vocabulary/words.yaml": """\
kinds:
  cart: {section: carts, zh: 车, en: cart}
facts:
  cart.horses: {type: number, RANGE zh: 马数, en: horses}
defined:
  place: {type: place, zh: 地, en: place}
relations:
  carts: {type: list of cart, means: "[c for c in every_cart if c in about]", zh: 各车, en: carts}
conclusions:
  toll: {effect: charge, combination: unique, none: none-due, zh: 费, en: toll}
questions:
  toll: {about: [cart], seeks: charge toll, zh: 费, en: toll}
""",
    "sources/all.yaml": """\
T1: {where: "https://law.example/", kind: official, read: full-text}
""",
    "road/choice/1990-01-01.yaml": """\
instrument:
  id: road/choice
  title: {zh: 适用, en: choice of law}
  rank: law
  territory: 000000
version: {in-force: 1990-01-01, confidence: confirmed, sources: [T1]}
articles:
- article: 1
  gist: {zh: 当日的规定, en: the text of the day}
  confidence: confirmed
  rules:
  - id: place
    define:
      place: place(420000)
  - id: day
    governs:
      effects: [define, charge]
      questions: [toll]
      place: place(420000)
      day: assessment.date
""",
    "road/text/2000-01-01.yaml": """\
instrument:
  id: road/text
  title: {zh: 道路法, en: road law}
  rank: law
  territory: 000000
version: {in-force: 2000-01-01, confidence: confirmed, sources: [T1]}
fills: [charge toll]
articles:
- article: 1
  gist: {zh: 每车, en: each cart}
  confidence: confirmed
  for: cart in carts
  rules:
  - id: toll
    when: CONDITION
    charge:
      what: toll
      payer: cart
      amount: yuan(5)
""",
}


def part(folder: Path, range: str, condition: str) -> dict[str, Any]:
    """The answer about a cart of which the number of horses is not known."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text.replace("RANGE", range).replace("CONDITION", condition), encoding="utf-8"
        )
    law = load_law(folder)
    case = {
        "schema": "case/1",
        "as_of": "2011-01-01",
        "question": {"ask": "toll", "about": ["c1"]},
        "carts": {"c1": {"horses": {"state": "unknown"}}},
    }
    (found,) = decide(read_case_data(case, law.vocabulary), law).as_json()["parts"]
    return dict(found)


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
    found = part(tmp_path, range, condition)
    assert found["outcome"] == outcome
    assert found.get("missing", []) == ([["carts.c1.horses"]] if outcome == "undetermined" else [])
    assert [band["high"] for band in found["bands"]].count("5.00") == 1


def test_a_change_moves_no_number_past_what_it_can_be(tmp_path: Path) -> None:
    part(tmp_path, "range: {least: 1, most: 9},", "cart.horses < 3 or cart.horses > 7")
    law = load_law(tmp_path)
    plain = {
        "schema": "case/1",
        "as_of": "2011-01-01",
        "question": {"ask": "toll", "about": ["c1"]},
        "carts": {"c1": {"horses": 5}},
    }
    (found,) = changes(read_case_data(plain, law.vocabulary), law)["parts"]
    assert [one["changes"][0]["text"]["en"] for one in found["sets"]] == [
        "carts.c1.horses → at least 1, less than 3",
        "carts.c1.horses → more than 7, at most 9",
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
