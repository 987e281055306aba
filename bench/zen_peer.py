"""The decision as a decision model of ZEN engine (zen_decision.json), with its trace on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import zen

from bench.by_hand import plain
from bench.contender import Charges, Contender

MODEL = Path(__file__).with_name("zen_decision.json")


def contender() -> Contender:
    """The decision model, compiled."""
    decision = zen.ZenEngine().create_decision(MODEL.read_text(encoding="utf-8"))

    def decide(case: dict[str, Any]) -> Any:
        return decision.evaluate(case, {"trace": True})

    def charges(answer: Any) -> Charges:
        return {parent["id"]: int(parent["charge"]) for parent in answer["result"]["parents"]}

    return Contender(
        plain=plain,
        read=lambda case: case,
        decide=decide,
        tell=lambda answer: answer,
        charges=charges,
    )
