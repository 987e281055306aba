"""Benefits asked for where nothing is known, before they existed, or in a place that is gone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.entitlements.entitlements import entitlements
from engine.decision.entitlements.entitlements_text import entitlements_text
from engine.values.dates import Window
from tests.real import real_law


def family(place: str, about: str = "k1", as_of: str = "2025-09-01", **more: Any) -> dict[str, Any]:
    register = [{"from": "1995-01-01", "value": "urban", "place": place}]
    return {
        "schema": "case/1",
        "as_of": as_of,
        "question": {"ask": "entitlements", "about": [about]},
        "persons": {
            "father": {"sex": "male", "born": "1975-03-08", "register": register},
            "mother": {"sex": "female", "born": "1977-11-20", "register": register},
        },
        "couples": {
            "c1": {"partners": ["father", "mother"], "certificate_held": True,
                   "only_child_pledge": True, "fee_as_lump": False},
        },
        "children": {
            "listed": "all",
            "k1": {"parents": ["father", "mother"], "born": "2012-05-15", "sex": "male",
                   "adopted": False, "living": True, "disabled": False, "approved": False},
        },
    } | more  # fmt: skip


def decided(plain: dict[str, Any]) -> dict[str, Any]:
    law = real_law()
    return decide(read_case_data(plain, law.vocabulary), law).as_json()


def parts(content: dict[str, Any], what: str) -> list[dict[str, Any]]:
    return [part for part in content["parts"] if part.get("object") == what]


def test_a_province_of_which_nothing_was_found_leaves_the_answer_open_and_names_the_text() -> None:
    (part,) = parts(decided(family("620100", "c1")), "one-child-fee")
    assert part["outcome"] == "undetermined"
    assert [gap["instrument"] for gap in part["gaps"]] == ["cn/gansu/one-child-rewards"]


def test_the_province_beside_it_has_its_own_answer() -> None:
    (part,) = parts(decided(family("140100", "c1")), "one-child-fee")[:1]
    assert part["outcome"] == "determined"
    assert {rule.split("/")[1] for rule in part["rules"]} == {"shanxi"}


def test_a_benefit_asked_for_a_day_before_it_existed_does_not_apply() -> None:
    plain = family("620100", as_of="2024-12-31")
    plain["children"]["k1"]["born"] = "2024-06-01"
    assert parts(decided(plain), "childcare-subsidy") == []
    assert parts(decided(plain | {"as_of": "2025-01-01"}), "childcare-subsidy") != []


def test_the_years_tell_since_when_a_benefit_exists() -> None:
    plain = family("620100", as_of="2025-09-01")
    plain["children"]["k1"]["born"] = "2024-06-01"
    law = real_law()
    case = read_case_data(plain, law.vocabulary)
    content = entitlements(case, law, Window(date(2024, 1, 1), date(2025, 12, 31))).as_json()
    assert [(one["object"], one["since"]) for one in content["later"]] == [
        ("childcare-subsidy", "2025-01-01")
    ]
    rows = [row for row in content["rows"] if row["object"] == "childcare-subsidy"]
    assert [row["from"] for row in rows] == ["2025-01-01"]


def test_a_day_before_all_law_says_that_none_was_read_and_speaks_of_no_code() -> None:
    content = decided(family("340100", as_of="2001-05-01") | {"children": {"listed": "all"}} | {
        "question": {"ask": "entitlements", "about": ["c1"]}})  # fmt: skip
    assert content["outcome"] == "undetermined"
    (gap,) = content["gaps"]
    assert (gap["kind"], gap["text"]["en"][:40]) == (
        "governing-law", "no rule says which law governs on this d"
    )  # fmt: skip
    codes = {one["code"] for one in content["warnings"]}  # no fact is missing that would tell it
    assert not codes & {"law-not-told", "missing-not-minimal"}


def test_years_that_begin_before_all_law_tell_what_comes_with_the_law() -> None:
    plain = family("420100", "c1", "2014-06-01")
    plain["children"]["k1"]["born"] = "2001-05-15"
    law = real_law()
    case = read_case_data(plain, law.vocabulary)
    content = entitlements(case, law, Window(date(2002, 1, 1), date(2014, 12, 31))).as_json()
    first, *rest = content["rows"]
    assert (first["object"], first["until"]) == (None, "2002-08-31")
    assert {row["object"] for row in rest} >= {"only-child-certificate", "one-child-fee"}


@pytest.mark.parametrize(("about", "place"), [("x1", "340100"), ("k1", "341402")])
def test_a_place_that_was_merged_borrows_no_law_and_says_so(about: str, place: str) -> None:
    leave = {"person": "mother", "kind": "marriage", "start": "2023-05-01", "place": "341400"}
    plain = family(place, about, leaves={"x1": leave})
    plain["children"]["k1"]["born"] = "2020-05-15"
    content = decided(plain)
    assert (content["outcome"], content["versions"]) == ("undetermined", [])
    (gap,) = content["gaps"]
    assert gap["kind"] == "place-out-of-use"
    assert "give the code that it has become" in gap["text"]["en"]


def test_a_code_that_never_was_a_place_is_no_case() -> None:
    with pytest.raises(CaseError):
        decided(family("999999"))


def test_a_fact_without_the_paper_that_a_benefit_asks_for_is_told() -> None:
    plain = family("510104", "c1", "2023-03-01")
    plain["persons"]["mother"] |= {"complication_grade": "second", "complication_cured": False}
    told = "persons.mother.complication_grade has no verified paper"
    texts = [one["text"]["en"] for one in decided(plain)["warnings"]]
    assert [text for text in texts if told in text]
    law = real_law()
    case = read_case_data(plain, law.vocabulary)
    window = Window(date(2023, 1, 1), date(2023, 12, 31))
    content = entitlements(case, law, window).as_json()
    assert content["unproved"] == ["persons.mother.complication_grade"]
    assert told in entitlements_text(content, law, "en")
    paper = {"kind": "medical-certificate", "issuer": "appraisal-body", "date": "2023-01-05"}
    plain["evidence"] = {"e1": paper | {"status": "verified"}}
    plain["persons"]["mother"]["complication_grade"] = {"value": "second", "evidence": ["e1"]}
    proved = decided(plain)
    assert [one["text"] for one in proved["warnings"] if one["code"] == "unproved-fact"] == []
    (assistance,) = parts(proved, "complication-assistance")
    assert assistance["bands"][0]["high"] == "490.00"
