"""A world in which what is open to change stands somewhere: comparisons are settled by that.

A comparison notes how far what it is about may move before it turns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from engine.decision.changing.framing import FramedWorld, signature
from engine.decision.changing.reasons import exact, join
from engine.decision.worlds.forks import compared, exactly, split_number
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.supposing import has
from engine.inference.asked import OPEN
from engine.inference.undecided import Bounds
from engine.values.dates import Window
from engine.values.open_date import (
    Dated,
    applied,
    changing_day,
    compare_dated,
    settled,
    steady,
    turning_day,
)
from engine.values.open_number import Opaque, Open, compare, threshold
from engine.values.truth import TRUE, UNKNOWN, Comparison


class Entangled(Exception):
    """Several facts that may change meet in one value that cannot be taken apart."""

    def __init__(self, facts: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(facts)))
        self.facts = facts


class PlacedWorld(FramedWorld):
    """A world in which comparisons of open facts are settled by where these stand."""

    __slots__ = ()

    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open."""
        dated = isinstance(left, Dated) or isinstance(right, Dated)
        truth = (compare_dated if dated else compare)(op, left, right)
        if truth is not UNKNOWN:
            return truth is TRUE
        if dated:
            if type(right) is date and self._is_today(left):
                return self._decide_today(op, left, right)
            key = ("compared", op, _form(left), _form(right))
            return bool(self._framed(key, lambda: self._decide_day(op, left, right)))
        kept = self._plain(lambda: self._decide_number(op, left, right))
        return bool(
            self.run.frames[-1].takes(("compared", op, signature(left), signature(right)), kept)
        )

    def _is_today(self, value: Any) -> bool:
        """Whether it is the day of the decision itself, and this stands somewhere."""
        return isinstance(value, Dated) and value.form == (TODAY,) and self.run.positions.has(TODAY)

    def _decide_today(self, op: Comparison, left: Dated, day: date) -> bool:
        """Whether the day of the decision itself stands so to another day."""
        ((_, window),), here = left.windows, self.run.positions[TODAY]
        turns = [day] if op in ("<", ">=") else [_day_after(day)]
        if op in ("==", "!="):
            turns.append(day)
        first = max([window.first, *(turn for turn in turns if turn <= here)])
        last = min([window.last, *(_day_before(turn) for turn in turns if turn > here)])
        around = Window(first, last)
        self.run.frames[-1].rests_on(("compared", op, window, day), {TODAY: around})
        return compare_dated(op, here, day) is TRUE

    def _decide_day(self, op: Comparison, left: Any, right: Any) -> bool:
        sides = [value for value in (left, right) if isinstance(value, Dated)]
        one_way = len(sides) == 1 and 0 not in sides[0].slopes
        if not one_way and all(side.paths == {TODAY} for side in sides):
            holds, around = settled(op, left, right, self.run.positions[TODAY])
            join(self.run.frames[-1].reason, {TODAY: around})
            return holds
        while (truth := compare_dated(op, left, right)) is UNKNOWN:
            path, day = turning_day(left, right)
            if path != TODAY or TODAY not in self.run.positions:
                return compared(self.assignment, op, left, right)
            left, right = self._on_side(left, day), self._on_side(right, day)
        for value in (left, right):
            self._note_day(value)
        return truth is TRUE

    def _on_side(self, value: Any, day: Any) -> Any:
        """A value of the day of the decision on the side of a day on which that stands."""
        if not isinstance(value, Dated):
            return value
        today = self.run.positions[TODAY]

        def side(window: Window) -> Window:
            if today < day:
                return Window(window.first, min(window.last, _day_before(day)))
            return Window(max(window.first, day), window.last)

        return replace(
            value,
            windows=tuple((n, side(w) if n == TODAY else w) for n, w in value.windows),
        )

    def _note_day(self, value: Any) -> None:
        if isinstance(value, Dated):
            for name, window in value.windows:
                if name == TODAY and name in self.run.positions:
                    join(self.run.frames[-1].reason, {name: window})

    def _decide_number(self, op: Comparison, left: Any, right: Any) -> bool:
        positions = self.run.positions
        paths = [p for v in (left, right) if isinstance(v, Open) for p in v.paths]
        own = sorted({path for path in paths if path in positions})
        if not own:
            return compared(self.assignment, op, left, right)
        if Opaque in (type(left), type(right)):
            raise Entangled(frozenset(own))
        if len(own) < len(set(paths)):  # what is unknown in truth may lie on either side of it
            for path in own:
                left, right = self._put(left, path), self._put(right, path)
            return compared(self.assignment, op, left, right)
        for path in own:
            one, two = left, right
            for other in own:
                if other != path:
                    one, two = self._put(one, other), self._put(two, other)
            at = threshold(op, one, two)
            if at is not None:
                parts = _parts(op, one, two, *at)
                relied = next(part for part in parts if has(part, positions[path]))
                join(self.run.frames[-1].reason, {path: relied})
        for path in own:
            left, right = self._put(left, path), self._put(right, path)
        return compare(op, left, right) is TRUE

    def _put(self, value: Any, path: str) -> Any:
        """A value with a fact put where it stands."""
        if not isinstance(value, Open):
            return value
        here = exact(self.run.positions[path])
        return value.with_bounds(path, here.low, here.high)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values are the same."""
        if type(one) in OPEN or type(other) in OPEN:
            return self.decide("==", one, other)
        return bool(one == other)

    def exactly(self, value: Any) -> Any:
        """The value made plain, where the facts stand."""
        if isinstance(value, Dated) and TODAY in value.paths and TODAY in self.run.positions:
            return self._framed(("exactly", *_form(value)), lambda: self._exactly_day(value))
        if isinstance(value, Open) and any(path in self.run.positions for path in value.paths):
            raise Entangled(frozenset(p for p in value.paths if p in self.run.positions))
        return exactly(value)

    def _exactly_day(self, value: Any) -> Any:
        while isinstance(value, Dated):
            if len(value.windows) == 1:
                today = self.run.positions[TODAY]
                join(self.run.frames[-1].reason, {TODAY: steady(value, today)})
                return value.of((today,))
            path, day = changing_day(value)
            if path != TODAY:
                return exactly(value)
            value = self._on_side(value, day)
            self._note_day(value)
            value = applied(_itself, (value,), (1,))
        return value

    def law_day(self, day: Dated, turns: Sequence[date]) -> date:
        """A day on which law is looked up: the first with the versions of where the facts stand, so
        that it has one name. The versions next to it are as far as it may move."""
        if not day.paths <= self.run.positions.keys():
            return super().law_day(day, turns)
        here: date = day.of(tuple(self.run.positions[path] for path, _ in day.windows))
        at = bisect_right(turns, here)
        before = turns[max(at - 1, 0) : at]
        for turn in [*before, *turns[at : at + 1]]:
            self.decide("<", day, turn)
        first: date = max([day.low, *before])
        return first


def _form(value: Any) -> tuple[Any, ...]:
    """What tells a value of days from others."""
    return (value.windows, value.form) if isinstance(value, Dated) else (value,)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _itself(value: Any) -> Any:
    return value


def _parts(op: Comparison, left: Any, right: Any, path: str, at: Any) -> tuple[Bounds, ...]:
    """The parts of the line on which a comparison has one answer each."""
    parts: Any = split_number(op, left, right, path, at).options
    return cast(tuple[Bounds, ...], parts)
