"""The seal of a result: its canonical JSON, and the id that is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: Mapping[str, Any]) -> bytes:
    """The canonical JSON of a result, as RFC 8785 has it.

    A result holds no floating-point number and only ASCII keys; for such content the compact form
    of the standard library, with keys in order, is the canonical one (a test holds the two equal).
    """
    return canonical_text(content).encode()


def canonical_text(value: object) -> str:
    """The canonical JSON of any part of a result."""
    return _ENCODER.encode(value)


def id_of(content: Mapping[str, Any], known: Mapping[str, str] | None = None) -> str:
    """The id of a result. `known`: canonical JSON of values that is there already, by their keys.

    >>> content = {"a": 1, "b": ["x"], "c": None}
    >>> id_of(content) == id_of(content, {"b": '["x"]'})
    True
    """
    known = known or {}
    pieces: list[str] = []
    run: dict[str, Any] = {}
    for key in sorted(content):
        if key not in known:
            run[key] = content[key]
            continue
        if run:
            pieces.append(canonical_text(run)[1:-1])
            run = {}
        pieces.append(f"{canonical_text(key)}:{known[key]}")
    if run:
        pieces.append(canonical_text(run)[1:-1])
    return "sha256:" + sha256(f"{{{','.join(pieces)}}}".encode()).hexdigest()
