"""A home that names a city or a province: its county is asked for where that decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from tests.written import write_all

WORDS: Final = """\
kinds:
  boat: {section: boats, zh: 船, en: boat}
  crate: {section: crates, zh: 箱, en: crate}
issuers:
  watch: {zh: 守望所, en: watch}
facts:
  boat.home:
    {type: place, varies: history, main: place, down-to-county: true, zh: 母港, en: home}
  boat.seen: {type: place, varies: history, main: place, zh: 所见处, en: where it was seen}
  crate.home:
    {type: place, varies: history, main: place, down-to-county: true, zh: 存放地, en: home}
relations:
  boats: {type: list of boat, means: "[b for b in every_boat if b in about]", zh: 各船, en: boats}
  crates: {type: list of crate, means: "[c for c in every_crate if c in about]", zh: 箱, en: crates}
conclusions:
  rope-money: {effect: grant, combination: unique, zh: 缆绳费, en: rope money}
  lid-money: {effect: grant, combination: unique, zh: 箱盖费, en: lid money}
  guard: {effect: competence, combination: unique, zh: 看守, en: guard}
questions:
  money: {about: [boat, crate], seeks: [grant, competence guard], zh: 费, en: money}
"""
CHOICE: Final = """\
instrument: {id: port/choice, title: {zh: 适用, en: Choice}, rank: law, territory: 000000}
version: {in-force: 1990-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  rules:
  - id: boat
    for: boat in boats
    governs:
      effects: [define, grant, competence]
      place: at(boat.WHERE, assessment.date)
      day: assessment.date
  - id: crate
    for: crate in crates
    governs:
      effects: [grant]
      place: at(crate.home, assessment.date)
      day: assessment.date
"""
HUBEI: Final = """\
instrument: {id: port/hubei, title: {zh: 湖北, en: Hubei}, rank: rule, territory: 420000}
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  rules:
  - id: rope
    for: boat in boats
    grant:
      what: rope-money
      to: boat
      amount: yuan(8)
      per: year
  - id: lid
    for: crate in crates
    grant:
      what: lid-money
      to: crate
      amount: yuan(2)
      per: year
"""
DAYE: Final = """\
instrument: {id: port/daye, title: {zh: 大冶, en: Daye}, rank: rule, territory: 420281}
version: {in-force: 2001-01-01, until: 2010-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  for: boat in boats
  rules:
  - id: rope
    when: at(boat.home, assessment.date).county == place(420281)
    grant:
      what: rope-money
      to: boat
      amount: yuan(8)
      per: year
"""
SHANDONG: Final = """\
instrument: {id: port/shandong, title: {zh: 山东, en: Shandong}, rank: rule, territory: 370000}
version: {in-force: 2001-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  for: boat in boats
  rules:
  - id: guard
    competence:
      what: guard
      authority: watch
      place: at(boat.home, assessment.date).county
"""


def law_by(folder: Path, where: str) -> Law:
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/b.yaml": "B1: {where: invented, kind: official, read: full-text}\n",
        "port/choice/1990-01-01.yaml": CHOICE.replace("WHERE", where),
        "port/hubei/2001-01-01.yaml": HUBEI,
        "port/daye/2001-01-01.yaml": DAYE,
        "port/shandong/2001-01-01.yaml": SHANDONG,
    }
    return load_law(write_all(folder, texts))


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    return law_by(tmp_path_factory.mktemp("port"), "home")


def asked(law: Law, home: str, as_of: str = "2007-06-01", kind: str = "boat", **more: Any) -> Any:
    entity = {"home": [{"from": "2000-01-01", "place": home}]} | more
    plain = {
        "schema": "case/1",
        "as_of": as_of,
        "question": {"ask": "money", "about": ["x1"]},
        f"{kind}s": {"x1": entity},
    }
    content = decide(read_case_data(plain, law.vocabulary), law).content
    missing = [paths for part in content["parts"] for paths in part.get("missing", [])]
    return content["outcome"], [list(one) for one in dict.fromkeys(map(tuple, missing))]


@pytest.mark.parametrize("home", ["420281", "420202", "420100"])
def test_where_no_text_below_can_decide_a_city_is_exact_enough(law: Law, home: str) -> None:
    assert asked(law, home) == ("determined", [])


@pytest.mark.parametrize("home", ["420000", "420200"])
def test_where_a_text_of_a_county_in_it_may_decide_the_county_is_asked(law: Law, home: str) -> None:
    assert asked(law, home) == ("undetermined", [["boats.x1.home"]])


def test_a_text_that_is_not_in_force_on_the_day_does_not_ask(law: Law) -> None:
    assert asked(law, "420200", "2010-01-01") == ("determined", [])


def test_a_text_about_another_kind_of_subject_does_not_ask(law: Law) -> None:
    assert asked(law, "420200", kind="crate") == ("determined", [])


def test_where_the_county_itself_is_read_it_is_asked(law: Law) -> None:
    assert asked(law, "370100") == ("undetermined", [["boats.x1.home"]])
    assert asked(law, "370102") == ("determined", [])


def test_a_place_that_need_not_be_one_of_a_county_is_taken_as_it_is(tmp_path: Path) -> None:
    seen = [{"from": "2000-01-01", "place": "420200"}]
    assert asked(law_by(tmp_path, "seen"), "420100", seen=seen) == ("determined", [])
