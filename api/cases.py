"""Addresses of cases that are kept: put, read, decided, chosen in; the audit trail; the counts."""

from __future__ import annotations

import json
from typing import Any, Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from api.asked import AFTER
from api.body import FORMATS, LIMIT, TooLarge, UnsupportedMediaType, read_body, read_format
from api.kept import Documented, Responses, answer_of, documented
from api.metrics import MEDIA_TYPE
from api.problems import (
    answer,
    errors_of_case,
    not_chosen,
    not_kept,
    too_large,
    unsupported_media_type,
)
from api.sealing import Office
from api.store.audit import FIRST, broken
from api.store.store import StoredCase, StoredRecord
from engine.decision.case.input import Format
from engine.decision.case.reading import CaseError, canonical_case, read_case
from engine.decision.choosing.choosing import choose
from engine.decision.choosing.precedents import compared, options_text
from engine.decision.deciding.open_points import ChoiceError, steps_of
from engine.language.diagnostics import Bilingual

CONTENT: Final[dict[str, Any]] = {"application/json": {"schema": {"type": "object"}}}
CASE: Final = {name: {"schema": {"$ref": "#/components/schemas/Case"}} for name in FORMATS}
NO_NUMBER: Final = Bilingual("after 不是记录的序号。", "after is not the number of an entry.")
CHOSEN_WRONG: Final = {"no-reasons": "/reasons", "no-such-point": "/point"}
"""Where a choice is wrong; else in its value."""
CHOSEN: Final[dict[str, Any]] = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["point", "value", "reasons"],
            "additionalProperties": False,
            "properties": {
                "point": {"type": "string"},
                "value": {"type": ["string", "boolean"]},
                "reasons": {"type": "string"},
                "by": {"type": "string"},
            },
        }
    }
}
CHOICE: Final = Bilingual(
    "point、value、reasons，可有 by", "point, value and reasons; by, if it is to be kept"
)


def add_cases(app: FastAPI, office: Office, turn: CapacityLimiter, problem: Documented) -> None:
    """Adds the addresses. `turn`: one case is decided at a time."""
    gone: Responses = {404: problem("no such case is kept")}
    bad: Responses = {
        413: problem(f"the body has more than {LIMIT} bytes"),
        415: problem("the body is of another media type"),
        422: problem("the body is no case"),
    }

    already: Responses = {200: {"description": "it is kept already", "content": CONTENT}}

    @app.post(
        "/v1/cases",
        summary="Keep a case",
        status_code=201,
        responses={**bad, **already},
        openapi_extra={"requestBody": {"required": True, "content": CASE}},
    )
    async def post_case(request: Request) -> Response:
        try:
            format = read_format(request)
            body = await read_body(request)
            return await run_sync(_keep, office, body, format, limiter=turn)
        except UnsupportedMediaType:
            return unsupported_media_type(FORMATS)
        except TooLarge:
            return too_large(LIMIT)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))

    @app.get("/v1/cases/{id}", summary="A case that is kept", responses=gone)
    async def get_case(id: str) -> Response:
        found = await run_sync(office.store.case, id)
        if found is None:
            return not_kept("case")
        return Response(
            found.content, media_type="application/json", headers={"ETag": f'"{found.id}"'}
        )

    @app.post(
        "/v1/cases/{id}/decisions",
        summary="Decide a case that is kept",
        responses={
            **gone,
            422: problem("the law of now does not read the case"),
            **documented("application/json", "DecisionDocument"),
        },
    )
    async def post_decision_of(id: str) -> Response:
        found = await run_sync(office.store.case, id)
        if found is None:
            return not_kept("case")
        try:
            decided = await run_sync(_decide_kept, office, found, limiter=turn)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))
        return answer_of(decided)

    @app.post(
        "/v1/cases/{id}/choices",
        summary="Record a choice and its reasons in a case that is kept",
        status_code=201,
        responses={**gone, **bad},
        openapi_extra={"requestBody": {"required": True, "content": CHOSEN}},
    )
    async def post_choice(id: str, request: Request) -> Response:
        found = await run_sync(office.store.case, id)
        if found is None:
            return not_kept("case")
        try:
            if read_format(request) != "json":
                raise UnsupportedMediaType
            body = await read_body(request)
            return await run_sync(_choose, office, found, body, limiter=turn)
        except UnsupportedMediaType:
            return unsupported_media_type(["application/json"])
        except TooLarge:
            return too_large(LIMIT)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))
        except ChoiceError as error:
            pointer = CHOSEN_WRONG.get(error.code, "/value")
            return not_chosen(error.code, error.message, CHOICE, pointer)


def _keep(office: Office, body: bytes, format: Format) -> Response:
    vocabulary = office.law.vocabulary
    content = canonical_case(read_case(body, vocabulary, format=format), vocabulary)
    id, is_new = office.store.put_case(content)
    headers = {"Location": f"/v1/cases/{id}"}
    return JSONResponse({"id": id}, status_code=201 if is_new else 200, headers=headers)


def _decide_kept(office: Office, found: StoredCase) -> StoredRecord:
    return office.decide(office.read(json.loads(found.content)))


def _choose(office: Office, found: StoredCase, body: bytes) -> Response:
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    names = {"point", "value", "reasons", "by"}
    if not isinstance(said, dict) or not {"point", "value"} <= said.keys() <= names:
        wrong = Bilingual("不是一项选择。", "This is no choice.")
        return not_chosen("not-a-choice", wrong, CHOICE)
    texts = (said["point"], said.get("reasons"), said.get("by"))
    if not all(one is None or isinstance(one, str) for one in texts) or not isinstance(
        said["value"], str | bool
    ):
        wrong = Bilingual("不是一项选择。", "This is no choice.")
        return not_chosen("not-a-choice", wrong, CHOICE)
    case = office.read(json.loads(found.content))
    made = choose(
        case,
        office.law,
        said["point"],
        said["value"],
        reasons=said.get("reasons"),
        by=said.get("by"),
    )
    content = canonical_case(made.case, office.law.vocabulary)
    office.read(content)  # what was said is held to what a case may hold
    id, _ = office.store.put_case(content, found)
    rule, options = str(made.point.rule), options_text(made.point.shown())
    like = compared(
        office.store.choices(rule, options, found.origin), rule, options, steps_of(made.point)
    )
    told = made.as_json() | {"case": id, "like_cases": like.as_json()}
    return JSONResponse(told, status_code=201, headers={"Location": f"/v1/cases/{id}"})


def add_audit(app: FastAPI, office: Office) -> None:
    """Adds the audit trail and the counts."""

    @app.get(
        "/v1/audit",
        summary="What was done, in order",
        openapi_extra={"parameters": [AFTER]},
    )
    async def get_audit(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 10):
            return not_chosen(
                "not-a-number", NO_NUMBER, Bilingual("序号", "the number of an entry")
            )
        number = int(after)
        found = await run_sync(office.store.audit, number)
        before = await run_sync(office.store.entry, number)
        previous = FIRST if before is None else before.hash
        told = {
            "entries": [one.as_json() for one in found],
            "broken_at": broken(found, previous, number),
        }
        return JSONResponse(told)

    @app.get("/metrics", summary="Counts, for Prometheus", response_class=PlainTextResponse)
    async def get_metrics() -> Response:
        return Response(office.metrics.text(), media_type=MEDIA_TYPE)
