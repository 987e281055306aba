"""What `GET /metrics` tells (Prometheus): requests, how long they took, what was decided.

Nothing of a case is in it: labels are methods, templates of paths, statuses and outcomes.
"""

from __future__ import annotations

from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.log import METHODS

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counts of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "tiaoli_requests", "requests answered", ("method", "path", "status"),
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "tiaoli_request_seconds", "seconds that requests took", ("method", "path"),
            registry=self._registry,
        )  # fmt: skip
        self._decisions = Counter(
            "tiaoli_decisions", "cases decided", ("outcome",), registry=self._registry
        )

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """A request was answered."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, path, str(status)).inc()
        self._seconds.labels(known, path).observe(seconds)

    def decision(self, outcome: str) -> None:
        """A case was decided."""
        self._decisions.labels(outcome).inc()

    def text(self) -> bytes:
        """Everything so far, in the text format."""
        return generate_latest(self._registry)


class RequestMetrics:
    """Counts each request under the template of its path."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = perf_counter()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            path = getattr(scope.get("route"), "path_format", "other")
            self._metrics.request(scope["method"], path, status, perf_counter() - start)
