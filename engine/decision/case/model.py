"""What a case is once it has been read: facts in four states, with the evidence behind them.

Everything is immutable and found by dictionary. A fact that a case does not mention has no record:
absent is unknown.

>>> born = Found(State.KNOWN, date(1981, 2, 11), (), (), "/persons/m/born", "persons.m.born")
>>> mother = EntityRecord("m", "person", {"person.born": born}, "persons")
>>> mother.facts["person.born"].value, mother.facts.get("person.sex")
(datetime.date(1981, 2, 11), None)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

from engine.law.statistics import Figure
from engine.values.dates import Period, Window
from engine.values.money import Money

Day: TypeAlias = date | Window
"""A day, or the window of the month or year to which it is known."""
Scalar: TypeAlias = bool | int | Fraction | Money | date | Window | Period | str
"""One value. Codes, steps of a ladder, places and ids of entities are `str`, as in the case."""
Value: TypeAlias = Scalar | tuple[Scalar, ...]
"""A value of a fact; a list is a tuple in a fixed order, whatever the order in the case."""


EARLIEST: Final = date(1900, 1, 1)
"""No day of a case lies before this one."""
LATEST: Final = date(2999, 12, 31)
"""Nor after this one: whatever is computed from days of a case is a day of the calendar."""
FIRST_YEAR: Final = 1
"""Of the calendar: since when a fact without a start has held."""


class State(StrEnum):
    """What the file says of a fact."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNESTABLISHED = "unestablished"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper in the file: `kind` and `issuer` are names of the vocabulary.

    `status` is one of `verified`, `submitted`, `rejected`. `illustrative`: made up for an example.
    """

    id: str
    kind: str
    issuer: str | None
    date: Day | None
    status: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody alleges; it is not a found value. `by` is an entity of the case or a role."""

    by: str
    value: Value
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A fact. `value` is None unless the state is KNOWN.

    `pointer` is the JSON pointer into the input, `path` the name of the fact where it is missing:
    `persons.mother.register`, `persons.mother.annual_income[2013]`.
    """

    state: State
    value: Value | None
    evidence: tuple[str, ...]
    claims: tuple[Claim, ...]
    pointer: str
    path: str
    supposed: bool = False
    """Known, but looked at as if it might be otherwise (`engine.decision.worlds.supposing`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a fact that varies: of a history (`start`, `until`), of a `year`, or for an
    entity (`of`).

    `until` is the last day on which it holds, and None if it still holds. Without `start` it has
    always held. `fields` are the further fields, by their names: the `place` of a register.
    """

    start: Day | None
    until: Day | None
    year: int | None
    found: Found
    fields: Mapping[str, Found]
    of: str | None = None


Fact: TypeAlias = Found | tuple[Entry, ...]
"""A fact of an entity. One that varies is a tuple, ordered by start or year, or a `Found` that is
not known at all; the empty tuple is a finding that there was nothing of the kind."""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity of a case with what is found about it; the keys of `facts` are `kind.name`.

    `section`: where cases list its kind, None for a derived kind; a fact that is not there is
    missing as `section.id.name`. `members`: the entities that a derived one groups, ids in order.
    `implied`: not listed in the case but following from what is, as the couple of two parents.
    """

    id: str
    kind: str
    facts: Mapping[str, Fact]
    section: str | None = None
    members: tuple[str, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (a question of the vocabulary) and about which entities, ids in order.

    They are as the case names them: a child stands for its birth (see `Case.group_of`).
    """

    ask: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceMade:
    """What a person chose at a choice point: an option taken or not, a reading, the ends of a
    range, or the number in it."""

    point: str
    value: bool | str | tuple[str, ...]
    by: str | None
    reasons: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was read without a problem.

    - `entities`: by kind, ordered by id, the derived kinds among them
    - `by_id`: the entities that are no group of others; `group_of`: for a member of a group and for
      the group's own id (`k2+k3`), the group
    - `complete`: by kind, whether the case lists all there are; where a kind may be listed in part,
      only the word `all` says so, and every count is a lower bound without it
    """

    reference: str | None
    as_of: date
    question: Question
    entities: Mapping[str, tuple[EntityRecord, ...]]
    by_id: Mapping[str, EntityRecord]
    group_of: Mapping[str, EntityRecord]
    complete: Mapping[str, bool]
    evidence: Mapping[str, Evidence]
    statistics: tuple[Figure, ...]
    settings: Mapping[str, Value]
    choices: tuple[ChoiceMade, ...]
