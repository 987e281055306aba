"""What `POST /v1/decisions` takes and gives, for the OpenAPI document.

`case_schema` follows the vocabulary: its sections, its facts with their labels, its questions. It
shows the form; what is right in a case, the engine says. `DecisionDocument` is `decision/1`.
"""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.problems import Text
from engine.law.vocabulary import Kind, Vocabulary

Json = dict[str, object]

OUTCOMES = Literal["determined", "undetermined", "refused", "not_applicable"]

_ID: Final = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$"}


class _Part(BaseModel):
    """A part of `decision/1`: what is not named here is not in it."""

    model_config = ConfigDict(extra="forbid")


class QuestionAsked(_Part):
    """What was asked, and about which entities."""

    ask: str
    about: list[str]


class Choice(_Part):
    """A choice that leads to a band: of the authority, of a reading, or in a range."""

    point: str
    kind: Literal["may", "reading", "range"]
    value: bool | str | list[str]


class BandDocument(_Part):
    """What is lawful for one payer: amounts in yuan, both ends included."""

    payer: str
    low: str
    high: str
    certain: bool
    choices: list[Choice]


class Conclusion(BaseModel):
    """What is concluded. An answer about permission has its grounds, bars and the next change."""

    model_config = ConfigDict(extra="allow")

    effect: str
    object: str | None = None
    value: JsonValue = None


class PartDocument(BaseModel):
    """What the case comes to for one bearer."""

    model_config = ConfigDict(extra="allow")

    bearer: str
    outcome: OUTCOMES
    confidence: str
    conclusions: list[Conclusion] = []
    bands: list[BandDocument] = []
    missing: list[list[str]] = []


class Warned(BaseModel):
    """Something the reader must know."""

    model_config = ConfigDict(extra="allow")

    code: str
    text: Text


class VersionChosen(BaseModel):
    """Which version of which instrument governs what, and why."""

    model_config = ConfigDict(extra="allow")

    instrument: str
    version: str
    governs: str
    because: Json
    passed_over: list[JsonValue]


class DecisionDocument(_Part):
    """A decision: `decision/1`. The HTTP status is 200 whatever the outcome."""

    form: Literal["decision/1"] = Field(alias="schema")
    id: str = Field(pattern="^sha256:[0-9a-f]{64}$")
    question: QuestionAsked
    outcome: OUTCOMES
    exit: Literal[0, 3, 4, 5]
    parts: list[PartDocument]
    conclusions: list[Conclusion]
    bands: list[BandDocument]
    missing: list[list[str]]
    provisions: list[JsonValue]
    conflicts: list[JsonValue]
    warnings: list[Warned]
    versions: list[VersionChosen]
    trace: Json


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
