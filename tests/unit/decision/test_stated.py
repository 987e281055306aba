"""Whether a case states a fact is never unknown: what it does not say is not stated."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import pytest

from engine.decision.deciding.decide import decide
from tests.unit.decision.road import question

IN_2010: Final = [{"from": "2010-01-01", "until": "2010-12-31", "value": "salt"}]
SINCE_2011: Final = [{"from": "2011-01-01", "value": "salt"}]


@pytest.mark.parametrize("inference", ["rete", "reference"])
@pytest.mark.parametrize(
    ("condition", "cart", "pays"),
    [
        ("stated(cart.horses)", {"horses": 0}, True),
        ("stated(cart.horses)", {}, False),
        ("stated(cart.horses)", {"horses": {"state": "unknown"}}, False),
        ("stated(cart.horses)", {"horses": {"state": "unestablished"}}, False),
        ("stated(cart.horses)", {"horses": {"state": "not_applicable"}}, False),
        ("not stated(cart.horses)", {}, True),
        ("stated(at(cart.loads, assessment.date))", {"loads": SINCE_2011}, True),
        ("stated(at(cart.loads, assessment.date))", {"loads": IN_2010}, False),
    ],
)
def test_a_fact_is_stated_or_it_is_not(
    tmp_path: Path,
    condition: str,
    cart: dict[str, Any],
    pays: bool,
    inference: Literal["rete", "reference"],
) -> None:
    decision = decide(*question(tmp_path, condition, cart), inference=inference)
    (part,) = decision.content["parts"]
    assert (decision.outcome, part["bands"] != []) == ("determined", pays)
