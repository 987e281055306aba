"""An invented road law of one rule: a cart pays five yuan on a condition that the test writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.decision.case.reading import Case, read_case_data
from engine.decision.governing.law import Law, load_law
from tests.written import write_all

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
  cart.horses: {type: number, RANGE zh: 马数, en: horses}
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


def question(
    folder: Path, condition: str, cart: dict[str, Any], range: str = ""
) -> tuple[Case, Law]:
    """The question whether a cart pays, and the law.

    `range`: what the vocabulary says of the number of horses, as `range: {least: 1},`.
    """
    texts = {
        name: text.replace("RANGE", range).replace("CONDITION", condition)
        for name, text in FILES.items()
    }
    law = load_law(write_all(folder, texts))
    case = {
        "schema": "case/1",
        "as_of": "2011-01-01",
        "question": {"ask": "toll", "about": ["c1"]},
        "carts": {"c1": cart},
    }
    return read_case_data(case, law.vocabulary), law
