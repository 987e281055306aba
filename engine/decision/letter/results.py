"""What a decision comes to, in a letter: its kind, results, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.decision.letter.saying import Line, Pointer, Said, step
from engine.decision.words.aspect_words import aspect_label
from engine.law.aspects import STANDS

Json = Mapping[str, Any]
MEASURED: Final = frozenset({"sanction"})
CHOSEN: Final = "/material/chosen"
STANDING: Final = frozenset({"time", "duty", "competence", "status", "finding"})


def kind_of(decision: Json) -> str:
    """What sort of letter a decision makes: a key of the titles."""
    if decision["outcome"] == "undetermined":
        return "request" if decision["missing"] else "open"
    if decision["outcome"] != "determined":
        return str(decision["outcome"])
    effects = {one["effect"] for one in decision["conclusions"]}
    answers = {one["value"] for one in decision["conclusions"] if one["effect"] == "permit"}
    if answers:
        return "allowed" if True in answers else "refusal"
    if "charge" in effects and any(band.get("high") != "0.00" for band in decision["bands"]):
        return "due"
    if effects & MEASURED:
        return "measure"
    if "grant" in effects:
        return "granted"
    return "decided" if effects & STANDING else "none"


def results(said: Said, at: Pointer) -> Iterator[Line]:
    """Part by part: whether it is settled, its bands and its conclusions."""
    for index, part in enumerate(said.at(f"{at}/parts")):
        place = f"{at}/parts/{index}"
        line = said.line(part["outcome"], bearer=f"{place}/bearer")
        if part.get("object"):
            line += said.line("about-object", object=f"{place}/object")
        yield line
        if "refusal" in part:
            why = "perhaps-why" if part["outcome"] == "undetermined" else "why"
            yield said.line(why, 1, text=f"{place}/refusal/{said.lang}")
        made = list(chosen(said, part))
        yield from made
        seen: set[str] = set()
        plain = [f"{place}/bands/{n}" for n, band in enumerate(part["bands"]) if _is_plain(band)]
        if plain:
            yield _stands(said, part, place, plain)
        for number, band in enumerate(part["bands"]):
            if _is_plain(band):
                continue
            way = "law" if made else "or" if band["aspect"] in seen else "first"
            yield _band(said, part, band, f"{place}/bands/{number}", f"{place}/bearer", way)
            seen.add(band["aspect"])
        if part["outcome"] == "determined":
            for number, told in enumerate(part["conclusions"]):
                yield from _conclusion(said, part, told, f"{place}/conclusions/{number}", place)


def _is_plain(band: Json) -> bool:
    """Whether a band says no more than that something stands."""
    return str(band["aspect"]).startswith(STANDS)


def _stands(said: Said, part: Json, place: Pointer, bands: list[Pointer]) -> Line:
    """That something stands, or may, once, by however many rules."""
    slots = {"bearer": f"{place}/bearer"}
    if part.get("object"):
        slots["object"] = f"{place}/object"
    sure = "stands" if part["outcome"] == "determined" else "perhaps-stands"
    line = said.line(sure if "object" in slots else f"{sure}-bare", 1, **slots)
    ends = tuple(f"{band}/{end}" for band in bands for end in ("low", "high"))
    return replace(line, sources=line.sources + ends)


def _band(said: Said, part: Json, band: Json, place: Pointer, bearer: Pointer, way: str) -> Line:
    """A band. `way`: the first of its aspect, one that may be instead (`or`), or what the law
    allows where something was chosen (`law`). Of what is open and has one band, the rest is not
    known."""
    low, high = f"{place}/low", f"{place}/high"
    one, sure = band["low"] == band["high"], part["outcome"] == "determined"
    aspect = aspect_label(band["aspect"])
    if band["low"] is None and band["high"] is not None:
        return said.line("at-most", 1, aspect=aspect, high=high)
    if band["high"] is None and band["low"] is not None:
        return said.line("at-least", 1, aspect=aspect, low=low)
    if "payer" in band and band["aspect"] == "amount":
        if sure:
            due = {"first": "due", "or": "or-due", "law": "allowed-due"}[way]
            if one:
                return said.line(due, 1, bearer=bearer, low=low)
            return said.line(f"{due}-between", 1, bearer=bearer, low=low, high=high)
        may = "may-be" if len(part["bands"]) > 1 else "may-be-or-untold"
        if one:
            return said.line(may, 1, low=low)
        return said.line(f"{may}-between", 1, low=low, high=high)
    if one:
        return said.line("value" if sure else "perhaps", 1, aspect=aspect, low=low)
    phrase = "between" if sure else "perhaps-between"
    return said.line(phrase, 1, aspect=aspect, low=low, high=high)


def _conclusion(said: Said, part: Json, told: Json, place: Pointer, at: Pointer) -> Iterator[Line]:
    if told["effect"] == "permit":
        answer = said.line("whose", 1, bearer=f"{at}/bearer")
        yield answer + said.line("yes" if told["value"] else "no")
        for name in ("grounds", "bars", "postponed"):
            if told[name]:
                yield said.line(name, 2, rules=f"{place}/{name}")
        if told["from"]:
            yield said.line("changes", 2, day=f"{place}/from")
        return
    if told["value"] is None and "details" not in told and not part["bands"]:
        if part.get("object"):
            yield said.line("none", 1, bearer=f"{at}/bearer", object=f"{at}/object")
        else:
            yield said.line("none-of", 1, bearer=f"{at}/bearer")
    banded = {band["aspect"] for band in part["bands"]}
    details = told.get("details", {})
    for key, value in details.items():
        if value is not None and key not in banded and not key.startswith(STANDS):
            pointer = f"{place}/details{step(key)}"
            yield said.line("value", 1, aspect=aspect_label(key), low=pointer)
    if "details" in told and not details:
        yield said.line("stands", 1, bearer=f"{at}/bearer", object=f"{at}/object")
    if "then" in told:
        yield said.line("then", 1, text=f"{place}/then")


def chosen(said: Said, part: Json) -> Iterator[Line]:
    """What a part comes to by the choices that were made, where they settle what was open, or some
    of it."""
    index = by_choices(said.document["material"], part)
    if index is None:
        return
    one, seen = said.at(f"{CHOSEN}/{index}"), set[str]()
    for number, band in enumerate(one["bands"]):
        yield _by_choice(said, band, f"{CHOSEN}/{index}", number, band["aspect"] in seen)
        seen.add(band["aspect"])
    if not is_settled(one):
        yield said.line("not-all-chosen", 1, bearer=f"{CHOSEN}/{index}/bearer")


def by_choices(material: Json, part: Json) -> int | None:
    """The place in the material where a part stands as it is by the choices that were made; None
    where nothing was open, or the choices settle nothing of it."""
    of_law = _bands(part)
    for index, one in enumerate(material.get("chosen", ())):
        if (one["bearer"], one.get("object")) == (part["bearer"], part.get("object")):
            return None if _bands(one) == of_law else index
    return None


def _bands(part: Json) -> set[tuple[Any, ...]]:
    return {(band["aspect"], band["low"], band["high"]) for band in part["bands"]}


def is_settled(part: Json) -> bool:
    """Whether each aspect has one value."""
    bands = part["bands"]
    exact = all(band["low"] == band["high"] is not None for band in bands)
    return exact and len(bands) == len({band["aspect"] for band in bands})


def _by_choice(said: Said, band: Json, at: Pointer, number: int, again: bool) -> Line:
    low, high = f"{at}/bands/{number}/low", f"{at}/bands/{number}/high"
    slots = {"bearer": f"{at}/bearer", "low": low}
    between = "" if band["low"] == band["high"] else "-between"
    if between:
        slots["high"] = high
    if "payer" in band and band["aspect"] == "amount":
        return said.line(f"{'or-' if again else ''}comes-to{between}", 1, **slots)
    aspect = aspect_label(band["aspect"])
    return said.line(f"comes-to-other{between}", 1, aspect=aspect, **slots)


def warnings(said: Said, at: Pointer) -> Iterator[Line]:
    """What the reader must know: warnings, and rules in conflict."""
    for index in range(len(said.at(f"{at}/conflicts"))):
        yield said.line("conflict", rules=f"{at}/conflicts/{index}/rules")
    for index in range(len(said.at(f"{at}/warnings"))):
        yield said.line("step", text=f"{at}/warnings/{index}/text")
