"""Proves a letter by what it was made from: each number, date, article and party in it stands at the
place that its line names, and each step on which the result rests stands in the letter.

    faults(letter, {"decision": decision}) == []

It shares nothing with the writer of letters but the document: it reads the lines as anybody would,
and compares what it reads with what stands at their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.assurance.notice_tokens import Token, tokens, tokens_of_article, tokens_of_period
from engine.decision.saying import resolve
from engine.law.aspects import WORDS

Json: TypeAlias = Mapping[str, Any]

DECIDING: Final[Mapping[str, frozenset[str]]] = {
    "party": frozenset({"part", "result", "rule", "condition", "value", "figure", "not-applied"}),
    "caseworker": frozenset(
        {
            "part", "world", "result", "rule", "condition", "value", "figure", "not-applied",
            "override", "candidate-law", "missing", "question", "gap", "warning", "practice",
            "version", "passed-over",
        }
    ),
    "lawyer": frozenset(
        {
            "part", "world", "result", "rule", "condition", "value", "figure", "not-applied",
            "override", "candidate-law", "missing", "gap", "warning", "practice", "version",
            "passed-over",
        }
    ),
}  # fmt: skip
"""The kinds of steps that must stand in the letter of each reader."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`unsourced`: a line without a place, or with one where nothing stands; `altered`: what a line
    says is not what stands there; `left-out`: what decides is not told."""

    code: Literal["unsourced", "altered", "left-out"]
    where: str
    """The line, as `section/number`, or the place in the document."""
    expected: tuple[Token, ...] = ()
    found: tuple[Token, ...] = ()


def faults(letter: Json, document: Json) -> list[Fault]:
    """Everything that is wrong with a letter (`notice/1`) made from a document."""
    parties = parties_of(document)
    found: list[Fault] = []
    cited: set[str] = set()
    said: set[str] = set()
    for section in letter["sections"]:
        for number, line in enumerate(section["lines"]):
            where = f"{section['id']}/{number}"
            fault = _fault(line, where, document, parties)
            if fault is not None:
                found.append(fault)
                continue
            cited |= set(line["sources"])
            said |= {str(resolve(document, source)) for source in line["sources"]}
    for place in _required(letter, document):
        if not any(source == place or source.startswith(f"{place}/") for source in cited):
            value = resolve(document, place)
            text = value["text"][letter["lang"]] if isinstance(value, dict) else str(value)
            if not (isinstance(value, dict) and text in said):
                found.append(Fault("left-out", place))
    return found


def parties_of(document: Json) -> frozenset[str]:
    """The names of everybody and everything that a document is about."""
    names: set[str] = set()
    for value in _objects(document):
        for key in ("bearer", "payer", "subject"):
            if isinstance(value.get(key), str):
                names |= {value[key], *value[key].split("+")}
        if isinstance(value.get("about"), list):
            names |= {str(one) for one in value["about"]}
        for fact in value.get("facts") or ():
            pieces = str(fact).split(".")
            if len(pieces) == 3:
                names.add(pieces[1])
    return frozenset(names)


def _fault(line: Json, where: str, document: Json, parties: frozenset[str]) -> Fault | None:
    expected: list[Token] = []
    try:
        for source in line["sources"]:
            expected += _tokens_at(document, source, parties)
    except (KeyError, IndexError, ValueError, TypeError):
        return Fault("unsourced", where)
    if not line["sources"]:
        return Fault("unsourced", where)
    found = tokens(line["text"], parties)
    if found != expected:
        return Fault("altered", where, tuple(expected), tuple(found))
    return None


def _tokens_at(document: Json, source: str, parties: frozenset[str]) -> list[Token]:
    value = resolve(document, source)
    if isinstance(value, dict | list):
        raise ValueError(source)
    text = "" if value is None or isinstance(value, bool) else str(value)
    if source.endswith("/article"):
        return tokens_of_article(text)
    if text in WORDS:
        language = "zh" if _is_chinese(document) else "en"
        return tokens(WORDS[text].of(language), parties)
    if text.startswith("P") and text[1:2].isdigit():
        return tokens_of_period(text)
    return tokens(text, parties)
