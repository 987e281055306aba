"""The body of a request as bytes, never more of it than a case may have.

    format, body = read_format(request), await read_body(request)

What is too large or of another form raises before anything is parsed.
"""

from __future__ import annotations

from email.message import Message
from typing import Final

from starlette.requests import Request

from engine.decision.case.input import Format
from engine.language.source import CASE

LIMIT: Final = CASE.size
"""Bytes of a case; the reader of cases has the same bound."""

PATIENCE: Final = 32 * LIMIT
"""Bytes of a body too large that are thrown away unread before the answer.

A client that still writes does not read: an answer and a closed connection would reach it as a
broken one. Beyond this it must do with that.
"""

FORMATS: Final[dict[str, Format]] = {"application/json": "json", "application/yaml": "yaml"}
"""The media types of a case (RFC 8259, RFC 9512)."""


class TooLarge(Exception):
    """The body has more than `LIMIT` bytes."""


class UnsupportedMediaType(Exception):
    """The body is of no media type of `FORMATS`, of another charset, or compressed."""


def read_format(request: Request) -> Format:
    """The form of the body by its `Content-Type`. Raises UnsupportedMediaType."""
    said = Message()
    said["Content-Type"] = request.headers.get("content-type", "application/octet-stream")
    charset = str(said.get_param("charset", "utf-8")).lower()
    coding = request.headers.get("content-encoding", "identity").lower()
    format = FORMATS.get(said.get_content_type())
    if format is None or charset not in ("utf-8", "utf8") or coding != "identity":
        raise UnsupportedMediaType
    return format


async def read_body(request: Request) -> bytes:
    """The body. Raises TooLarge as soon as it says or turns out to be so: nothing of it is kept."""
    declared = request.headers.get("content-length", "")
    size = int(declared) if declared.isascii() and declared.isdigit() else 0
    # Who asks before sending (`Expect: 100-continue`) has not sent anything yet.
    if size > PATIENCE or (size > LIMIT and "expect" in request.headers):
        raise TooLarge
    received = 0
    parts: list[bytes] = []
    async for part in request.stream():
        received += len(part)
        if received > PATIENCE:
            break
        if max(size, received) > LIMIT:
            parts.clear()
        else:
            parts.append(part)
    if max(size, received) > LIMIT:
        raise TooLarge
    return b"".join(parts)
