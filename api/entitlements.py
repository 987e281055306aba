"""`POST /v1/entitlements`: what a family is entitled to over years, in the form `entitlements/1`.

The body is a case that asks for entitlements; `from` and `to` are the first and last day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final, TypeAlias

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import Field

from api.body import FORMATS, LIMIT, TooLarge, UnsupportedMediaType, read_body, read_format
from api.documents import (
    OUTCOMES,
    Closed,
    Gap,
    QuestionAsked,
    Refusal,
    TraceNode,
    VersionChosen,
)
from api.kept import answer_of
from api.problems import (
    Text,
    answer,
    errors_of_case,
    not_chosen,
    too_large,
    unsupported_media_type,
)
from api.sealing import Office
from api.store.store import StoredRecord
from engine.decision.case.input import Format
from engine.decision.case.reading import CaseError, read_case
from engine.decision.entitlements.entitlements import PeriodError, QuestionError, years_of
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Confidence

Documented: TypeAlias = Callable[[str], dict[str, Any]]

PATH: Final = "/v1/entitlements"


class Ends(Closed):
    """An aspect that is no single value: both ends, null where an end is not known."""

    aspect: str
    low: str | None
    high: str | None


class Granting(Closed):
    """A rule on which a row rests; of a sum, what it adds."""

    rule: str
    title: Text
    version: str
    article: str
    gist: Text | None
    confidence: Confidence
    sources: list[str]
    gives: str | None


class Followed(Closed):
    """A field that the case does not state, and what was taken for it."""

    path: str
    text: Text


class Row(Closed):
    """One benefit for one bearer, from its first day to its last."""

    bearer: str
    object: str | None
    label: Text
    outcome: OUTCOMES
    since: str = Field(alias="from")
    until: str
    open_end: bool = Field(description="it lasts for a time of which no last day is known")
    place: str | None = Field(description="the place by whose law it is given")
    amount: str | None
    per: str | None
    least: str | None
    total: str | None
    duration: str | None
    days: str | None
    start: str | None
    end: str | None
    payer: str | None
    authority: str | None
    papers: str | None
    apply_by: str | None
    bands: list[Ends]
    provisions: list[Granting]
    confidence: Confidence
    missing: list[list[str]]
    gaps: list[Gap]
    refusal: Refusal | None
    no_amount: bool = Field(description="refused only in that the text has no amount")
    followed: list[Followed]
    expected: bool = Field(description="later than the case: so it would be, all else equal")
    trace: list[TraceNode] = Field(default_factory=list)


class Later(Closed):
    """A benefit that began within the years."""

    object: str
    label: Text
    since: str
    title: Text


class NotFollowed(Closed):
    """Days of which too much is possible: they were not looked at."""

    about: str
    since: str = Field(alias="from")
    until: str


class EntitlementsDocument(Closed):
    """`entitlements/1`."""

    schema_: str = Field(alias="schema")
    id: str
    question: QuestionAsked
    as_of: str
    since: str = Field(alias="from")
    until: str
    rows: list[Row]
    later: list[Later]
    not_followed: list[NotFollowed]
    unproved: list[str] = Field(description="facts without the paper that a benefit asks for")
    versions: list[VersionChosen] = Field(default_factory=list)


DAYS: Final[list[dict[str, Any]]] = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": f"the {which} day",
        "schema": {"type": "string", "format": "date"},
    }
    for name, which in (("from", "first"), ("to", "last"))
]


def add_entitlements(
    app: FastAPI, office: Office, turn: CapacityLimiter, problem: Documented, schema: dict[str, str]
) -> None:
    """Adds the address. `turn`: one case is decided at a time; `schema`: that of the answer."""
    content = {"application/json": {"schema": schema}}
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "the rows, whatever their outcome", "content": content},
        413: problem(f"the body has more than {LIMIT} bytes"),
        415: problem("the body is of another media type"),
        422: problem("the body is no case, or the days are none"),
    }
    body = {media_type: {"schema": {"$ref": "#/components/schemas/Case"}} for media_type in FORMATS}

    @app.post(
        PATH,
        summary="What a family is entitled to over years, and keep the answer",
        responses=responses,
        openapi_extra={"requestBody": {"required": True, "content": body}, "parameters": DAYS},
    )
    async def post_entitlements(request: Request) -> Response:
        try:
            first, last = (_day(request.query_params.get(name)) for name in ("from", "to"))
            format = read_format(request)
            read = await read_body(request)
            work = partial(_kept, read, format, office, first, last)
            return answer_of(await run_sync(work, limiter=turn))
        except UnsupportedMediaType:
            return unsupported_media_type(FORMATS)
        except TooLarge:
            return too_large(LIMIT)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))
        except QuestionError:
            return not_chosen(
                "not-asked",
                Bilingual("案件问的不是待遇。", "The case does not ask what one is entitled to."),
                Bilingual("ask: entitlements", "ask: entitlements"),
            )
        except (PeriodError, ValueError):
            return not_chosen(
                "not-a-period",
                Bilingual("from、to 不是先后两个日期。", "from and to are not two days in order."),
                Bilingual("2025-01-01 这样的日期", "days such as 2025-01-01"),
            )


def _day(text: str | None) -> date | None:
    """A day of the query; ValueError if it is none."""
    return None if text is None else date.fromisoformat(text)


def _kept(
    body: bytes, format: Format, office: Office, first: date | None, last: date | None
) -> StoredRecord:
    case = read_case(body, office.law.vocabulary, format=format)
    window = years_of(case, office.law, first, last)
    return office.decide(case, "entitlements/1", window)
