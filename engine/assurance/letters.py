"""Proves a letter by what it was made from: each number, date, article and party in it stands at
the place that its line names, and each step on which the result rests stands in the letter.

    faults(letter, {"decision": decision, "material": material}) == []

It shares nothing with the writer of letters but the document: it reads the lines as anybody would,
and compares what it reads with what stands at their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.assurance.letter_sums import is_wrong
from engine.assurance.letter_tokens import Token, tokens, tokens_of_article, tokens_of_period
from engine.language.diagnostics import Language
from engine.law.aspects import WORDS

Json: TypeAlias = Mapping[str, Any]

_PERIOD: Final = re.compile(r"P(?=\d)(?:\d+M)?(?:\d+D)?")
_PART: Final = re.compile(r"(.*/parts/\d+)(?:/|$)")
_RULE: Final = re.compile(r"(?<![\w/.:-])([\w.-]*\w/[a-z][\w.-]*\w)(?![\w/-])", re.ASCII)
_RESULT: Final = re.compile(r"/[a-z/]+/parts/\d+/(?:bearer|bands/\d+/(?:low|high))")
RESULTS: Final = ("result/", "basis/")
"""Where a letter tells what is decided: nowhere else counts for that."""
_ALWAYS: Final = frozenset({"missing", "warning"})
_PARTY: Final = frozenset({"part", "result", "rule", "condition", "value", "figure", "not-applied"})
_LAWYER: Final = _PARTY | {
    "world", "override", "candidate-law", "gap", "practice", "version", "passed-over",
}  # fmt: skip
DECIDING: Final[Mapping[str, frozenset[str]]] = {
    "party": _PARTY | _ALWAYS,
    "lawyer": _LAWYER | _ALWAYS,
    "caseworker": _LAWYER | _ALWAYS | {"question"},
}
"""The kinds of steps that must stand in the letter of each reader."""
DECIDED: Final = frozenset({"due", "measure", "granted", "refusal", "allowed", "refused", "none"})
"""Kinds of letters that must tell the remedies."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`unsourced`: a line without a place, or with one where nothing stands; `altered`: what a line
    says is not what stands there; `mixed`: a line speaks of two parts of the decision at once;
    `wrong-sum`: arithmetic that does not come to what it says; `left-out`: what decides is not
    told."""

    code: Literal["unsourced", "altered", "mixed", "wrong-sum", "left-out"]
    where: str
    """The line, as `section/number`, or the place in the document."""
    expected: tuple[Token, ...] = ()
    found: tuple[Token, ...] = ()


def faults(letter: Json, document: Json) -> list[Fault]:
    """Everything that is wrong with a letter (`notice/1`) made from a document."""
    return Proof(document, letter["lang"]).faults(letter)


def at(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer. Raises KeyError, IndexError or ValueError if nothing does."""
    value = document
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def parties_of(document: Json) -> frozenset[str]:
    """The names of everybody and everything that a document is about."""
    names = {str(one["id"]) for one in document["material"]["parties"]}
    for value in _objects(document):
        for key in ("bearer", "payer", "subject"):
            if isinstance(value.get(key), str):
                names |= {value[key], *value[key].split("+")}
    return frozenset(names)


def _lines(letter: Json) -> Iterator[tuple[str, Json]]:
    yield "title", letter["title"]
    for section in letter["sections"]:
        for number, line in enumerate(section["lines"]):
            yield f"{section['id']}/{number}", line


class Proof:
    """A document that letters in one language are held against."""

    def __init__(self, document: Json, lang: Language) -> None:
        self.document, self.lang = document, lang
        self.parties = parties_of(document)
        material = document["material"]
        self.words = {one["code"]: one[lang] for one in material["words"]}
        self.names = {one["code"]: one[lang] for one in material["names"] if one["code"]}
        self.rules = {one["code"]: one[lang] for one in material.get("rules", ())}
        named = "|".join(map(re.escape, self.names))
        self.named = re.compile(named) if named else None
        self._tokens: dict[str, list[Token]] = {}

    def faults(self, letter: Json) -> list[Fault]:
        """Everything that is wrong with a letter."""
        found: list[Fault] = []
        cited: set[str] = set()
        decided: set[str] = set()
        for where, line in _lines(letter):
            fault = self.fault(line, where)
            if fault is not None:
                found.append(fault)
                continue
            cited |= set(line["sources"])
            if where.startswith(RESULTS):
                decided |= set(line["sources"])
        above = {one[:end] for one in cited for end in _ends(one)}
        said = {str(at(self.document, source)) for source in cited}
        for place in _required(letter, self.document):
            if place in (decided if _RESULT.fullmatch(place) else above):
                continue
            value = at(self.document, place)
            if "/trace/" in place and self._told(value) in said:
                continue
            if value is not None:
                found.append(Fault("left-out", place))
        return found

    def _told(self, value: Any) -> str:
        """What a step, or a text in two languages, says."""
        text = value.get("text", value) if isinstance(value, dict) else value
        return str(text.get(self.lang) if isinstance(text, dict) else text)

    def fault(self, line: Json, where: str) -> Fault | None:
        """What is wrong with a line, if anything is."""
        expected: list[Token] = []
        try:
            for source in line["sources"]:
                if source not in self._tokens:
                    self._tokens[source] = self._tokens_at(source)
                expected += self._tokens[source]
        except (KeyError, IndexError, ValueError, TypeError):
            return Fault("unsourced", where)
        if not line["sources"]:
            return Fault("unsourced", where)
        parts = {part[1] for one in line["sources"] if (part := _PART.match(one))}
        if len(parts) > 1:
            return Fault("mixed", where)
        found = tokens(line["text"], self.parties)
        if found != expected:
            return Fault("altered", where, tuple(expected), tuple(found))
        return Fault("wrong-sum", where) if is_wrong(line["text"]) else None

    def _tokens_at(self, source: str) -> list[Token]:
        value = at(self.document, source)
        if isinstance(value, dict | list):
            raise ValueError(source)
        text = "" if value is None or isinstance(value, bool) else str(value)
        if source.endswith("/article"):
            return tokens_of_article(text)
        if text in self.words:
            return tokens(self.words[text], self.parties)
        if text in WORDS:
            return tokens(WORDS[text].of(self.lang), self.parties)
        if _PERIOD.fullmatch(text):
            return tokens_of_period(text)
        if self.named is not None:
            text = self.named.sub(lambda found: str(self.names[found[0]]), text)
        if self.rules:
            text = _RULE.sub(lambda found: str(self.rules.get(found[1], found[1])), text)
        return tokens(text, self.parties)


