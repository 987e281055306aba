"""What a part may still come to, looked at in breadth: the answers that hang on few facts first.

`explore` goes into the depth, for it has to find out whether all completions agree. Who asks which
fact to find out next wants the short branches: those that one or two answers settle.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from engine.decision.worlds.explore import LEAST, Explored, LeafWorlds, explore, never
from engine.inference.undecided import Point, Undecided

Evaluate: TypeAlias = Callable[[Mapping[str, Any]], Any]

BREADTH: Final = 160
"""So many completions are looked at once two are known to differ."""
MOST: Final = 512
"""So many are looked at to find two that do."""


class Fork(Exception):
    """A completion has to be split before it comes to anything."""

    def __init__(self, point: Point) -> None:
        super().__init__(point.name)
        self.point = point


def worlds_of(
    evaluate: Evaluate, completion: Mapping[str, Any], is_done: Callable[[], bool] = never
) -> Explored:
    """The worlds of one completion: its choices, no facts. Raises `Fork` at an unknown that
    matters."""

    def evaluated(taken: Mapping[str, Any]) -> Any:
        try:
            return evaluate({**completion, **taken} if taken else completion)
        except Undecided as stop:
            if stop.point.is_choice:
                raise
            raise Fork(stop.kept().point) from None

    return explore(evaluated, is_done=is_done)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The leaves that were reached, and the completions that were not split any further.

    `differing`: two leaves surely come to different options.
    """

    explored: Explored
    frontier: tuple[LeafWorlds, ...]
    differing: bool

    @property
    def complete(self) -> bool:
        """Whether there is nothing else that it may come to."""
        return not self.frontier


def survey(
    evaluate: Evaluate,
    differ: Callable[[LeafWorlds, LeafWorlds], bool],
    is_done: Callable[[], bool],
) -> Surveyed:
    """Split completions in breadth until all are leaves, or enough were looked at. `is_done`:
    whether the work for the answer is used up.

    `differ` says whether two leaves surely come to different options; until two do, the search goes
    on for longer. Where it is a text or the first day of a version that is not known,
    nobody can be asked: what else may be so is looked at last.
    """
    points: dict[str, Point] = {}
    leaves: list[LeafWorlds] = []
    todo: deque[Mapping[str, Any]] = deque([{}])
    later: deque[Mapping[str, Any]] = deque()
    looked, differing, cut = 0, False, False
    while (todo or later) and looked < (BREADTH if differing else MOST):
        if looked >= LEAST and is_done():
            break
        completion = (todo or later).popleft()
        looked += 1
        try:
            found = worlds_of(evaluate, completion, is_done)
        except Fork as fork:
            point = fork.point
            points.setdefault(point.name, point)
            if point.options:
                split = [{**completion, point.name: option} for option in point.options]
                todo.extend(split if point.kind == "fact" else split[:1])
                later.extend(() if point.kind == "fact" else split[1:])
            else:
                leaves.append(LeafWorlds(completion, (), point))
                differing = differing or len(leaves) > 1
        else:
            points.update(found.points)
            cut = cut or found.cut
            leaves.append(LeafWorlds(completion, found.leaves[0].worlds, None))
            differing = differing or differ(leaves[0], leaves[-1])
    frontier = tuple(LeafWorlds(completion, (), None) for completion in (*todo, *later))
    return Surveyed(Explored(tuple(leaves), points, cut or bool(frontier)), frontier, differing)
