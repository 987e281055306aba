"""What was found under one law is taken again under another only where both say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

import pytest

from engine.assurance.scenarios import ScenarioError, prepare, read_scenarios
from engine.decision.case.reading import read_case_data
from engine.decision.changing.changes import changes
from engine.decision.changing.contents import Contents, Shared
from engine.decision.changing.differing import Slot
from engine.decision.deciding.decide import evaluation_of
from tests.real import real_law
from tests.unit.decision.ferry import ferry_law, plain

FEATURES: Final = Path(__file__).parents[3] / "features/cn"
SAMPLE: Final = 60


def contents_on(day: str, shared: Shared) -> Contents:
    """The contents of the ferry's law on a day; its text has another version from 2015 on."""
    law = ferry_law()
    case = read_case_data(plain("toll", as_of=day), law.vocabulary)
    setting = evaluation_of(case, law, "reference").world({}).setting
    return Contents(lambda: setting, shared)


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


def test_laws_say_the_same_where_their_texts_do_not_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    law, looked_up, bit = real_law(), Counter[str](), Contents.bit

    def compared(self: Contents, slot: Slot) -> int:
        found = bit(self, slot)
        assert found == self._bit_of(slot, self._content(*slot)), slot
        looked_up[slot[0]] += 1
        return found

    monkeypatch.setattr(Contents, "bit", compared)
    for scenario in Random(5).sample(list(read_scenarios(FEATURES)), SAMPLE):
        try:
            asked = prepare(scenario, law.vocabulary).asked
        except ScenarioError:
            continue  # what it asks is no case, and it says so
        for one in asked:
            if not law.vocabulary.questions[one.case.question.ask].reviews:
                changes(one.case, law, size=1)
    assert looked_up.keys() >= {"rule", "name", "having", "drawing", "ending", "gap", "declared"}


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
