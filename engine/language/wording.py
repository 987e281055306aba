"""How a vocabulary words things: labels in one language, and a phrase for each variable in sight.

A label that the vocabulary lacks is replaced by the name itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from engine.language.dependencies import walk
from engine.language.diagnostics import Language
from engine.language.expression import Collect, Expression, Quantify, Variable
from engine.language.phrases import listed, say
from engine.language.types import NameInfo, Names, Type


class Labels(Names, Protocol):
    """What rendering asks of a vocabulary. A label that there is not may be a KeyError."""

    def code_label(self, enumeration: str, code: str, language: Language, /) -> str:
        """The label of a code of an enumeration."""

    def step_label(self, ladder: str, step: str, language: Language, /) -> str:
        """The label of a step of a ladder."""

    def kind_label(self, word: str, language: Language, /) -> str:
        """The label of a kind of entity."""

    def conclusion_label(self, name: str, language: Language, /) -> str:
        """The label of what rules conclude."""

    def question_label(self, name: str, language: Language, /) -> str:
        """The label of a question."""

    def issuer_label(self, issuer: str, language: Language, /) -> str:
        """The label of an issuer of evidence."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A vocabulary, a language, and the variables in sight: each with its phrase."""

    names: Labels
    lang: Language
    variables: tuple[tuple[str, str], ...] = ()

    def say(self, key: str, *values: object, **fields: object) -> str:
        """A phrase in the language."""
        return say(key, self.lang, *values, **fields)

    def listed(self, parts: list[str]) -> str:
        """Several things in a row."""
        return listed(parts, self.lang)

    def bracketed(self, text: str) -> str:
        """Text in brackets."""
        return self.say("brackets", a=text)

    def info(self, key: str) -> NameInfo | None:
        """The name of a canonical key."""
        kind, _, name = key.partition(".")
        return self.names.of_case(key) or (self.names.of_kind(kind, name) if name else None)

    def name(self, key: str) -> str:
        """The label of a name."""
        info = self.info(key)
        return key if info is None else (info.zh if self.lang == "zh" else info.en)

    def code(self, enumeration: str, code: str) -> str:
        """The label of a code."""
        return self._label(lambda: self.names.code_label(enumeration, code, self.lang), code)

    def step(self, ladder: str, step: str) -> str:
        """The label of a step."""
        return self._label(lambda: self.names.step_label(ladder, step, self.lang), step)

    def kind(self, kind: str) -> str:
        """The label of a kind of entity."""
        return self._label(lambda: self.names.kind_label(kind, self.lang), kind)

    def conclusion(self, name: str) -> str:
        """The label of a conclusion."""
        return self._label(lambda: self.names.conclusion_label(name, self.lang), name)

    def question(self, name: str) -> str:
        """The label of a question."""
        return self._label(lambda: self.names.question_label(name, self.lang), name)

    def issuer(self, issuer: str) -> str:
        """The label of an issuer."""
        return self._label(lambda: self.names.issuer_label(issuer, self.lang), issuer)

    def thing(self, type: Type, phrase: str) -> str:
        """An entity of a kind, or an item of a list: `free`, `bound` or `each`."""
        if type.base != "entity" or type.about is None:
            return self.say("item")
        return self.say(phrase, kind=self.kind(type.about))

    def binding(self, variable: str, item: Type) -> Wording:
        """The wording inside, where a variable is bound; with its name if two are alike."""
        phrase = self.thing(item, "bound")
        free = self.thing(item, "free")
        if any(said in (phrase, free) for _, said in self.variables):
            phrase = self.say("named", one=phrase, name=variable)
        return replace(self, variables=((variable, phrase), *self.variables))

    def _label(self, find: Callable[[], str], instead: str) -> str:
        try:
            return find() or instead
        except KeyError:
            return instead


def wording(names: Labels, lang: Language, *expressions: Expression) -> Wording:
    """The wording of expressions that belong together: their free variables are in sight."""
    start = Wording(names, lang)
    found: dict[str, str] = {}
    parts = [part for expression in expressions for part in walk(expression)]
    bound = {part.variable for part in parts if isinstance(part, Quantify | Collect)}
    for part in parts:
        if isinstance(part, Variable) and part.name not in bound | found.keys():
            phrase = start.thing(part.type, "free")
            if phrase in found.values():
                phrase = start.say("named", one=phrase, name=part.name)
            found[part.name] = phrase
    return replace(start, variables=tuple(found.items()))
