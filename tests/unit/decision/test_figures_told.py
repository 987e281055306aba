"""Which figure was taken and why, what sources that differ come to, what is near a missing one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.case.reading import CaseError, read_case_data
from engine.decision.deciding.decide import decide
from tests.real import real_law

DAYE = Path(__file__).resolve().parents[3] / "examples" / "daye-2014.yaml"
NET = "statistics[income/net/rural/county/420281/2013]"


def daye(*figures: dict[str, Any], **about: Any) -> dict[str, Any]:
    plain: dict[str, Any] = yaml.load(DAYE.read_text("utf-8"), Loader=yaml.BaseLoader)
    row = {"series": "income", "level": "county", "place": "420281", "year": 2013}
    plain["statistics"] = [row | {"evidence": ["e3"]} | figure for figure in figures]
    plain["persons"]["mother"]["register"] = [
        {"from": "1981-02-11", "value": "rural", "place": "420281"}
    ]
    for child in ("k1", "k2"):
        for fact in ("adopted", "living", "approved"):
            if fact in plain["children"][child]:
                plain["children"][child][fact] = plain["children"][child][fact] == "true"
    plain["settings"] = {"reference_year": 2013}
    plain["persons"]["father"]["annual_income"] = []
    for paper in plain["evidence"].values():
        paper.pop("illustrative", None)
    return plain | about


def net(value: str, **more: Any) -> dict[str, Any]:
    return {"concept": "net", "status": "rural", "value": value, **more}


def decided(plain: dict[str, Any]) -> dict[str, Any]:
    law = real_law()
    return decide(read_case_data(plain, law.vocabulary), law).as_json()


def warned(content: dict[str, Any], code: str) -> list[str]:
    return [one["text"]["en"] for one in content["warnings"] if one["code"] == code]


def test_a_figure_of_the_case_is_told_with_its_source_and_why_it_was_taken() -> None:
    content = decided(daye(net("9800.00", source="Daye yearbook 2014, p. 31")))
    (figure,) = content["figures"]
    (taken,) = figure["taken"]
    assert figure["path"] == NET
    assert (taken["value"], taken["source"]) == ("9800.00", "Daye yearbook 2014, p. 31")
    assert taken["because"]["en"].startswith("brought by the case")


def test_two_sources_are_two_readings_and_the_warning_tells_what_moves() -> None:
    content = decided(daye(net("9800.00", source="yearbook"), net("10000.00", source="bulletin")))
    amounts = {
        choice["value"]: band["low"]
        for part in content["parts"]
        if part["bearer"] == "mother"
        for band in part["bands"]
        for choice in band["choices"]
        if choice["point"] == NET
    }
    assert amounts == {"yearbook": "29400.00", "bulletin": "30000.00"}
    (text,) = warned(content, "conflicting-figures")
    assert "by 200.00 yuan" in text
    assert "for mother the amount moves by 600.00 yuan" in text


def test_two_figures_without_sources_are_two_values_for_one() -> None:
    with pytest.raises(CaseError):
        decided(daye(net("9800.00"), net("10000.00")))


def test_two_sources_that_agree_are_no_conflict() -> None:
    content = decided(daye(net("9800.00", source="yearbook"), net("9800.00", source="bulletin")))
    assert warned(content, "conflicting-figures") == []


def test_beside_a_missing_figure_stand_those_that_do_not_take_its_place() -> None:
    content = decided(daye())
    assert [NET] in content["missing"]
    (text,) = (one for one in warned(content, "figure-not-replaced") if NET in one)
    assert "statistics[income/net/rural/province/420000/2013]" in text
    assert "another level" in text


def test_the_year_of_the_break_is_told() -> None:
    content = decided(daye(net("9800.00")))
    assert any("not to be joined" in one for one in warned(content, "series-break"))


def test_the_text_says_which_figure_was_taken_and_why() -> None:
    content = decided(daye(net("9800.00", source="yearbook")))
    texts = [one["text"]["en"] for one in content["trace"]["children"]]
    why = "brought by the case, which goes before what is built in"
    assert f"{NET} is 9,800.00 (yearbook): {why}" in texts


def test_a_figure_of_another_level_is_told_beside_the_one_that_is_missing() -> None:
    city = net("9800.00", level="city", place="420200")
    (text,) = (one for one in warned(decided(daye(city)), "figure-not-replaced") if NET in one)
    assert "statistics[income/net/rural/city/420200/2013] 9,800.00 (brought by the case" in text
    assert "another level" in text


@pytest.mark.parametrize(
    ("figure", "how"),
    [
        ({"concept": "disposable"}, "another concept"),
        ({"year": 2012}, "another year"),
        ({"place": "420222"}, "another place"),
    ],
)
def test_a_figure_of_another_key_is_told_beside_the_one_that_is_missing(
    figure: dict[str, Any], how: str
) -> None:
    (text,) = (
        one
        for one in warned(decided(daye(net("9800.00", **figure))), "figure-not-replaced")
        if NET in one
    )
    assert f"9,800.00 (brought by the case, {how})" in text


def beijing(value: str) -> dict[str, Any]:
    register = [{"from": "1975-05-05", "value": "urban", "place": "110105"}]
    key = {"series": "income", "concept": "disposable", "status": "urban", "year": 2006}
    ids = ("father", "mother")
    return {
        "schema": "case/1",
        "as_of": "2007-07-20",
        "question": {"ask": "fee", "about": ["k2"]},
        "persons": {
            id: {"sex": sex, "born": "1975-05-05", "register": register,
                 "annual_income": [{"year": y, "value": "1000.00"} for y in (2004, 2005, 2006)]}
            for id, sex in zip(ids, ("male", "female"), strict=True)
        },
        "couples": {"c1": {"partners": list(ids), "married": [{"from": "2000-10-01"}]}},
        "children": {
            "listed": "all",
            "k1": {"parents": list(ids), "born": "2001-04-02", "adopted": False, "living": True},
            "k2": {"parents": list(ids), "born": "2006-09-15", "adopted": False, "living": True,
                   "approved": False, "ground": "none"},
        },
        "events": {"v1": {"kind": "discovery", "date": "2007-06-11", "place": "110105",
                          "about": ["k2"]}},
        "statistics": [key | {"level": "province", "place": "110000", "value": value}],
        "settings": {"reference_year": 2006},
    }  # fmt: skip


def test_a_figure_that_differs_from_what_is_built_in_tells_what_that_would_come_to() -> None:
    content = decided(beijing("20000.00"))
    (text,) = warned(content, "displaced-figure")
    assert "20,000.00 is taken, as the case brings it; built in is 19,978.00" in text
    assert "apart by 22.00 yuan" in text
    # Three to ten times the average.
    assert "with the one built in the amount for c1 moves by 220.00 yuan" in text


def test_a_figure_that_agrees_with_what_is_built_in_differs_in_nothing() -> None:
    assert warned(decided(beijing("19978.00")), "displaced-figure") == []
