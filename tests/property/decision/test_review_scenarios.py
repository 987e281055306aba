"""Of every review that the scenarios ask for: an open finding names the fact or the text that is
lacking, in words, and every other one names the provision on which it rests."""

from __future__ import annotations

from pathlib import Path

from engine.assurance.scenarios import prepare, read_scenarios
from engine.decision.review import review
from tests.real import real_law

FEATURES = Path(__file__).parents[3] / "features/cn/review"
ARITHMETIC = "payment.amount"
"""What was paid is held against what was demanded, and against no text."""


def test_every_finding_says_on_what_it_rests_or_what_is_lacking() -> None:
    law, seen = real_law(), 0
    for scenario in read_scenarios(FEATURES):
        for asked in prepare(scenario, law.vocabulary).asked:
            for one in review(asked.case, law).as_json()["findings"]:
                seen += 1
                where = (scenario.at, one["point"], one["subject"])
                gaps = one.get("gaps", [])
                assert all(gap["text"]["zh"] and gap["text"]["en"] for gap in gaps), where
                if one["finding"] == "open":
                    assert one.get("missing") or gaps or one.get("conflicts"), where
                elif one["point"] != ARITHMETIC:
                    assert one["provisions"], where
    assert seen > 1000
