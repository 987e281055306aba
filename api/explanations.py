"""What `POST /v1/questions` and `POST /v1/explanations` take and answer, for the OpenAPI document:
`questions/1`; `explanation/1`, `changes/1`, `possible/1`."""

from __future__ import annotations

from typing import Final, Literal

from fastapi import Request
from fastapi.responses import Response
from pydantic import Field, JsonValue

from api.asked import one_of, parameter, unknown
from api.documents import (
    OUTCOMES,
    BandDocument,
    Closed,
    Conclusion,
    DecisionDocument,
    Gap,
    QuestionAsked,
    TraceNode,
)
from api.problems import Text
from engine.decision.changing.changes import SIZE
from engine.decision.explaining.explaining import KINDS, SIZES, Sought

SKIP: Final[dict[str, object]] = {
    "name": "skip",
    "in": "query",
    "required": False,
    "description": "facts that nobody can find out, by their paths: they are not asked for",
    "schema": {"type": "array", "items": {"type": "string"}},
}
EXPLAINED: Final[list[dict[str, object]]] = [
    parameter(
        "kind",
        KINDS,
        "why a conclusion does not follow, or why it does; what would change the answer; "
        "what is still possible",
    ),
    {
        "name": "conclusion",
        "in": "query",
        "required": False,
        "description": "of why and why-not: a conclusion of the vocabulary, or a name that rules "
        "define",
        "schema": {"type": "string"},
        "example": "social-maintenance-fee",
    },
    {
        "name": "rule",
        "in": "query",
        "required": False,
        "description": "of why and why-not: only this rule, by its local or its full name",
        "schema": {"type": "string"},
    },
    {
        "name": "bearer",
        "in": "query",
        "required": False,
        "description": "only what concerns this entity of the case, by its id",
        "schema": {"type": "string"},
    },
    {
        "name": "size",
        "in": "query",
        "required": False,
        "description": "of changes: sets of at most so many",
        "schema": {"enum": list(range(SIZES[0], SIZES[1] + 1)), "default": SIZE},
    },
]
EXAMPLES: Final[dict[str, Sought]] = {
    "why-not": Sought("why-not", "further-birth"),
    "why": Sought("why", "social-maintenance-fee"),
    "changes": Sought("changes"),
    "possible": Sought("possible"),
}
"""Of each kind one, answered in the OpenAPI document."""


def sought_in(request: Request) -> Sought | Response:
    """What a request wants explained; a problem if that cannot be asked."""
    kind = one_of(request, "kind", KINDS)
    if kind is None:
        return unknown("kind", KINDS)
    sizes = tuple(str(size) for size in range(SIZES[0], SIZES[1] + 1))
    size = one_of(request, "size", sizes, str(SIZE))
    if size is None:
        return unknown("size", sizes)
    said = request.query_params
    conclusion, rule, bearer = (said.get(name) for name in ("conclusion", "rule", "bearer"))
    return Sought(kind, conclusion or "", rule, int(size), bearer)


class ValueOf(Closed):
    """A value that a fact may have."""

    value: bool | str
    zh: str
    en: str


class Paper(Closed):
    """A kind of evidence that proves a fact."""

    kind: str
    zh: str
    en: str


class End(Closed):
    """An end of a range, and whether it is in the range."""

    value: str
    included: bool


class Said(Closed):
    """A part of an answer: a value, a range of numbers, days; `of`: of which part of the fact."""

    of: str | None = None
    of_text: Text | None = None
    value: bool | str | None = None
    low: End | None = None
    high: End | None = None
    first: str | None = Field(default=None, alias="from")
    until: str | None = None
    text: Text


class ThenPart(Closed):
    """What a part may still come to after an answer."""

    bearer: str
    outcome: OUTCOMES
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    text: Text = Field(description="the same in a line")


class AnswerDocument(Closed):
    """An answer, and what it would decide."""

    answer: list[Said]
    parts: list[ThenPart]


class MissingFact(Closed):
    """A fact that is not known: what to ask, what proves it, what each answer would decide."""

    fact: str = Field(description="its path, as `missing` names it")
    text: Text
    evidence: list[Paper]
    type: str | None = None
    varies: str | None = None
    values: list[ValueOf] = Field(default_factory=list)
    answers: list[AnswerDocument]


