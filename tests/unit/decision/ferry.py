"""An invented law for the tests of explanations: skippers, boats, a toll and a further boat."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from engine.decision.case.reading import Case, read_case_data
from engine.decision.governing.law import Law, load_law
from tests.written import write_all

WORDS: Final = """\
kinds:
  skipper: {section: skippers, zh: 船主, en: skipper}
  boat: {section: boats, listed: listed, zh: 船, en: boat}
enumerations:
  flag: {red: {zh: 红, en: red}, blue: {zh: 蓝, en: blue}, white: {zh: 白, en: white}}
facts:
  skipper.sworn:
    type: boolean
    zh: 宣誓
    en: sworn
    question: {zh: 宣过誓吗？, en: Is the skipper sworn?}
    evidence: [oath-book]
  skipper.bereaved: {type: boolean, zh: 丧偶, en: bereaved, suggest: false}
  skipper.licensed_on: {type: date, zh: 领照日, en: day of the licence, suggest: false}
  skipper.wrecks: {type: number, unit: wreck, zh: 沉船次数, en: wrecks, suggest: false}
  skipper.takings:
    {type: money, varies: year, zh: 年收入, en: takings, evidence: [till-roll], burden: authority}
  skipper.flags: {type: list of flag, varies: history, main: value, many: true, zh: 旗, en: flags}
  skipper.moored: {type: boolean, varies: history, main: "true", zh: 系泊, en: moored}
  skipper.heir: {type: boolean, zh: 有继承人, en: has an heir}
  skipper.insured: {type: boolean, zh: 有保险, en: insured}
  skipper.member: {type: boolean, zh: 是会员, en: member of the guild}
  boat.owner: {type: skipper, zh: 主人, en: owner}
  boat.length: {type: number, unit: metre, zh: 船长, en: length}
  boat.flag: {type: flag, varies: history, main: value, zh: 船旗, en: flag}
  boat.name_day: {type: date, zh: 命名日, en: name day}
relations:
  boats: {type: list of boat, means: "[b for b in every_boat if b in about]", zh: 各船, en: boats}
  skippers:
    type: list of skipper
    means: "[s for s in every_skipper if s in about]"
    zh: 各船主
    en: skippers
terms:
  boat.large: {means: boat.length >= 10, zh: 大船, en: large}
  boat.proved:
    means: verified(at(boat.owner.takings, 2009), by_all=[market])
    zh: 收入已核实
    en: takings verified
defined:
  place: {type: place, zh: 地, en: place}
  boat.base: {type: money, zh: 基数, en: base}
  skipper.allowed: {type: boolean, zh: 准许, en: allowed}
conclusions:
  ferry-toll: {effect: charge, combination: unique, none: none-due, zh: 渡船费, en: ferry toll}
  further-boat: {effect: permit, combination: collect, zh: 添船, en: further boat}
  lost-toll: {effect: charge, combination: unique, zh: 旧费, en: lost toll}
questions:
  toll: {about: [boat], seeks: charge ferry-toll, zh: 渡船费, en: ferry toll}
  more:
    about: [skipper]
    seeks: permit further-boat
    decides: skipper.allowed
    object: boat
    zh: 添船
    en: further boat
evidence: {oath-book: {zh: 宣誓簿, en: oath book}, till-roll: {zh: 收银条, en: till roll}}
issuers: {market: {zh: 市集, en: market}, harbour: {zh: 港务, en: harbour}}
"""

CHOICE: Final = """\
instrument:
  id: ferry/choice
  title: {zh: 适用, en: Choice of law}
  rank: law
  territory: 000000
