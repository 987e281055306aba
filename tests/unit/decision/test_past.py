"""A case as it stood on an earlier day: nothing of what came later is left."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.decision.case.canonical import canonical_case
from engine.decision.case.model import Question
from engine.decision.case.past import as_it_stood
from engine.decision.case.reading import read_case_data
from tests.unit.decision.island import VOCABULARY, read
from tests.unit.decision.toll_notes import KEY, NOTE, changed, ferry_law


def then(plain: dict[str, Any], day: str, about: str = "b1", *without: str) -> dict[str, Any]:
    vocabulary = ferry_law().vocabulary
    case = read_case_data(plain, vocabulary)
    earlier = as_it_stood(
        case, vocabulary, date.fromisoformat(day), Question("toll", (about,)), without
    )
    return dict(canonical_case(earlier, vocabulary))


def test_the_day_and_the_question_are_the_earlier_ones() -> None:
    found = then(NOTE, "2006-04-03")
    assert found["as_of"] == "2006-04-03"
    assert found["question"] == {"ask": "toll", "about": ["b1"]}


def test_what_is_left_out_is_gone_with_what_refers_to_it() -> None:
    plain = changed("coins", "c1", note="n1", payer="ann", date="2006-04-03", amount="1.00")
    found = then(plain, "2006-04-03", "b1", "n1")
    assert found.get("notes", {}) == {}
    assert "note" not in found["coins"]["c1"]


@pytest.mark.parametrize(("day", "there"), [("2006-04-02", False), ("2006-04-03", True)])
def test_an_entity_of_a_later_day_is_gone(day: str, there: bool) -> None:
    assert ("n1" in then(NOTE, day).get("notes", {})) is there


@pytest.mark.parametrize(("day", "years"), [("2005-12-31", [2005]), ("2006-01-01", [2005, 2006])])
def test_an_entry_of_a_later_year_is_gone(day: str, years: list[int]) -> None:
    catch = [{"year": 2005, "value": "90.00"}, {"year": 2006, "value": "95.00"}]
    found = then(changed("keepers", "ann", catch=catch), day)
    assert [one["year"] for one in found["keepers"]["ann"]["catch"]] == years


@pytest.mark.parametrize(("day", "left"), [("2005-12-31", {}), ("2006-01-01", {"toll_year": 2006})])
def test_a_setting_of_a_later_year_is_gone(day: str, left: dict[str, int]) -> None:
    assert then(deepcopy(NOTE) | {"settings": {"toll_year": 2006}}, day)["settings"] == left


def test_a_pair_of_whom_one_is_gone_is_not_known() -> None:
    today, question = date(2014, 7, 20), Question("tax", ("z2",))
    found = canonical_case(as_it_stood(read(), VOCABULARY, today, question, ("ann",)), VOCABULARY)
    assert found["teams"] == {"t1": {"sworn": [{"from": "2002-10-01"}]}}


@pytest.mark.parametrize(("day", "until"), [("2006-04-03", None), ("2007-01-01", "2007-01-01")])
def test_an_entry_that_ended_later_has_no_end_yet(day: str, until: str | None) -> None:
    moored = [{"from": "2005-03-01", "until": "2007-01-01", "value": "420281"}]
    (entry,) = then(changed("boats", "b1", mooring=moored), day)["boats"]["b1"]["mooring"]
    assert entry.get("until") == until


def test_a_figure_of_a_later_year_is_gone_as_the_case_was_then() -> None:
    plain = deepcopy(NOTE)
    plain["statistics"].append({**KEY, "year": 2010, "value": "150.00", "evidence": ["e1"]})
    years = [one["year"] for one in then(plain, "2006-04-03")["statistics"]]
    assert years == [2005, 2006]


def test_a_later_paper_still_proves_an_earlier_fact() -> None:
    plain = deepcopy(NOTE)
    plain["evidence"]["e1"]["date"] = "2020-01-01"
    found = then(plain, "2006-04-03")
    assert found["statistics"][0]["evidence"] == ["e1"]


@pytest.mark.parametrize(("day", "there"), [("2005-02-28", False), ("2005-03-01", True)])
def test_an_entity_that_joins_later_is_gone(day: str, there: bool) -> None:
    vocabulary = ferry_law().vocabulary
    boat = replace(vocabulary.kinds["boat"], joins="built")
    vocabulary = replace(vocabulary, kinds={**vocabulary.kinds, "boat": boat})
    case = read_case_data(changed("boats", "b1", built="2005-03-01"), vocabulary)
    earlier = as_it_stood(case, vocabulary, date.fromisoformat(day), Question("toll", ("b9",)))
    assert ("b1" in earlier.by_id) is there


def test_what_is_asked_about_and_was_not_there_stays_asked_about() -> None:
    plain = changed("boats", "b1", built="2005-03-01")
    assert then(plain, "2005-02-28", "b9")["question"]["about"] == ["b9"]
