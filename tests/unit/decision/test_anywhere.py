"""A place that is not known: what holds wherever it was is decided, the rest lacks the place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.case.reading import read_case
from engine.decision.reviewing.review import review
from tests.real import real_law

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    case = yaml.load((ROOT / "examples/review-daye-2014.yaml").read_text("utf-8"), yaml.BaseLoader)
    case["events"]["v1"].pop("place")
    law = real_law()
    return review(read_case(yaml.safe_dump(case), law.vocabulary), law).as_json()


def test_findings_that_no_place_changes_stand_and_the_rest_lack_the_place_alone(
    answer: dict[str, Any],
) -> None:
    found = {one["point"]: one for one in answer["findings"]}

    for point in ("basis-found", "body-found", "form-found", "double-levy-found"):
        assert found[point]["finding"] == "lawful"
    for point in ("place-found", "articles", "multiple", "amounts"):
        assert found[point]["finding"] == "open"
        assert found[point]["missing"] == [["events.v1.place"]]
        assert "gaps" not in found[point]  # texts of one place count once it is that place


def test_periods_of_national_law_are_told_and_a_provincial_share_lacks_the_place(
    answer: dict[str, Any],
) -> None:
    told = [one for one in answer["periods"] if one["outcome"] == "determined"]
    assert len(told) == 5
    (claim,) = [one for one in answer["periods"] if one not in told]  # was too much collected?
    assert claim["period"] == "excess-claim-term"
    assert claim["missing"] == [["events.v1.place"]]
    first = [one for one in answer["standing"] if one["object"] == "first-instalment"]
    assert [one["missing"] for one in first] == [[["events.v1.place"]]] * 2
