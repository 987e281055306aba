"""An amount in whole fen: by the rounding that its text declares, or both ways for want of one.

An instrument declares its rounding (`rounding: {to: yuan, mode: half-up}`). Where none does and a
fraction of a fen is left, down and up are two readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.decision.worlds.explore import Visited
from engine.inference.program import ProgramRule
from engine.values.intervals import Choice, Interval
from engine.values.money import Money, Rounding, RoundingMode, payable

BOTH_WAYS: Final[tuple[RoundingMode, ...]] = ("down", "up")
POINT: Final = ":rounding@"
"""Stands in the name of the choice point: `9/third:rounding@ann`."""


def rounded(interval: Interval, standing: Sequence[Visited], bearer: str) -> tuple[Interval, ...]:
    """The band of an amount in what can be paid; another value is returned as it is."""
    ends = [end for end in (interval.low, interval.high) if isinstance(end, Money)]
    rules = _rules(standing) if ends else []
    if not rules:
        return (interval,)
    declared = next((one for _, one in rules if one is not None), None)
    if declared is not None:
        return (_with(interval, declared),)
    if all(end.is_whole_fen for end in ends):
        return (interval,)
    point = f"{rules[0][0].called}{POINT}{bearer}"
    return tuple(
        replace(
            _with(interval, Rounding(mode, 1)),
            choices=(*interval.choices, Choice(point, "reading", mode)),
        )
        for mode in BOTH_WAYS
    )


def _rules(standing: Sequence[Visited]) -> list[tuple[ProgramRule, Rounding | None]]:
    """The rules that the amount rests on, by name, each with the rounding of its text."""
    found: list[tuple[ProgramRule, Rounding | None]] = []
    for visited in standing:
        world = visited.result.world
        for index in visited.result.rules if world is not None else ():
            program = world.setting.program
            rule = program.rules[index]
            version = program.versions.get(rule.version)
            found.append((rule, None if version is None else version.rounding))
    return sorted(found, key=lambda one: one[0].rule.name)


def _with(interval: Interval, rounding: Rounding) -> Interval:
    low, high = (
        payable(end, rounding) if isinstance(end, Money) else end
        for end in (interval.low, interval.high)
    )
    return replace(interval, low=low, high=high)
