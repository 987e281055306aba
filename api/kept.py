"""Addresses of sealed answers that are kept: the answer, why, the letter, the seal, replay.

Decisions, reviews, assessments and entitlements have the same ones, each under its own name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from api.asked import (
    FORMAT,
    FORMATS,
    LANG,
    READER,
    ROW,
    Format,
    accepted,
    accepts,
    one_of,
    unknown,
)
from api.problems import not_kept, refused_record
from api.sealing import Office
from api.store.store import StoredRecord
from engine.decision.assessing.assess import NoSuchRow
from engine.decision.letter.html import letter_html
from engine.decision.letter.pdf import letter_pdf
from engine.decision.letter.saying import READERS
from engine.decision.letter.text import letter_text
from engine.decision.record.letters import notice_of_record
from engine.decision.record.problems import RecordError
from engine.decision.record.replay import known_at_of, replay
from engine.decision.words.paths_said import with_words
from engine.decision.words.text import draw
from engine.language.diagnostics import LANGUAGES

Documented = Callable[[str], dict[str, Any]]
"""How a problem is documented."""
Responses = dict[int | str, dict[str, Any]]
TRACE: Final = {"schema": {"$ref": "#/components/schemas/TraceNode"}}


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of answers that are kept: what one is called, at which address they are, in which
    form, and what documents it."""

    name: str
    path: str
    form: str
    model: str


KINDS: Final = (
    Kept("decision", "/v1/decisions", "decision/1", "DecisionDocument"),
    Kept("review", "/v1/reviews", "review/1", "ReviewDocument"),
    Kept("assessment", "/v1/assessments", "assessment/1", "AssessmentDocument"),
    Kept("entitlements", "/v1/entitlements", "entitlements/1", "EntitlementsDocument"),
)
BY_FORM: Final = {kind.form: kind for kind in KINDS}


def add_records(
    app: FastAPI, office: Office, turn: CapacityLimiter, problem: Documented, of: Kept
) -> None:
    """Adds the addresses of one kind. `turn`: one case is decided at a time."""
    kind = of.name
    gone: Responses = {404: problem(f"no such {kind} is kept")}
    answered = documented("application/json", of.model)
    at = f"{of.path}/{{id}}"
    rows = [ROW] if of.form == "assessment/1" else []

    async def kept(id: str) -> StoredRecord | None:
        found = await run_sync(office.store.record, id)
        is_one = found is not None and found.record.content["result"]["schema"] == of.form
        return found if is_one else None

    @app.get(at, summary=f"A {kind} that is kept", responses={**gone, **answered})
    async def get_decision(id: str) -> Response:
        found = await kept(id)
        if found is None:
            return not_kept(kind)
        return _told(found, found.record.content["result"])

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
        trace = trace_of(found.record.content["result"])
        if accepts(request, "text/plain"):
            told = with_words(draw(trace, lang), office.law.vocabulary, lang)
            return Response(f"{told}\n", media_type="text/plain; charset=utf-8")
        return JSONResponse(trace)

    @app.get(
        f"{at}/notice",
        summary=f"The letter of a {kind}",
        responses={
            **gone,
            422: problem("no such reader, language or format, or no letter"),
            200: {"content": {one.partition(";")[0]: {} for one in FORMATS.values()}},
        },
        openapi_extra={"parameters": [READER, LANG, FORMAT, *rows]},
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


def trace_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """Why an answer is what it is, as one tree; of rows the trees of all of them."""
    if "rows" in result:
        ask = str(result["question"]["ask"])
        children = [step for row in result["rows"] for step in row["trace"]]
        return {"kind": "rows", "text": {"zh": ask, "en": ask}, "children": children}
    trace: dict[str, Any] = (result.get("basis") or result)["trace"]
    return trace


def answer_of(found: StoredRecord, row: str | None = None) -> Response:
    """An answer as it was sealed, with the address under which it is kept; rows without why, which
    stands there, or one row alone with it; a row that is none is refused."""
    result = found.record.content["result"]
    if row is not None and row not in rows_of(result):
        return unknown("row", rows_of(result))
    if "rows" in result:
        rows = [
            one if row is not None else {name: one[name] for name in one if name != "trace"}
            for one in result["rows"]
            if row in (None, one.get("id"))
        ]
        result = {**result, "rows": rows}
    return _told(found, result)


def _told(found: StoredRecord, result: Mapping[str, Any]) -> Response:
    at = BY_FORM[result["schema"]].path
    return JSONResponse(result, headers={"Location": f"{at}/{found.id}"})


def rows_of(result: Mapping[str, Any]) -> tuple[str, ...]:
    """The units that an answer tells one by one."""
    return tuple(row["id"] for row in result.get("rows", ()) if "id" in row)


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
        row = request.query_params.get("row")
        letter = notice_of_record(found.record, reader=reader, lang=lang, row=row)
    except RecordError as error:
        return refused_record(error.problems)
    except NoSuchRow:
        return unknown("row", rows_of(found.record.content["result"]))
    written: Mapping[Format, Callable[[], bytes | str]] = {
        "json": lambda: json.dumps(letter.as_json(), ensure_ascii=False),
        "text": lambda: letter_text(letter),
        "html": lambda: letter_html(letter),
        "pdf": lambda: letter_pdf(letter),
    }
    return Response(written[format](), media_type=FORMATS[format])
