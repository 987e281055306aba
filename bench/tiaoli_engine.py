"""This engine beside its peers: the whole law loaded, as a caseworker's command loads it.

It alone is asked which law governs; the peers are given one version of one article.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from bench.contender import Charges, Contender
from bench.couples import as_case
from engine.decision.case import Case, read_case_data
from engine.decision.decide import Decision, Law, decide

RULESETS = Path(__file__).resolve().parents[1] / "rulesets"


def contender(
    law: Law, *, inference: Literal["rete", "reference"] = "rete", traced: bool = True
) -> Contender:
    """The engine under one law."""

    def read(plain: dict[str, object]) -> Case:
        return read_case_data(plain, law.vocabulary)

    def of_case(case: Case) -> Decision:
        return decide(case, law, inference=inference, traced=traced)

    return Contender(
        plain=as_case,
        read=read,
        decide=of_case,
        tell=lambda decision: decision.as_json(),
        charges=lambda decision: charges_of(decision.as_json()),
    )


def charges_of(result: dict[str, Any]) -> Charges:
    """What each bearer owes in fen by a result of the schema decision/1, determined throughout."""
    assert result["outcome"] == "determined", (result["outcome"], result["missing"])
    return {part["bearer"]: _fen(part["bands"]) for part in result["parts"]}


def _fen(bands: list[dict[str, Any]]) -> int:
    """The one amount of a part; no band means that nothing is due."""
    if not bands:
        return 0
    (band,) = bands
    assert band["certain"] and band["low"] == band["high"], band
    return int(Decimal(band["low"]) * 100)
