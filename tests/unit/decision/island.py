"""An invented field of law for the tests of cases: keepers on an island and the lizards they raise.

A clutch is derived: hatchlings of the same keepers that hatched on the same day or the next.
"""

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.decision.case.reading import Case, CaseError, CaseProblem, read_case_data
from engine.law.vocabulary import Vocabulary, load_vocabulary

WORDS = """
kinds:
  keeper: {section: keepers, roles: [warden], zh: 饲主, en: keeper}
  team: {section: teams, zh: 搭档, en: team}
  lizard: {section: lizards, listed: listed, zh: 蜥蜴, en: lizard}
  visit: {section: visits, zh: 走访, en: visit}
  clutch:
    groups: {of: lizard, members: lizards, same: keepers, near: born, days: 1, unless: bought}
    zh: 窝
    en: clutch
enumerations:
  shore: {north: {zh: 北岸, en: north}, south: {zh: 南岸, en: south}}
  office: {harbour-guard: {zh: 港卫, en: harbour guard}, cook: {zh: 厨师, en: cook}}
ladders:
  blame: [{id: frown, zh: 皱眉, en: frown}, {id: scolding, zh: 训斥, en: scolding}]
facts:
  keeper.born: {type: date, zh: 出生日, en: day of birth}
  keeper.tall: {type: boolean, zh: 高, en: tall}
  keeper.shore:
    {type: shore, varies: history, main: value, fields: {place: place}, not-before: keeper.born,
     zh: 岸, en: shore}
  keeper.home: {type: place, varies: history, main: place, zh: 住处, en: home}
  keeper.offices:
    {type: list of office, varies: history, main: value, many: true, zh: 职务, en: offices}
  keeper.catch: {type: money, varies: year, not-before: keeper.born, zh: 渔获, en: catch}
  keeper.friend: {type: keeper, zh: 朋友, en: friend}
  keeper.blame: {type: blame, zh: 责备, en: blame}
  keeper.notice: {type: period, zh: 预告, en: notice}
  keeper.remark: {type: text, zh: 备注, en: remark}
  team.pair: {type: list of keeper, range: {least: 2, most: 2}, zh: 双方, en: pair}
  team.sworn:
    {type: boolean, varies: history, main: "true", not-before: team.pair.born, zh: 结盟, en: sworn}
  team.boats: {type: number boat, range: {least: 0, most: 40}, zh: 船数, en: boats}
  team.crew: {type: number keeper, range: {least: 1, whole: true}, zh: 人数, en: crew}
  team.shares: {type: money, varies: each, each: keeper, zh: 份额, en: share}
  lizard.keepers: {type: list of keeper, zh: 饲主, en: keepers}
  lizard.born: {type: date, zh: 出壳日, en: day of hatching}
  lizard.bought: {type: boolean, zh: 购入, en: bought}
  lizard.bought_on: {type: date, rules-out: {bought: "false"}, zh: 购入日, en: day of purchase}
  lizard.lost: {type: boolean, turned-by: {day: lost_on, before: "false"}, zh: 走失, en: lost}
  lizard.lost_on: {type: date, zh: 走失日, en: day of the loss}
  lizard.price: {type: money, zh: 价格, en: price}
  visit.date: {type: date, not-before: visit.about.born, zh: 走访日, en: day}
  visit.by: {type: office, zh: 走访人职务, en: office of the visitor}
  visit.from: {type: shore, fits: {by: {harbour-guard: [north]}}, zh: 来自, en: from which shore}
  visit.place: {type: place, zh: 地点, en: place}
  visit.about: {type: list of lizard, zh: 对象, en: lizards}
defined:
  clutch.allowed: {type: boolean, zh: 准许, en: allowed}
  reference_year: {type: number year, zh: 年度, en: year}
  harbour_of: {type: place, zh: 港口, en: harbour}
  reading: {type: number, range: {least: 1, most: 2, whole: true}, zh: 读法, en: reading}
conclusions:
  more-lizards: {effect: permit, combination: collect, zh: 再养, en: more lizards}
  tail-tax: {effect: charge, combination: unique, none: none-due, zh: 尾税, en: tail tax}
questions:
  tax: {about: [lizard, clutch], seeks: charge tail-tax, zh: 尾税, en: tail tax}
  more:
    about: [team]
    supposes: {kind: clutch, date: date, keepers: pair}
    seeks: permit more-lizards
    decides: clutch.allowed
    object: clutch
    zh: 再养
    en: more lizards
evidence: {ledger: {zh: 账本, en: ledger}, letter: {zh: 信, en: letter}}
issuers: {harbour: {zh: 港务, en: harbour}, market: {zh: 市场, en: market}}
excluded:
  dreams:
    zh: 不记录梦。
    en: Dreams are not recorded.
    exceptions: [{zh: 公开讲过的梦, en: dreams told in public}]
series:
  fish:
    zh: 鱼价
    en: price of fish
    concepts: {fresh: {zh: 鲜, en: fresh}, dried: {zh: 干, en: dried}}
    statuses: {north: {zh: 北, en: north}, south: {zh: 南, en: south}}
    levels: [county, province]
"""


