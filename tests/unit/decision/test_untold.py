"""Where the law of one boat cannot be told, only what that law may touch stays open."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from tests.written import write_all

WORDS: Final = """\
kinds:
  owner: {section: owners, zh: 船主, en: owner}
  boat: {section: boats, zh: 船, en: boat}
facts:
  owner.berth: {type: place, zh: 船主泊港, en: harbour of the owner}
  boat.owner: {type: owner, zh: 主, en: owner}
  boat.berth: {type: place, zh: 泊港, en: harbour}
  boat.long: {type: boolean, zh: 长, en: long}
defined:
  boat.decked: {type: boolean, zh: 有甲板, en: decked}
relations:
  owners: {type: list of owner, means: "[o for o in every_owner if o in about]", zh: 主, en: owners}
  boats:
    {type: list of boat, means: "[b for b in every_boat if b.owner in about]", zh: 各船, en: boats}
  boat.big: {type: boolean, means: boat.long, zh: 大, en: big}
conclusions:
  rope-money: {effect: grant, combination: unique, zh: 缆绳费, en: rope money}
  quay-money: {effect: grant, combination: unique, zh: 码头费, en: quay money}
  deck-money: {effect: grant, combination: unique, zh: 甲板费, en: deck money}
  size-money: {effect: grant, combination: unique, zh: 大船费, en: size money}
  lamp-money: {effect: grant, combination: sum, zh: 灯费, en: lamp money}
  flag-money: {effect: grant, combination: unique, zh: 旗费, en: flag money}
questions:
  money: {about: [owner], seeks: grant, zh: 各费, en: money}
  ropes: {about: [owner], seeks: [grant quay-money, grant rope-money], zh: 两费, en: two}
