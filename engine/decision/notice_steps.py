"""The trace in a letter: which steps each reader is told, and how.

The party is told what the result rests on; the caseworker every step; the lawyer every step of law,
with versions passed over, readings and candidate laws, but not what to ask whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

from engine.decision.saying import Line, Pointer, Said
from engine.decision.trace import SHOWN

Reader: TypeAlias = Literal["party", "caseworker", "lawyer"]
READERS: Final[tuple[Reader, ...]] = ("party", "caseworker", "lawyer")

APART: Final = frozenset({"version", "missing", "gap", "warning"})
"""Kinds of steps that have a section of their own."""
_PARTY: Final = frozenset({"part", "result", "rule", "condition", "value", "figure", "not-applied"})
_NO_PROMPTS: Final = frozenset({"question"})
_RESULTS: Final = frozenset({"world", "result", "candidate-law"})
"""What the party is told of worlds while it is open which of them is true."""


def reasons(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """The steps that lead to the result of each part, `at` a decision."""
    trace = f"{at}/trace"
    for index, child in enumerate(said.at(trace)["children"]):
        if child["kind"] not in APART and (reader != "party" or child["kind"] == "part"):
            yield from _step(said, f"{trace}/children/{index}", reader, 0)


def versions(said: Said, at: Pointer, reader: Reader) -> Iterator[Line]:
    """Which text was applied and why; for the lawyer and the caseworker, which were not."""
    trace = f"{at}/trace"
    for index, child in enumerate(said.at(trace)["children"]):
        if child["kind"] == "version":
            yield from _step(said, f"{trace}/children/{index}", reader, 0, everything=True)


def asked(said: Said, at: Pointer) -> Iterator[Line]:
    """What is missing, with the question and the papers; and the texts that are not known."""
    told: set[str] = set()
    for pointer in _all(said, f"{at}/trace"):
        step = said.at(pointer)
        text = step["text"]["zh"]
        if step["kind"] == "missing" and text not in told:
            told.add(text)
            yield said.line("missing", facts=f"{pointer}/facts")
            for index in range(len(step.get("children", ()))):
                yield said.line("step", 1, text=f"{pointer}/children/{index}/text")
        elif step["kind"] == "gap" and text not in told:
            told.add(text)
            yield said.line("gap", text=f"{pointer}/text")


def facts(said: Said, at: Pointer) -> Iterator[Line]:
    """The conditions that hold, and the values that rest on papers, each once, with the papers.

    Of a part that is open, only what holds in each of its worlds was found.
    """
    told: set[str] = set()
    for index, part in enumerate(said.at(f"{at}/trace")["children"]):
        if part["kind"] != "part":
            continue
        pointer = f"{at}/trace/children/{index}"
        worlds = [
            {said.at(place)["text"]["zh"]: place for place in _established(said, below)}
            for below in _below(said, pointer)
            if said.at(below)["kind"] in ("world", "result")
        ]
        is_open = part["outcome"] == "undetermined"
        if not worlds or (is_open and len(worlds) >= SHOWN):
            continue
        shared = set.intersection(*(set(world) for world in worlds))
        for world in worlds:
            for text, place in world.items():
                if text not in told and (text in shared or not is_open):
                    told.add(text)
                    yield said.line("step", text=f"{place}/text")


def _established(said: Said, pointer: Pointer) -> Iterator[Pointer]:
    """Where, at or below a step, something is said to be so."""
    for place in _all(said, pointer):
        step = said.at(place)
        if (
            (step["kind"] == "condition" and step["truth"] == "true")
            or (step["kind"] == "value" and step.get("evidence"))
            or step["kind"] == "figure"
        ):
            yield place


def _step(
    said: Said,
    pointer: Pointer,
    reader: Reader,
    level: int,
    *,
    everything: bool = False,
    is_open: bool = False,
) -> Iterator[Line]:
    step = said.at(pointer)
    if reader == "party" and not everything:
        if step["kind"] not in _PARTY | _RESULTS or _is_repeated(step):
            return
        yield _for_party(said, pointer, level)
        if step["kind"] == "not-applied" or (is_open and step["kind"] == "result"):
            return
    elif reader == "lawyer" and step["kind"] in _NO_PROMPTS:
        return
    else:
        yield said.line("step", level, text=f"{pointer}/text")
    is_open = is_open or (step["kind"] == "part" and step["outcome"] == "undetermined")
    for below in _below(said, pointer):
        if said.at(below)["kind"] not in APART:
            yield from _step(said, below, reader, level + 1, everything=everything, is_open=is_open)


def _is_repeated(step: dict[str, Any]) -> bool:
    """Whether a rule is only referred to: it was told before."""
    return step["kind"] == "rule" and "article" not in step


def _for_party(said: Said, pointer: Pointer, level: int) -> Line:
    step = said.at(pointer)
    if step["kind"] != "rule":
        return said.line("step", level, text=f"{pointer}/text")
    if "gist" not in step:
        return said.line("applied-bare", level, article=f"{pointer}/article")
    return said.line("applied", level, article=f"{pointer}/article", gist=f"{pointer}/gist")


def _below(said: Said, pointer: Pointer) -> list[Pointer]:
    children = said.at(pointer).get("children", ())
    return [f"{pointer}/children/{index}" for index in range(len(children))]


def _all(said: Said, pointer: Pointer) -> Iterator[Pointer]:
    yield pointer
    for below in _below(said, pointer):
        yield from _all(said, below)
