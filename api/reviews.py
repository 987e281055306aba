"""What `POST /v1/reviews` answers, for the OpenAPI document: `review/1`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.documents import (
    BandDocument,
    Closed,
    Conclusion,
    Conflict,
    DecisionDocument,
    Gap,
    Provision,
    QuestionAsked,
    Refusal,
    UntracedDocument,
)
from api.problems import Text
from engine.language.ruleset import Confidence

VERDICTS = Literal["lawful", "unlawful", "open"]


class Decided(Closed):
    """The question that was decided, about what, and on which day."""

    ask: str
    about: list[str]
    day: str


class Overcharged(Closed):
    """What was demanded beyond the most that was lawful, and what of that was paid."""

    payer: str
    low: str
    high: str
    paid: str | None = None
    paid_over: str | None = None


class Overpaid(Closed):
    """What was paid beyond what the decision demanded."""

    payer: str
    amount: str


class Explained(Closed):
    """A figure with which the value would have been lawful, in place of the one to be used."""

    figure: str
    instead_of: str
    zh: str
    en: str


class Finding(Closed):
    """Whether one thing about the decision accords with the law; `on`: the law of which day."""

    point: str
    label: Text
    subject: str
    finding: VERDICTS
    text: Text
    on: str
    recorded: str | list[str] | None = Field(description="what the decision states")
    lawful: list[BandDocument | str]
    provisions: list[str] = Field(description="rules, by full name")
    confidence: Confidence | None = None
    explained: list[Explained] = Field(default_factory=list)
    overcharged: Overcharged | None = None
    overpaid: Overpaid | None = None
    missing: list[list[str]] = Field(
        default_factory=list,
        description="the smallest sets of unknown facts that settle the finding",
    )
    gaps: list[Gap] = Field(default_factory=list)
    conflicts: list[Conflict] = Field(default_factory=list)


class PeriodDocument(Closed):
    """A period that began with the decision: until when, or barred since when."""

    period: str
    label: Text
    subject: str
    outcome: str
    barred_since: str | None
    start: str | None
    end: str | None
    length: str | None
    days: str | None
    if_holiday: str | None = Field(description="whether it moves when it ends on a holiday")
    then: Text | None = Field(description="what follows when it has run out")
    state: Literal["running", "ended"] | None
    confidence: Confidence
    provisions: list[str]
    missing: list[list[str]] = Field(default_factory=list)
    gaps: list[Gap] = Field(default_factory=list)


class Standing(Closed):
    """What else stands on the day of the review: due, given back, refused, in which state."""

    object: str
    label: Text
    bearer: str
    outcome: str
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    confidence: Confidence
    provisions: list[str]
    gist: Text | None = Field(description="what the provision says on which it rests")
    missing: list[list[str]] = Field(default_factory=list)
    gaps: list[Gap] = Field(default_factory=list)
    refusal: Refusal | None = None


class ReviewDocument(Closed):
    """A review: `review/1`. The HTTP status is 200 whatever the outcome.

    `outcome` is about the day of the decision: what stands today makes nothing unlawful that was
    done then. `basis` is what had to be decided, `found` what rules find of the decision, `later`
    what follows from it as of today.
    """

    form: Literal["review/1"] = Field(alias="schema")
    id: str = Field(pattern="^sha256:[0-9a-f]{64}$")
    question: QuestionAsked
    as_of: str
    decided: Decided
    outcome: VERDICTS
    exit: Literal[0, 3]
    findings: list[Finding]
    overcharged: list[Overcharged]
    overpaid: list[Overpaid]
    periods: list[PeriodDocument]
    standing: list[Standing]
    provisions: list[Provision]
    found: UntracedDocument
    later: list[UntracedDocument]
    basis: DecisionDocument
