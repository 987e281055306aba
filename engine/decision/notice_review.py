"""A review in a letter: the findings with what was recorded and what was lawful, and the periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision.notice_steps import Reader
from engine.decision.saying import Line, Pointer, Said


def overview(said: Said) -> Iterator[Line]:
    """What was reviewed, on which day, and whom it concerns."""
    yield said.line("about", about="/review/question/about", day="/review/decided/day")
    yield said.line("day", day="/review/as_of")
    bearers: set[str] = set()
    for index, part in enumerate(said.at("/review/basis/parts")):
        if part["bearer"] not in bearers:
            bearers.add(part["bearer"])
            yield said.line("party", bearer=f"/review/basis/parts/{index}/bearer")


def findings(said: Said, reader: Reader) -> Iterator[Line]:
    """Each finding; the party is told in full what is unlawful or open."""
    for index, found in enumerate(said.at("/review/findings")):
        place = f"/review/findings/{index}"
        slots = {name: f"{place}/{name}" for name in ("subject", "label", "text")}
        yield said.line(f"finding-{found['finding']}", **slots)
        if reader == "party" and found["finding"] == "lawful":
            continue
        yield said.line("law-of", 1, day=f"{place}/on")
        if found["recorded"] is not None:
            yield said.line("recorded", 1, recorded=f"{place}/recorded")
        yield from _lawful(said, found, place)
        yield from _missing(said, found, place)
        if found.get("overcharged"):
            yield from _overcharged(said, found["overcharged"], f"{place}/overcharged")
        if reader == "lawyer":
            for number in range(len(found["provisions"])):
                yield said.line("step", 1, text=f"{place}/provisions/{number}")


def _lawful(said: Said, found: Mapping[str, Any], place: Pointer) -> Iterator[Line]:
    for number, one in enumerate(found["lawful"]):
        at = f"{place}/lawful/{number}"
        if not isinstance(one, dict):
            yield said.line("lawful", 1, low=at)
        elif one["low"] == one["high"]:
            yield said.line("lawful", 1, low=f"{at}/low")
        else:
            yield said.line("lawful-between", 1, low=f"{at}/low", high=f"{at}/high")


def _missing(said: Said, found: Mapping[str, Any], place: Pointer) -> Iterator[Line]:
    for number in range(len(found.get("missing", ()))):
        yield said.line("missing", 1, facts=f"{place}/missing/{number}")


def _overcharged(said: Said, found: Mapping[str, Any], place: Pointer) -> Iterator[Line]:
    slots = {name: f"{place}/{name}" for name in ("payer", "low", "high")}
    yield said.line("overcharged", 1, **slots)
    if found.get("paid_over") is not None:
        yield said.line("paid-over", 1, paid=f"{place}/paid_over")


def periods(said: Said) -> Iterator[Line]:
    """What could still be done from when to when, and what is barred since when."""
    for index, one in enumerate(said.at("/review/periods")):
        place = f"/review/periods/{index}"
        if one["start"] is None or one["end"] is None:
            continue
        slots = {name: f"{place}/{name}" for name in ("label", "start", "end")}
        if one["state"] is None:
            yield said.line("period", **slots)
        else:
            yield said.line("period-state", **slots, state=f"{place}/state")
        if one["barred_since"]:
            yield said.line("barred", 1, day=f"{place}/barred_since")
