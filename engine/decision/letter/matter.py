"""The matter of a letter, the facts found, the papers, and the signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.decision.letter.saying import Line, Pointer, Reader, Said

_FACTS = "/material/facts"
FEW_FACTS: Final = 4
"""So many facts of an entity stand in a line."""
_CONCERNED = "/material/concerned"


def title(said: Said, template: str) -> Line:
    """The title: what the letter is, about which question."""
    return said.filled(template, question="/material/question")


def head(said: Said, about: Pointer, day: Pointer) -> Iterator[Line]:
    """Whom and what a letter is about, and the day."""
    if said.has("/material/reference"):
        yield said.line("reference", reference="/material/reference")
    if said.has(_CONCERNED) and said.at(_CONCERNED):
        yield said.line("party", bearers=_CONCERNED)
    yield said.line("matter", question="/material/question", about=about)
    yield said.line("day", day=day)


def facts(said: Said, reader: Reader, row: str | None = None) -> Iterator[Line]:
    """The facts that the decision looked at, by entity, with the papers behind them; of a row those
    of what belongs to it or to none. Those of an entity stand in a line for the party, and
    for everybody where they are few."""
    entities: list[list[Line]] = []
    for line in _facts(said, row):
        if line.level == 0:
            entities.append([])
        entities[-1].append(line)
    for of, *told in entities:
        few = len(told) <= FEW_FACTS and all(line.level == 1 for line in told)
        if few or reader == "party":
            yield said.joined(told, of)
        else:
            yield from (of, *told)


def _facts(said: Said, row: str | None) -> Iterator[Line]:
    kinds = {
        one["id"]: f"/material/parties/{index}"
        for index, one in enumerate(said.at("/material/parties"))
    }
    last = None
    for index, fact in enumerate(said.at(_FACTS)):
        if row is not None and fact.get("row") not in (None, row):
            continue
        place = f"{_FACTS}/{index}"
        kind = kinds.get(fact["entity"])
        if kind is None:  # withheld, with all that is said of it
            last = None
            yield said.line("hidden-of", entity=f"{place}/entity")
            yield said.line("hidden", 1, label=f"{place}/label")
            continue
        if fact["entity"] != last:
            last = fact["entity"]
            yield said.line("of", entity=f"{kind}/id", kind=f"{kind}/kind")
        yield _fact(said, place)
        for number in range(len(fact["claims"] or ())):
            claim = f"{place}/claims/{number}"
            yield said.line("claim", 2, by=f"{claim}/by", text=f"{claim}/text")


def _fact(said: Said, place: Pointer) -> Line:
    fact = said.at(place)
    label, text = f"{place}/label", f"{place}/text"
    if "of" in fact:
        line = said.line("fact-of", 1, label=label, of=f"{place}/of", text=text)
    else:
        line = said.line("fact", 1, label=label, text=text)
    for number in range(len(fact.get("fields") or ())):
        line += said.line("fact-field", text=f"{place}/fields/{number}/text")
    for key, phrase in (("from", "fact-from"), ("until", "fact-until")):
        if key in fact:
            line += said.line(phrase, day=f"{place}/{key}")
    if "year" in fact:
        line += said.line("fact-year", year=f"{place}/year")
    if fact["evidence"]:
        line += said.line("fact-papers", papers=f"{place}/evidence")
    return line


def papers(said: Said) -> Iterator[Line]:
    """The papers in the file, each with its kind, who issued it, its day, and what it is worth."""
    for index, paper in enumerate(said.at("/material/evidence")):
        place = f"/material/evidence/{index}"
        slots = {name: f"{place}/{name}" for name in ("id", "kind", "status")}
        line = said.line("paper", **slots)
        if "issuer" in paper:
            line += said.line("paper-issuer", issuer=f"{place}/issuer")
        if "date" in paper:
            line += said.line("paper-date", date=f"{place}/date")
        yield line


def foot(said: Said, id: Pointer, day: Pointer) -> Iterator[Line]:
    """Who would sign, where the law tells; the day; what the letter was made from."""
    given = "/material/remedies/given"
    if said.has(f"{given}/authority") and said.has(f"{given}/place"):
        yield said.line("authority", authority=f"{given}/authority", place=f"{given}/place")
    yield said.line("signed", day=day)
    yield said.line("from", id=id)
