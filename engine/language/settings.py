"""What a text leaves open and the case must say: names that one version adds to the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.language.read_effects import RuleNames
from engine.language.ruleset import Ask
from engine.language.types import NameInfo, Names, Type, entity

_HEAD = re.compile(r"(?<![\w.])(\w+)\.")


@dataclass(frozen=True, slots=True)
class Setting:
    """A name that the case must say, and what is asked."""

    info: NameInfo
    ask: Ask


@dataclass(frozen=True, slots=True)
class WithSettings:
    """A vocabulary with the settings of one version."""

    names: RuleNames
    settings: Mapping[str, NameInfo]

    def kind_of(self, word: str) -> str | None:
        """As the vocabulary."""
        return self.names.kind_of(word)

    def of_case(self, name: str) -> NameInfo | None:
        """A setting of the version, or a name of the vocabulary."""
        return self.settings.get(name) or self.names.of_case(name)

    def of_kind(self, kind: str, name: str) -> NameInfo | None:
        """As the vocabulary."""
        return self.names.of_kind(kind, name)

    def codes(self, enumeration: str) -> Sequence[str]:
        """As the vocabulary."""
        return self.names.codes(enumeration)

    def ladder(self, name: str) -> Sequence[str]:
        """As the vocabulary."""
        return self.names.ladder(name)

    def names_of(self, kind: str | None) -> Sequence[str]:
        """The names of the vocabulary; those of the case with the settings."""
        known = self.names.names_of(kind)
        return [*known, *self.settings] if kind is None else known

    def ladder_of(self, conclusion: str) -> str | None:
        """As the vocabulary."""
        return self.names.ladder_of(conclusion)


def bound_words(text: str, names: Names) -> dict[str, Type]:
    """The kinds and roles that a candidate speaks of: they stand for what the rule is about.

    `year(birth.date) - 1` is the year before that of the birth that a rule is applied to.
    """
    found: dict[str, Type] = {}
    for word in _HEAD.findall(text):
        kind = names.kind_of(word)
        if kind is not None and names.of_case(word) is None:
            found[word] = entity(kind)
    return found
