"""A set of codes that nobody has found out: what is asked of it is asked of those that tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.decision.case import Case, read_case_data
from engine.decision.changes import changes
from engine.decision.decide import Law, decide, load_law
from engine.decision.possible import possible

FILES = {
    "vocabulary/words.yaml": """\
kinds:
  cart: {section: carts, zh: 车, en: cart}
enumerations:
  goods:
    salt: {zh: 盐, en: salt}
    iron: {zh: 铁, en: iron}
    silk: {zh: 丝, en: silk}
facts:
  cart.loads:
    {type: list of goods, varies: history, main: value, many: true, zh: 货物, en: loads}
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


def asked(folder: Path, condition: str, loads: Any) -> tuple[Case, Law]:
    """The question about a cart of which the loads are as given."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("CONDITION", condition), encoding="utf-8")
    law = load_law(folder)
    case = {
        "schema": "case/1",
        "as_of": "2011-01-01",
        "question": {"ask": "toll", "about": ["c1"]},
        "carts": {"c1": {"loads": loads}},
    }
    return read_case_data(case, law.vocabulary), law


ANY = "any(l in (salt, iron) for l in at(cart.loads, assessment.date))"
UNKNOWN = {"state": "unknown"}


@pytest.mark.parametrize(
    ("condition", "loads", "outcome", "highs"),
    [
        (ANY, [], "determined", []),
        (ANY, [{"value": "silk"}], "determined", []),
        (ANY, [{"value": "silk"}, {"value": "iron"}], "determined", ["5.00"]),
        (ANY, UNKNOWN, "undetermined", ["0.00", "5.00"]),
        ("not " + ANY, UNKNOWN, "undetermined", ["0.00", "5.00"]),
        ("count(l for l in at(cart.loads, assessment.date)) > 1", UNKNOWN, "undetermined", []),
    ],
)
def test_an_unknown_set_leaves_open_what_it_could_settle(
    condition: str, loads: Any, outcome: str, highs: list[str], tmp_path: Path
) -> None:
    (found,) = decide(*asked(tmp_path, condition, loads)).as_json()["parts"]
    assert found["outcome"] == outcome
    if outcome == "undetermined":
        assert found["missing"] == [["carts.c1.loads"]]
    elif highs:
        assert [band["high"] for band in found["bands"]] == highs


def test_what_could_be_in_it_is_told_code_by_code(tmp_path: Path) -> None:
    case, law = asked(tmp_path, ANY, UNKNOWN)
    assert possible(case, law)["parts"][0]
    case, law = asked(tmp_path, ANY, [{"value": "silk"}])
    (found,) = changes(case, law)["parts"]
    told = [one["changes"][0]["text"]["en"] for one in found["sets"]]
    assert told == ["carts.c1.loads → iron: yes", "carts.c1.loads → salt: yes"]
    assert found["complete"]
