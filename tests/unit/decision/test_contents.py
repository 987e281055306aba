"""What was found under one law is taken again under another only where both say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from engine.assurance.scenarios import prepare, read_scenarios
from engine.decision.case import read_case_data
from engine.decision.changes import changes
from engine.decision.contents import Contents, Shared
from engine.decision.decide import evaluation_of
from tests.real import real_law
from tests.unit.decision.ferry import ferry_law, plain

FEATURES: Final = Path(__file__).parents[3] / "features/cn"


def contents_on(day: str, shared: Shared) -> Contents:
    """The contents of the ferry's law on a day; its text has another version from 2015 on."""
    law = ferry_law()
    case = read_case_data(plain("toll", as_of=day), law.vocabulary)
    return Contents(evaluation_of(case, law, "reference").world({}).setting, shared)


def test_laws_share_the_bits_of_what_both_say() -> None:
    shared = Shared()
    before, after = contents_on("2014-12-31", shared), contents_on("2015-01-01", shared)
    same, other = ("drawing", "charge", "ferry-toll"), ("ending", "ferry-toll")
    assert before.bit(same) == after.bit(same)
    assert before.bit(other) != after.bit(other)
    assert after.agrees(before.bit(same))
    assert not after.agrees(before.bit(same) | before.bit(other))
    assert not after.agrees(before.bit(other))  # asked again, from what was found
    assert before.agrees(before.bit(same) | before.bit(other))


def test_every_law_agrees_with_what_consulted_nothing() -> None:
    assert contents_on("2015-01-01", Shared()).agrees(0)


def test_what_no_world_asks_has_no_slot() -> None:
    with pytest.raises(LookupError):
        contents_on("2015-01-01", Shared()).bit(("nothing", "at all"))


@pytest.mark.parametrize(
    "feature",
    [
        "hubei/one-child-rewards/rewards",
        "hubei/pfp-regulations/eligibility-2003",
        "national/discipline/crimes",
        "national/penalties/certificates",
    ],
)
def test_changes_are_the_same_where_nothing_is_taken_again(
    feature: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _, name = feature.rpartition("/")
    scenarios = read_scenarios(FEATURES / folder)
    law, first = real_law(), next(one for one in scenarios if one.at.startswith(f"{name}.feature"))
    case = prepare(first, law.vocabulary).asked[0].case
    told = changes(case, law)
    assert told["parts"]
    monkeypatch.setattr(Contents, "agrees", lambda self, consulted: not consulted)
    assert changes(case, law) == told
