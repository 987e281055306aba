"""One line of JSON for each request: method, template of the path, status, duration; no content.

    {"method": "POST", "path": "/v1/decisions", "status": 200, "duration_us": 1840, …}

The path is the template and never what was asked for, and a failure is told by its type and the
lines of code it passed: messages of exceptions may quote what a client sent.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from time import perf_counter_ns
from typing import Final

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import failed

METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"))
GONE: Final = 499
"""In the log, for a client that left before its request was complete."""

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger("api")


def configure_logging() -> None:
    """Sends the log to stderr as JSON, and silences the server's own lines, which show paths."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.getLogger("uvicorn.access").disabled = True


class RequestLog:
    """Logs each request; what fails below becomes a problem of status 500 and goes no further."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = perf_counter_ns()
        status: int | None = None

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except ClientDisconnect:
            status = GONE
        except Exception as error:
            _log.error("failed", error=type(error).__name__, at=_lines(error))
            if status is None:
                await failed()(scope, receive, noting)
        _log.info(
            "request",
            method=scope["method"] if scope["method"] in METHODS else "other",
            path=getattr(scope.get("route"), "path_format", None),
            status=status,
            duration_us=(perf_counter_ns() - start) // 1000,
        )


def _lines(error: BaseException) -> list[str]:
    """Where a failure passed, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
