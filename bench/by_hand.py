"""The decision written by hand in Python: the floor for any engine, and the yardstick for amounts.

    >>> from bench.couples import generate
    >>> answer = decide(plain(generate(1, seed=1)[0]))
    >>> [step["rule"] for step in answer["trace"]][:2]
    ['extra', '41/average@husband']

It records each condition and each step of arithmetic, as the engines do. It knows one version of
one article and nothing else: no unknown facts, no choice of law, no other provinces.
"""

from __future__ import annotations

from typing import Any

from bench.contender import Charges, Contender
from bench.couples import Couple

Step = dict[str, Any]


def plain(couple: Couple) -> dict[str, Any]:
    """The facts that the article reads, amounts in fen."""
    return {
        "earlier_children": 1,
        "approved": False,
        "ground": "none",
        "averages": {"urban": couple.urban_average, "rural": couple.rural_average},
        "parents": [
            {
                "id": parent.id,
                "register": parent.register,
                "income": parent.income,
                "verified": parent.verified,
            }
            for parent in couple.parents
        ],
    }


def decide(case: dict[str, Any]) -> dict[str, Any]:
    """What each parent owes in fen under `charges`, and the steps that lead there under `trace`."""
    conditions = {
        "earlier_children >= 1": case["earlier_children"] >= 1,
        "not approved": not case["approved"],
        "ground == none": case["ground"] == "none",
    }
    extra = int(all(conditions.values()))
    trace: list[Step] = [{"rule": "extra", "when": conditions, "value": extra}]
    charges: Charges = {}
    for parent in case["parents"]:
        charges[parent["id"]] = _charge(parent, case["averages"], extra, trace)
    return {"charges": charges, "trace": trace}


def _charge(parent: Step, averages: dict[str, int], extra: int, trace: list[Step]) -> int:
    id, income = parent["id"], parent["income"]
    average = averages[parent["register"]]
    trace.append(
        {"rule": f"41/average@{id}", "when": {"register": parent["register"]}, "value": average}
    )
    conditions = {"income_verified": parent["verified"], "income > average": income > average}
    actual = all(conditions.values())
    base = income if actual else average
    rule = f"41/base.verified@{id}" if actual else f"41/base@{id}"
    trace.append({"rule": rule, "when": conditions, "value": base})
    standard = 3 * base
    trace.append(
        {"rule": f"41/standard@{id}", "step": f"3 × {base} = {standard}", "value": standard}
    )
    amount = standard * extra
    trace.append(
        {"rule": f"41/charge@{id}", "step": f"{standard} × {extra} = {amount}", "value": amount}
    )
    return amount


def contender() -> Contender:
    """The function as one of the engines."""
    return Contender(
        plain=plain,
        read=lambda case: case,
        decide=decide,
        tell=lambda answer: answer,
        charges=lambda answer: answer["charges"],
    )
