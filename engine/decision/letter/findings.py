"""A review in a letter: findings with what was recorded and what was lawful, and the periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision.letter.saying import Line, Pointer, Reader, Said

Json = Mapping[str, Any]


def findings(said: Said, reader: Reader) -> Iterator[Line]:
    """Each finding; the party is told in full what is unlawful or open."""
    for index, found in enumerate(said.at("/review/findings")):
        place = f"/review/findings/{index}"
        slots = {name: f"{place}/{name}" for name in ("label", "subject", "text")}
        yield said.line(f"finding-{found['finding']}", **slots)
        if reader == "party" and found["finding"] == "lawful":
            continue
        yield said.line("law-of", 1, day=f"{place}/on")
        if found.get("recorded") is not None:
            yield said.line("recorded", 1, recorded=f"{place}/recorded")
        yield from _lawful(said, found, place)
        for number in range(len(found.get("explained", ()))):
            yield said.line("explained", 1, text=f"{place}/explained/{number}/{said.lang}")
        for number in range(len(found.get("missing", ()))):
            yield said.line("lacking", 1, facts=f"{place}/missing/{number}")
        if found.get("overcharged"):
            yield from _overcharged(said, found["overcharged"], f"{place}/overcharged")
        if reader == "lawyer":
            for number in range(len(found["provisions"])):
                yield said.line("step", 1, text=f"{place}/provisions/{number}")


def _lawful(said: Said, found: Json, place: Pointer) -> Iterator[Line]:
    for number, one in enumerate(found.get("lawful", ())):
        at = f"{place}/lawful/{number}"
        if not isinstance(one, dict):
            yield said.line("lawful", 1, low=at)
        elif one["low"] == one["high"]:
            yield said.line("lawful", 1, low=f"{at}/low")
        else:
            yield said.line("lawful-between", 1, low=f"{at}/low", high=f"{at}/high")


def _overcharged(said: Said, found: Json, place: Pointer) -> Iterator[Line]:
    payer, low, high = (f"{place}/{name}" for name in ("payer", "low", "high"))
    if found["low"] == found["high"]:
        yield said.line("overcharged", 1, payer=payer, low=low)
    else:
        yield said.line("overcharged-between", 1, payer=payer, low=low, high=high)
    if found.get("paid_over") is not None:
        yield said.line("paid-over", 1, paid=f"{place}/paid_over")


def periods(said: Said) -> Iterator[Line]:
    """What could be done from when to when, and what is barred since when."""
    for index, one in enumerate(said.at("/review/periods")):
        place = f"/review/periods/{index}"
        if one["start"] is None or one["end"] is None or one.get("missing"):
            continue
        slots = {name: f"{place}/{name}" for name in ("label", "start", "end")}
        line = said.line("review-period", **slots)
        if one["barred_since"]:
            line += said.line("barred", day=f"{place}/barred_since")
        elif one["state"] == "running":
            line += said.line("running")
        yield line
