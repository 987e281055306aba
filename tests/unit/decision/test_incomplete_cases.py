"""Cases with something left out or not established: an answer that names it, never a crash."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law
from tests.real import real_law

ROOT = Path(__file__).parents[3]
Change = Callable[[dict[str, Any]], object]
UNESTABLISHED = {"state": "unestablished"}


@pytest.fixture(scope="module")
def law() -> Law:
    return real_law()


def decided(law: Law, example: str, change: Change) -> dict[str, Any]:
    content = yaml.load((ROOT / "examples" / example).read_text("utf-8"), yaml.BaseLoader)
    change(content)
    text = yaml.safe_dump(content, allow_unicode=True)
    return decide(read_case(text, law.vocabulary), law).as_json()


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda case: case["children"]["k1"].pop("born"), [["children.k1.born"]]),
        (lambda case: case["children"]["k1"].update(born=UNESTABLISHED), [["children.k1.born"]]),
        (lambda case: case["events"]["v1"].update(place=UNESTABLISHED), [["events.v1.place"]]),
    ],
    ids=["earlier-birth-unknown", "earlier-birth-unestablished", "place"],
)
def test_what_the_law_depends_on_is_named_where_it_is_missing(
    law: Law, change: Change, missing: list[list[str]]
) -> None:
    decision = decided(law, "w01.yaml", change)

    assert decision["outcome"] == "undetermined"
    assert decision["missing"] == missing


@pytest.mark.parametrize(
    ("as_of", "outcome"), [("2010-12-31", "determined"), ("2011-01-01", "undetermined")]
)
def test_a_day_that_is_unknown_lies_between_the_birth_and_the_decision(
    law: Law, as_of: str, outcome: str
) -> None:
    """The year before the discovery counts: it is known as long as both are of one year."""

    def undated(case: dict[str, Any]) -> None:
        del case["events"]["v1"]["date"]
        case["as_of"] = as_of
        later = {key: one for key, one in case["statistics"][0].items() if key != "evidence"}
        case["statistics"].append(later | {"year": "2010", "value": "21000.00"})

    decision = decided(law, "w15.yaml", undated)

    assert decision["outcome"] == outcome
    assert decision["missing"] == ([["events.v1.date"]] if outcome == "undetermined" else [])


@pytest.mark.parametrize(
    ("example", "about"), [("w01.yaml", []), ("w01.yaml", ["k9"]), ("w06.yaml", ["c9"])]
)
def test_a_question_about_nobody_is_not_applicable(
    law: Law, example: str, about: list[str]
) -> None:
    decision = decided(law, example, lambda case: case["question"].update(about=about))

    assert decision["outcome"] == "not_applicable"
    assert decision["parts"] == []
    told = [one for one in decision["warnings"] if one["code"] == "not-in-the-case"]
    assert [all(id in one["text"]["en"] for id in about) for one in told] == [True] * bool(about)


def test_where_the_law_cannot_be_told_more_may_be_missing_than_is_named(law: Law) -> None:
    def nowhere(case: dict[str, Any]) -> None:
        del case["events"]
        for person in case["persons"].values():
            person.pop("register", None)

    decision = decided(law, "w01.yaml", nowhere)

    codes = {one["code"] for one in decision["warnings"]}
    assert decision["outcome"] == "undetermined"
    assert {"law-not-told", "missing-not-minimal"} <= codes


def test_a_missing_figure_leaves_only_the_part_open_that_reads_it(law: Law) -> None:
    decision = decided(law, "daye-2014.yaml", lambda case: case["statistics"].pop(1))

    father, mother = decision["parts"]
    assert father["outcome"] == "determined"
    assert mother["outcome"] == "undetermined"
    assert any(
        "statistics[income/disposable/urban/county/420281/2013]" in names
        for names in mother["missing"]
    )
