"""What the parts of a result conclude, told once whatever the worlds and the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.decision.case.reading import read_case, read_case_data
from engine.decision.changing.changes import changes, render_changes
from engine.decision.deciding.decide import decide
from tests.real import real_law

EXAMPLES = Path(__file__).parents[3] / "examples"


def person(sex: str, born: str, **more: Any) -> dict[str, Any]:
    register = [{"from": born, "value": "urban", "place": "420281"}]
    return {"sex": sex, "born": born, "minority": False, "register": register, **more}


def child(born: str, **more: Any) -> dict[str, Any]:
    return {"parents": ["ann", "bo"], "born": born, "adopted": False, "living": True, **more}


def official() -> dict[str, Any]:
    """A civil servant with a third child, decided upon when the texts compared are several."""
    post = [{"from": "1999-07-01", "value": "civil-servant"}]
    act = {
        "by": "ann", "kind": "own-excess-birth", "date": "2020-07-01", "place": "420281",
        "about": ["k3"], "gravity": "ordinary", "circumstances": [],
    }  # fmt: skip
    return {
        "schema": "case/1",
        "as_of": "2021-03-01",
        "question": {"ask": "sanction", "about": ["ann"]},
        "persons": {
            "ann": person("female", "1975-02-11", statuses=post),
            "bo": person("male", "1974-05-01"),
        },
        "couples": {"c1": {"partners": ["ann", "bo"], "married": [{"from": "1999-10-01"}]}},
        "children": {
            "listed": "all",
            "k1": child("2002-09-20"),
            "k2": child("2004-06-10", approved=True),
            "k3": child("2020-07-01", approved=False, ground="none"),
        },
        "acts": {"a1": act},
    }


def test_that_nothing_is_due_is_told_once_with_the_grounds_of_every_reading() -> None:
    law = real_law()
    told = decide(read_case_data(official(), law.vocabulary), law).content
    nothing = [one for one in told["conclusions"] if one["effect"] == "no-sanction"]
    assert len(nothing) == len({one["object"] for one in nothing})
    (of,) = (one for one in nothing if one["object"] == "institution-sanction")
    assert of["grounds"] == ["2021/suspended.institution"]
    assert "lapsed" not in of  # only one of the readings says so


def test_a_duty_has_no_value_of_its_own_by_one_rule_or_by_two() -> None:
    law = real_law()
    file = EXAMPLES / "entitlements-daye.yaml"
    case = read_case(file.read_bytes(), law.vocabulary, file=str(file))
    told = {one["object"]: one for one in decide(case, law).content["conclusions"]}
    assert len(told["no-wage-cut"]["details"]) == 2
    assert told["no-wage-cut"]["value"] is None
    alone = [one for one in told.values() if one["effect"] == "duty" and not one["details"]]
    assert alone
    assert all(one["value"] is None for one in alone)
    said = render_changes(changes(case, law), "zh", law.vocabulary, whole=True)
    assert "不得因生育降低工资、辞退：成立" in said
