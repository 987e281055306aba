"""The check of a text of law that is being written, over HTTP.

    POST /v1/rulesets/check                      # a file, as YAML
    POST /v1/rulesets/check?instrument=cn/library&version=2001-01-01

It is checked as if it stood in the folder of rulesets; nothing is kept.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from api.body import FORMATS, LIMIT, TooLarge, UnsupportedMediaType, read_body, read_format
from api.openapi import problem_answer
from api.problems import Text, not_chosen, too_large, unsupported_media_type
from engine.language.diagnostics import Bilingual, Severity, as_json
from engine.law.check_path import check_source

PATH: Final = "/v1/rulesets/check"


class DiagnosticEntry(BaseModel):
    """One problem of a text: where, what is wrong, what to do."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    rule: str | None
    message: Text
    remedy: Text


def add_check(app: FastAPI, rulesets: Path) -> None:
    """Adds the address. A check takes seconds: one at a time, and no case waits for it."""
    turn = CapacityLimiter(1)
    responses: dict[int | str, dict[str, Any]] = {
        413: problem_answer(f"the body has more than {LIMIT} bytes"),
        415: problem_answer("the body is of another media type"),
        422: problem_answer("no instrument or version can have such a name"),
    }
    body = {media_type: {"schema": {"type": "string"}} for media_type in ("application/yaml",)}

    @app.post(
        PATH,
        summary="Check a text of law: every problem at once",
        response_model=list[DiagnosticEntry],
        responses=responses,
        openapi_extra={
            "requestBody": {"required": True, "content": body},
            "parameters": [
                _parameter("instrument", "whose text it is; else as it says"),
                _parameter("version", "which of its versions; else its first day"),
            ],
        },
    )
    async def post_check(request: Request) -> Response:
        asked = request.query_params
        instrument, version = asked.get("instrument"), asked.get("version")
        try:
            read_format(request)
            read = await read_body(request)
            work = partial(check_source, read, instrument, version, rulesets)
            found = await run_sync(work, limiter=turn)
        except UnsupportedMediaType:
            return unsupported_media_type(FORMATS)
        except TooLarge:
            return too_large(LIMIT)
        except ValueError:
            return not_chosen(
                "not-a-name",
                Bilingual(
                    "instrument 或者 version 不能作名称。",
                    "instrument or version cannot be a name.",
                ),
                Bilingual(
                    "cn/library、2001-01-01 这样的名称", "names such as cn/library and 2001-01-01"
                ),
            )
        return JSONResponse([as_json(one) for one in found])


def _parameter(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
    }
