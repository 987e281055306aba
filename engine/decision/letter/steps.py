"""The trace in a letter: which steps each reader is told, and how.

The party is told what the result rests on; the caseworker every step; the lawyer every step of law,
with versions passed over, readings and candidate laws, but not what to ask whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from engine.decision.letter.results import CHOSEN, Json, by_choices, is_settled
from engine.decision.letter.saying import Line, Pointer, Reader, Said

APART: Final = frozenset({"version", "missing", "gap", "warning"})
"""Kinds of steps that have a section of their own."""
REASONS: Final = frozenset({"world", "result", "rule", "condition", "not-applied", "candidate-law"})
"""What the party is told among the reasons …"""
SUMS: Final = frozenset({"value", "figure"})
"""… and as the calculation."""


def reasons(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """The steps that lead to the result of each part, `at` a decision."""
    yield from reasons_in(said, _parts(said, at, reader), reader)


def reasons_in(said: Said, parts: Iterable[tuple[Pointer, Line]], reader: Reader) -> Iterator[Line]:
    """The same of some steps, each with the line that says whom it is about."""
    if reader == "party":
        blocks = (
            (bearing, list(_told_to_party(said, place, 1, set(), below=False)))
            for place, bearing in parts
        )
        yield from _blocks(said, blocks)
        return
    for place, _ in parts:
        yield from _told(said, place, reader, 0)


def _blocks(said: Said, blocks: Iterable[tuple[Line, list[Line]]]) -> Iterator[Line]:
    """Lines about one after the other; what is the same as before is not told again."""
    before: list[str] = []
    for bearing, lines in blocks:
        texts = [line.text for line in lines]
        if lines and texts == before:
            yield bearing + said.line("same")
        elif lines:
            yield bearing
            yield from lines
        before = texts


def of_rows(said: Said, traces: Iterable[Pointer]) -> list[tuple[Pointer, Line]]:
    """The parts of answers that are told as rows, each with the line that says what it is."""
    return [(place, said.line("step", text=f"{place}/text")) for place in traces]


def calculation(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """For the party, whose reasons do not hold it: each value and figure once, from the result
    down, for each bearer whose result is settled."""
    if reader == "party":
        yield from sums_in(said, _parts(said, at, reader))


def calculation_as_chosen(said: Said, at: Pointer) -> Iterator[Line]:
    """How what the choices come to is calculated, where they settle a part that was open."""
    found = []
    for index, part in enumerate(said.at(CHOSEN) if said.has(CHOSEN) else ()):
        of = [
            one
            for one in said.at(f"{at}/parts")
            if (one["bearer"], one.get("object")) == (part["bearer"], part.get("object"))
        ]
        if "trace" in part and is_settled(part) and not any(map(is_settled, of)):
            place = f"{CHOSEN}/{index}"
            found.append((f"{place}/trace", said.line("as-chosen", bearer=f"{place}/bearer")))
    yield from sums_in(said, found)


def sums_in(said: Said, parts: Iterable[tuple[Pointer, Line]]) -> Iterator[Line]:
    """The same of some steps, each with the line that says whom it is about."""
    yield from _blocks(said, _sums(said, parts))


def _sums(said: Said, parts: Iterable[tuple[Pointer, Line]]) -> Iterator[tuple[Line, list[Line]]]:
    for place, bearing in parts:
        if said.at(place)["outcome"] == "undetermined":
            continue
        told: set[str] = set()
        lines = []
        for below in walk(said, place):
            step = said.at(below)
            if step["kind"] in SUMS and step["text"]["zh"] not in told and is_sum(step):
                told.add(step["text"]["zh"])
                lines.append(said.line("step", 1, text=f"{below}/text"))
        yield bearing, lines


def versions(said: Said, at: Pointer) -> Iterator[Line]:
    """Which text was applied and why, and which were not."""
    trace = f"{at}/trace"
    for index, child in enumerate(said.at(trace)["children"]):
        if child["kind"] == "version":
            yield from _told(said, f"{trace}/children/{index}", "caseworker", 0)


def asked(said: Said, traces: Iterable[Pointer]) -> Iterator[Line]:
    """What is missing, with the question and the papers; and the texts that are not known."""
    told: set[str] = set()
    lacking: dict[tuple[str, ...], list[Pointer]] = {}
    gaps: list[Line] = []
    for pointer in (below for place in traces for below in walk(said, place)):
        step = said.at(pointer)
        text = str(step["text"]["zh"])
        if text in told or step["kind"] not in ("missing", "gap"):
            continue
        told.add(text)
        if step["kind"] == "gap":
            gaps.append(said.line("step", text=f"{pointer}/text"))
        else:
            questions = tuple(one["text"]["zh"] for one in step.get("children", ()))
            lacking.setdefault(questions, []).append(pointer)
    for questions, pointers in lacking.items():  # what is asked alike is asked once
        for pointer in pointers:
            yield said.line("lacking", facts=f"{pointer}/facts")
        for index in range(len(questions)):
            yield said.line("step", 1, text=f"{pointers[0]}/children/{index}/text")
    yield from gaps


def is_sum(step: dict[str, Any]) -> bool:
    """Whether a step has a number in it: something was calculated or looked up."""
    text = str(step["text"]["zh"])
    return step["kind"] == "figure" or any(digit in text for digit in "0123456789")


def walk(said: Said, pointer: Pointer) -> Iterator[Pointer]:
    """A step and everything below it."""
    yield pointer
    for below in below_of(said, pointer):
        yield from walk(said, below)


def below_of(said: Said, pointer: Pointer) -> list[Pointer]:
    """The steps right below one."""
    children = said.at(pointer).get("children", ())
    return [f"{pointer}/children/{index}" for index in range(len(children))]


def _parts(said: Said, at: Pointer, reader: Reader) -> Iterator[tuple[Pointer, Line]]:
    """The steps right below a trace that are told, each with the line that says whom it is about;
    parts stand there in the order of the answer. The party is told a part as it is by the choices
    that were made, not what they exclude."""
    trace, number = f"{at}/trace", 0
    for index, child in enumerate(said.at(trace)["children"]):
        place = f"{trace}/children/{index}"
        if child["kind"] == "part":
            part = f"{at}/parts/{number}"
            number += 1
            bearing = said.line("whose", bearer=f"{part}/bearer")
            if said.at(part).get("object"):
                slots = {"bearer": f"{part}/bearer", "object": f"{part}/object"}
                bearing = said.line("whose-part", **slots)
            chosen = as_chosen(said, said.at(part), reader)
            if chosen is not None:
                bearing = said.line("as-chosen", bearer=f"{chosen}/bearer")
            yield place if chosen is None else f"{chosen}/trace", bearing
        elif child["kind"] not in APART and reader != "party":
            yield place, said.line("step", text=f"{place}/text")


def as_chosen(said: Said, part: Json, reader: Reader) -> Pointer | None:
    """Where what a part comes to by the choices that were made stands with its trace: the party is
    told that."""
    index = by_choices(said.document["material"], part) if reader == "party" else None
    place = f"{CHOSEN}/{index}"
    return place if index is not None and said.has(f"{place}/trace") else None


def _told(said: Said, pointer: Pointer, reader: Reader, level: int) -> Iterator[Line]:
    """A step with everything below it that has no section of its own."""
    if reader == "lawyer" and said.at(pointer)["kind"] == "question":
        return
    yield said.line("step", level, text=f"{pointer}/text")
    for below in below_of(said, pointer):
        if said.at(below)["kind"] not in APART:
            yield from _told(said, below, reader, level + 1)


def _told_to_party(
    said: Said, pointer: Pointer, level: int, told: set[tuple[str, str]], *, below: bool
) -> Iterator[Line]:
    """What a result rests on, each provision once; of an open part no more than that it is open.
    `below`: below a rule that applies, where what does not apply decides nothing."""
    step = said.at(pointer)
    shown = step["kind"] in REASONS and not is_repeated(step) and not _is_undisputed(step, below)
    shown = shown and not (below and step["kind"] == "not-applied")
    if step["kind"] == "rule" and shown:
        key = (step["article"], said.at(pointer).get("gist", {}).get("zh", ""))
        shown = key not in told
        told.add(key)
    if step["kind"] == "condition" and shown:
        key = ("condition", step["text"]["zh"])
        shown = key not in told
        told.add(key)
    if shown:
        yield _for_party(said, pointer, level)
    if step["kind"] == "not-applied" or (
        step["kind"] == "part" and step["outcome"] == "undetermined"
    ):
        return
    below = below or (step["kind"] == "rule" and step.get("truth") == "true")
    for one in below_of(said, pointer):
        yield from _told_to_party(said, one, level + 1 if shown else level, told, below=below)


def _is_undisputed(step: dict[str, Any], below: bool) -> bool:
    """Whether a condition holds by facts that need no proof (they stand among the facts found), or
    does not and yet the rule applies: it is an exception."""
    passed = below or step.get("truth") == "true"
    return step["kind"] == "condition" and passed and not step.get("evidence")


def is_repeated(step: dict[str, Any]) -> bool:
    """Whether a rule is only referred to: it was told before."""
    return step["kind"] == "rule" and "article" not in step


def _for_party(said: Said, pointer: Pointer, level: int) -> Line:
    step = said.at(pointer)
    if step["kind"] != "rule":
        return said.line("step", level, text=f"{pointer}/text")
    if "gist" not in step:
        return said.line("applied-bare", level, article=f"{pointer}/article")
    return said.line("applied", level, article=f"{pointer}/article", gist=f"{pointer}/gist")
