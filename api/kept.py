"""Addresses of sealed answers that are kept: the answer, why, the letter, the seal, replay.

Decisions and reviews have the same ones, each under its own name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Literal

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from api.asked import (
    FORMAT,
    FORMATS,
    LANG,
    LANGUAGES,
    READER,
    Format,
    accepted,
    accepts,
    one_of,
    unknown,
)
from api.problems import not_kept, refused_record
from api.sealing import Office
from api.store.store import StoredRecord
from engine.decision.letter.html import letter_html
from engine.decision.letter.pdf import letter_pdf
from engine.decision.letter.saying import READERS
from engine.decision.letter.sealed import notice_of_record
from engine.decision.letter.text import letter_text
from engine.decision.record_problems import RecordError
from engine.decision.replay import known_at_of, replay
from engine.decision.text import draw

Documented = Callable[[str], dict[str, Any]]
"""How a problem is documented."""
Responses = dict[int | str, dict[str, Any]]
TRACE: Final = {"schema": {"$ref": "#/components/schemas/TraceNode"}}


Kind = Literal["decision", "review"]
FORMS: Final[dict[Kind, str]] = {"decision": "decision/1", "review": "review/1"}
MODELS: Final[dict[Kind, str]] = {"decision": "DecisionDocument", "review": "ReviewDocument"}


def add_records(
    app: FastAPI, office: Office, turn: CapacityLimiter, problem: Documented, kind: Kind
) -> None:
    """Adds the addresses of one kind. `turn`: one case is decided at a time."""
    gone: Responses = {404: problem(f"no such {kind} is kept")}
    answered = documented("application/json", MODELS[kind])
    at = f"/v1/{kind}s/{{id}}"

    async def kept(id: str) -> StoredRecord | None:
        found = await run_sync(office.store.record, id)
        is_one = found is not None and found.record.content["result"]["schema"] == FORMS[kind]
        return found if is_one else None

    @app.get(at, summary=f"A {kind} that is kept", responses={**gone, **answered})
    async def get_decision(id: str) -> Response:
        found = await kept(id)
        return not_kept(kind) if found is None else answer_of(found)

    @app.get(
        f"{at}/record",
        summary=f"The sealed {kind}, to be verified anywhere",
        responses=gone,
    )
    async def get_record(id: str) -> Response:
        found = await kept(id)
        if found is None:
            return not_kept(kind)
        return Response(found.record.as_bytes(), media_type="application/json")

    @app.get(
        f"{at}/trace",
        summary=f"Why: the steps of a {kind}",
        responses={
            **gone,
            422: problem("no such language"),
            200: {"content": {"application/json": TRACE, "text/plain": {}}},
        },
        openapi_extra={"parameters": [LANG]},
    )
    async def get_trace(id: str, request: Request) -> Response:
        lang = one_of(request, "lang", LANGUAGES)
        found = await kept(id)
        if found is None:
            return not_kept(kind)
        if lang is None:
            return unknown("lang", LANGUAGES)
        result = found.record.content["result"]
        trace = result["trace"] if kind == "decision" else result["basis"]["trace"]
        if accepts(request, "text/plain"):
            return Response(f"{draw(trace, lang)}\n", media_type="text/plain; charset=utf-8")
        return JSONResponse(trace)

    @app.get(
        f"{at}/notice",
        summary=f"The letter of a {kind}",
        responses={
            **gone,
            422: problem("no such reader, language or format, or no letter"),
            200: {"content": {one.partition(";")[0]: {} for one in FORMATS.values()}},
        },
        openapi_extra={"parameters": [READER, LANG, FORMAT]},
    )
    async def get_notice(id: str, request: Request) -> Response:
        found = await kept(id)
        if found is None:
            return not_kept(kind)
        return await run_sync(partial(_notice, found, request))

    @app.get(
        f"{at}/replay",
        summary="Decide again, and compare byte for byte",
        responses={**gone, 422: problem("it cannot be replayed")},
    )
    async def get_replay(id: str) -> Response:
        found = await kept(id)
        if found is None:
            return not_kept(kind)
        if known_at_of(found.record) != office.law.known_at:
            return unknown("known_at", (str(office.law.known_at),))
        try:
            again = partial(replay, found.record, office.law, office.inputs)
            replayed = await run_sync(again, limiter=turn)
        except RecordError as error:
            return refused_record(error.problems)
        return JSONResponse(replayed.as_json())


def documented(media_type: str, model: str) -> Responses:
    """How an answer is documented."""
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {200: {"content": {media_type: {"schema": schema}}}}


def answer_of(found: StoredRecord) -> Response:
    """An answer as it was sealed, with the address under which it is kept."""
    result = found.record.content["result"]
    kind = next(kind for kind, form in FORMS.items() if form == result["schema"])
    return JSONResponse(result, headers={"Location": f"/v1/{kind}s/{found.id}"})


def _notice(found: StoredRecord, request: Request) -> Response:
    reader, lang = one_of(request, "reader", READERS), one_of(request, "lang", LANGUAGES)
    format = one_of(request, "format", tuple(FORMATS), accepted(request))
    if reader is None:
        return unknown("reader", READERS)
    if lang is None:
        return unknown("lang", LANGUAGES)
    if format is None:
        return unknown("format", tuple(FORMATS))
    try:
        letter = notice_of_record(found.record, reader=reader, lang=lang)
    except RecordError as error:
        return refused_record(error.problems)
    written: Mapping[Format, Callable[[], bytes | str]] = {
        "json": lambda: json.dumps(letter.as_json(), ensure_ascii=False),
        "text": lambda: letter_text(letter),
        "html": lambda: letter_html(letter),
        "pdf": lambda: letter_pdf(letter),
    }
    return Response(written[format](), media_type=FORMATS[format])
