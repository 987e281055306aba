"""What a decision comes to, in a letter: its kind, results, and what to bear in mind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.decision.letter.cited import titles_of
from engine.decision.letter.saying import Line, Pointer, Said, step
from engine.decision.letter.titled import titled_warning
from engine.decision.words.aspect_words import aspect_label
from engine.law.aspects import STANDS

Json = Mapping[str, Any]
MEASURED: Final = frozenset({"sanction"})
CHOSEN: Final = "/material/chosen"
UNPAID: Final = "none-due"
"""The effect of a conclusion that nothing is to be paid."""
NOTHING: Final = "0.00"
AMOUNT: Final = re.compile(r"-?\d+\.\d{2}")
DUE: Final = {"first": "due", "or": "or-due", "law": "allowed-due", "or-law": "or-comes-to"}
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
    """Part by part: whether it is settled, its bands and its conclusions; at the end, for each
    bearer once, what there is none of."""
    absent: dict[tuple[str, bool], list[Pointer]] = {}
    for index, part in enumerate(said.at(f"{at}/parts")):
        place = f"{at}/parts/{index}"
        if is_absent(part):
            unpaid = part["conclusions"][0]["effect"] == UNPAID
            absent.setdefault((part["bearer"], unpaid), []).append(place)
        else:
            yield from _part(said, part, place)
    for (_, unpaid), places in absent.items():
        yield _none(said, places, unpaid)


def is_absent(part: Json) -> bool:
    """Whether there is none of what a part is about, and that is settled."""
    if part["outcome"] != "determined" or part["bands"] or not part["conclusions"]:
        return False
    return all(one["value"] is None and "details" not in one for one in part["conclusions"])


def _none(said: Said, places: list[Pointer], unpaid: bool) -> Line:
    """That there is none of one thing or of several."""
    slots: dict[str, Pointer | list[Pointer]] = {"bearer": f"{places[0]}/bearer"}
    objects = [f"{place}/object" for place in places if said.has(f"{place}/object")]
    phrase = "none-due" if unpaid else "none"
    if not objects:
        return said.line(f"{phrase}-bare", **slots)
    line = said.line(phrase, **slots, object=objects)
    doubled = any(words in line.text for words in ("没有没有", "no no "))
    if phrase == "none" and (doubled or len(objects) > 1):
        return said.line("none-of-these", **slots, object=objects)
    return line


def _part(said: Said, part: Json, place: Pointer) -> Iterator[Line]:
    """A part that something is told of: in a line, where that does."""
    bearer = f"{place}/bearer"
    sure = part["outcome"] == "determined"
    made = list(chosen(said, part))
    lines = list({line.text: line for line in _told(said, part, place, made)}.values())
    if sure and lines and lines[0].sources[0] == bearer:  # it says itself whom it is about
        first, *others = lines
        yield replace(first, level=0)
        yield from others
        return
    short = lines and not made and all(line.level == 1 for line in lines)
    head = said.line("of-part" if sure and (short or made) else part["outcome"], bearer=bearer)
    if part.get("object"):
        head += said.line("about-object", object=f"{place}/object")
    if short:
        yield said.joined(lines, head)
    else:
        yield from (head, *lines)


def _told(said: Said, part: Json, place: Pointer, made: list[Line]) -> Iterator[Line]:
    """What is told of a part: why it is refused, what the choices come to (`made`), its bands, what
    is concluded."""
    if "refusal" in part:
        why = "perhaps-why" if part["outcome"] == "undetermined" else "why"
        yield said.line(why, 1, text=f"{place}/refusal/{said.lang}")
    yield from made
    seen: set[str] = set()
    plain = [f"{place}/bands/{n}" for n, band in enumerate(part["bands"]) if _is_plain(band)]
    if plain:
        yield _stands(said, part, place, plain)
    told: set[tuple[str, Any, Any]] = set()
    for number, band in enumerate(part["bands"]):
        ends = (band["aspect"], band["low"], band["high"])
        if _is_plain(band) or ends in told:
            continue
        told.add(ends)
        again = band["aspect"] in seen
        way = ("or-law" if again else "law") if made else "or" if again else "first"
        yield _band(said, part, band, f"{place}/bands/{number}", place, way)
        seen.add(band["aspect"])
    if part["outcome"] == "determined":
        for number, one in enumerate(part["conclusions"]):
            yield from _conclusion(said, part, one, f"{place}/conclusions/{number}", place)


def _is_plain(band: Json) -> bool:
    """Whether a band says no more than that something stands."""
    return str(band["aspect"]).startswith(STANDS)


def _stands(said: Said, part: Json, place: Pointer, bands: list[Pointer]) -> Line:
    """That something stands, or may, once, by however many rules."""
    ends = tuple(f"{band}/{end}" for band in bands for end in ("low", "high"))
    if part["outcome"] != "determined":
        return replace(said.line("perhaps-stands", 1), sources=ends)
    slots = {"bearer": f"{place}/bearer"}
    if part.get("object"):
        slots["object"] = f"{place}/object"
    line = said.line("stands" if "object" in slots else "stands-bare", 1, **slots)
    return replace(line, sources=line.sources + ends)


def _band(said: Said, part: Json, band: Json, place: Pointer, at: Pointer, way: str) -> Line:
    """A band. `way`: the first of its aspect, one that may be instead (`or`), or what the law
    allows where something was chosen (`law`, `or-law`). Of what is open and has one band, the rest
    is not known."""
    sure = part["outcome"] == "determined"
    if not sure and is_untold(band):
        return _untold(said, part, band, place, at)
    slots = {end: f"{place}/{end}" for end in ("low", "high")}
    if band["low"] == band["high"]:
        del slots["high"]
    charged = "payer" in band and band["aspect"] == "amount"
    if charged and None not in (band["low"], band["high"]):
        between = "-between" if "high" in slots else ""
        if sure:
            due = DUE[way]
            line = said.line(f"{due}{between}", 1, bearer=f"{at}/bearer", **slots)
            if way == "first" and part.get("object"):
                line += said.line("due-object", object=f"{at}/object")
            return line
        may = "may-be" if band["high"] != NOTHING else "may-be-nothing"
        untold = "-or-untold" if len(part["bands"]) == 1 else ""
        return said.line(f"{may}{untold}{between}", 1, **slots)
    told = _measured(said, band, sure, slots)
    return said.line("or", 1) + told if sure and way == "or" else told


def _measured(said: Said, band: Json, sure: bool, slots: dict[str, Pointer]) -> Line:
    """A band that is no settled charge: both ends, one, or where it begins or ends."""
    phrase = "value" if sure else "perhaps"
    if "high" in slots:
        phrase = "between" if sure else "perhaps-between"
        if band["low"] is None:
            phrase = "at-most"
            del slots["low"]
        elif band["high"] is None:
            phrase = "at-least"
            del slots["high"]
    return said.line(_of_money(phrase, band), 1, aspect=aspect_label(band["aspect"]), **slots)


def _of_money(phrase: str, band: Json) -> str:
    """The phrase for a band: where it is of money, that with the unit."""
    ends = (str(band["low"]), str(band["high"]))
    return f"{phrase}-money" if any(map(AMOUNT.fullmatch, ends)) else phrase


def is_untold(band: Json) -> bool:
    """Whether a band says nothing: it is open on both sides, or an amount from nothing on."""
    return band["high"] is None and band["low"] in (None, "0", NOTHING)


def _untold(said: Said, part: Json, band: Json, place: Pointer, at: Pointer) -> Line:
    """That something cannot be told yet, and what that hangs on."""
    aspect = aspect_label(band["aspect"])
    if part.get("missing"):
        return said.line("untold-for", 1, aspect=aspect, facts=f"{at}/missing/0")
    return replace(said.line("untold", 1, aspect=aspect), sources=(f"{place}/high",))


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
    banded = {band["aspect"] for band in part["bands"]}
    details = told.get("details", {})
    for key, value in details.items():
        if value is not None and key not in banded and not key.startswith(STANDS):
            phrase = _of_money("value", {"low": value, "high": value})
            pointer = f"{place}/details{step(key)}"
            yield said.line(phrase, 1, aspect=aspect_label(key), low=pointer)
    if (
        "details" in told
        and not part["bands"]
        and not any(not one.startswith(STANDS) for one in details)
    ):
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
    titles, told = titles_of(said, at), set[str]()
    for index in range(len(said.at(f"{at}/warnings"))):
        place = f"{at}/warnings/{index}"
        line = titled_warning(said, titles, said.line("step", text=f"{place}/text"), place)
        if line.text not in told:  # rules with the same gist are warned of alike
            told.add(line.text)
            yield line
