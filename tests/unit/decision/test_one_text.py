"""Of an old and a new text the lighter one is taken as a whole, not the lighter half of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.decision.words.text import render_decision
from engine.law.check import check
from tests.written import write_all

WORDS = """\
kinds:
  shop: {section: shops, zh: 店铺, en: shop}
ladders:
  closing:
  - {id: warning, zh: 警示, en: warning}
  - {id: closed, zh: 停业, en: closed}
facts:
  shop.on: {type: date, zh: 行为日, en: day of the act}
  shop.grave: {type: boolean, zh: 严重, en: grave}
defined:
  place: {type: place, zh: 地, en: place}
relations:
  shops: {type: list of shop, means: "[s for s in every_shop if s in about]", zh: 各店, en: shops}
conclusions:
  toll: {effect: charge, combination: sum, none: none-due, zh: 罚金, en: fine}
  shutting:
    effect: sanction
    ladder: closing
    combination: heaviest
    none: no-shutting
    zh: 停业处理
    en: shutting
  seizing: {effect: charge, combination: sum, none: none-due, zh: 没入, en: forfeit}
questions:
  act:
    about: [shop]
    seeks: [charge toll, sanction shutting, charge seizing]
    zh: 处理
    en: what follows
evidence: {note: {zh: 笔录, en: note}}
issuers: {court: {zh: 法庭, en: court}}
"""
HEAD = """\
instrument:
  id: {id}
  title: {{zh: {zh}, en: {id}}}
  rank: law
  territory: 000000
version: {{in-force: {day}, confidence: confirmed, sources: [B1]}}
"""
CHOICE = (
    HEAD.format(id="fair/choice", zh="适用", day="1990-01-01")
    + """\
articles:
- article: 1
  confidence: confirmed
  rules:
  - id: place
    define:
      place: place(420000)
- article: 2
  gist: {zh: 从旧兼从轻, en: the old law unless the new one is lighter}
  confidence: confirmed
  for: shop in shops
  rules:
  - id: lighter
    governs:
      effects: [define, charge, sanction]
      questions: [act]
      place: place(420000)
      day: "[shop.on, assessment.date]"
      choose: lightest
      TOGETHER
"""
)
TEXT = """\
fills: [charge toll, sanction shutting, charge seizing]
articles:
- article: 1
  confidence: confirmed
  for: shop in shops
  rules:
  - id: toll
    charge:
      what: toll
      payer: shop
      amount: yuan({toll})
  - id: shutting
    sanction:
      what: shutting
      bearer: shop
      from: {step}
      period: months({months})
  - id: seizing
    when: shop.grave
    charge:
      what: seizing
      payer: shop
      amount: yuan({seized})
