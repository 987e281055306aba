"""Two decisions of one case side by side, with the provisions that decide on one side only."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from engine.decision.case.reading import CaseError
from engine.decision.explaining.compare import Side, compare, side
from engine.decision.explaining.compare_text import comparison_text
from engine.decision.governing.law import load_law
from tests.unit.decision.harbour import BLAME, PENSION, RULESETS, harbour_law

EARLIER, LATER = date(2005, 6, 1), date(2012, 1, 1)
CORRECTED = """
amends: 2001-01-01
version: {in-force: 2010-01-01, recorded: 2027-03-01, confidence: confirmed, sources: [B1]}
changes:
- replace-rule: 1/act
  with:
    id: act
    sanction:
      what: act-blame
      bearer: mishap.pilot
      from: {by: mishap.gravity, light: reminder, grave: reproof, gross: demotion}
"""


def by(day: date, plain: dict[str, Any] = BLAME) -> Side:
    return side(json.dumps(plain).encode(), harbour_law(), as_of=day)


def test_each_bearer_is_told_with_what_differs() -> None:
    found = compare(by(EARLIER), by(LATER)).as_json()
    assert found["schema"] == "comparison/1"
    assert [one["as_of"] for one in found["sides"]] == ["2005-06-01", "2012-01-01"]
    [part] = found["parts"]
    assert part["bearer"] == "ann"
    assert part["differs"] == ["bands", "conclusions"]
    ends = [[(one["low"], one["high"]) for one in half["bands"]] for half in part["sides"]]
    assert ends == [[("reproof", "demotion"), ("P6M", "P24M")], [("reminder",) * 2, ("P3M",) * 2]]


def test_the_provisions_that_make_the_difference_are_those_of_one_side() -> None:
    found = compare(by(EARLIER), by(LATER)).as_json()["provisions"]
    assert [one["rule"] for one in found["first"]] == ["harbour/guild/2001-01-01/1/act"]
    assert [one["rule"] for one in found["second"]] == ["harbour/guild/2010-01-01/1/act"]
    assert [one["turns"] for one in (*found["first"], *found["second"])] == [True, True]
    assert found["second"][0]["article"] == "1"
    assert found["second"][0]["gist"]["en"] == "blame by the gravity of the mishap"
    assert found["second"][0]["title"]["en"] == "Statutes of the guild"


def test_a_provision_makes_the_difference_if_the_answer_is_another_without_it() -> None:
    first, second = by(EARLIER), by(LATER)
    assert first.turns_without("harbour/guild/2001-01-01/1/act")
    assert not first.turns_without("harbour/guild/2010-01-01/1/act")  # it is of the other side
    assert second.turns_without("harbour/guild/2010-01-01/1/act")


def test_the_versions_that_govern_on_one_side_only_are_told() -> None:
    versions = compare(by(EARLIER), by(LATER)).as_json()["versions"]
    found = {
        side: [one["version"] for one in versions[side] if one["instrument"] == "harbour/guild"]
        for side in ("first", "second")
    }
    assert found == {"first": [], "second": ["2010-01-01"]}


def test_two_days_of_the_same_law_and_facts_differ_in_nothing() -> None:
    comparison = compare(by(EARLIER), by(date(2006, 6, 1)))
    found = comparison.as_json()
    assert comparison.same
    assert found["provisions"] == {"first": [], "second": []}
    assert found["turned"] == []
    assert "the same answer" in comparison_text(found, harbour_law().vocabulary, "en")


def test_a_condition_that_turned_is_told_where_the_provision_is_the_same() -> None:
    late = json.dumps(PENSION | {"as_of": "2005-07-01"}).encode()
    before = json.loads(late)
    before["pilots"]["ann"]["children"] = 0
    sides = [side(json.dumps(one).encode(), harbour_law()) for one in (before, json.loads(late))]
    turned = compare(*sides).as_json()["turned"]
    assert all(one["truth"][0] != one["truth"][1] for one in turned)


def test_what_one_side_does_not_have_at_all_is_null() -> None:
    found = compare(by(EARLIER, PENSION), by(date(2020, 3, 1), PENSION | {"pilots": {"ann": {}}}))
    gone = [part for part in found.as_json()["parts"] if None in part["sides"]]
    assert all("outcome" in part["differs"] for part in gone)


def test_two_states_of_knowledge_are_told_by_the_day_of_recording(tmp_path: Path) -> None:
    rulesets = copytree(RULESETS, tmp_path / "law")
    (rulesets / "harbour/guild/2010-01-01.r2.yaml").write_text(CORRECTED, encoding="utf-8")
    data = json.dumps(BLAME).encode()
    days = (date(2027, 1, 1), date(2027, 4, 1))
    sides = [side(data, load_law(rulesets, day), as_of=LATER) for day in days]
    found = compare(*sides).as_json()
    assert [one["known_at"] for one in found["sides"]] == ["2027-01-01", "2027-04-01"]
    ends = [half["bands"][0]["low"] for half in found["parts"][0]["sides"]]
    assert ends == ["reminder", "reproof"]
    text = comparison_text(found, harbour_law().vocabulary, "en")
    assert "2012-01-01 (as recorded by 2027-04-01)  " in text


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "ann",
                "  2012-01-01  确定 责罚 档次 提醒 期间 3个月",
                "造成差别的规定：只在 2012-01-01 起作用，没有它结论就不同",
            ],
        ),
        (
            "en",
            ["  2005-06-01  determined blame measure reproof–demotion period 6 months–24 months"],
        ),
    ],
)
def test_the_text_lays_the_sides_under_each_other(lang: Any, lines: list[str]) -> None:
    text = comparison_text(
        compare(by(EARLIER), by(LATER)).as_json(), harbour_law().vocabulary, lang
    )
    assert set(lines) <= set(text.splitlines())
    assert any(
        line.startswith("  ") and "2010-01-01" in line and line.endswith("[act]")
        for line in text.splitlines()
    )


def test_a_case_that_is_none_is_refused_on_either_side() -> None:
    with pytest.raises(CaseError):
        by(EARLIER, BLAME | {"pilots": []})


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("zh", "  进行情况 尚在进行  可靠程度 确认", "  进行情况 已经届满  可靠程度 较可能"),
        ("en", "  state running  confidence confirmed", "  state ended  confidence probable"),
    ],
)
def test_where_the_same_is_concluded_the_lines_say_what_else_differs(
    lang: Any, first: str, second: str
) -> None:
    blame = {"effect": "sanction", "object": "blame", "value": "reminder"}
    sides = [
        {"outcome": "determined", "bands": [], "missing": None, "gaps": None, "conflicts": None}
        | {"conclusions": [blame | {"details": {"state": state}}], "confidence": confidence}
        for state, confidence in (("running", "confirmed"), ("ended", "probable"))
    ]
    part = {"bearer": "ann", "object": "blame", "differs": ["conclusions"], "sides": sides}
    told = compare(by(EARLIER), by(LATER)).as_json() | {"parts": [part]}
    _, _, _, _, one, other = comparison_text(told, harbour_law().vocabulary, lang).splitlines()[:6]
    assert one.endswith(first) and other.endswith(second)
