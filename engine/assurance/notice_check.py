"""Proves a letter by what it was made from: each number, date, article and party in it stands at the
place that its line names, and each step on which the result rests stands in the letter.

    faults(letter, {"decision": decision}) == []

It shares nothing with the writer of letters but the document: it reads the lines as anybody would,
and compares what it reads with what stands at their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.assurance.notice_tokens import Token, tokens, tokens_of_article, tokens_of_period
from engine.decision.saying import resolve
from engine.language.diagnostics import Language
from engine.law.aspects import WORDS

Json: TypeAlias = Mapping[str, Any]

_PERIOD: Final = re.compile(r"P(?=\d)(?:\d+M)?(?:\d+D)?")

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
            fault = _fault(line, where, letter["lang"], document, parties)
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


def _fault(
    line: Json, where: str, lang: Language, document: Json, parties: frozenset[str]
) -> Fault | None:
    expected: list[Token] = []
    try:
        for source in line["sources"]:
            expected += _tokens_at(document, source, lang, parties)
    except (KeyError, IndexError, ValueError, TypeError):
        return Fault("unsourced", where)
    if not line["sources"]:
        return Fault("unsourced", where)
    found = tokens(line["text"], parties)
    if found != expected:
        return Fault("altered", where, tuple(expected), tuple(found))
    return None


def _tokens_at(
    document: Json, source: str, lang: Language, parties: frozenset[str]
) -> list[Token]:
    value = resolve(document, source)
    if isinstance(value, dict | list):
        raise ValueError(source)
    text = "" if value is None or isinstance(value, bool) else str(value)
    if source.endswith("/article"):
        return tokens_of_article(text)
    if text in WORDS:
        return tokens(WORDS[text].of(lang), parties)
    if _PERIOD.fullmatch(text):
        return tokens_of_period(text)
    return tokens(text, parties)


# --- what a letter must say -----------------------------------------------------------------------
def _required(letter: Json, document: Json) -> Iterator[str]:
    kinds = DECIDING[letter["reader"]]
    if "review" in document:
        yield from _of_review(document["review"])
        yield from _of_decision(document["review"]["basis"], "/review/basis", kinds, letter)
        return
    decision = document["decision"]
    yield "/decision/as_of"
    yield "/decision/id"
    for place in ("missing", "warning"):
        kinds |= {place}
    yield from _of_decision(decision, "/decision", kinds, letter)
    for index, part in enumerate(decision["parts"]):
        yield f"/decision/parts/{index}/bearer"
        for number, band in enumerate(part["bands"]):
            yield f"/decision/parts/{index}/bands/{number}/low"
            if band["low"] != band["high"]:
                yield f"/decision/parts/{index}/bands/{number}/high"
    for index, choice in enumerate(decision["choices"]):
        if choice["by"] and choice["reasons"]:
            yield from (f"/decision/choices/{index}/{key}" for key in ("by", "point", "reasons"))


def _of_review(review: Json) -> Iterator[str]:
    yield "/review/id"
    for index, one in enumerate(review["findings"]):
        yield f"/review/findings/{index}/text"
        if one["finding"] != "lawful" and one["recorded"] is not None:
            yield f"/review/findings/{index}/recorded"
        if one.get("overcharged"):
            yield from (f"/review/findings/{index}/overcharged/{key}" for key in ("payer", "low"))
    for index, period in enumerate(review["periods"]):
        if period["start"] is not None and period["end"] is not None:
            yield f"/review/periods/{index}/end"


def _of_decision(
    decision: Json, at: str, kinds: frozenset[str], letter: Json
) -> Iterator[str]:
    """The deciding steps of a trace; and each article that decided, by one of its provisions."""
    party = letter["reader"] == "party"
    yield from _steps(decision["trace"], f"{at}/trace", kinds, party, False)
    told: set[tuple[str, str, str]] = set()
    for index, one in enumerate(decision["provisions"]):
        key = (one["instrument"], one["version"], one["article"])
        if at == "/decision" and key not in told:
            told.add(key)
            yield f"{at}/provisions/{index}/article"


def _steps(
    step: Json, place: str, kinds: frozenset[str], party: bool, is_open: bool
) -> Iterator[str]:
    """The steps to be told. To the party, what is below a result is none while the part is open,
    nor is why another rule does not apply; a rule told before is told."""
    kind = step["kind"]
    is_open = is_open or (kind == "part" and step["outcome"] == "undetermined")
    if kind in kinds and not (party and kind == "rule" and "article" not in step):
        yield place
    ends = kind == "not-applied" or (kind == "result" and is_open) or kind in ("version", "missing")
    if party and ends:
        return
    for index, child in enumerate(step.get("children", ())):
        yield from _steps(child, f"{place}/children/{index}", kinds, party, is_open)


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
