"""How long decisions take, engine beside engine.

The engines take turns, a block of couples each, so that a slow spell of the machine falls on all.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns

from bench.contender import Contender
from bench.couples import Couple

BLOCK = 50


@dataclass(frozen=True, slots=True)
class Spans:
    """Nanoseconds for each couple: from plain data to the answer with its trace recorded, the part
    of it that is `decide` alone; and, decided once more, the whole way to the answer and its trace
    as plain data."""

    decision: list[int] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)


def percentiles(spans: Sequence[int]) -> dict[str, float]:
    """The median and the 99th percentile (nearest rank) of nanoseconds, in microseconds.

    >>> percentiles([1000 * n for n in range(1, 101)])
    {'p50': 50.0, 'p99': 99.0}
    """
    ordered = sorted(spans)

    def rank(percent: int) -> int:
        return -(-len(ordered) * percent // 100) - 1

    return {f"p{percent}": round(ordered[rank(percent)] / 1000, 1) for percent in (50, 99)}


def measure(contenders: Mapping[str, Contender], couples: Sequence[Couple]) -> dict[str, Spans]:
    """The spans of each contender over all couples."""
    spans = {name: Spans() for name in contenders}
    # What is loaded by now stays; without this, one engine's law would slow the collections that
    # another one's garbage sets off.
    gc.collect()
    gc.freeze()
    for first in range(0, len(couples), BLOCK):
        for name, contender in contenders.items():
            block = couples[first : first + BLOCK]
            # Apart, for what comes between two decisions would be paid by the second of them.
            for time in (_time_decisions, _time_whole_ways):
                gc.collect()
                time(contender, block, spans[name])
    return spans


def _time_decisions(contender: Contender, couples: Sequence[Couple], spans: Spans) -> None:
    for couple in couples:
        plain = contender.plain(couple)
        began = perf_counter_ns()
        case = contender.read(plain)
        ready = perf_counter_ns()
        contender.decide(case)
        decided = perf_counter_ns()
        spans.decision.append(decided - began)
        spans.alone.append(decided - ready)


def _time_whole_ways(contender: Contender, couples: Sequence[Couple], spans: Spans) -> None:
    for couple in couples:
        plain = contender.plain(couple)
        began = perf_counter_ns()
        contender.tell(contender.decide(contender.read(plain)))
        spans.whole.append(perf_counter_ns() - began)
