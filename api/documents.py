"""What `POST /v1/decisions` takes and gives, for the OpenAPI document.

`case_schema` follows the vocabulary: its sections, its facts with their labels, its questions. It
shows the form; what is right in a case, the engine says. `DecisionDocument` is `decision/1`.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.problems import Text
from engine.language.ruleset import Confidence
from engine.law.vocabulary import Kind, Vocabulary

Json = dict[str, object]

OUTCOMES = Literal["determined", "undetermined", "refused", "not_applicable"]

_ID: Final = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$"}


class Closed(BaseModel):
    """A part of `decision/1`: what is not named here is not in it."""

    model_config = ConfigDict(extra="forbid")


class _Open(BaseModel):
    """A part whose further keys depend on its kind."""

    model_config = ConfigDict(extra="allow")


class QuestionAsked(Closed):
    """What was asked, and about which entities."""

    ask: str
    about: list[str]


class Choice(Closed):
    """A choice that leads to a band: of the authority, of a reading, or in a range."""

    point: str
    kind: Literal["may", "reading", "range"]
    value: bool | str | list[str]
    factors: list[Text] = Field(default=[], description="what the law names to be considered")


class BandDocument(Closed):
    """What is lawful for one payer or bearer, both ends included; null: not known.

    Ends are amounts in yuan, steps of a ladder, days, or periods as in ISO 8601 (`P98D`).
    """

    payer: str | None = Field(default=None, description="who pays, of a charge")
    bearer: str | None = Field(default=None, description="whom it concerns, of all else")
    aspect: str = Field(description="what is in the band: amount, measure, period, start, …")
    low: str | None
    high: str | None
    certain: bool
    choices: list[Choice]


class Conclusion(Closed):
    """What is concluded. An answer about permission has its grounds, bars and the next change."""

    effect: str
    object: str | None
    value: JsonValue
    grounds: list[str] = []
    bars: list[str] = []
    postponed: list[str] = []
    changes: str | None = Field(
        default=None, alias="from", description="first day on which the answer is another"
    )
    details: dict[str, str | None] = Field(
        default={}, description="each aspect that has one value: who, from when, how long"
    )
    lapsed: str | None = Field(default=None, description="how far a lapse ended it")
    then: Text | None = Field(default=None, description="what follows when a period has run out")


class Gap(_Open):
    """A part of the law whose text is not known, and which the answer needs."""

    kind: str


class Conflict(Closed):
    """Rules that contradict each other about a name."""

    name: str
    rules: list[str]


class RecordedChoice(Closed):
    """A choice that the case records; `open`: the law allows it in this case. One that it does not
    allow has no effect, and a warning says why."""

    point: str
    value: bool | str | list[str]
    by: str | None
    reasons: str | None
    open: bool
    rule: str | None = Field(description="the rule that leaves the choice, by full name")


class Refusal(Closed):
    """Why nothing can be concluded, and the rule that says so."""

    zh: str
    en: str
    rule: str | None


class CandidateLaw(Closed):
    """A candidate law that was compared: its name, what it comes to, and whether it was taken."""

    law: dict[str, str]
    results: list[str]
    taken: bool
    together: dict[str, list[str]] = Field(
        default={},
        description="conclusions for which one law is taken as a whole: what they would come to",
    )


class PartDocument(Closed):
    """What the case comes to for one bearer."""

    bearer: str
    object: str | None = Field(default=None, description="the conclusion that the part is about")
    outcome: OUTCOMES
    confidence: Confidence
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    laws: list[CandidateLaw] = Field(default=[], description="candidate laws that were compared")
    rules: list[str] = Field(description="the rules on which it rests directly, by full name")
    missing: list[list[str]] = Field(
        default=[], description="the smallest sets of unknown facts that settle the part"
    )
    not_minimal: bool = False
    not_followed: bool = Field(
        default=False,
        description="more is possible than was followed: what was not followed settles nothing",
    )
    find_first: list[str] = Field(
        default=[],
        description="where not everything was followed: facts, that most rests on first",
    )
    law_not_told: bool = Field(
        default=False,
        description="which law governs cannot be told: once it can, more may be missing",
    )
    gaps: list[Gap] = []
    conflicts: list[Conflict] = []
    refusal: Refusal | None = None


class Provision(Closed):
    """A rule that the answer rests on."""

    instrument: str
    version: str
    article: str
    rule: str
    gist: Text | None
    confidence: Confidence
    sources: list[str]


class FigureTaken(Closed):
    """A figure from one source, and why it was taken or passed over."""

    value: str
    source: str
    survey: str | None
    confidence: Confidence
    evidence: list[str]
    because: Text


class FigureRead(Closed):
    """A figure that the result read: by its key, from which source, what was passed over."""

    path: str
    taken: list[FigureTaken]
    passed_over: list[FigureTaken]


class Warned(_Open):
    """Something the reader must know."""

    code: str
    text: Text


class Because(Closed):
    """The connecting rule and the day that choose a version."""

    rule: str
    date: str


class PassedOver(Closed):
    """A version that was not chosen."""

    version: str
    reason: str


class VersionChosen(Closed):
    """Which version of which instrument governs which effects, and why."""

    instrument: str
    title: Text
    version: str
    governs: str
    effects: list[str]
    because: Because
    place: str
    passed_over: list[PassedOver]


class TraceNode(_Open):
    """A step of the reasoning, with those it rests on. Its kind says which further keys it has."""

    kind: str
    text: Text
    children: list[TraceNode] = []


class UntracedDocument(Closed):
    """A decision without its trace, as a review holds those that follow from what it reviews."""

    form: Literal["decision/1"] = Field(alias="schema")
    id: str = Field(pattern="^sha256:[0-9a-f]{64}$")
    question: QuestionAsked
    as_of: str
    outcome: OUTCOMES
    exit: Literal[0, 3, 4, 5]
    parts: list[PartDocument]
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    missing: list[list[str]]
    gaps: list[Gap]
    conflicts: list[Conflict]
    choices: list[RecordedChoice]
    provisions: list[Provision]
    figures: list[FigureRead]
    warnings: list[Warned]
    versions: list[VersionChosen]


class DecisionDocument(UntracedDocument):
    """A decision: `decision/1`. The HTTP status is 200 whatever the outcome."""

    trace: TraceNode


def case_schema(vocabulary: Vocabulary) -> Json:
    """The JSON schema (draft 2020-12) of `case/1` in the words of a vocabulary."""
    listings = {
        kind.section: _section(kind, vocabulary)
        for kind in vocabulary.kinds.values()
        if kind.section is not None
    }
    return {
        "type": "object",
        "required": ["schema", "as_of", "question"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": "case/1"},
            "reference": {"type": "string", "description": "opaque, nothing personal"},
            "as_of": {"type": "string", "format": "date"},
            "question": {
                "type": "object",
                "required": ["ask", "about"],
                "additionalProperties": False,
                "properties": {
                    "ask": {"enum": list(vocabulary.questions)},
                    "about": {"type": "array", "items": _ID},
                },
            },
            # Sections that every case may have empty; a kind of that name says more.
            "decisions": {"type": "object"},
            "payments": {"type": "object"},
            **listings,
            "evidence": {"type": "object", "additionalProperties": {"type": "object"}},
            "statistics": {"type": "array", "items": {"type": "object"}},
            "settings": {"type": "object"},
            "choices": {"type": "array", "items": {"type": "object"}},
        },
    }


def _section(kind: Kind, vocabulary: Vocabulary) -> Json:
    """The entities of a kind by their ids, and whether all are listed."""
    prefix = f"{kind.name}."
    facts = {
        key.removeprefix(prefix): {"description": f"{fact.info.zh} · {fact.info.en}"}
        for key, fact in vocabulary.facts.items()
        if key.startswith(prefix)
    }
    listed: Json = {} if kind.listed is None else {kind.listed: {"enum": ["all", "some"]}}
    return {
        "type": "object",
        "description": f"{kind.label.zh} · {kind.label.en}",
        "properties": listed,
        "additionalProperties": {
            "type": "object",
            "properties": facts,
            "additionalProperties": False,
        },
    }