def load_words() -> Vocabulary:
    """The vocabulary above."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "words.yaml").write_text(WORDS, encoding="utf-8")
        vocabulary, problems = load_vocabulary(Path(folder))
    assert vocabulary is not None, [(str(one.at), one.message.en) for one in problems]
    return vocabulary


VOCABULARY = load_words()

BASE: dict[str, Any] = {
    "schema": "case/1",
    "reference": "island-1",
    "as_of": "2014-07-20",
    "question": {"ask": "tax", "about": ["z2"]},
    "keepers": {
        "ann": {
            "born": "1979-05",
            "shore": [{"from": "1979-05", "value": "north", "place": "420281"}],
            "catch": [{"year": 2013, "value": "70000.00", "evidence": ["e1"]}],
        },
        "bo": {"born": "1981-02-11", "tall": True, "offices": []},
    },
    "teams": {"t1": {"pair": ["ann", "bo"], "sworn": [{"from": "2002-10-01"}]}},
    "lizards": {
        "listed": "all",
        "z1": {"keepers": ["ann", "bo"], "born": "2003-04-02", "bought": False},
        "z2": {"keepers": ["ann", "bo"], "born": "2013-09-15"},
    },
    "visits": {"v1": {"date": "2014-06-11", "place": "420281", "about": ["z2"]}},
    "evidence": {
        "e1": {"kind": "ledger", "issuer": "harbour", "date": "2014-07-01", "status": "verified"},
        "e2": {"kind": "letter", "status": "submitted", "illustrative": True},
    },
    "statistics": [],
    "settings": {"reference_year": 2013},
    "choices": [],
}
"""A case of the island without a problem."""

REMOVED = object()
"""In place of a value: take the key away."""


def changed(**changes: Any) -> dict[str, Any]:
    """The base case with values put at places: `keepers__ann__born="1980"`; `REMOVED` removes."""
    plain = copy.deepcopy(BASE)
    for path, value in changes.items():
        *above, last = path.split("__")
        place: Any = plain
        for key in above:
            place = place.setdefault(key, {}) if isinstance(place, dict) else place[int(key)]
        if value is REMOVED:
            del place[last]
        elif isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value
    return plain


def read(**changes: Any) -> Case:
    """The base case with changes, read as parsed JSON."""
    return read_case_data(changed(**changes), VOCABULARY)


def problems(**changes: Any) -> tuple[CaseProblem, ...]:
    """The problems of the base case with changes."""
    try:
        read(**changes)
    except CaseError as error:
        return error.problems
    return ()


def codes(**changes: Any) -> list[tuple[str, str]]:
    """The problems as code and pointer."""
    return [(problem.code, problem.pointer) for problem in problems(**changes)]
