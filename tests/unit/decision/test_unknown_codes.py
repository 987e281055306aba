"""A set of codes that nobody has found out: what is asked of it is asked of those that tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.decision.asking.possible import possible
from engine.decision.changing.changes import changes
from engine.decision.deciding.decide import decide
from tests.unit.decision.road import question

ANY = "any(l in (salt, iron) for l in at(cart.loads, assessment.date))"
UNKNOWN = {"state": "unknown"}


@pytest.mark.parametrize(
    ("condition", "loads", "outcome", "highs"),
    [
        (ANY, [], "determined", []),
        (ANY, [{"value": "silk"}], "determined", []),
        (ANY, [{"value": "silk"}, {"value": "iron"}], "determined", ["5.00"]),
        (ANY, UNKNOWN, "undetermined", ["0.00", "5.00"]),
        ("not " + ANY, UNKNOWN, "undetermined", ["0.00", "5.00"]),
        ("count(l for l in at(cart.loads, assessment.date)) > 1", UNKNOWN, "undetermined", []),
    ],
)
def test_an_unknown_set_leaves_open_what_it_could_settle(
    condition: str, loads: Any, outcome: str, highs: list[str], tmp_path: Path
) -> None:
    (found,) = decide(*question(tmp_path, condition, {"loads": loads})).as_json()["parts"]
    assert found["outcome"] == outcome
    if outcome == "undetermined":
        assert found["missing"] == [["carts.c1.loads"]]
    elif highs:
        assert [band["high"] for band in found["bands"]] == highs


def test_a_code_of_which_it_is_true_settles_what_is_unproved_of_one_before_it(
    tmp_path: Path,
) -> None:
    holds = "(l == iron and cart.horses > 3) or l == salt"
    condition = f"any({holds} for l in at(cart.loads, assessment.date))"
    cart = {"loads": [{"value": "iron"}, {"value": "salt"}], "horses": {"state": "unestablished"}}
    (found,) = decide(*question(tmp_path, condition, cart)).as_json()["parts"]
    assert found["outcome"] == "determined"
    assert [band["high"] for band in found["bands"]] == ["5.00"]


def test_what_could_be_in_it_is_told_code_by_code(tmp_path: Path) -> None:
    case, law = question(tmp_path, ANY, {"loads": UNKNOWN})
    assert possible(case, law)["parts"][0]
    case, law = question(tmp_path, ANY, {"loads": [{"value": "silk"}]})
    (found,) = changes(case, law)["parts"]
    told = [one["changes"][0]["text"]["en"] for one in found["sets"]]
    loads = "loads of c1 (carts.c1.loads)"
    assert told == [f"{loads} → iron: yes", f"{loads} → salt: yes"]
    assert found["complete"]
