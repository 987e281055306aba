"""What a vocabulary says of questions: what they are about, seek, suppose, review and tabulate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.language.diagnostics import Bilingual
from engine.language.node import Position


@dataclass(frozen=True, slots=True)
class Supposed:
    """The entity that a question supposes: `values` of its names, each a word for the reader."""

    kind: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How a question reviews what was decided: the names are facts of the entity asked about.

    The question that was decided is asked again as of its `day`, without what came later.
    """

    by: str
    """A code that says which questions it can have been."""
    questions: Mapping[str, tuple[str, ...]]
    day: str
    about: Mapping[str, str]
    """By question: which fact says what was decided on. That one is stated tells the question."""
    amounts: str
    """What was demanded of each bearer: compared with what was lawful."""
    concluded: Mapping[str, str]
    """Facts that state a conclusion of their own for each bearer, each with that conclusion."""
    lawful: str | None
    """What of it was lawful: found by the review, a fact for the questions that follow."""
    lawful_together: str | None
    """The same of what several owe in one sum, for the entity that they make up."""
    lawful_concluded: Mapping[str, str]
    """The same of facts that state a conclusion of their own, each with its fact."""
    values: Mapping[str, tuple[str, ...]]
    """Other values that the decision states, each with the names that it may be compared with."""
    articles: str
    payments: Payments | None
    then: Mapping[str, tuple[str, ...]]
    """By what was decided: questions about the same entity, asked as of the day of the review."""


@dataclass(frozen=True, slots=True)
class Contested:
    """What can be done against an answer: the question that tells, about an entity that stands for
    the answer in the case.

    `facts`: its names, each with a word: `date` (the day of the answer), `about` (what was asked
    about), `place` (by whose law), an aspect of a conclusion (`late-fee.place`), or a code.
    """

    ask: str
    kind: str
    facts: Mapping[str, str]
    tells: tuple[str, ...] = ()
    """Of what follows from that question, what concerns such an answer; none: everything."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Entities that say what was paid of what was decided: the names of their facts."""

    kind: str
    of: str
    payer: tuple[str, ...]
    """Whoever of these is named."""
    amount: str


@dataclass(frozen=True, slots=True)
class Tabulated:
    """How the answers about many entities are told as a table: a row for each of a kind, and what
    comes to it in each of the periods that it is paired with."""

    kind: str
    over: str
    """The kind of the periods."""
    order: str
    """The fact of a period that orders them: its first day."""
    panel: str | None
    """The fact of an entity by which rows are ranked together: its group."""
    rank: str
    """The conclusion whose value is the rank."""
    marks: tuple[str, ...]
    """Conclusions that the table shows by name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a case can ask."""

    name: str
    about: tuple[str, ...]
    supposes: Supposed | None
    seeks: tuple[tuple[str, str | None], ...]
    """Effects and objects: `("charge", "late-fee")`; without an object all of the effect."""
    decides: str | None
    """The name whose value is the answer."""
    object: str | None
    reviews: Reviewed | None
    tabulates: Tabulated | None
    contested: Contested | None
    label: Bilingual
    at: Position
