"""This engine beside its peers: the whole law loaded, as a caseworker's command loads it.

It alone is asked which law governs; the peers are given one version of one article.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, Literal

from bench.contender import Charges, Contender
from bench.couples import as_case
from engine.decision.case.reading import Case, read_case_data
from engine.decision.deciding.decide import Decision, decide
from engine.decision.governing.law import Law, load_law

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


def law_of_one_place(law: Law, territories: frozenset[str]) -> Law:
    """The law without the texts of all other places: what a decision costs must not depend on
    how many there are."""
    others = {
        id for id, one in law.registry.instruments.items() if one.territory not in territories
    }

    def left_out(folder: str, names: list[str]) -> set[str]:
        here = Path(folder).relative_to(RULESETS)
        return {name for name in names if (here / name).as_posix() in others | {"in-time"}}

    with TemporaryDirectory() as stage:
        target = Path(stage) / "rulesets"
        copytree(RULESETS, target, ignore=left_out)
        return load_law(target)


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
