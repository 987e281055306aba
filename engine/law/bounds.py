"""What the value of a fact has to agree with, or comes from, as the vocabulary says it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotBefore:
    """A day that another is not before: its path, `payment.decision.date`, and of which entities it
    holds: a code of theirs by name, with the values; none: of all."""

    path: str
    where: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fits:
    """Another fact of the same entity, and for some of its codes the values that go with them."""

    other: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Follows:
    """A field of which a case says nothing is what all of some entities have on the day, if they
    have one and the same: a child is registered where both of its parents are."""

    field: str
    of: str
    """The name that lists these entities: `parents`."""
    fact: str
    """The fact that varies whose field of the same name is theirs: `register`."""


@dataclass(frozen=True, slots=True)
class BackTo:
    """The first entry of a history reaches back to a day of the same entity, if it begins within so
    many days of it: who is registered soon after birth is taken to be so from birth on."""

    day: str
    within: int


@dataclass(frozen=True, slots=True)
class RulesOut:
    """A value that another fact of the same entity can not have once a day has come: who has a day
    of adoption is not "not adopted"."""

    other: str
    value: str