"""
CHOICE: Final = """\
instrument: {id: port/choice, title: {zh: 适用, en: Choice}, rank: law, territory: 000000}
version: {in-force: 1990-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  rules:
  - id: owner
    for: owner in owners
    governs:
      effects: [define, grant, refuse]
      place: owner.berth
      day: assessment.date
  - id: boat
    for: boat in boats
    governs:
      effects: [define, grant, refuse]
      place: boat.berth
      day: assessment.date
"""
WUHAN: Final = """\
instrument: {id: port/wuhan, title: {zh: 武汉, en: Wuhan}, rank: rule, territory: 420100}
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  for: owner in owners
  rules:
  - id: quay
    grant:
      what: quay-money
      to: owner
      amount: yuan(3)
      per: year
  - id: deck
    when: any(b.decked for b in boats)
    grant:
      what: deck-money
      to: owner
      amount: yuan(4)
      per: year
  - id: size
    when: any(b.big for b in boats)
    grant:
      what: size-money
      to: owner
      amount: yuan(5)
      per: year
  - id: lamp
    grant:
      what: lamp-money
      to: owner
      amount: yuan(6)
      per: year
  - id: flag
    grant:
      what: flag-money
      to: owner
      amount: yuan(7)
      per: year
- article: 2
  for: boat in boats
  rules:
  - id: decked
    define:
      boat.decked: boat.long
  - id: rope
    grant:
      what: rope-money
      to: boat
      amount: yuan(8)
      per: year
"""
DAYE: Final = """\
instrument: {id: port/daye, title: {zh: 大冶, en: Daye}, rank: rule, territory: 420281}
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
terms: {boat.big: "true"}
articles:
- article: 1
  for: boat in boats
  rules:
  - id: decked
    define:
      boat.decked: "true"
  - id: rope
    grant:
      what: rope-money
      to: boat
      amount: yuan(9)
      per: year
  - id: lamp
    grant:
      what: lamp-money
      to: boat.owner
      amount: yuan(1)
      per: year
  - id: flag
    refuse:
      what: flag-money
      zh: 船不挂旗
      en: the boat flies no flag
"""
UNESTABLISHED: Final = "unestablished"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    folder: Path = tmp_path_factory.mktemp("port")
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/b.yaml": "B1: {where: invented, kind: official, read: full-text}\n",
        "port/choice/1990-01-01.yaml": CHOICE,
        "port/wuhan/2001-01-01.yaml": WUHAN,
        "port/daye/2001-01-01.yaml": DAYE,
    }
    return load_law(write_all(folder, texts))


def parts_of(
    law: Law,
    *berths: str | None,
    ask: str = "money",
    inference: Literal["rete", "reference"] = "rete",
) -> dict[tuple[str, str | None], Any]:
    """The parts of what Ann, whose own berth is in Wuhan, is given on account of her boats."""
    boats: dict[str, Any] = {}
    for number, berth in enumerate(berths, 1):
        boat = {"owner": "ann", "long": False}
        known = {"state": "unestablished"} if berth == UNESTABLISHED else berth
        boats[f"b{number}"] = boat if berth is None else {**boat, "berth": known}
    plain = {
        "schema": "case/1",
        "as_of": "2007-06-01",
        "question": {"ask": ask, "about": ["ann"]},
        "owners": {"ann": {"berth": "420100"}},
        "boats": boats,
    }
    decision = decide(read_case_data(plain, law.vocabulary), law, inference=inference)
    return {(part["bearer"], part.get("object")): part for part in decision.content["parts"]}


def open_ones(parts: dict[tuple[str, str | None], Any]) -> dict[tuple[str, str | None], Any]:
    return {key: one["missing"] for key, one in parts.items() if one["outcome"] == "undetermined"}


def test_where_all_is_told_nothing_is_open(law: Law) -> None:
    parts = parts_of(law, "420100")
    assert not open_ones(parts)
    assert parts["b1", "rope-money"]["bands"][0]["low"] == "8.00"
    assert "deck-money" not in {what for _, what in parts}


@pytest.mark.parametrize("inference", ["rete", "reference"])
def test_only_what_the_law_of_the_boat_may_touch_is_open(
    law: Law, inference: Literal["rete", "reference"]
) -> None:
    parts = parts_of(law, None, inference=inference)
    lacks = [["boats.b1.berth"]]
    assert open_ones(parts) == {
        ("ann", "deck-money"): lacks,  # it reads what that law defines
        ("ann", "size-money"): lacks,  # and a name to which that law may give its own meaning
        ("ann", "lamp-money"): lacks,  # that law may give something to others
        ("ann", "flag-money"): lacks,  # or take it from them
        ("b1", "rope-money"): lacks,  # and what the boat itself is given
    }
    assert parts["ann", "quay-money"]["outcome"] == "determined"
    assert parts["ann", "quay-money"]["bands"][0]["low"] == "3.00"
    assert ("b1", None) not in parts


def test_the_law_of_one_boat_leaves_that_of_another_alone(law: Law) -> None:
    parts = parts_of(law, "420281", None)
    assert parts["b1", "rope-money"]["outcome"] == "determined"
    assert parts["b1", "rope-money"]["bands"][0]["low"] == "9.00"
    assert parts["b2", "rope-money"]["missing"] == [["boats.b2.berth"]]
    assert parts["ann", "deck-money"]["outcome"] == "determined"  # one decked boat is enough


def test_what_is_sought_by_name_is_open_by_its_name(law: Law) -> None:
    parts = parts_of(law, None, ask="ropes")
    assert open_ones(parts) == {("b1", "rope-money"): [["boats.b1.berth"]]}
    assert parts["ann", "quay-money"]["outcome"] == "determined"


def test_what_is_not_proved_of_one_boat_settles_nothing_for_the_others(law: Law) -> None:
    """A norm whose conditions are not proved is not applied: what reads the fact could come out as
    if it were not so. Unlike what is not known, it leaves everything open."""
    parts = parts_of(law, UNESTABLISHED)
    assert [(key, one["outcome"]) for key, one in parts.items()] == [
        (("ann", None), "undetermined")
    ]
    assert parts["ann", None]["missing"] == [["boats.b1.berth"]]
