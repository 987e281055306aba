"""All that was lawful, held against one value: lawful, unlawful, or open.

    ways = ways_of(part)                # one for each completion of the unknown and each reading
    judged(ways, Money.yuan("63000"))   # True in all of them, False in none, else None

What is lawful by any power or inside any range counts. A way that lacks a fact or a text allows no
telling; nor does a value that is lawful under one reading of a text and not under another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from engine.decision.deciding.part import Part
from engine.decision.worlds.explore import Explored
from engine.decision.worlds.options import Choices, LeafOptions
from engine.values.intervals import Interval
from engine.values.money import Money


@dataclass(frozen=True, slots=True)
class Way:
    """What is lawful in one completion under one reading.

    `telling`: nothing that decides is lacking; `exact`: the ends are known, not mere bounds;
    `nothing`: that nothing is due is lawful.
    """

    intervals: tuple[Interval, ...]
    reading: Choices
    telling: bool
    exact: bool
    nothing: bool

    def judge(self, value: Any) -> bool | None:
        """Whether a value is lawful this way; None: that cannot be told."""
        if not self.telling:
            return None
        inside = any(holds(interval, value) for interval in self.intervals)
        if not self.exact:
            return None if inside else False
        return inside or (self.nothing and value == Money(0))

    @property
    def highest(self) -> Any:
        """The most that is lawful; None if there is no telling."""
        ends: list[Any] = [interval.high for interval in self.intervals]
        if not self.telling or None in ends:
            return None
        return _rounded(max(ends), ceil) if ends else Money(0)


def ways_of(part: Part) -> list[Way]:
    """Every way, of the aspect of the part that is compared first."""
    found = [
        way
        for leaf, options in zip(part.explored.leaves, part.options, strict=True)
        for way in _of_leaf(options, part.explored, leaf.open is None)
    ]
    return [*found, Way((), (), False, False, False)] if part.explored.cut else found


def judged(ways: Iterable[Way], value: Any) -> bool | None:
    """True: lawful in all ways; False: in none; None: neither can be told."""
    answers = {way.judge(value) for way in ways}
    return next(iter(answers)) if len(answers) == 1 else None


def holds(interval: Interval, value: Any) -> bool:
    """Whether a value lies in an interval, its ends included; an end may be open.

    No text says how a fraction of a fen is rounded: an end that has one may be rounded either way.
    """
    low, high = _rounded(interval.low, floor), _rounded(interval.high, ceil)
    return bool((low is None or low <= value) and (high is None or value <= high))


def _rounded(end: Any, to: Callable[[Fraction], int]) -> Any:
    return Money(to(Fraction(end.fen))) if isinstance(end, Money) else end


def readings_of(ways: Iterable[Way]) -> tuple[str, ...]:
    """The points at which a text can be read in several ways, where that makes a difference."""
    return tuple(sorted({point for way in ways for point, _ in way.reading}))


def _of_leaf(options: LeafOptions, explored: Explored, complete: bool) -> list[Way]:
    if not complete:
        return [Way((), (), False, False, False)]
    first = options.bands[0][0] if options.bands else None
    intervals = [interval for aspect, interval in options.bands if aspect == first]
    own = [  # a range of what is not known yet has ends that cannot be keys
        (interval, tuple((c.point, str(c.value)) for c in interval.choices if c.kind == "reading"))
        for interval in intervals
    ]
    rest = [
        (result, tuple((n, str(o)) for n, o in choices if explored.points[n].kind == "reading"))
        for result, choices in options.rest
    ]
    readings = _most_precise({reading for _, reading in (*own, *rest)})
    return [
        Way(
            intervals=tuple(one for one, of in own if _fits(of, reading)),
            reading=reading,
            telling=not any(
                result.status in ("lacking", "conflict") and _fits(of, reading)
                for result, of in rest
            ),
            exact=not options.facts,
            nothing=any(
                result.status in ("none", "refused") and _fits(of, reading) for result, of in rest
            ),
        )
        for reading in readings
    ]


def _most_precise(readings: set[Choices]) -> list[Choices]:
    """The readings that no other one says more precisely."""
    wider = {r for r in readings for other in readings if set(r) < set(other)}
    return sorted(readings - wider)


def _fits(own: Choices, reading: Choices) -> bool:
    """Whether what holds under some choices of reading holds under a reading."""
    chosen = dict(reading)
    return all(chosen.get(point, option) == option for point, option in own)
