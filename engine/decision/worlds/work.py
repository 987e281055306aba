"""How much is worked out for one answer, and where it ends.

Work is counted in steps: the names and conditions that worlds evaluate, what they compare without
knowing it exactly, and so many for each program of rules that the case needs. Steps are no time:
the same case takes as many in every process and on every machine, so that an answer that was cut
short is the same everywhere, and a replay ends where the decision did. What was not followed
settles nothing: a part that was cut short is undetermined (`engine.decision.worlds.explore`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

ANSWER: Final = 600_000
"""Steps of one answer: some seconds. Where all is known and much is open to choice, three acts of
an official with a range each, half of them are taken."""
OF_WORLD: Final = 20
"""Steps that a world takes beside what it evaluates."""
OF_PROGRAM: Final = 1_000
"""Steps of bringing together the rules of versions that did not govern together in this answer
before."""


class Work:
    """The steps that are left for one answer."""

    __slots__ = ("_programs", "left")

    def __init__(self, steps: int = ANSWER) -> None:
        self.left = steps
        self._programs: set[object] = set()

    def spend(self, steps: int) -> None:
        """Counts steps that were taken; there may be fewer left than none."""
        self.left -= steps

    def bring_together(self, versions: object) -> None:
        """Counts the program of these versions, once."""
        if versions not in self._programs:
            self._programs.add(versions)
            self.left -= OF_PROGRAM

    def share(self, parts: int) -> Callable[[], bool]:
        """Says whether one part in so many of what is left now is used up."""
        floor = self.left - max(self.left, 0) // parts

        def is_done() -> bool:
            return self.left <= floor

        return is_done
