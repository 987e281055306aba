"""The trace in a letter: which steps each reader is told, and how.

The party is told what the result rests on; the caseworker every step; the lawyer every step of law,
with versions passed over, readings and candidate laws, but not what to ask whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from engine.decision.letter.results import (
    CHOSEN,
    Json,
    by_choices,
    is_absent,
    is_settled,
)
from engine.decision.letter.saying import Line, Pointer, Reader, Said
from engine.decision.words.shortly import whole_of
from engine.decision.words.written import has_number

APART: Final = frozenset({"version", "missing", "gap", "warning"})
"""Kinds of steps that have a section of their own."""
REASONS: Final = frozenset({"world", "result", "rule", "condition", "not-applied", "candidate-law"})
"""What the party is told among the reasons …"""
SUMS: Final = frozenset({"value", "figure"})
"""… and as the calculation."""
_LACKING: Final = "/material/lacking"
_OWNER: Final = re.compile(r".*/(?:parts|rows|chosen)/\d+")


def reasons(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """The steps that lead to the result of each part, `at` a decision."""
    yield from reasons_in(said, _parts(said, at, reader), reader)


def reasons_in(said: Said, parts: Iterable[tuple[Pointer, Line]], reader: Reader) -> Iterator[Line]:
    """The same of some steps, each with the line that says whom it is about."""
    if reader == "party":
        blocks = (
            (bearing, list(_told_to_party(said, place, 1, set(), below=_is_allowed(part))))
            for place, bearing in parts
            if not ((part := _part_of(said, bearing)) and is_absent(part) and is_bare(said, place))
        )
        yield from _blocks(said, blocks)
        return
    told: set[str] = set()
    for place, _ in parts:
        yield from _told(said, place, reader, 0, told)


def _part_of(said: Said, bearing: Line) -> Json:
    """The part that a line names; nothing where it names a row."""
    owner = _OWNER.match(bearing.sources[0])
    found: Json = {} if owner is None else said.at(owner[0])
    return found if "conclusions" in found and "bands" in found else {}


def is_bare(said: Said, place: Pointer) -> bool:
    """Whether a part has no reasons: nothing stands below its result."""
    return not any(said.at(one).get("children") for one in below_of(said, place))


def _is_allowed(part: Json) -> bool:
    """Whether a part is allowed: what else might have allowed it, and what might have stood in the
    way, decides nothing."""
    answers = [one["value"] for one in part.get("conclusions", ()) if one["effect"] == "permit"]
    return part.get("outcome") == "determined" and answers == [True]


def _blocks(said: Said, blocks: Iterable[tuple[Line, list[Line]]]) -> Iterator[Line]:
    """Lines about one after the other: what all others stand below, beside whom it is about. What
    is the same of several things in a row is told of them together; what is as before, not again.
    """
    together: dict[tuple[str, ...], tuple[list[Line], list[Line]]] = {}
    for about, lines in blocks:
        if lines:
            owner = _OWNER.match(about.sources[0])
            key = ("" if owner is None else owner[0], *(line.text for line in lines))
            together.setdefault(key, ([], lines))[0].append(about)
    before: list[str] = []
    gists: set[str] = set()
    for several, lines in together.values():
        about, texts = said.joined(several), [line.text for line in lines]
        is_row = "/rows/" in about.sources[0]
        beside = about + said.line("beside" if is_row else "namely")
        lines = list(_without(said, lines, gists))
        gists |= {line.text for line in lines}
        if texts == before:
            yield beside + said.line("same")
        elif [line.level for line in lines].count(lines[0].level) == 1:
            yield beside + lines[0]
            yield from (replace(line, level=line.level - 1) for line in lines[1:])
        else:
            yield about if is_row else about + said.line("colon")
            yield from lines
        before = texts


def _without(said: Said, lines: list[Line], told: set[str]) -> Iterator[Line]:
    """Lines without the provisions that were told above; what rests on them says so."""
    left_out: list[int] = []
    last: Line | None = None
    is_above = False
    for line in lines:
        while left_out and left_out[-1] >= line.level:
            left_out.pop()
        if line.text in told and "/gist" in line.sources[-1]:
            if last is not None and not left_out and not is_above:
                last += said.line("grounds-above")
                is_above = True
            left_out.append(line.level)
            continue
        if last is not None:
            yield last
        last, is_above = replace(line, level=line.level - len(left_out)), False
    if last is not None:
        yield last


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
        lines: list[Line] = []
        proved = True
        for below in walk(said, place):
            step = said.at(below)
            if step["kind"] in SUMS and step["text"]["zh"] not in told and is_sum(step):
                told.add(step["text"]["zh"])
                line = said.line("step", 1, text=f"{below}/text")
                if not proved and _is_given(step):
                    line = said.joined([lines.pop(), line])
                lines.append(line)
                proved = "evidence" in step or step["kind"] == "figure"
        yield bearing, lines


def _is_given(step: Json) -> bool:
    """Whether a value is as a rule gives it: nothing was calculated, looked up or proved. It
    stands beside what is calculated from it."""
    is_plain = step["kind"] == "value" and "evidence" not in step
    return is_plain and step["text"]["zh"].count(" = ") == 1


def versions(said: Said, at: Pointer) -> Iterator[Line]:
    """Which text was applied and why, and which were not."""
    trace = f"{at}/trace"
    for index, child in enumerate(said.at(trace)["children"]):
        if child["kind"] == "version":
            yield from _told(said, f"{trace}/children/{index}", "caseworker", 0, set())


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
    many = {one["path"]: index for index, one in enumerate(said.at("/material").get("lacking", ()))}
    for questions, pointers in lacking.items():  # what is asked alike is asked once
        of_many: dict[int, None] = {}
        for pointer in pointers:
            facts = said.at(f"{pointer}/facts")
            if all(path in many for path in facts):
                of_many |= {many[path]: None for path in facts}
            else:
                yield said.line("lacking", facts=f"{pointer}/facts")
        yield from _lacking_of_many(said, list(of_many))
        for index in range(len(questions)):
            yield said.line("step", 1, text=f"{pointers[0]}/children/{index}/text")
    yield from gaps


def _lacking_of_many(said: Said, entries: list[int]) -> Iterator[Line]:
    """A fact that is missing of many, once: for which years or periods, and of whom."""
    whose: dict[tuple[str, str], list[int]] = {}
    for index in entries:
        one = said.at(f"{_LACKING}/{index}")
        whose.setdefault((one["label"]["zh"], str(one.get("over"))), []).append(index)
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for (label, _), several in whose.items():
        key = (label, *sorted(said.at(f"{_LACKING}/{index}/of") for index in several))
        alike.setdefault(key, []).append(several)
    for groups in alike.values():
        slots: dict[str, Pointer | list[Pointer]] = {
            "label": f"{_LACKING}/{groups[0][0]}/label",
            "of": [f"{_LACKING}/{index}/of" for index in groups[0]],
        }
        over = [f"{_LACKING}/{several[0]}/over" for several in groups]
        if said.has(over[0]):
            yield said.line("lacking-over", **slots, over=over)
        else:
            yield said.line("lacking-of", **slots)


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
            bearing = said.line("of-part", bearer=f"{part}/bearer")
            if said.at(part).get("object"):
                slots = {"bearer": f"{part}/bearer", "object": f"{part}/object"}
                bearing = said.line("of-object", **slots)
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


def _told(
    said: Said, pointer: Pointer, reader: Reader, level: int, told: set[str]
) -> Iterator[Line]:
    """A step with everything below it that has no section of its own. What stood above with all
    that is below it (`told`) is not told again."""
    step = said.at(pointer)
    if reader == "lawyer" and step["kind"] == "question":
        return
    line = said.line("step", level, text=f"{pointer}/text")
    below = [one for one in below_of(said, pointer) if said.at(one)["kind"] not in APART]
    whole = whole_of(step)
    if below and whole in told:
        yield line + said.line("above")
        return
    told.add(whole)
    lines = [one for place in below for one in _told(said, place, reader, level + 1, told)]
    if step["kind"] == "part" and [one.level for one in lines].count(level + 1) == 1:
        first, *others = lines
        yield line + said.line("result") + first
        yield from (replace(one, level=one.level - 1) for one in others)
    else:
        yield from (line, *lines)


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
    if shown and step["kind"] == "world":
        supposed = _for_party(said, pointer, level)
        (pointer,) = below_of(said, pointer)
        yield supposed + said.line("namely") + _for_party(said, pointer, level)
    elif shown:
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
    if not has_number(step["article"]):
        return said.line("gist", level, gist=f"{pointer}/gist")
    return said.line("applied", level, article=f"{pointer}/article", gist=f"{pointer}/gist")
