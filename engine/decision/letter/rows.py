"""Answers told as rows in a letter: units that were assessed, and what a family is entitled to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.letter.results import is_untold
from engine.decision.letter.saying import Line, Pointer, Reader, Said, step
from engine.decision.letter.steps import walk
from engine.decision.words.aspect_words import aspect_label

Json = Mapping[str, Any]
GRANTED: Final = (
    *("least", "amount", "duration", "days", "per", "total"),
    *("place", "payer", "authority", "papers", "apply_by"),
)
"""What a row of benefits tells beside its days, in this order."""
_AMOUNT: Final = re.compile(r"\d+\.\d{2}")


def rules_in(said: Said, traces: list[Pointer]) -> set[str]:
    """The rules that some traces name."""
    steps = (said.at(below) for place in traces for below in walk(said, place))
    return {one["rule"] for one in steps if "rule" in one}


def warnings_of_rows(said: Said, at: Pointer, rules: set[str] | None) -> Iterator[Line]:
    """Warnings that are about some rules or about none (`rules` None: all), and papers that are
    only examples."""
    told: set[str] = set()  # rules with the same gist are warned of alike
    for index, one in enumerate(said.at(f"{at}/warnings")):
        if rules is None or not one.get("rules") or rules & set(one["rules"]):
            line = said.line("step", text=f"{at}/warnings/{index}/text")
            if line.text not in told:
                told.add(line.text)
                yield line
    if said.at(f"{at}/illustrative"):
        yield said.line("illustrative", papers=f"{at}/illustrative")


# --- units that were assessed ---------------------------------------------------------------------
def assessed(said: Said, place: Pointer, *, in_short: bool) -> Iterator[Line]:
    """A unit: what stands of it and of those who belong to it, what is due, refused and open;
    `in_short`: each of these in a line."""
    row = said.at(place)
    line = said.line("row", row=f"{place}/id")
    if row["panel"] is not None:
        line += said.line("row-panel", panel=f"{place}/panel")
    yield line
    told = (
        list(_standing(said, row["standing"], f"{place}/standing", in_short)),
        [_due(said, one, f"{place}/money/{index}") for index, one in enumerate(row["money"])],
        [
            _refused(said, one, f"{place}/refused/{index}")
            for index, one in enumerate(row["refused"])
        ],
        list(_open(said, row["open"], f"{place}/open")),
    )
    for lines in told:
        if in_short and lines:
            yield said.joined(lines)
        else:
            yield from lines


def _standing(said: Said, told: list[Json], place: Pointer, in_short: bool) -> Iterator[Line]:
    """What stands; `in_short`: what has no days or numbers once, with everybody of whom it does."""
    plain: dict[str, list[int]] = {}
    for index, one in enumerate(told):
        details = [key for key, value in one["details"].items() if value is not None]
        if in_short and not details:
            plain.setdefault(one["object"], []).append(index)
            continue
        line = _headed(said, "row-stands", f"{place}/{index}")
        for key in details:
            line += _detail(said, key, f"{place}/{index}/details{step(key)}")
        yield line
    for first, *others in plain.values():
        bearers = [f"{place}/{index}/bearer" for index in (first, *others)]
        yield said.line("row-stands", 1, object=f"{place}/{first}/object", bearer=bearers)


def _due(said: Said, one: Json, at: Pointer) -> Line:
    line = _headed(said, "row-stands", at)
    if one["low"] == one["high"]:
        return line + said.line("row-due", low=f"{at}/low")
    return line + said.line("row-due-between", low=f"{at}/low", high=f"{at}/high")


def _refused(said: Said, one: Json, at: Pointer) -> Line:
    line = _headed(said, "row-refused", at)
    if one["reason"] is not None:
        line += said.line("row-reason", reason=f"{at}/reason/{said.lang}")
    return line


def _open(said: Said, open: list[Json], place: Pointer) -> Iterator[Line]:
    """What cannot be told yet, each of it once with everybody of whom it cannot."""
    bearers: dict[str, list[Pointer]] = {}
    objects: dict[str, Pointer] = {}
    for index, one in enumerate(open):
        objects.setdefault(one["object"], f"{place}/{index}/object")
        bearers.setdefault(one["object"], []).append(f"{place}/{index}/bearer")
    for what, at in objects.items():
        yield said.line("row-open", 1, object=at, bearers=bearers[what])


def _headed(said: Said, phrase: str, at: Pointer) -> Line:
    return said.line(phrase, 1, object=f"{at}/object", bearer=f"{at}/bearer")


def _detail(said: Said, aspect: str, place: Pointer) -> Line:
    is_amount = _AMOUNT.fullmatch(str(said.at(place))) is not None
    phrase = "row-amount" if is_amount else "row-detail"
    return said.line(phrase, aspect=aspect_label(aspect), value=place)


def totals_of_units(said: Said, at: Pointer) -> Iterator[Line]:
    """What is due in all, by what it is due for."""
    for index, one in enumerate(said.at(f"{at}/totals")):
        place = f"{at}/totals/{index}"
        line = said.line("total", object=f"{place}/object")
        if one["low"] == one["high"]:
            yield line + said.line("row-due", low=f"{place}/low")
        else:
            yield line + said.line("row-due-between", low=f"{place}/low", high=f"{place}/high")


# --- what a family is entitled to -----------------------------------------------------------------
def entitled(said: Said, at: Pointer) -> Iterator[Line]:
    """Each benefit with its days, how much it is, and who pays it; and what is not stated and was
    taken from others, each once."""
    followed: set[str] = set()
    for index, row in enumerate(said.at(f"{at}/rows")):
        place = f"{at}/rows/{index}"
        days = ("from",) if row["open_end"] else ("from", "until")
        slots = {name: f"{place}/{name}" for name in ("bearer", "label", *days)}
        line = said.line("-".join(["benefit", *days[1:]]), **slots)
        if row["no_amount"]:
            line += said.line("benefit-no-amount")
        elif row["outcome"] in ("undetermined", "refused"):
            line += said.line(f"benefit-{row['outcome']}")
        for name in GRANTED:
            if row[name] is not None:
                line += _detail(said, name, f"{place}/{name}")
        for number, band in enumerate(row["bands"]):
            line += _between(said, band, f"{place}/bands/{number}")
        if row["expected"]:
            line += said.line("expected", day=f"{at}/as_of")
        yield line
        if row["refusal"] is not None:
            yield said.line("why", 1, text=f"{place}/refusal/{said.lang}")
        for number, one in enumerate(row["followed"]):
            if one["path"] not in followed:
                followed.add(one["path"])
                yield said.line("step", 1, text=f"{place}/followed/{number}/text")


def _between(said: Said, band: Json, place: Pointer) -> Line:
    low, high = f"{place}/low", f"{place}/high"
    if band["low"] == band["high"] and band["low"] is not None:
        return _detail(said, band["aspect"], low)
    slots = {end: at for end, at in (("low", low), ("high", high)) if band[end] is not None}
    aspect = aspect_label(band["aspect"])
    if is_untold(band):
        return said.line("row-untold", aspect=aspect)
    return said.line("-".join(["row-detail", *slots]), aspect=aspect, **slots)


def shares(said: Said, at: Pointer) -> Iterator[Line]:
    """Of a sum, what each provision adds to it."""
    for index, row in enumerate(said.at(f"{at}/rows")):
        place = f"{at}/rows/{index}"
        given = [
            f"{place}/provisions/{number}/gives"
            for number, one in enumerate(row["provisions"])
            if one["gives"] is not None
        ]
        if len(given) > 1:
            slots = {"bearer": f"{place}/bearer", "label": f"{place}/label"}
            yield said.line("shares", **slots, shares=given)


def granting(said: Said, at: Pointer) -> Iterator[tuple[Pointer, Pointer]]:
    """The provisions on which rows rest, each rule once, and where the title of each stands."""
    told: set[str] = set()
    for index, row in enumerate(said.at(f"{at}/rows")):
        for number, one in enumerate(row["provisions"]):
            if one["rule"] not in told:
                told.add(one["rule"])
                place = f"{at}/rows/{index}/provisions/{number}"
                yield place, f"{place}/title"


def to_bring(said: Said, at: Pointer) -> Iterator[Line]:
    """Each fact that a benefit wants proved and no verified paper proves, and what to bring."""
    for index in range(len(said.at(f"{at}/unproved"))):
        place = f"/material/unproved/{index}"
        yield said.line("unproved", fact=f"{at}/unproved/{index}")
        slots = {name: f"{place}/{name}" for name in ("papers", "issuers")}
        yield said.line("bring-issued" if said.at(slots["issuers"]) else "bring", 1, **slots)


def notes(said: Said, at: Pointer) -> Iterator[Line]:
    """What only began within the years, and the days that were not followed."""
    for index in range(len(said.at(f"{at}/later"))):
        place = f"{at}/later/{index}"
        slots = {name: f"{place}/{name}" for name in ("since", "label", "title")}
        yield said.line("later", **slots)
    for index in range(len(said.at(f"{at}/not_followed"))):
        place = f"{at}/not_followed/{index}"
        slots = {name: f"{place}/{name}" for name in ("about", "from", "until")}
        yield said.line("not-followed", **slots)


# --- texts ----------------------------------------------------------------------------------------
def texts(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """Which texts were applied, on which day, and which were not."""
    if reader == "party":
        return
    for index, one in enumerate(said.at(f"{at}/versions")):
        place = f"{at}/versions/{index}"
        slots = {"title": f"{place}/title", "version": f"{place}/version"}
        yield said.line("text-taken", **slots, day=f"{place}/because/date")
        for number in range(len(one["passed_over"])):
            yield said.line("text-passed", 1, version=f"{place}/passed_over/{number}/version")
