"""What a decision comes to, in a letter: its title, its results, choices, and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision.saying import Line, Pointer, Said
from engine.language.diagnostics import Bilingual
from engine.law.aspects import LABELS


def title_of(decision: Mapping[str, Any]) -> str:
    """What sort of letter a decision makes: a key of the titles."""
    if decision["outcome"] == "undetermined":
        return "request" if decision["missing"] else "open"
    if decision["outcome"] != "determined":
        return str(decision["outcome"])
    effects = {one["effect"] for one in decision["conclusions"]}
    answers = {one["value"] for one in decision["conclusions"] if one["effect"] == "permit"}
    if answers:
        return "allowed" if True in answers else "refusal"
    if "grant" in effects:
        return "granted"
    if "charge" in effects and decision["bands"]:
        return "due"
    standing = effects & {"sanction", "time", "duty", "competence", "status", "finding"}
    return "decided" if standing else "none"


def results(said: Said, at: Pointer) -> Iterator[Line]:
    """Part by part: whether it is determined, its bands and its conclusions."""
    for index, part in enumerate(said.at(f"{at}/parts")):
        place = f"{at}/parts/{index}"
        bearer = f"{place}/bearer"
        yield said.line(part["outcome"], bearer=bearer)
        if "refusal" in part:
            yield said.line("why", 1, text=f"{place}/refusal/{said.lang}")
        for number, band in enumerate(part["bands"]):
            yield _band(said, part, band, f"{place}/bands/{number}", bearer)
        if part["outcome"] == "determined":
            for number, told in enumerate(part["conclusions"]):
                yield from _conclusion(said, part, told, f"{place}/conclusions/{number}", bearer)


def _band(
    said: Said, part: Mapping[str, Any], band: Mapping[str, Any], place: Pointer, bearer: Pointer
) -> Line:
    low, high = f"{place}/low", f"{place}/high"
    one = band["low"] == band["high"]
    sure = part["outcome"] == "determined"
    if "payer" in band and band["aspect"] == "amount":
        if not sure:
            return said.line("may-be", 1, bearer=bearer, low=low, high=high)
        if one:
            return said.line("due", 1, bearer=bearer, low=low)
        return said.line("due-between", 1, bearer=bearer, low=low, high=high)
    aspect = LABELS.get(band["aspect"], Bilingual(band["aspect"], band["aspect"]))
    if not sure:
        return said.line("perhaps", 1, bearer=bearer, aspect=aspect, low=low, high=high)
    if one:
        return said.line("value", 1, bearer=bearer, aspect=aspect, low=low)
    return said.line("between", 1, bearer=bearer, aspect=aspect, low=low, high=high)


def _conclusion(
    said: Said,
    part: Mapping[str, Any],
    told: Mapping[str, Any],
    place: Pointer,
    bearer: Pointer,
) -> Iterator[Line]:
    if told["effect"] == "permit":
        yield said.line("yes" if told["value"] else "no", 1, bearer=bearer)
        if told["from"]:
            yield said.line("changes", 1, day=f"{place}/from")
    elif told["value"] is None and "details" not in told and not part["bands"]:
        yield said.line("none", 1, bearer=bearer, effect=f"{place}/effect")
    banded = {band["aspect"] for band in part["bands"]}
    for key, value in told.get("details", {}).items():
        aspect = key.partition("[")[0]
        if value is not None and aspect in LABELS and aspect not in banded:
            pointer = f"{place}/details/{key.replace('~', '~0').replace('/', '~1')}"
            yield said.line("detail", 1, bearer=bearer, aspect=LABELS[aspect], value=pointer)


def choices(said: Said, at: Pointer) -> Iterator[Line]:
    """What the authority may choose, and what a person chose, with the reasons."""
    open_points: dict[tuple[str, str], Line] = {}
    for index, part in enumerate(said.at(f"{at}/parts")):
        for number, band in enumerate(part["bands"]):
            for which, choice in enumerate(band["choices"]):
                place = f"{at}/parts/{index}/bands/{number}/choices/{which}"
                key = (choice["point"], str(choice["value"]))
                if key not in open_points:
                    open_points[key] = said.line(
                        "choice", point=f"{place}/point", value=f"{place}/value"
                    )
    yield from open_points.values()
    for index, choice in enumerate(said.at(f"{at}/choices")):
        place = f"{at}/choices/{index}"
        if choice["by"] and choice["reasons"]:
            slots = {name: f"{place}/{name}" for name in ("by", "point", "value", "reasons")}
            yield said.line("chosen", **slots)


def warnings(said: Said, at: Pointer) -> Iterator[Line]:
    """What the reader must know: warnings, and rules in conflict."""
    for index in range(len(said.at(f"{at}/conflicts"))):
        yield said.line("conflict", rules=f"{at}/conflicts/{index}/rules")
    for index in range(len(said.at(f"{at}/warnings"))):
        yield said.line("step", text=f"{at}/warnings/{index}/text")
