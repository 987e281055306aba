"""Discretion in a letter: what is open to choice and what it leads to, what has to be considered,
and what a person chose, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.decision.letter.results import AMOUNT
from engine.decision.letter.saying import Line, Pointer, Reader, Said
from engine.decision.words.aspect_words import aspect_label

Json = Mapping[str, Any]


@dataclass(slots=True)
class _Point:
    """A point of choice: the places where it is told, of each value and what that leads to one."""

    places: dict[tuple[str, str], tuple[Pointer, Pointer]] = field(default_factory=dict)
    """By the value and the ends of the band: where the choice stands, and where the band does."""

    def values(self) -> set[str]:
        """What may be chosen."""
        return {value for value, _ in self.places}


def choices(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """What the authority may choose, each point once, with what each value leads to where there is
    more than one; what the law names to be considered; and what a person chose, with the reasons.
    Where something was chosen the party is told that, and what was to be considered. What the law
    does not allow was not chosen."""
    chosen = said.at(f"{at}/choices")
    allowed = {choice["point"] for choice in chosen if choice["open"]}
    made = allowed if reader == "party" else set()
    points, factors = _points(said, at)
    for named, places in factors.items():
        for name in (name for name in points if points[name][1] == named and name not in made):
            yield from _point(said, points[name][0])
        if places is not None:
            yield said.line("factors", factors=places)
    for index, choice in enumerate(chosen):
        if not choice["open"]:
            continue  # the warnings tell that it has no effect, and why
        place = f"{at}/choices/{index}"
        names = [name for name in ("by", "point", "value", "reasons") if choice[name] is not None]
        phrase = "chosen" + "".join(f"-{name}" for name in names if name in ("by", "reasons"))
        yield said.line(phrase, **{name: f"{place}/{name}" for name in names})


def _points(
    said: Said, at: Pointer
) -> tuple[dict[str, tuple[_Point, str]], dict[str, Pointer | None]]:
    """The points in the order of the answer, each with its factors as a text; and where each of
    these texts stands first."""
    points: dict[str, tuple[_Point, str]] = {}
    factors: dict[str, Pointer | None] = {}
    for index, part in enumerate(said.at(f"{at}/parts")):
        for number, band in enumerate(part["bands"]):
            place = f"{at}/parts/{index}/bands/{number}"
            for which, choice in enumerate(band["choices"]):
                here = f"{place}/choices/{which}"
                named = str(choice.get("factors") or "")
                factors.setdefault(named, f"{here}/factors" if named else None)
                point, _ = points.setdefault(choice["point"], (_Point(), named))
                ends = f"{band['low']}-{band['high']}"
                point.places.setdefault((str(choice["value"]), ends), (here, place))
    return points, factors


def _point(said: Said, point: _Point) -> Iterator[Line]:
    """A point with its only value, which leads to all the results; or with each of its values, and
    what that leads to."""
    places: Iterable[tuple[Pointer, Pointer]] = point.places.values()
    first, _ = next(iter(places))
    if len(point.values()) == 1:
        yield _valued(said, "point", 0, first, point=f"{first}/point")
        return
    yield said.line("point-open", point=f"{first}/point")
    values: dict[tuple[str, str], list[tuple[Pointer, Pointer]]] = {}
    for here, at in places:  # a part tells of each value what it leads to, aspect by aspect
        part = at.partition("/bands/")[0]
        values.setdefault((part, str(said.at(f"{here}/value"))), []).append((here, at))
    many = len({said.at(at)["aspect"] for _, at in places}) > 1
    for told in values.values():
        leads = [lead for here, at in told for lead in _leads(said, here, at, many)]
        line = _valued(said, "value-of-point", 1, told[0][0])
        yield said.joined(leads, line) if leads else line


def _valued(said: Said, phrase: str, level: int, here: Pointer, **slots: Pointer) -> Line:
    """A line with the value of a choice: one, or everything between two."""
    value = said.at(f"{here}/value")
    if isinstance(value, list) and len(value) == 2:
        ends = {"least": f"{here}/value/0", "most": f"{here}/value/1"}
        return said.line(f"{phrase}-range", level, **slots, **ends)
    return said.line(phrase, level, **slots, value=f"{here}/value")


def _leads(said: Said, here: Pointer, at: Pointer, many: bool) -> Iterator[Line]:
    """The band that a choice leads to, where both ends are known and it is not what is chosen;
    where there are `many` aspects, with what it is."""
    band, value = said.at(at), said.at(f"{here}/value")
    ends = [band["low"], band["high"]]
    if None in ends or value in (ends, ends[0]):
        return
    slots = (
        {"low": f"{at}/low"} if ends[0] == ends[1] else {"low": f"{at}/low", "high": f"{at}/high"}
    )
    phrase = "lead" if len(slots) == 1 else "lead-between"
    if AMOUNT.fullmatch(ends[0]):
        phrase += "-money"
    line = said.line(phrase, **slots)
    yield said.line("lead-of", aspect=aspect_label(band["aspect"])) + line if many else line
