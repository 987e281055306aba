"""Periods and remedies in a letter: until when something can be done, and before which body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision.saying import Line, Pointer, Said, step

_AT = "/remedies/decision"


def remedies_told(said: Said) -> Iterator[Line]:
    """What can be done against a decision; what was assumed for it is told first."""
    if said.at("/remedies/assumed"):
        yield said.line("assumed", facts="/remedies/assumed", day="/remedies/day")
    gists = {
        one["rule"]: f"{_AT}/provisions/{index}/gist"
        for index, one in enumerate(said.at(f"{_AT}/provisions"))
        if one["gist"]
    }
    for index, part in enumerate(said.at(f"{_AT}/parts")):
        place = f"{_AT}/parts/{index}"
        told = [gists[rule] for rule in part["rules"] if rule in gists]
        if part["outcome"] == "determined":
            for number, one in enumerate(part["conclusions"]):
                if told:
                    yield from _remedy(said, one, told, f"{place}/conclusions/{number}/details")
        elif told and any(one["effect"] == "time" for one in part["conclusions"]):
            yield said.line("step", text=told[0])
            for number in range(len(part.get("missing", ()))):
                yield said.line("missing", 1, facts=f"{place}/missing/{number}")


def _remedy(said: Said, one: Mapping[str, Any], told: list[Pointer], at: Pointer) -> Iterator[Line]:
    details = one.get("details", {})
    match one["effect"]:
        case "time" if details.get("start") and details.get("end"):
            yield said.line("period", label=told[0], start=f"{at}/start", end=f"{at}/end")
        case "time" if details.get("length"):
            yield said.line("length", label=told[0], length=f"{at}/length")
        case "competence":
            bodies = [at + step(key) for key in details if key.partition("[")[0] == "authority"]
            for text in dict.fromkeys(told):
                yield said.line("step", text=text)
            if bodies:
                yield said.line("bodies", 1, bodies=bodies)
        case "status" | "time":
            yield said.line("step", text=told[0])