"""
SOURCES = (Path(__file__).parents[2] / "laws/harbour/rulesets/sources/all.yaml").read_text("utf-8")
OLD = {"toll": 500, "step": "warning", "months": 12, "seized": 10}
WHOLE = "together: [toll, shutting]"


def law(folder: Path, new: dict[str, Any], together: str = WHOLE) -> Law:
    """The old text of 2000 and a new one of 2010, with the rule that chooses between them."""
    files = {
        "vocabulary/words.yaml": WORDS,
        "sources/all.yaml": SOURCES,
        "fair/choice/1990-01-01.yaml": CHOICE.replace("TOGETHER", together).rstrip() + "\n",
        "fair/text/2000-01-01.yaml": HEAD.format(id="fair/text", zh="集市法", day="2000-01-01")
        + TEXT.format(**OLD),
        "fair/text/2010-01-01.yaml": HEAD.format(id="fair/text", zh="集市法", day="2010-01-01")
        + TEXT.format(**OLD | new),
    }
    return load_law(write_all(folder, files))


def told(law: Law, **facts: Any) -> dict[str, Any]:
    case = {
        "schema": "case/1",
        "as_of": "2011-01-01",
        "question": {"ask": "act", "about": ["s1"]},
        "shops": {"s1": {"on": "2005-01-01", "grave": True} | facts},
    }
    return decide(read_case_data(case, law.vocabulary), law).as_json()


def comes_to(decision: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """By conclusion: the aspect that is compared first, and the law that was taken, if one was."""
    found: dict[str, list[tuple[str, str]]] = {}
    for part in (one for one in decision["parts"] if one["bands"]):
        taken = [next(iter(one["law"].values())) for one in part.get("laws", ()) if one["taken"]]
        first = part["bands"][0]["aspect"]
        found[part["object"]] = [
            (band["low"], *taken) for band in part["bands"] if band["aspect"] == first
        ]
    return found


def test_the_rulesets_are_sound(tmp_path: Path) -> None:
    law(tmp_path, {"toll": 400})
    assert check(tmp_path) == []


def test_a_text_that_is_lighter_in_one_thing_and_heavier_in_none_is_taken_for_all(
    tmp_path: Path,
) -> None:
    decision = told(law(tmp_path, {"toll": 499, "seized": 11}))

    assert comes_to(decision)["toll"] == [("499.00", "2011-01-01")]
    assert comes_to(decision)["shutting"] == [("warning", "2011-01-01")]


def test_a_text_that_is_the_same_in_all_is_not_taken_before_the_old_one(tmp_path: Path) -> None:
    decision = told(law(tmp_path, {}))
    assert {part["object"]: part.get("laws") for part in decision["parts"]}
    assert {law for bands in comes_to(decision).values() for _, law in bands} == {"2005-01-01"}


def test_where_one_text_has_the_lower_fine_and_the_other_the_lighter_step_neither_is_taken(
    tmp_path: Path,
) -> None:
    """The lower fine of the new text with the lighter step of the old one would be no text."""
    decision = told(law(tmp_path, {"toll": 400, "step": "closed"}))

    assert sorted(comes_to(decision)["toll"]) == [("400.00",), ("500.00",)]
    assert sorted(comes_to(decision)["shutting"]) == [("closed",), ("warning",)]
    for part in decision["parts"]:
        if part["object"] != "seizing":
            kinds = {c["kind"] for band in part["bands"] for c in band["choices"]}
            assert kinds == {"reading"}


def test_without_the_word_each_conclusion_is_compared_alone(tmp_path: Path) -> None:
    decision = told(law(tmp_path, {"toll": 400, "step": "closed"}, together=""))

    assert comes_to(decision)["toll"] == [("400.00", "2011-01-01")]
    assert comes_to(decision)["shutting"] == [("warning", "2005-01-01")]


def test_what_does_not_belong_with_it_is_compared_alone_all_the_same(tmp_path: Path) -> None:
    decision = told(law(tmp_path, {"toll": 499, "seized": 11}))
    assert comes_to(decision)["seizing"] == [("10.00", "2005-01-01")]


@pytest.mark.parametrize(
    ("new", "step", "day"),
    [
        ({"step": "warning", "months": 11}, "warning", "2011-01-01"),
        ({"step": "warning", "months": 13}, "warning", "2005-01-01"),
        ({"step": "closed", "months": 1}, "warning", "2005-01-01"),
    ],
    ids=["same step, shorter", "same step, longer", "heavier step, shorter"],
)
def test_within_one_conclusion_the_step_goes_before_the_period(
    new: dict[str, Any], step: str, day: str, tmp_path: Path
) -> None:
    decision = told(law(tmp_path, new))
    assert comes_to(decision)["shutting"] == [(step, day)]
    assert comes_to(decision)["toll"] == [("500.00", day)]


def test_a_fact_on_which_only_the_other_conclusion_depends_is_asked_for(tmp_path: Path) -> None:
    """Whether the fine of the new text is taken hangs on what else the new text does."""
    found = law(tmp_path, {"toll": 400, "seized": 11}, "together: [toll, seizing]")

    open_one, plain = told(found, grave={"state": "unknown"}), told(found, grave=False)

    (toll,) = [part for part in open_one["parts"] if part["object"] == "toll"]
    assert (toll["outcome"], toll["missing"]) == ("undetermined", [["shops.s1.grave"]])
    assert comes_to(plain)["toll"] == [("400.00", "2011-01-01")]


def test_the_trace_tells_what_was_compared_as_a_whole(tmp_path: Path) -> None:
    decision = told(law(tmp_path, {"toll": 499}))

    text = render_decision(decision, "zh")

    assert "的规定：警示；罚金：500.00（未用）" in text
    assert "的规定：警示；罚金：499.00（采用）" in text
    (toll,) = [part for part in decision["parts"] if part["object"] == "toll"]
    assert [one["together"] for one in toll["laws"]] == [{"shutting": ["warning"]}] * 2


def test_an_unknown_conclusion_is_reported(tmp_path: Path) -> None:
    law(tmp_path, {}, "together: [tolls]")
    assert [one.code for one in check(tmp_path)] == ["unknown-name"]