def _ends(pointer: str) -> Iterator[int]:
    """Where each step of a pointer ends."""
    yield from (place for place, sign in enumerate(pointer) if sign == "/" and place)
    yield len(pointer)


# --- what a letter must say -----------------------------------------------------------------------
def _required(letter: Json, document: Json) -> Iterator[str]:
    yield from _of_material(letter, document["material"])
    if "review" in document:
        review = document["review"]
        yield from _of_review(review)
        yield from _of_decision(review["basis"], "/review/basis", letter)
        return
    decision = document["decision"]
    yield from _of_decision(decision, "/decision", letter)
    yield from ("/decision/as_of", "/decision/id")
    yield from _articles(decision["provisions"], "/decision/provisions")
    for index, choice in enumerate(decision["choices"]):
        keys = (key for key in ("by", "point", "value", "reasons") if choice[key] is not None)
        yield from (f"/decision/choices/{index}/{key}" for key in keys)


def _of_material(letter: Json, material: Json) -> Iterator[str]:
    """Every fact and paper; of the remedies, each last day and each body."""
    for name, key in (("facts", "text"), ("evidence", "id")):
        yield from (f"/material/{name}/{index}/{key}" for index in range(len(material[name])))
    if letter["kind"] not in DECIDED or "remedies" not in material:
        return
    place = "/material/remedies/decision/parts"
    for index, part in enumerate(material["remedies"]["decision"]["parts"]):
        for number, one in enumerate(part["conclusions"]):
            if part["outcome"] != "determined" or one["effect"] not in ("time", "competence"):
                continue
            for aspect, value in one.get("details", {}).items():
                if aspect.partition("[")[0] in ("end", "authority") and value is not None:
                    step = aspect.replace("~", "~0").replace("/", "~1")
                    yield f"{place}/{index}/conclusions/{number}/details/{step}"


def _of_review(review: Json) -> Iterator[str]:
    yield "/review/id"
    yield from _articles(review["provisions"], "/review/provisions")
    for index, one in enumerate(review["findings"]):
        yield f"/review/findings/{index}/text"
        if one["finding"] != "lawful" and isinstance(one.get("recorded"), str):
            yield f"/review/findings/{index}/recorded"
        if one.get("overcharged"):
            yield from (f"/review/findings/{index}/overcharged/{key}" for key in ("payer", "low"))
    for index, period in enumerate(review["periods"]):
        if period["start"] is not None and period["end"] is not None:
            yield f"/review/periods/{index}/end"


def _of_decision(decision: Json, place: str, letter: Json) -> Iterator[str]:
    """The bearers, the ends of the bands, and the deciding steps of the trace."""
    for index, part in enumerate(decision["parts"]):
        yield f"{place}/parts/{index}/bearer"
        for number, band in enumerate(part["bands"]):
            for end in ("low", "high") if band["low"] != band["high"] else ("low",):
                if band[end] is not None:
                    yield f"{place}/parts/{index}/bands/{number}/{end}"
    steps = decision["trace"], f"{place}/trace"
    review = place != "/decision"
    yield from _steps(*steps, DECIDING[letter["reader"]], letter["reader"] == "party", review)


def _articles(provisions: list[Json], place: str) -> Iterator[str]:
    """Each article that decided, by one of its provisions."""
    told: set[tuple[str, str, str]] = set()
    for index, one in enumerate(provisions):
        key = (one["instrument"], one["version"], one["article"])
        if key not in told:
            told.add(key)
            yield f"{place}/{index}/article"


def _steps(
    step: Json, place: str, kinds: frozenset[str], party: bool, review: bool
) -> Iterator[str]:
    """The steps to be told. To the party, what is below an open part is none, nor is why another
    rule does not apply; of a rule the gist is told, once, and of values those with a number."""
    kind = step["kind"]
    if review and kind in ("missing", "gap", "question"):
        return  # what was open then is told among the findings
    if kind in kinds:
        if kind == "missing":
            yield from (f"{place}/facts/{index}" for index in range(len(step["facts"])))
        elif not party:
            yield place
        elif kind == "part":
            pass  # the bearers are required beside their results
        elif kind == "rule":
            if "gist" in step:
                yield f"{place}/gist"
        elif kind != "value" or any(sign.isdigit() for sign in str(step["text"]["zh"])):
            yield place
    is_open = kind == "part" and step["outcome"] == "undetermined"
    if party and (kind in ("not-applied", "version") or is_open):
        missing = enumerate(step.get("children", ())) if is_open else ()
        for index, child in missing:
            if child["kind"] == "missing":
                facts = range(len(child["facts"]))
                yield from (f"{place}/children/{index}/facts/{number}" for number in facts)
        return
    for index, child in enumerate(step.get("children", ())):
        yield from _steps(child, f"{place}/children/{index}", kinds, party, review)


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