class NextQuestion(MissingFact):
    """The fact that settles most, cheapest evidence first. `settles`: any answer settles all."""

    settles: bool


class OpenPart(Closed):
    """A part that is not determined, with the smallest sets of facts that settle it."""

    bearer: str
    missing: list[list[str]]


class QuestionsDocument(Closed):
    """The next question of an interview, or the decision when nothing that could matter is left.

    Nothing is remembered: the case says what is known.
    """

    form: Literal["questions/1"] = Field(alias="schema")
    done: bool
    asked: QuestionAsked
    as_of: str
    outcome: OUTCOMES
    question: NextQuestion | None
    open: list[OpenPart]
    decision: DecisionDocument | None = None


class ExplainedConclusion(Closed):
    """The conclusion that is explained; the effect of a name that rules define is `define`."""

    effect: str
    object: str


class ExplanationDocument(Closed):
    """Why a conclusion follows, or why not: `explanation/1`.

    Each rule that could have led there, the nearest first, with what stood in its way.
    """

    form: Literal["explanation/1"] = Field(alias="schema")
    kind: Literal["why", "why-not"]
    conclusion: ExplainedConclusion
    text: Text
    question: QuestionAsked
    as_of: str
    follows: Literal["true", "false", "unknown"]
    rules: list[TraceNode]
    ended_by: list[TraceNode]
    passed_over: list[TraceNode]


# --- what would change it -------------------------------------------------------------------------
class Came(Closed):
    """What a part comes to; `text`: the same in a line."""

    outcome: OUTCOMES
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    text: Text


class Change(Closed):
    """One change: of a fact, to a value or a range; papers that are brought for it; a day that
    passes."""

    kind: Literal["fact", "evidence", "day"]
    fact: str = Field(description="its path; `as_of` for a day that passes")
    to: Said | None = None
    issuers: list[str] | None = None
    first: str | None = Field(default=None, alias="from")
    text: Text


class ChangeSet(Closed):
    """Changes that together turn the part, and what it then comes to when it is decided again."""

    changes: list[Change]
    then: Came


class TurnedPart(Closed):
    """A part, and every smallest set of changes that turns it; without `complete` perhaps not
    every one. One that is not determined has what is missing instead."""

    bearer: str
    object: str | None
    now: Came
    complete: bool
    sets: list[ChangeSet]
    missing: list[list[str]] | None = None
    gaps: list[Gap] | None = None


class ChangesDocument(Closed):
    """What would turn the result, of facts that are open to change: `changes/1`."""

    form: Literal["changes/1"] = Field(alias="schema")
    question: QuestionAsked
    as_of: str
    size: int
    parts: list[TurnedPart]


# --- what is still possible -----------------------------------------------------------------------
class PossiblePart(Came):
    """All that a part may still come to, and what each missing fact would decide."""

    bearer: str
    object: str | None
    missing: list[list[str]]
    facts: list[MissingFact]
    gaps: list[Gap]
    refusal: dict[str, str] | None = Field(
        default=None, description="why there is no answer, and by which rule"
    )


class OtherPart(Closed):
    """What a part comes to otherwise; only a text where there is no such part then."""

    bearer: str
    object: str | None
    outcome: OUTCOMES | None = None
    conclusions: list[Conclusion] = Field(default_factory=list)
    bands: list[BandDocument] = Field(default_factory=list)
    text: Text


class Without(Closed):
    """Whether the result stands without a fact, and what it comes to if not."""

    stands: bool
    then: list[OtherPart]


class AsClaimed(Without):
    """The same with the fact as somebody claims it to be."""

    by: str
    value: JsonValue


class Proof(Closed):
    """A fact that nobody has verified, or that is contested, and whether the result hangs on it."""

    fact: str
    state: Literal["alleged", "contested"]
    stands: bool
    without: Without
    claims: list[AsClaimed]


class PossibleDocument(Closed):
    """What may still come, and on what it hangs: `possible/1`."""

    form: Literal["possible/1"] = Field(alias="schema")
    question: QuestionAsked
    as_of: str
    parts: list[PossiblePart]
    proof: list[Proof]
    not_followed: list[str] = Field(
        description="facts of which it was not followed whether the result hangs on them"
    )