version: {in-force: 1990-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  rules:
  - id: place
    define:
      place: place(420281)
  - id: day
    governs:
      effects: [define, charge, permit, forbid, postpone, lapse]
      place: place
      day: assessment.date
"""

RULES: Final = """\
instrument:
  id: ferry/rules
  title: {zh: 渡船规则, en: Ferry rules}
  rank: local-regulation
  territory: 420281
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
fills: [charge ferry-toll, permit further-boat]
articles:
- article: 1
  gist: {zh: 大船收费, en: large boats pay}
  for: boat in boats
  rules:
  - id: base
    define:
      boat.base: yuan(100)
  - id: base.takings
    when:
    - boat.proved
    - at(boat.owner.takings, 2009) > yuan(5000)
    overrides: base
    define:
      boat.base: at(boat.owner.takings, 2009) / 10
  - id: toll
    when:
    - boat.large
    - at(boat.flag, assessment.date) in (red, blue)
    unless: boat.owner.bereaved
    charge:
      what: ferry-toll
      payer: boat.owner
      amount: boat.base * 2
- article: 2
  gist: {zh: 宣誓的可以添船, en: the sworn may have a further boat}
  for: skipper in skippers
  rules:
  - id: sworn
    when: skipper.sworn
    permit: further-boat
  - id: red
    when:
    - red in at(skipper.flags, assessment.date)
    - skipper.wrecks == 0
    permit: further-boat
  - id: guild
    when:
    - skipper.heir
    - skipper.insured
    - skipper.member
    permit: further-boat
  - id: allowed
    define:
      skipper.allowed: permitted(skipper) and not forbidden(skipper) and not postponed(skipper)
- article: 3
  gist: {zh: 沉过三次的不行；领照未满两年的等, en: not after three wrecks; only after two years}
  for: skipper in skippers
  rules:
  - id: wrecked
    when: skipper.wrecks >= 3
    forbid: further-boat
    grounds: [2/sworn, 2/red, 2/guild]
  - id: interval
    when: assessment.date < months_after(skipper.licensed_on, 24)
    postpone: further-boat
    grounds: [2/sworn, 2/red, 2/guild]
"""

LATER: Final = """\
amends: 2001-01-01
version: {in-force: 2015-01-01, confidence: confirmed, sources: [B1]}
changes:
- add:
    article: 4
    gist: {zh: 系泊的可以添船, en: who is moored may have a further boat}
    for: skipper in skippers
    rules:
    - id: moored
      when: at(skipper.moored, assessment.date)
      permit: further-boat
- add:
    article: 5
    gist: {zh: 不再收费, en: no toll any more}
    rules:
    - id: no-toll
      lapse:
        what: ferry-toll
        extent: wholly
"""

CASE: Final[dict[str, Any]] = {
    "schema": "case/1",
    "as_of": "2010-06-01",
    "question": {"ask": "toll", "about": ["b1"]},
    "skippers": {
        "ann": {
            "sworn": True,
            "bereaved": False,
            "licensed_on": "2008-08-01",
            "wrecks": 1,
            "flags": [],
            "moored": [],
            "heir": False,
            "insured": False,
            "member": False,
            "takings": [{"year": 2009, "value": "6200.00"}],
        }
    },
    "boats": {
        "listed": "all",
        "b1": {"owner": "ann", "length": 8, "flag": [{"value": "red"}]},
    },
}
"""A boat two metres too short for the toll, of a skipper two months too new for another boat."""

REMOVED: Final = object()


@cache
def ferry_law(choice: str = CHOICE, rules: str = RULES) -> Law:
    """The law above, or with other texts in its place."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        texts = {
            "vocabulary/words.yaml": WORDS,
            "sources/all.yaml": "B1: {where: the pier, kind: paper, read: all}\n",
            "ferry/choice/1990-01-01.yaml": choice,
            "ferry/rules/2001-01-01.yaml": rules,
            "ferry/rules/2015-01-01.yaml": LATER,
        }
        return load_law(write_all(folder, texts))


def plain(ask: str = "toll", **changes: Any) -> dict[str, Any]:
    """The case as JSON with values put at places: `skippers__ann__sworn=False`."""
    found = copy.deepcopy(CASE)
    found["question"] = {"ask": ask, "about": ["b1" if ask == "toll" else "ann"]}
    for path, value in changes.items():
        *above, last = path.split("__")
        place: Any = found
        for key in above:
            place = place[key]
        if value is REMOVED:
            del place[last]
        else:
            place[last] = value
    return found


def case(ask: str = "toll", **changes: Any) -> Case:
    """The case, read."""
    return read_case_data(plain(ask, **changes), ferry_law().vocabulary)
