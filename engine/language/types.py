"""Types of the rule language: what an expression may hold, and where a name comes from.

A type is a base word with, where it matters, what it is about: the unit of a number, the kind of an
entity, the name of an enumeration or of a ladder, the type of a list's items.

>>> str(number("child"))
'number of child'
>>> str(list_of(entity("person")))
'list of person'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from engine.values.exact import Exact

Base = Literal[
    "boolean",
    "number",
    "money",
    "date",
    "period",
    "code",
    "text",
    "place",
    "entity",
    "list",
    "step",
]
Origin = Literal["found", "relation", "term", "defined", "asked", "built-in"]
Varies = Literal["no", "history", "year", "each"]


@dataclass(frozen=True, slots=True)
class Range:
    """Which numbers a fact can be: from `least` to `most`, both included (None: no such end)."""

    least: Exact | None = None
    most: Exact | None = None
    whole: bool = False
    """Only whole ones, as of what is counted."""

    def has(self, number: Exact) -> bool:
        """Whether the number is one of them.

        >>> Range(least=0, whole=True).has(3), Range(least=0).has(-1)
        (True, False)
        """
        return (
            (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (not self.whole or number == int(number))
        )


@dataclass(frozen=True, slots=True)
class Type:
    """A base with what it is about: `about` is a unit, a kind, an enumeration or a ladder."""

    base: Base
    about: str | None = None
    item: Type | None = None
    range: Range | None = field(default=None, compare=False)
    """Which numbers a case can hold here, or how many items; in expressions they are of one type
    all the same."""

    def __str__(self) -> str:
        if self.base == "list":
            return f"list of {self.item}"
        if self.base == "entity":
            return str(self.about)
        if self.about is None:
            return self.base
        return f"{self.base} of {self.about}"


BOOLEAN = Type("boolean")
MONEY = Type("money")
DATE = Type("date")
PERIOD = Type("period")
TEXT = Type("text")
PLACE = Type("place")


def number(unit: str | None = None) -> Type:
    """A number counted in a unit (the name of a kind or of a measure); None: a bare number."""
    return Type("number", unit)


def entity(kind: str) -> Type:
    """One entity of a kind that the vocabulary declares."""
    return Type("entity", kind)


def code(enumeration: str) -> Type:
    """One of the codes of an enumeration that the vocabulary declares."""
    return Type("code", enumeration)


def step(ladder: str) -> Type:
    """One step of a ladder that the vocabulary declares."""
    return Type("step", ladder)


def list_of(item: Type) -> Type:
    """Several values of one type."""
    return Type("list", None, item)


@dataclass(frozen=True, slots=True)
class TurnedBy:
    """A day of the same entity before which a fact had another value: who died lived until then."""

    day: str
    before: str


@dataclass(frozen=True, slots=True)
class NameInfo:
    """A name of the vocabulary.

    `key` is canonical: the kind, a full stop and the name (`person.register`), or the bare name for
    what belongs to the case as a whole (`births`). Roles are resolved: `parent.register` is
    `person.register`.
    """

    key: str
    type: Type
    origin: Origin
    varies: Varies
    zh: str
    en: str
    deprecated: str | None = None
    each: tuple[str, ...] = ()
    """Of a fact that has a value for each entity of some kinds: these."""
    goes_with: str | None = None
    """The effect whose law defines a defined name; None: that of definitions."""
    turned_by: TurnedBy | None = None
    """The day before which a fact was another: with it, the fact has a value at any date."""


class Names(Protocol):
    """What the parser of expressions asks of a vocabulary (see `engine.law.vocabulary`)."""

    def kind_of(self, word: str) -> str | None:
        """The kind that a word names: `parent` is a role of `person`; None if it names none."""

    def of_case(self, name: str) -> NameInfo | None:
        """A name that belongs to the case as a whole, such as `births`."""

    def of_kind(self, kind: str, name: str) -> NameInfo | None:
        """A name of a kind of entity; `register.place` is a field of the history of `register`."""

    def codes(self, enumeration: str) -> Sequence[str]:
        """The codes of an enumeration, in the vocabulary's order, empty if there is none."""

    def ladder(self, name: str) -> Sequence[str]:
        """The steps of a ladder, lightest first, empty if there is none."""

    def names_of(self, kind: str | None) -> Sequence[str]:
        """All names of a kind (None: of the case), to suggest the nearest."""
