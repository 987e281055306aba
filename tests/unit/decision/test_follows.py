"""A field of which a case says nothing follows others; a first entry reaches back to a birth."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.entitlements.entitlements import entitlements
from engine.decision.governing.law import Law, load_law
from engine.law.vocabulary_reader import read_folder
from engine.values.dates import Window
from tests.written import write_all

WORDS: Final = """\
kinds:
  owner: {section: owners, zh: 船主, en: owner}
  boat: {section: boats, zh: 船, en: boat}
enumerations:
  berth: {inner: {zh: 内港, en: inner}, outer: {zh: 外港, en: outer}}
facts:
  owner.berth:
    type: berth
    varies: history
    main: value
    fields: {place: place}
    zh: 船主泊位
    en: berth of the owner
  boat.owners: {type: list of owner, zh: 各船主, en: owners}
  boat.built: {type: date, zh: 造好之日, en: day built}
  boat.berth:
    type: berth
    varies: history
    main: value
    fields: {place: {type: place, zh: 泊港, en: harbour}}
    follows: {place: owners.berth}
    back-to: {day: built, within: 31}
    zh: 泊位
    en: berth
relations:
  boats: {type: list of boat, means: "[b for b in every_boat if b in about]", zh: 各船, en: boats}
conclusions:
  rope-money: {effect: grant, combination: unique, zh: 缆绳费, en: rope money}
questions:
  rope: {about: [boat], seeks: grant, zh: 缆绳费之问, en: rope}
"""
CHOICE: Final = """\
instrument: {id: rope/choice, title: {zh: 适用, en: Choice}, rank: law, territory: 000000}
version: {in-force: 1990-01-01, confidence: confirmed, sources: [B1]}
articles:
- article: 1
  rules:
  - id: boat
    for: boat in boats
    governs:
      effects: [grant]
      place: at(boat.berth.place, assessment.date)
      day: assessment.date
"""
RULES: Final = """\
instrument:
  id: rope/{name}
  title: {{zh: 规则{name}, en: Rules {name}}}
  rank: local-regulation
  territory: {place}
version: {{in-force: 2001-01-01, confidence: confirmed, sources: [B1]}}
fills: [grant rope-money]
articles:
- article: 1
  for: boat in boats
  rules:
  - id: money
    grant:
      what: rope-money
      to: boat
      amount: yuan({yuan})
      per: year
