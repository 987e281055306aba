"""A review in a letter: findings with what was recorded and what was lawful, what stands on the
day of the review, and the periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.decision.letter.results import is_untold
from engine.decision.letter.saying import Line, Pointer, Reader, Said, phrases

Json = Mapping[str, Any]
MONEY: Final = frozenset({"amount", "total"})
"""Aspects that are amounts."""


def findings(said: Said, reader: Reader) -> Iterator[Line]:
    """Each finding; the party is told in full what is unlawful or open."""
    for index, found in enumerate(said.at("/review/findings")):
        place = f"/review/findings/{index}"
        slots = {name: f"{place}/{name}" for name in ("label", "subject", "text")}
        yield said.line(_finding_phrase(said, found), **slots)
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
        yield from _unread(said, found, place)
        if found.get("overcharged"):
            yield from _overcharged(said, found["overcharged"], f"{place}/overcharged")
        if found.get("overpaid"):
            over = f"{place}/overpaid"
            yield said.line("overpaid", 1, payer=f"{over}/payer", amount=f"{over}/amount")
        if reader == "lawyer":
            for number in range(len(found["provisions"])):
                yield said.line("step", 1, text=f"{place}/provisions/{number}")


def _finding_phrase(said: Said, found: Json) -> str:
    """The words of a finding; what rules found says itself whether it is lawful."""
    verdict = f"finding-{found['finding']}"
    said_so = phrases()["words"][verdict][said.lang]
    return "finding" if found["text"][said.lang].startswith(said_so) else verdict


def _unread(said: Said, one: Json, place: Pointer) -> Iterator[Line]:
    """The texts that are lacking."""
    for number, gap in enumerate(one.get("gaps", ())):
        if gap.get("text"):
            yield said.line("unread", 1, text=f"{place}/gaps/{number}/text")


def _lawful(said: Said, found: Json, place: Pointer) -> Iterator[Line]:
    """What would have been lawful, each once."""
    yield from {line.text: line for line in _each_lawful(said, found, place)}.values()


def _each_lawful(said: Said, found: Json, place: Pointer) -> Iterator[Line]:
    for number, one in enumerate(found.get("lawful", ())):
        at = f"{place}/lawful/{number}"
        if not isinstance(one, dict):
            yield said.line("lawful", 1, low=at)
        elif found["finding"] == "open" and is_untold(one):
            yield replace(said.line("lawful-untold", 1), sources=(f"{at}/high",))
        elif one["low"] is None or one["high"] is None:
            if one["low"] is not None:
                yield said.line("lawful-from", 1, low=f"{at}/low")
            elif one["high"] is not None:
                yield said.line("lawful-up-to", 1, high=f"{at}/high")
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


def standing(said: Said) -> Iterator[Line]:
    """What is due, given back, refused or open on the day of the review."""
    for index, one in enumerate(said.at("/review/standing")):
        place = f"/review/standing/{index}"
        slots = {name: f"{place}/{name}" for name in ("label", "bearer")}
        if one.get("refusal"):
            yield said.line("today-stands-refused", **slots, reason=f"{place}/refusal/{said.lang}")
        elif one["outcome"] == "undetermined":
            yield said.line("today-stands-open", **slots)
            for number in range(len(one.get("missing", ()))):
                yield said.line("lacking", 1, facts=f"{place}/missing/{number}")
            yield from _unread(said, one, place)
        elif one["bands"]:
            first = one["bands"][0]["aspect"]
            for number, band in enumerate(one["bands"]):
                if band["aspect"] == first:
                    yield _standing_band(said, band, f"{place}/bands/{number}", slots)
        elif any(found["effect"] == "none-due" for found in one["conclusions"]):
            yield said.line("today-stands-not", **slots)


def _standing_band(said: Said, band: Json, at: Pointer, slots: Mapping[str, Pointer]) -> Line:
    money = "-money" if band["aspect"] in MONEY else ""
    if band["low"] == band["high"]:
        return said.line(f"today-stands{money}", **slots, low=f"{at}/low")
    return said.line(f"today-stands-between{money}", **slots, low=f"{at}/low", high=f"{at}/high")


def periods(said: Said) -> Iterator[Line]:
    """What could be done from when to when, and what is barred since when."""
    told = [
        (one["end"], index)
        for index, one in enumerate(said.at("/review/periods"))
        if one["start"] is not None and one["end"] is not None and not one.get("missing")
    ]
    for _, index in sorted(told):
        place = f"/review/periods/{index}"
        one = said.at(place)
        slots = {name: f"{place}/{name}" for name in ("label", "start", "end")}
        line = said.line("review-period", **slots)
        if one["barred_since"]:
            line += said.line("barred", day=f"{place}/barred_since")
        elif one["state"] == "running":
            line += said.line("running")
        yield line
