"""What the runner needs of an engine to put it beside the others.

An engine is measured from plain data in memory, in the form that it takes. `read` makes of it what
the engine decides, `decide` comes to the answer and records its trace, `tell` gives both as plain
data. `plain` and `charges` are never timed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.couples import Couple

Charges = dict[str, int]
"""What each parent owes, in fen."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One engine, its law already loaded. What `read` gives may be decided only once."""

    plain: Callable[[Couple], Any]
    read: Callable[[Any], Any]
    decide: Callable[[Any], Any]
    tell: Callable[[Any], Any]
    charges: Callable[[Any], Charges]
