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
from fractions import Fraction
from itertools import product
from typing import Any, Final, Literal, TypeAlias

from engine.assurance.letter_duties import comes_to_nothing, due_of, required
from engine.assurance.letter_sums import is_wrong
from engine.assurance.letter_tokens import Token, tokens, tokens_of_article, tokens_of_period
from engine.language.diagnostics import Language
from engine.law.aspects import WORDS

Json: TypeAlias = Mapping[str, Any]

_PERIOD: Final = re.compile(r"P(?=\d)(?:\d+M)?(?:\d+D)?")
_PART: Final = re.compile(r"(.*/(?:parts|rows)/\d+)(?!/id$|/provisions/)(?:/|$)")
_CITED: Final = re.compile(r"(.*/provisions/\d+)/(article|gist)\b")
_LACKING: Final = re.compile(r"/material/lacking/\d+/(label|over|of)\b.*")
_TOTAL: Final = re.compile(r"(/material/totals/\d+)/\w+")
_TITLE: Final = re.compile(r"(.*/versions/\d+)/title/(?:zh|en)")
_RULED: Final = re.compile(r"(.*/provisions/\d+|.*/trace\b.*?)/(?:article|gist|text|version)\b")
_RULE: Final = re.compile(r"(?<![\w/.:-])([\w.-]*\w/[a-z][\w.-]*\w)(?![\w/-])", re.ASCII)
_RESULT: Final = re.compile(
    r"/[a-z/]+/parts/\d+/(?:bearer|object|bands/\d+/(?:low|high))"
    r"|/[a-z]+/rows/\d+/(?!id$|trace/|provisions/).+"
)
RESULTS: Final = ("result/", "basis/")
"""Where a letter tells what is decided: nowhere else counts for that."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`unsourced`: a line without a place, or with one where nothing stands; `altered`: what a line
    says is not what stands there; `mixed`: a line speaks of two parts or rows at once (but several
    things that there are none of, for one bearer, may stand in one), or of an article with what
    another says or with the title of another text, or says of somebody that a fact is missing that
    is not; `wrong-sum`: arithmetic that does not come to what it says; `left-out`: what decides is
    not told."""

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
        self.lacking = {
            (one["label"][lang], one.get("over", {}).get(lang), one["of"]): one["path"]
            for one in material.get("lacking", ())
        }
        named = "|".join(map(re.escape, self.names))
        self.named = re.compile(named) if named else None
        self._tokens: dict[str, list[Token]] = {}

    def faults(self, letter: Json) -> list[Fault]:
        """Everything that is wrong with a letter."""
        found: list[Fault] = []
        cited: set[str] = set()
        lacking: set[str] = set()
        decided: set[str] = set()
        for where, line in _lines(letter):
            fault = self.fault(line, where)
            if fault is not None:
                found.append(fault)
                continue
            cited |= set(line["sources"])
            lacking |= {self.lacking[one] for one in self._lacking_in(line["sources"])}
            if where.startswith(RESULTS):
                decided |= set(line["sources"])
        above = {one[:end] for one in cited for end in _ends(one)}
        said = {str(at(self.document, source)) for source in cited} | lacking
        said = set(map(self._in_words, said))
        for place in required(letter, self.document):
            if place in (decided if _RESULT.fullmatch(place) else above):
                continue
            value = at(self.document, place)
            if "/trace/" in place and self._in_words(self._told(value)) in said:
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
        if len(parts) > 1 and not self._is_of_none(line["sources"]):
            return Fault("mixed", where)
        if any(map(self._is_wrong_total, line["sources"])):
            return Fault("wrong-sum", where)
        if self._is_miscited(line["sources"]) or self._is_mistitled(line["sources"]):
            return Fault("mixed", where)
        if any(one not in self.lacking for one in self._lacking_in(line["sources"])):
            return Fault("mixed", where)
        if any(title not in line["text"] for title in self._titles_in(line["sources"])):
            return Fault("altered", where)
        found = tokens(line["text"], self.parties)
        if found != expected:
            return Fault("altered", where, tuple(expected), tuple(found))
        return Fault("wrong-sum", where) if is_wrong(line["text"]) else None

    def _is_wrong_total(self, source: str) -> bool:
        """Whether a place is of a total that is not what is due to be paid in all."""
        found = _TOTAL.fullmatch(source)
        if found is None:
            return False
        total = at(self.document, found[1])
        ends = [
            (total[end], [one[end] for one in due_of(self.document["decision"], total)])
            for end in ("low", "high")
        ]
        known = [one for one in ends if None not in (one[0], *one[1])]  # the rest is withheld
        return any(sum(map(Fraction, shares)) != Fraction(said) for said, shares in known)

    def _titles_in(self, sources: list[str]) -> list[str]:
        """The titles of texts that a line tells."""
        return [str(at(self.document, one)) for one in sources if _TITLE.fullmatch(one)]

    def _is_mistitled(self, sources: list[str]) -> bool:
        """Whether a line tells of a rule or a provision with the title of another text."""
        titled = {
            at(self.document, f"{found[1]}/instrument")
            for found in filter(None, map(_TITLE.fullmatch, sources))
        }
        named = {
            str(one["rule"]).rsplit("/", 3)[0]
            for found in filter(None, map(_RULED.match, sources))
            if "rule" in (one := at(self.document, found[1]))
        }
        return bool(titled and named and titled != named)

    def _is_of_none(self, sources: list[str]) -> bool:
        """Whether a line says whom it is about, and of nothing but parts that come to nothing for
        the same bearer what they are about; what is not due stands by itself."""
        whom, *things = sources
        if not whom.endswith("/bearer") or any(not one.endswith("/object") for one in things):
            return False
        parts = [at(self.document, one.rpartition("/")[0]) for one in sources]
        if not all(map(comes_to_nothing, parts)):
            return False
        unpaid = {part["conclusions"][0]["effect"] == "none-due" for part in parts}
        return len({part["bearer"] for part in parts}) == len(unpaid) == 1

    def _lacking_in(self, sources: list[str]) -> set[tuple[Any, Any, Any]]:
        """The facts that a line says are missing of many: each label with each period and each
        entity that it names."""
        named: dict[str, list[Any]] = {"label": [], "over": [], "of": []}
        for found in filter(None, map(_LACKING.match, sources)):
            named[found[1]].append(at(self.document, found[0]))
        return set(product(named["label"], named["over"] or [None], named["of"]))

    def _is_miscited(self, sources: list[str]) -> bool:
        """Whether a line tells behind an article what another says."""
        article: object = None
        for found in filter(None, map(_CITED.match, sources)):
            here = at(self.document, f"{found[1]}/article")
            if found[2] == "gist" and article not in (None, here):
                return True
            article = here
        return False

    def _tokens_at(self, source: str) -> list[Token]:
        value = at(self.document, source)
        if isinstance(value, dict | list):
            raise ValueError(source)
        text = "" if value is None or isinstance(value, bool) else str(value)
        if source.endswith("/article"):
            return tokens_of_article(text)
        worded = source.endswith(("/zh", "/en"))
        if not worded and text in self.words:
            return tokens(self.words[text], self.parties)
        if not worded and text in WORDS:
            return tokens(WORDS[text].of(self.lang), self.parties)
        if _PERIOD.fullmatch(text):
            return tokens_of_period(text)
        return tokens(self._in_words(text), self.parties)

    def _in_words(self, text: str) -> str:
        """A text with the words for the facts and the rules that it names."""
        if self.named is not None:
            text = self.named.sub(lambda found: str(self.names[found[0]]), text)
        if self.rules:
            text = _RULE.sub(lambda found: str(self.rules.get(found[1], found[1])), text)
        return text


def _ends(pointer: str) -> Iterator[int]:
    """Where each step of a pointer ends."""
    yield from (place for place, sign in enumerate(pointer) if sign == "/" and place)
    yield len(pointer)


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
