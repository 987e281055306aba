"""Lines of a letter: fixed words, filled with values that stand in a document, each with its place.

    said = Said({"decision": content}, "zh")
    said.line("party", bearer="/decision/parts/0/bearer")

Nothing else can get into a line, so that each number, date and article in it has its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeAlias

import yaml

from engine.decision.written import article_in, in_letter
from engine.language.diagnostics import Bilingual, Language
from engine.law.aspects import WORDS

TEMPLATES: Final = Path(__file__).parent / "templates"
Pointer: TypeAlias = str
"""A JSON pointer (RFC 6901) into the document."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, how deep it is set in, and the places of its values in the order in which they stand
    in it."""

    text: str
    sources: tuple[Pointer, ...]
    level: int = 0

    def as_json(self) -> dict[str, Any]:
        """As `notice/1` has it."""
        return {"text": self.text, "level": self.level, "sources": list(self.sources)}


@cache
def words() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    """The fixed words: of titles, headings and lines."""
    text = (TEMPLATES / "notice.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, Mapping[Language, str]]] = yaml.safe_load(text)
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

    def at(self, pointer: Pointer) -> Any:
        """What stands at a place."""
        return resolve(self.document, pointer)

    def line(
        self, phrase: str, level: int = 0, **slots: Pointer | list[Pointer] | Bilingual
    ) -> Line:
        """A line of the fixed words of a phrase. A slot that names several places lists them; one
        that is a text is fixed words too."""
        template = words()["lines"][phrase][self.lang]
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
            text += ("、" if self.lang == "zh" else ", ").join(self._shown(p) for p in places)
            sources += places
        return Line(text, tuple(sources), level)

    def _leaves(self, pointer: Pointer) -> list[Pointer]:
        """The place of a text in this language; the places of all that stands in a list."""
        match self.at(pointer):
            case {"zh": str(), "en": str()}:
                return [f"{pointer}/{self.lang}"]
            case list() as several:
                return [
                    leaf for i in range(len(several)) for leaf in self._leaves(f"{pointer}/{i}")
                ]
            case _:
                return [pointer]

    def _shown(self, pointer: Pointer) -> str:
        value = self.at(pointer)
        if pointer.endswith("/article"):
            return article_in(str(value), self.lang)
        if value is None:
            return "未知" if self.lang == "zh" else "unknown"
        if isinstance(value, bool):
            yes, no = ("是", "否") if self.lang == "zh" else ("yes", "no")
            return yes if value else no
        word = WORDS.get(value)
        return word.of(self.lang) if word else in_letter(str(value), self.lang)
