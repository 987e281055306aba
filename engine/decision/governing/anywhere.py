"""The law of a place that is not known: of an event, say, of which the case does not tell where.

    settled = Anywhere(world, relevance, rules)
    settled.place(rule, point)      # one of the places whose own texts may count, or any other

What the country's own texts say holds wherever it was. Texts of single places differ only where
they may speak of what is asked; so the place is one of theirs, or any other. While these are few,
each is a completion, and what comes out alike in all of them is settled; else the place has to be
asked for before anything can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.decision.governing.relevance import Relevance
from engine.decision.governing.taking import Taking
from engine.decision.worlds.somewhere import Somewhere
from engine.decision.worlds.world import World
from engine.inference.program import ProgramRule
from engine.inference.undecided import LAW_OF, Point, Undecided
from engine.law.places import COUNTRY

MOST_PLACES: Final = 12
"""Where texts of more places than so many may speak of something, the place has to be asked for."""


@dataclass(slots=True)
class Anywhere:
    """The places that are not known in a world, each taken alike wherever it counts. `rules`: those
    that select law, each with what it takes; `relevance`: what has to do with what is asked, looked
    for in the law of every place, and so only where one is not known."""

    world: World
    relevance: Callable[[], Relevance]
    rules: Sequence[tuple[ProgramRule, Taking]]
    taken: dict[str, Somewhere] = field(default_factory=dict)
    """By the fact that would name the place."""

    def place(self, rule: ProgramRule, point: Point) -> Somewhere | None:
        """The place for a rule that lacks one fact to tell it; None where it has to be asked for.
        Raises `Undecided`: the choice of the place."""
        if point.options or len(point.facts) != 1:
            return None
        own = {one.index: self._with_law(taking, one.kind) for one, taking in self.rules}
        if len(own[rule.index]) > MOST_PLACES:
            return None
        (path,) = point.facts
        name = f"{path}{LAW_OF}"
        few = sorted({code for of in own.values() if len(of) <= MOST_PLACES for code in of})
        code = self.world.assignment.get(name) if few else COUNTRY
        if code is None:
            raise Undecided(Point(name, "fact", (COUNTRY, *few), point.facts))
        return self.taken.setdefault(path, Somewhere(str(code), path))

    def again(self, point: Point) -> Somewhere | None:
        """The place that was taken for one that is not known; None if none was."""
        paths = () if point.options else point.facts
        return next((self.taken[path] for path in paths if path in self.taken), None)

    def _with_law(self, taking: Taking, kind: str | None) -> frozenset[str]:
        return self.relevance().places_with_law(taking.effect.effects, kind, taking.sought)
