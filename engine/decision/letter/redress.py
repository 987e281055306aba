"""Periods and remedies in a letter: until when something can be done, and before which body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.decision.letter.saying import Line, Pointer, Reader, Said, step

_AT = "/material/remedies/decision"
Json = Mapping[str, Any]


def remedies(said: Said, reader: Reader) -> Iterator[Line]:
    """What can be done against a decision; what was assumed for it is told first."""
    if not said.has("/material/remedies") or not said.at(f"{_AT}/parts"):
        return
    if said.at("/material/remedies/assumed"):
        at = "/material/remedies"
        if reader == "party":
            yield said.line("reckoned", day=f"{at}/day")
        else:
            yield said.line("assumed", day=f"{at}/day", facts=f"{at}/assumed")
    articles = _articles(said, reader)
    for index, part in sorted(enumerate(said.at(f"{_AT}/parts")), key=_last_day):
        place = f"{_AT}/parts/{index}"
        cited = [articles[rule] for rule in part["rules"] if rule in articles]
        cited = list({line.text: line for line in cited}.values())
        if reader == "party" and _is_duty(part):
            continue  # it binds others
        if part["outcome"] == "determined":
            for number in range(len(part["conclusions"])):
                told = list(_remedy(said, part, f"{place}/conclusions/{number}", place))
                yield from _cited(said, told, cited, reader)
        elif part.get("missing"):
            label, lacking = f"{place}/object", f"{place}/missing/0"
            yield said.line("remedy-open", label=label, facts=lacking)


def _last_day(numbered: tuple[int, Json]) -> tuple[str, int]:
    """What has a last day comes in the order of these days, after what has none."""
    index, part = numbered
    ends = [one.get("details", {}).get("end") for one in part["conclusions"]]
    return max((str(end) for end in ends if end is not None), default=""), index


def _cited(said: Said, told: list[Line], cited: list[Line], reader: Reader) -> Iterator[Line]:
    """Bodies or a period, with the articles: behind them for the party, who is told no more."""
    if not told:
        return
    *others, last = [one for one in told if one.level == 0]
    after = [one for one in told if one.level > 0]
    if reader != "party":
        yield from (*others, last, *cited, *after)
        return
    yield from others
    for article in cited:
        last += article
    yield said.joined([last, *after])


def _articles(said: Said, reader: Reader) -> dict[str, Line]:
    """For each rule, the instrument and the article that it stands in; what it says is told to
    others than the party."""
    titles = {
        one["instrument"]: f"{_AT}/versions/{index}/title"
        for index, one in enumerate(said.at(f"{_AT}/versions"))
    }
    found: dict[str, Line] = {}
    for index, one in enumerate(said.at(f"{_AT}/provisions")):
        place = f"{_AT}/provisions/{index}"
        title = titles.get(one["instrument"], f"{place}/instrument")
        slots = {"title": title, "version": f"{place}/version", "article": f"{place}/article"}
        if reader == "party":
            line = said.line("by", title=title, article=slots["article"])
        elif one["gist"]:
            line = said.line("provision", 1, **slots, gist=f"{place}/gist")
        else:
            line = said.line("provision-bare", 1, **slots)
        found[one["rule"]] = line
    return found


def _remedy(said: Said, part: Json, at: Pointer, place: Pointer) -> Iterator[Line]:
    told = said.at(at)
    details = told.get("details", {})
    label = f"{place}/object"
    match told["effect"]:
        case "time" if details.get("start") and details.get("end"):
            inside = {name: f"{at}/details/{name}" for name in ("start", "end")}
            yield said.line("period", label=label, **inside)
        case "time" if details.get("length"):
            yield said.line("length", label=label, length=f"{at}/details/length")
        case "competence":
            yield from _bodies(said, details, f"{at}/details", label)
        case "status" | "duty" | "grant" | "time":
            line = said.line("state", label=label)
            if details.get("start"):
                line += said.line("state-from", start=f"{at}/details/start")
            yield line
        case _:
            return
    if "then" in told:
        yield said.line("then", 1, text=f"{at}/then")


def _is_duty(part: Json) -> bool:
    return all(one["effect"] == "duty" for one in part["conclusions"])


def _bodies(said: Said, details: Json, at: Pointer, label: Pointer) -> Iterator[Line]:
    for key in details:
        name, bracket, rest = key.partition("[")
        if name != "authority" or details[key] is None:
            continue
        line = said.line("body", label=label, authority=f"{at}{step(key)}")
        where = f"place{bracket}{rest}"
        if details.get(where):
            line += said.line("body-place", place=f"{at}{step(where)}")
        yield line