"""


def berth(place: str | None, **more: Any) -> list[dict[str, Any]]:
    entry = {"from": "2000-01-01", "value": "inner", **more}
    return [entry if place is None else {**entry, "place": place}]


def case(ann: Any, bob: Any, own: Any = None) -> dict[str, Any]:
    boat: dict[str, Any] = {"owners": ["ann", "bob"], "built": "2006-03-01"}
    return {
        "schema": "case/1",
        "as_of": "2007-06-01",
        "question": {"ask": "rope", "about": ["b1"]},
        "owners": {"ann": {"berth": ann}, "bob": {"berth": bob}},
        "boats": {"b1": boat if own is None else {**boat, "berth": own}},
    }


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    folder = tmp_path_factory.mktemp("rope")
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/b.yaml": "B1: {where: invented, kind: official, read: 2024-01-01}\n",
        "rope/choice/1990-01-01.yaml": CHOICE,
        "rope/wuhan/2001-01-01.yaml": RULES.format(name="wuhan", place="420100", yuan=5),
        "rope/daye/2001-01-01.yaml": RULES.format(name="daye", place="420281", yuan=7),
    }
    return load_law(write_all(folder, texts))


def told(plain: dict[str, Any], law: Law) -> tuple[Any, ...]:
    content = decide(read_case_data(plain, law.vocabulary), law).content
    (part,) = content["parts"]
    amounts = [band["low"] for band in part["bands"] if band["aspect"] == "amount"]
    followed = [one["fact"] for one in content["warnings"] if one["code"] == "followed"]
    return content["outcome"], amounts, part.get("missing", []), followed


NONE: Final = {"state": "not_applicable"}
PATH: Final = "boats.b1.berth.place"
EITHER: Final = ["5.00", "7.00"]
"""What the texts of the two places say: one of the two if it lies in one of them."""


@pytest.mark.parametrize(
    ("ann", "bob", "own", "expected"),
    [
        (berth("420281"), berth("420281"), None, ("determined", ["7.00"], [], [PATH])),
        (berth("420281"), berth("420281"), berth(None), ("determined", ["7.00"], [], [PATH])),
        (berth("420281"), NONE, None, ("determined", ["7.00"], [], [PATH])),
        (berth("420281"), berth("420281"), berth("420100"), ("determined", ["5.00"], [], [])),
        (berth("420281"), berth("420100"), berth("420100"), ("determined", ["5.00"], [], [])),
        (
            berth("420281"),
            berth("420100"),
            None,
            ("undetermined", EITHER, [["boats.b1.berth"]], []),
        ),
        (berth("420281"), None, None, ("undetermined", EITHER, [["boats.b1.berth"]], [])),
        (NONE, NONE, None, ("undetermined", EITHER, [["boats.b1.berth"]], [])),
        (berth("420281"), berth("420100"), berth(None), ("undetermined", EITHER, [[PATH]], [])),
    ],
)
def test_a_field_that_is_not_stated_is_what_all_have_whom_it_follows(
    law: Law, ann: Any, bob: Any, own: Any, expected: tuple[Any, ...]
) -> None:
    plain = case(ann, bob, own)
    if bob is None:
        plain["owners"]["bob"] = {}
    assert told(plain, law) == expected


def test_the_place_that_was_taken_is_told_with_its_code_in_both_languages(law: Law) -> None:
    plain = case(berth("420281"), berth("420281"))
    content = decide(read_case_data(plain, law.vocabulary), law).content
    (said,) = (one["text"] for one in content["warnings"] if one["code"] == "followed")
    assert "大冶市（420281）" in said["zh"]
    assert "大冶市 (420281)" in said["en"]


def test_who_has_none_follows_nobody(law: Law) -> None:
    plain = case(berth("420281"), berth("420281"), NONE)  # no other law governs here
    assert told(plain, law) == ("undetermined", [], [["boats.b1.berth"]], [])


def rows(plain: dict[str, Any], law: Law) -> list[tuple[Any, ...]]:
    window = Window(date(2006, 1, 1), date(2007, 6, 1))
    content = entitlements(read_case_data(plain, law.vocabulary), law, window).as_json()
    names = ("from", "until", "place", "amount", "outcome")
    return [tuple(row[name] for name in names) for row in content["rows"]]


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        ("2006-04-01", [("2006-03-01", "2007-06-01", "420100", "5.00", "determined")]),
        (
            "2006-04-02",
            [
                ("2006-03-01", "2006-04-01", None, None, "undetermined"),
                ("2006-04-02", "2007-06-01", "420100", "5.00", "determined"),
            ],
        ),
    ],
)
def test_a_first_entry_reaches_back_to_the_day_if_it_begins_soon_after(
    law: Law, begun: str, expected: list[tuple[Any, ...]]
) -> None:
    own = [{"from": begun, "value": "inner", "place": "420100"}]
    assert rows(case(berth("420281"), berth("420281"), own), law) == expected


def test_a_row_for_each_place_says_where(law: Law) -> None:
    own = [
        {"from": "2006-03-10", "until": "2006-12-31", "value": "inner", "place": "420100"},
        {"from": "2007-01-01", "value": "outer", "place": "420281"},
    ]
    assert rows(case(berth("420281"), berth("420281"), own), law) == [
        ("2006-03-01", "2006-12-31", "420100", "5.00", "determined"),
        ("2007-01-01", "2007-06-01", "420281", "7.00", "determined"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("follows: {place: owners", "follows: {plaice: owners", "unknown-name"),
        ("follows: {place: owners.berth}", "follows: {place: owners}", "wrong-value"),
        ("within: 31", "within: soon", "wrong-value"),
    ],
)
def test_what_is_declared_wrong_is_reported(tmp_path: Path, old: str, new: str, code: str) -> None:
    (tmp_path / "words.yaml").write_text(WORDS.replace(old, new), encoding="utf-8")
    assert code in [one.code for one in read_folder(tmp_path)[1]]
