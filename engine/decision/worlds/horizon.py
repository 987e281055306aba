"""The first day on which an answer is another one, all else equal.

The day of the decision is taken as any day of the years ahead. What a world compares with it splits
the years where the comparison turns, as it does for any day that is not known exactly; the pieces
are tried in their order. So nothing is missed between two days that are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, NoReturn, TypeAlias, TypeVar

from engine.decision.worlds.explore import Explored, explore
from engine.decision.worlds.found import TODAY
from engine.inference.undecided import Undecided
from engine.values.dates import Window, add_period, years

YEARS: Final = 30
"""How far ahead a change is looked for."""
MOST_PIECES: Final = 512
WORLDS: Final = 64
"""At most so many worlds of a piece are visited."""

Evaluate: TypeAlias = Callable[[Mapping[str, Any]], Any]
Within: TypeAlias = Callable[[Evaluate], Evaluate]
"""Puts the day of the decision of an evaluation into a piece."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Change:
    """The first day on which an answer is another one, if there is one. `followed`: whether all
    days were looked at until then."""

    day: date | None
    followed: bool = True


UNCHANGED: Final = Change(None)
"""No day on which the answer is another one, or none looked for."""


class _Turns(Exception):
    """Within a piece the answer may turn at a day."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


def years_ahead(as_of: date) -> Window:
    """The days in which a change is looked for."""
    return Window(as_of + timedelta(days=1), add_period(as_of, years(YEARS)))


def first_change(
    window: Window,
    evaluate: Evaluate,
    is_same: Callable[[Explored], bool],
    is_done: Callable[[], bool],
) -> Change:
    """The first day of the window on which the answer is not the same.

    `evaluate` gives the result of an assignment in which the day of the decision is a window;
    `is_same` says whether what was visited comes to the same; `is_done` whether the work is used
    up.
    """
    todo = [window]
    for _ in range(MOST_PIECES):
        if not todo:
            return UNCHANGED
        piece = todo.pop()
        try:
            explored = explore(_within(evaluate, piece), WORLDS, is_done=is_done)
            same = is_same(explored)
        except _Turns as turns:
            last = turns.day - timedelta(days=1)
            todo += [Window(turns.day, piece.last), Window(piece.first, last)]
        else:
            if not same:
                return Change(piece.first)
            if explored.cut:
                break
    return Change(None, followed=False)


def steps(
    window: Window, found_in: Callable[[Window, Within], Found], is_done: Callable[[], bool]
) -> tuple[list[tuple[Window, Found]], list[Window]]:
    """The window in pieces within which nothing turns, in order, each with what is found in it; and
    the pieces that were not looked at, beyond MOST_PIECES or once the work is used up."""
    found: list[tuple[Window, Found]] = []
    todo = [window]
    for _ in range(MOST_PIECES):
        if not todo or (found and is_done()):
            break
        piece = todo.pop()
        try:
            found.append((piece, found_in(piece, partial(_within, piece=piece))))
        except _Turns as turns:
            last = turns.day - timedelta(days=1)
            todo += [Window(turns.day, piece.last), Window(piece.first, last)]
    return found, todo[::-1]


def split(day: date) -> NoReturn:
    """Says that within a piece what is found is another one from a day on."""
    raise _Turns(day)


def _within(evaluate: Evaluate, piece: Window) -> Evaluate:
    """The evaluation with the day of the decision in a piece; `_Turns` where that matters."""

    def evaluated(assignment: Mapping[str, Any]) -> Any:
        try:
            return evaluate({**assignment, TODAY: piece})
        except Undecided as stop:
            if TODAY not in stop.point.facts:
                raise
            raise _Turns(_turn(stop, piece)) from None

    return evaluated


def _turn(stop: Undecided, piece: Window) -> date:
    """The first day of the later part; the middle of what cannot be split otherwise."""
    for option in stop.point.options:
        if isinstance(option, Window) and piece.first < option.first <= piece.last:
            return option.first
    return piece.first + (piece.last - piece.first) // 2 + timedelta(days=1)
