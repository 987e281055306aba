"""What `POST /v1/questions` and `POST /v1/explanations` take and answer, for the OpenAPI document:
`questions/1`, `explanation/1`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from api.documents import (
    OUTCOMES,
    BandDocument,
    Closed,
    Conclusion,
    DecisionDocument,
    QuestionAsked,
    TraceNode,
)
from api.problems import Text

SKIP: Final[dict[str, object]] = {
    "name": "skip",
    "in": "query",
    "required": False,
    "description": "facts that nobody can find out, by their paths: they are not asked for",
    "schema": {"type": "array", "items": {"type": "string"}},
}
EXPLAINED: Final[list[dict[str, object]]] = [
    {
        "name": "conclusion",
        "in": "query",
        "required": True,
        "description": "a conclusion of the vocabulary, or a name that rules define",
        "schema": {"type": "string"},
        "example": "social-maintenance-fee",
    },
    {
        "name": "kind",
        "in": "query",
        "required": False,
        "description": "why it follows, or why not",
        "schema": {"enum": ["why", "why-not"], "default": "why-not"},
    },
    {
        "name": "rule",
        "in": "query",
        "required": False,
        "description": "only this rule, by its local or its full name",
        "schema": {"type": "string"},
    },
]


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


class NextQuestion(Closed):
    """The fact that settles most, cheapest evidence first. `settles`: any answer settles all."""

    fact: str = Field(description="its path, as `missing` names it")
    text: Text
    evidence: list[Paper]
    type: str | None = None
    varies: str | None = None
    values: list[ValueOf] = Field(default_factory=list)
    settles: bool
    answers: list[AnswerDocument]


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
