"""What the catalogue says of one code.

The explanation and the remedy are templates: `{name}` stands for what a diagnostic fills in.

>>> info = error(("重名", "twice"), ("有两个{name}。", "Two are {name}."), ("改名。", "Rename."))
>>> info.fields
frozenset({'name'})
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final, Literal

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
"""In the order in which texts in both are told."""
Pair = tuple[str, str]


class Severity(StrEnum):
    """An error keeps a ruleset from being used, a warning does not, a note is for the reader."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same in Chinese and in English."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """A kind of problem: how bad, its name, what is wrong in a sentence, what to do in another."""

    severity: Severity
    title: Bilingual
    explanation: Bilingual
    remedy: Bilingual

    @property
    def fields(self) -> frozenset[str]:
        """The names that the templates of this code fill in."""
        texts = (self.explanation.zh, self.explanation.en, self.remedy.zh, self.remedy.en)
        parts = [part for text in texts for part in Formatter().parse(text)]
        return frozenset(name for _, name, _, _ in parts if name)


def error(title: Pair, explanation: Pair, remedy: Pair) -> CodeInfo:
    """An error; each pair is Chinese, English."""
    return _info(Severity.ERROR, title, explanation, remedy)


def warning(title: Pair, explanation: Pair, remedy: Pair) -> CodeInfo:
    """A warning; each pair is Chinese, English."""
    return _info(Severity.WARNING, title, explanation, remedy)


def note(title: Pair, explanation: Pair, remedy: Pair) -> CodeInfo:
    """A note; each pair is Chinese, English."""
    return _info(Severity.NOTE, title, explanation, remedy)


def _info(severity: Severity, title: Pair, explanation: Pair, remedy: Pair) -> CodeInfo:
    return CodeInfo(severity, Bilingual(*title), Bilingual(*explanation), Bilingual(*remedy))
