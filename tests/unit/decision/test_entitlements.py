"""What one is entitled to over years, under the invented beacon and harbour laws."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.confidence import LEVELS
from engine.decision.entitlements.entitlements import (
    PeriodError,
    QuestionError,
    entitlements,
    years_of,
)
from engine.decision.entitlements.entitlements_text import columns, entitlements_text
from engine.decision.governing.law import Law, load_law
from engine.values.dates import Window
from tests.real import real_law
from tests.unit.decision.harbour import harbour_law

BEACON = Path(__file__).parents[2] / "laws/beacon/rulesets"


@cache
def beacon_law() -> Law:
    return load_law(BEACON)


def keepers(**more: Any) -> dict[str, Any]:
    ann = {"tower": "420281", "came_on": "2006-03-01", "with_dog": False, **more}
    return {
        "schema": "case/1",
        "as_of": "2007-06-01",
        "question": {"ask": "rest", "about": ["ann"]},
        "keepers": {"ann": ann},
    }


def told(plain: dict[str, Any], law: Law, first: str, last: str) -> dict[str, Any]:
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    return entitlements(read_case_data(plain, law.vocabulary), law, window).as_json()


def rows(content: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in content["rows"]]


def test_a_sum_is_one_row_that_tells_what_each_law_adds() -> None:
    content = told(keepers(), beacon_law(), "2006-01-01", "2006-12-31")
    assert rows(content, "bearer", "from", "until", "duration", "outcome") == [
        ("ann", "2006-03-01", "2006-04-04", "P35D", "determined")
    ]
    assert [one["gives"] for one in content["rows"][0]["provisions"]] == ["P30D", "P5D"]


def test_what_was_not_read_is_a_row_that_names_the_gap_and_the_part_that_is_known() -> None:
    content = told(keepers(tower="430100"), beacon_law(), "2006-01-01", "2006-12-31")
    assert rows(content, "outcome", "duration") == [("undetermined", "P30D")]
    assert [gap["kind"] for gap in content["rows"][0]["gaps"]] == ["grant shore-days"]


def test_before_it_begins_there_is_no_row() -> None:
    assert told(keepers(), beacon_law(), "2005-01-01", "2006-02-28")["rows"] == []


@pytest.mark.parametrize(("last", "later"), [("2000-12-31", True), ("2001-01-01", False)])
def test_what_no_law_of_the_country_grants_yet_is_told_with_its_first_day(
    last: str, later: bool
) -> None:
    content = told(keepers(), beacon_law(), "1999-01-01", last)
    assert content["rows"] == []
    since = {one["object"]: one["since"] for one in content["later"]}
    assert since == ({"shore-days": "2001-01-01", "storm-days": "2001-01-01"} if later else {})


def widow(**more: Any) -> dict[str, Any]:
    return {
        "schema": "case/1",
        "as_of": "2021-06-01",
        "question": {"ask": "benefits", "about": ["ann"]},
        "pilots": {"ann": {"home": "420281", "widowed_on": "2019-10-31", "children": 2, **more}},
    }


def test_a_benefit_that_the_law_ends_has_a_row_for_each_text() -> None:
    content = told(widow(), harbour_law(), "2019-01-01", "2021-12-31")
    found = [row for row in content["rows"] if row["object"] == "widow-pension"]
    assert [(row["from"], row["until"]) for row in found] == [
        ("2019-10-31", "2019-12-31"),
    ]


def test_rows_after_the_day_of_the_case_are_marked() -> None:
    content = told(keepers(came_on="2007-05-20"), beacon_law(), "2007-01-01", "2008-12-31")
    assert rows(content, "from", "expected") == [("2007-05-20", False)]


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    law = beacon_law()
    case = read_case_data(keepers(), law.vocabulary)
    with pytest.raises(PeriodError):
        years_of(case, law, date(2007, 1, 1), date(2006, 1, 1))
    assert years_of(case, law, None, None) == Window(date(2006, 1, 1), date(2010, 12, 31))


def test_a_question_that_seeks_no_benefits_has_no_rows_to_tell() -> None:
    law = harbour_law()
    plain = widow() | {"question": {"ask": "blame", "about": ["ann"]}}
    case = read_case_data(plain, law.vocabulary)
    with pytest.raises(QuestionError):
        entitlements(case, law, Window(date(2019, 1, 1), date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "35日 = 30日 + 5日"), ("en", "35 days = 30 days + 5 days")]
)
def test_the_table_explains_a_sum(lang: Any, said: str) -> None:
    law = beacon_law()
    content = told(keepers(), law, "2006-01-01", "2006-12-31")
    assert said in entitlements_text(content, law, lang)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_has_a_word_for_every_level_of_confidence(lang: Any, level: str) -> None:
    law = beacon_law()
    content = told(keepers(), law, "2006-01-01", "2006-12-31")
    content["rows"] = [{**content["rows"][0], "confidence": level}]
    assert entitlements_text(content, law, lang)


def test_chinese_characters_take_two_columns() -> None:
    assert columns([("从", "a"), ("ab", "b")]) == "从  a\nab  b"


def family(place: str, **children: Any) -> dict[str, Any]:
    register = [{"from": "1980-01-01", "value": "urban", "place": place}]
    return {
        "schema": "case/1",
        "as_of": "2026-06-15",
        "question": {"ask": "entitlements", "about": ["c1"]},
        "persons": {
            "father": {"sex": "male", "born": "1975-01-01", "register": register},
            "mother": {"sex": "female", "born": "1977-03-01", "register": register},
        },
        "couples": {
            "c1": {
                "partners": ["father", "mother"],
                "certificate_held": True,
                "only_child_pledge": True,
            }
        },
        "children": {
            "listed": "all",
            **{key: {"parents": ["father", "mother"], **one} for key, one in children.items()},
        },
    }


def test_rows_that_lack_the_same_texts_on_other_days_are_one() -> None:
    k1 = {"born": "2000-02-15", "adopted": False, "living": True, "disabled": False}
    content = told(family("210102", k1=k1), real_law(), "2018-01-01", "2018-11-27")
    fees = [row for row in content["rows"] if row["object"] == "one-child-fee"]
    assert [(row["from"], row["until"], row["outcome"]) for row in fees] == [
        ("2018-01-01", "2018-11-27", "undetermined")
    ]


def test_a_leave_of_a_range_of_days_ends_with_the_longest() -> None:
    k1 = {"born": "2025-03-15", "adopted": False, "living": True, "approved": False}
    plain = family("540102", k1=k1)
    leave = {"person": "mother", "kind": "birth", "start": "2025-03-10", "place": "540102"}
    plain["leaves"] = {"x1": {**leave, "child": "k1", "dystocia": False}}
    plain["question"]["about"] = ["x1"]
    content = told(plain, real_law(), "2025-01-01", "2029-12-31")
    found = [row for row in content["rows"] if row["object"] == "maternity-leave"]
    assert [(row["from"], row["until"]) for row in found] == [("2025-03-10", "2026-03-09")]


@pytest.mark.parametrize(("place", "ends"), [("310101", False), ("440106", True)])
def test_a_leave_that_holidays_lengthen_has_no_last_day_in_the_table(
    place: str, ends: bool
) -> None:
    k1 = {"born": "2025-03-15", "adopted": False, "living": True, "approved": False}
    plain = family(place, k1=k1)
    leave = {"person": "mother", "kind": "birth", "start": "2025-03-10", "place": place}
    plain["leaves"] = {"x1": {**leave, "child": "k1", "dystocia": False}}
    plain["question"]["about"] = ["x1"]
    content = told(plain, real_law(), "2025-01-01", "2029-12-31")
    text = entitlements_text(content, real_law(), "zh")
    (line,) = (one for one in text.splitlines() if "  产假  " in one)
    assert line.split()[:2] == ["2025-03-10", "2025-09-03" if ends else "…"]
    (beside,) = (one for one in text.splitlines() if "  生育津贴  " in one)
    assert beside.split()[1] == ("2025-09-03" if ends else "…")
    assert ("最后一日没有算出" in text) is not ends


def test_what_is_given_to_one_twin_says_nothing_of_the_other() -> None:
    twin = {"born": "2025-03-15", "adopted": False, "living": True, "approved": False}
    plain = family("440305", k1=twin, k2=twin)
    plain["couples"]["c1"]["certificate_held"] = False
    content = told(plain, real_law(), "2022-01-01", "2026-12-31")
    found = [row for row in content["rows"] if row["object"] == "childcare-subsidy"]
    assert {(row["bearer"], row["from"], row["amount"]) for row in found} == {
        ("k1", "2025-03-15", "3600.00"),
        ("k2", "2025-03-15", "3600.00"),
    }
    # The heaviest of several is no sum of them.
    assert {one["gives"] for row in found for one in row["provisions"]} == {None}


def test_what_two_that_are_asked_about_lead_to_stands_once() -> None:
    k1 = {"born": "2025-03-15", "adopted": False, "living": True, "approved": False}
    plain = family("110105", k1=k1)
    once = told(plain, real_law(), "2025-01-01", "2027-12-31")["rows"]
    plain["question"]["about"] = ["c1", "k1"]
    both = told(plain, real_law(), "2025-01-01", "2027-12-31")["rows"]
    found = [row for row in both if row["object"] == "childcare-subsidy"]
    assert found == [row for row in once if row["object"] == "childcare-subsidy"] != []


def test_an_adopted_child_is_given_nothing_before_the_adoption() -> None:
    k1 = {"born": "2024-06-03", "adopted": True, "adopted_on": "2025-07-15", "living": True}
    plain = family("110105", k1={**k1, "adoption_unlawful": False})
    content = told(plain, real_law(), "2024-01-01", "2027-12-31")
    found = [row for row in content["rows"] if row["object"] == "childcare-subsidy"]
    assert [(row["from"], row["until"], row["amount"]) for row in found] == [
        ("2025-07-15", "2025-12-31", "3600.00"),
        ("2026-01-01", "2026-12-31", "3600.00"),
        ("2027-01-01", "2027-06-02", "1800.00"),
    ]


def test_since_when_something_is_granted_is_told_of_that_and_of_no_earlier_text() -> None:
    k1 = {"born": "2025-03-15", "adopted": False, "living": True, "approved": False}
    plain = family("440106", k1=k1)
    leave = {"person": "father", "kind": "childcare", "start": "2025-08-01", "place": "440106"}
    plain["leaves"] = {"x1": {**leave, "child": "k1"}}
    plain["question"]["about"] = ["x1"]
    content = told(plain, real_law(), "2005-01-01", "2026-12-31")
    # Guangdong had texts on leave from 2009 on, and none of them knew this one.
    assert [(one["object"], one["since"]) for one in content["later"]] == [
        ("childcare-leave", "2021-12-01")
    ]


def test_since_when_is_not_told_where_the_day_is_not_known() -> None:
    k1 = {"born": "2002-02-15", "adopted": False, "living": True, "disabled": False}
    content = told(family("530102", k1=k1), real_law(), "2000-01-01", "2021-12-31")
    assert "one-child-fee" in {row["object"] for row in content["rows"]}
    assert "one-child-fee" not in {one["object"] for one in content["later"]}


def test_a_note_stands_once_with_its_rows_and_names_texts_and_questions_in_words() -> None:
    k1 = {"born": "2005-02-15", "adopted": False, "living": True, "disabled": False}
    plain = family("140105", k1=k1)
    del plain["couples"]["c1"]["only_child_pledge"]
    law = real_law()
    text = entitlements_text(told(plain, law, "2015-01-01", "2020-12-31"), law, "zh")
    notes = [line for line in text.splitlines() if line.startswith("(")]
    said = [line.partition(") ")[2] for line in notes]
    assert len(said) == len(set(said))
    assert "双方是否自愿终身只生育一个子女？" in text
    assert "《山西省关于独生子女父母奖励的规定》何时起施行" in text
    assert "cn/shanxi" not in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "当地当日关于“岸假”的规定"), ("en", "the local texts of that day on: days ashore")],
)
def test_where_no_text_of_the_place_was_read_the_gap_says_so(lang: str, said: str) -> None:
    law = beacon_law()
    content = told(keepers(tower="430100"), law, "2006-01-01", "2006-12-31")
    assert said in entitlements_text(content, law, "zh" if lang == "zh" else "en")


FAMILY: dict[str, Any] = {
    "schema": "case/1",
    "as_of": "2025-12-01",
    "question": {"ask": "entitlements", "about": ["c1"]},
    "persons": {
        "f": {"sex": "male", "born": "1954-03-01"},
        "m": {"sex": "female", "born": "1956-04-02"},
    },
    "couples": {"c1": {"partners": ["f", "m"], "certificate_held": True}},
    "children": {
        "listed": "all",
        "k1": {"parents": ["f", "m"], "born": "1980-05-06", "adopted": False, "living": False},
    },
}


def elder_couple(place: str | None) -> dict[str, Any]:
    plain = copy.deepcopy(FAMILY)
    for person in plain["persons"].values() if place else ():
        person["register"] = [{"from": "1960-01-01", "value": "urban", "place": place}]
    return plain


def test_a_benefit_without_an_amount_is_no_refusal() -> None:
    content = told(elder_couple("420281"), real_law(), "2025-01-01", "2025-12-01")
    (row,) = [one for one in content["rows"] if one["object"] == "only-child-loss-help"]
    assert (row["outcome"], row["no_amount"]) == ("refused", True)
    text = entitlements_text(content, real_law(), "zh")
    assert "有，数额没有规定" in text and "拒绝" not in text


def test_what_hangs_on_a_law_that_was_not_read_is_not_confirmed() -> None:
    plain = elder_couple("810000")
    plain["children"]["k1"] |= {"born": "2025-04-06", "living": True}
    content = told(plain, real_law(), "2025-06-01", "2025-06-30")
    rows = [one for one in content["rows"] if one["object"] == "childcare-subsidy"]
    assert [(one["outcome"], one["confidence"]) for one in rows] == [
        ("undetermined", "unconfirmed")
    ]


def test_what_is_open_for_the_one_partner_leaves_the_row_of_the_other() -> None:
    plain = elder_couple("420281")
    for person, born in (("f", "1944-03-01"), ("m", "1946-04-02")):
        plain["persons"][person] |= {"born": born, "birth_rules_broken": False}
        plain["persons"][person]["register"][0]["value"] = "rural"
    content = told(plain, real_law(), "2012-01-01", "2012-12-31")
    rows = [one for one in content["rows"] if one["object"] == "rural-reward"]
    assert [(one["bearer"], one["outcome"], one["place"], one["missing"]) for one in rows] == [
        (one, "undetermined", "420281", [[f"persons.{one}.three_at_once"]]) for one in ("f", "m")
    ]


def test_registers_that_are_not_known_are_asked_and_no_gap() -> None:
    content = told(elder_couple(None), real_law(), "2025-01-01", "2025-12-01")
    assert [(row["missing"], row["gaps"]) for row in content["rows"]] == [
        ([["persons.f.register", "persons.m.register"]], [])
    ]


def test_what_comes_with_a_leave_whose_length_is_open_lasts_as_long_as_it_may() -> None:
    register = [{"from": "1995-01-01", "value": "urban", "place": "510104"}]
    plain = {
        **FAMILY,
        "as_of": "2026-06-15",
        "question": {"ask": "entitlements", "about": ["x1"]},
        "persons": {
            "f": {"sex": "male", "born": "1990-03-08", "register": register},
            "m": {"sex": "female", "born": "1992-11-20", "register": register},
        },
        "children": {
            "listed": "all",
            "k1": {
                **FAMILY["children"]["k1"],
                "born": "2025-11-02",
                "living": True,
                "approved": False,
            },
        },
        "leaves": {
            "x1": {
                "person": "m",
                "kind": "birth",
                "start": "2025-10-31",
                "place": "510104",
                "child": "k1",
                "dystocia": False,
                "insured": True,
                "unit_wage": "7000.00",
            }
        },
    }
    content = told(plain, real_law(), "2025-10-01", "2026-12-31")
    until = {row["object"]: row["until"] for row in content["rows"]}
    assert until["birth-allowance"] == until["maternity-leave"] > "2026-05-01"


def test_a_child_and_its_birth_of_one_name_are_told_apart_in_every_world() -> None:
    register = [{"from": "2005-01-01", "value": "urban", "place": "540102"}]
    plain = {
        **FAMILY,
        "as_of": "2026-03-01",
        "question": {"ask": "entitlements", "about": ["k1"]},
        "persons": {
            "f": {"sex": "male", "born": "1980-03-01", "register": register},
            "m": {"sex": "female", "born": "1981-04-02", "register": register},
        },
        "children": {
            "listed": "all",
            "k1": {**FAMILY["children"]["k1"], "born": "2025-06-01", "living": True},
        },
    }
    content = told(plain, real_law(), "2025-01-01", "2029-12-31")
    places = {row["place"] for row in content["rows"] if row["object"] == "childcare-subsidy"}
    assert places == {"540102"}
