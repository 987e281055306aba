"""The trace in a letter: which steps each reader is told, and how.

The party is told what the result rests on; the caseworker every step; the lawyer every step of law,
with versions passed over, readings and candidate laws, but not what to ask whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

from engine.decision.saying import Line, Pointer, Said

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
    """The conditions that hold, and the values that rest on papers, each once, with the papers."""
    told: set[str] = set()
    for pointer in _all(said, f"{at}/trace"):
        step = said.at(pointer)
        found = (
            (step["kind"] == "condition" and step["truth"] == "true")
            or (step["kind"] == "value" and step.get("evidence"))
            or step["kind"] == "figure"
        )
        if found and step["text"]["zh"] not in told:
            told.add(step["text"]["zh"])
            yield said.line("step", text=f"{pointer}/text")


def _step(
    said: Said, pointer: Pointer, reader: Reader, level: int, *, everything: bool = False
) -> Iterator[Line]:
    step = said.at(pointer)
    if reader == "party" and not everything:
        if step["kind"] not in _PARTY | _RESULTS or _is_repeated(step):
            return
        yield _for_party(said, pointer, level)
    elif reader == "lawyer" and step["kind"] in _NO_PROMPTS:
        return
    else:
        yield said.line("step", level, text=f"{pointer}/text")
    for index in _told_below(step, reader):
        below = f"{pointer}/children/{index}"
        yield from _step(said, below, reader, level + 1, everything=everything)


def _told_below(step: dict[str, Any], reader: Reader) -> Iterator[int]:
    """The children of a step that are told here."""
    children = step.get("children", ())
    for index, child in enumerate(children):
        if child["kind"] in APART:
            continue
        if reader == "party" and step["kind"] == "not-applied":
            continue
        if reader == "party" and step.get("hypothetical"):
            continue
        yield index


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


def _all(said: Said, pointer: Pointer) -> Iterator[Pointer]:
    yield pointer
    for index in range(len(said.at(pointer).get("children", ()))):
        yield from _all(said, f"{pointer}/children/{index}")
