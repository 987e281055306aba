"""What is due in all, where a decision lets somebody pay for several things, or several for one.

    totals_of(decision.as_json())   # [{"payer": "c1", "low": "30000.00", "high": "70000.00"}]

It is part of the material: a letter adds nothing up itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.letter.results import AMOUNT, NOTHING
from engine.decision.letter.saying import Line, Said

Json = Mapping[str, Any]
_AT: Final = "/material/totals"


def totals_of(decision: Json) -> list[dict[str, str]]:
    """The sums of what is settled: by payer, and by what it is due for. Nothing is added up where
    one amount of several is due, or where an end is open."""
    found = []
    for key, other in (("payer", "object"), ("object", "payer")):
        shares: dict[str, list[Json]] = {}
        for part in decision["parts"]:
            for band in part["bands"]:
                if part["outcome"] == "determined" and _is_due(band) and part.get("object"):
                    one = {"object": part["object"], **band}
                    shares.setdefault(one[key], []).append(one)
        for name, several in shares.items():
            each = [one[other] for one in several]
            if len(each) > 1 and len(each) == len(set(each)):
                ends = {end: _sum(several, end) for end in ("low", "high")}
                found.append({key: name, **ends})
    return found


def totals(said: Said) -> Iterator[Line]:
    """A line for each sum."""
    for index, one in enumerate(said.document["material"].get("totals", ())):
        place = f"{_AT}/{index}"
        whose = "payer" if "payer" in one else "object"
        slots = {name: f"{place}/{name}" for name in (whose, "low")}
        if one["low"] == one["high"]:
            yield said.line(f"total-of-{whose}", **slots)
        else:
            yield said.line(f"total-of-{whose}-between", **slots, high=f"{place}/high")


def _is_due(band: Json) -> bool:
    exact = all(AMOUNT.fullmatch(str(band[end])) for end in ("low", "high"))
    return "payer" in band and band["aspect"] == "amount" and exact and band["high"] != NOTHING


def _sum(several: list[Json], end: str) -> str:
    fen = sum(int(one[end].replace(".", "")) for one in several)
    return f"{fen // 100}.{fen % 100:02d}"
