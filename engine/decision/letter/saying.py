"""Lines of a letter: fixed words, filled with values that stand in a document, each with its place.

    said = Said({"decision": content, "material": material}, "zh")
    said.line("party", bearer="/decision/parts/0/bearer")

Nothing else can get into a line, so that each number, date and article in it has its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal, TypeAlias

import yaml

from engine.decision.words.written import article_in, in_letter
from engine.language.diagnostics import Bilingual, Language
from engine.law.aspects import WORDS
from engine.law.version_text import CONFIDENCE

PHRASES: Final = Path(__file__).parent / "phrases.yaml"
Reader: TypeAlias = Literal["party", "caseworker", "lawyer"]
READERS: Final[tuple[Reader, ...]] = ("party", "caseworker", "lawyer")
Pointer: TypeAlias = str
"""A JSON pointer (RFC 6901) into the document."""


YEAR: Final = re.compile(r"\d{4}")
RULE: Final = re.compile(
    r"(?<![\w/.:-])(?P<rule>[\w.-]*\w/[a-z][\w.-]*\w)(?:@(?P<of>[a-z][\w+-]*))?(?![\w/-])",
    re.ASCII,
)
"""A rule as the steps of a decision name it: by its article and its name, and whom it is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, how deep it is set in, and the places of its values in the order in which they stand
    in it."""

    text: str
    sources: tuple[Pointer, ...]
    level: int = 0

    def __add__(self, other: Line) -> Line:
        return Line(self.text + other.text, self.sources + other.sources, self.level)

    def as_json(self) -> dict[str, Any]:
        """As `notice/1` has it."""
        return {"text": self.text, "level": self.level, "sources": list(self.sources)}


@cache
def phrases() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    """The fixed words: of titles, headings and lines."""
    found: Mapping[str, Mapping[str, Mapping[Language, str]]] = yaml.safe_load(
        PHRASES.read_text("utf-8")
    )
    return found


def resolve(document: Any, pointer: Pointer) -> Any:
    """What stands at a JSON pointer. Raises KeyError or IndexError if nothing does."""
    value = document
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def step(key: str | int) -> str:
    """A key as part of a JSON pointer.

    >>> step("authority[12/department]")
    '/authority[12~1department]'
    """
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True)
class Said:
    """A document and the language in which its values are said."""

    document: Mapping[str, Any]
    lang: Language
    words: Mapping[str, str]
    """What codes that stand alone are called."""
    names: Mapping[str, str]
    """What facts and figures that a text names by their paths are called."""
    rules: Mapping[str, str]
    """The articles in which rules that a text names stand."""

    @classmethod
    def of(cls, document: Mapping[str, Any], lang: Language) -> Said:
        """A document whose material says what codes and paths are called."""
        labels = [
            {one["code"]: one[lang] for one in document["material"].get(key, ()) if one["code"]}
            for key in ("words", "names", "rules")
        ]
        return cls(document, lang, *labels)

    def at(self, pointer: Pointer) -> Any:
        """What stands at a place."""
        return resolve(self.document, pointer)

    def has(self, pointer: Pointer) -> bool:
        """Whether something stands at a place."""
        try:
            return self.at(pointer) is not None
        except (KeyError, IndexError):
            return False

    def line(
        self, phrase: str, level: int = 0, /, **slots: Pointer | list[Pointer] | Bilingual
    ) -> Line:
        """A line of the fixed words of a phrase. A slot that names several places lists them; one
        that is a text is fixed words too."""
        return self.filled(phrases()["lines"][phrase][self.lang], level, **slots)

    def filled(
        self, template: str, level: int = 0, /, **slots: Pointer | list[Pointer] | Bilingual
    ) -> Line:
        """A line of a template."""
        text, sources = "", []
        for fixed, name, _, _ in Formatter().parse(template):
            text += fixed
            if name is None:
                continue
            given = slots[name]
            if isinstance(given, Bilingual):
                text += given.of(self.lang)
                continue
            places = [
                leaf
                for pointer in (given if isinstance(given, list) else [given])
                for leaf in self._leaves(pointer)
            ]
            text += ("、" if self.lang == "zh" else ", ").join(self._each(places))
            sources += places
        return Line(text, tuple(sources), level)

    def joined(self, lines: Iterable[Line], head: Line | None = None) -> Line:
        """Several lines as one, behind a head or set in as the first of them."""
        first, *others = lines
        if head is not None:
            first = head + self.line("namely") + first
        for other in others:
            first += self.line("and") + other
        return first

    def _leaves(self, pointer: Pointer) -> list[Pointer]:
        """The place of a text in this language; the places of all that stands in a list."""
        match self.at(pointer):
            case {"zh": _, "en": _}:
                return [f"{pointer}/{self.lang}"]
            case list() as several:
                return [
                    leaf for i in range(len(several)) for leaf in self._leaves(f"{pointer}/{i}")
                ]
            case _:
                return [pointer]

    def _each(self, places: list[Pointer]) -> list[str]:
        """What stands at each place; several articles without a number are called so once."""
        shown = [self._shown(place) for place in places]
        nameless = article_in("", self.lang)
        kept = [one for at, one in enumerate(shown) if one != nameless or one not in shown[:at]]
        return self._owned(kept)

    def _owned(self, named: list[str]) -> list[str]:
        """Facts of the decision that the letter itself supposes: whose they are is said once."""
        first, last = (phrases()["words"][key][self.lang] for key in ("of-this", "this-of"))
        found = list(named)
        for at, (one, after) in enumerate(pairwise(named)):
            if first and one.startswith(first) and after.startswith(first):
                found[at + 1] = after.removeprefix(first).removeprefix("的")
            if last and one.endswith(last) and after.endswith(last):
                found[at] = one.removesuffix(last)
        return found

    def _shown(self, pointer: Pointer) -> str:
        value = self.at(pointer)
        if value is None:
            return phrases()["words"]["withheld"][self.lang]
        if pointer.endswith("/article"):
            return article_in(str(value), self.lang)
        if pointer.endswith("/version") and YEAR.fullmatch(str(value)):
            return phrases()["words"]["year"][self.lang].format(year=value)
        if pointer.endswith("/confidence") and value in CONFIDENCE:
            return CONFIDENCE[value].of(self.lang)
        if isinstance(value, bool):
            return phrases()["words"]["yes" if value else "no"][self.lang]
        if pointer.endswith(("/zh", "/en")):  # words, whatever code they look like
            return in_letter(self._named(str(value)), self.lang)
        if value in self.words:
            return in_letter(self.words[value], self.lang)
        word = WORDS.get(value)
        return word.of(self.lang) if word else in_letter(self._named(str(value)), self.lang)

    def _named(self, text: str) -> str:
        for path, label in self.names.items():
            if path in text:
                text = text.replace(path, label)
        return RULE.sub(self._cited, text) if self.rules else text

    def _cited(self, found: re.Match[str]) -> str:
        """The article of a rule that a text names, with whom it is about."""
        article = self.rules.get(found["rule"])
        if article is None:
            return found[0]
        of = found["of"]
        return article + ("" if of is None else f"（{of}）" if self.lang == "zh" else f" ({of})")
