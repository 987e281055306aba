"""What `POST /v1/assessments` takes and answers, for the OpenAPI document: `assessment/1`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from api.documents import (
    OUTCOMES,
    BandDocument,
    Closed,
    PartDocument,
    Provision,
    QuestionAsked,
    Refusal,
    TraceNode,
    VersionChosen,
    Warned,
)

ROW: Final[list[dict[str, object]]] = [
    {
        "name": "row",
        "in": "query",
        "required": False,
        "description": "one row only, with its trace; an id that is none is refused",
        "schema": {"type": "string"},
    }
]


class Standing(Closed):
    """A state or a duty of a row, or of somebody who belongs to it."""

    object: str
    bearer: str
    period: str | None
    details: dict[str, str | None]
    rules: list[str]


class Due(Closed):
    """What somebody who belongs to a row has to pay."""

    object: str
    bearer: str
    period: str | None
    low: str | None
    high: str | None


class Open(Closed):
    """What can not be told yet, and the facts that would tell it."""

    object: str
    bearer: str
    period: str | None
    bands: list[BandDocument]
    missing: list[list[str]]


class Refused(Closed):
    """What the text has no number or no basis for."""

    object: str
    bearer: str
    period: str | None
    reason: Refusal | None


class Row(Closed):
    """An entity: its rank in each period (null: open), what stands, is due, open or refused."""

    id: str
    panel: str | None
    ranks: dict[str, str | None]
    marks: dict[str, list[str | None]]
    standing: list[Standing]
    money: list[Due]
    open: list[Open]
    refused: list[Refused]
    trace: list[TraceNode] = Field(default_factory=list)


class Total(Closed):
    """What is due of a kind in all rows."""

    object: str
    low: str
    high: str


class AssessmentDocument(Closed):
    """`assessment/1`: one decision, told as a row for each entity."""

    form: Literal["assessment/1"] = Field(alias="schema")
    id: str = Field(pattern="^sha256:[0-9a-f]{64}$")
    question: QuestionAsked
    as_of: str
    outcome: OUTCOMES
    exit: Literal[0, 3, 4, 5]
    decision: str = Field(description="the id of the decision that is told here")
    periods: list[str]
    rows: list[Row]
    others: list[PartDocument]
    totals: list[Total]
    missing: list[list[str]]
    illustrative: list[str] = Field(description="papers whose figures are examples")
    warnings: list[Warned]
    versions: list[VersionChosen]
    provisions: list[Provision]
