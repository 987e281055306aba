"""Branches of an evaluation that lead away from what is so, by few changes.

The facts that may change are supposed to be unknown (`engine.decision.supposing`). At each fork the
branch of what is so in truth is free and every other one costs a change; all branches within the
number of changes are visited. A set of changes that turns the result is not extended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias

from engine.decision.explore import Explored
from engine.decision.found import TODAY
from engine.decision.options import candidates_of, favourable
from engine.decision.supposing import kept, pinned
from engine.decision.survey import Evaluate, Fork, worlds_of
from engine.inference.undecided import Bounds, Point
from engine.values.dates import Window
from engine.values.open_date import Dated
from engine.values.open_number import Open

Options: TypeAlias = Mapping[str, Any]
"""Points, each with the option taken."""
Branch: TypeAlias = tuple[Options, Options]
"""A completion, and what of it is changed."""


def facts_of(options: Options) -> set[str]:
    """The facts that are changed, each once, whatever is split of it."""
    return {fact_of_point(name) for name in options}


def fact_of_point(name: str) -> str:
    """The fact behind a point: `persons.m.statuses#miner`, `persons.m.income?established`."""
    return name.partition("#")[0].partition("?")[0]


def came_to(explored: Explored, effect: str) -> Any:
    """What a branch comes to, as a value that can be compared. An amount that rests on a fact that
    may change is the same as long as it is calculated in the same way."""
    leaf = explored.leaves[0]
    if any(point.kind == "law" for point in explored.points.values()):
        leaf = favourable(leaf, candidates_of(leaf, explored, effect))
    return frozenset(
        (
            v.result.status,
            str(v.result.value),
            tuple((name, _form(value)) for name, value in v.result.aspects),
            v.result.facts,
        )
        for v in leaf.worlds
    )


def _form(value: Any) -> Any:
    match value:
        case Open():
            return value.form
        case Dated(windows=windows):
            return tuple(name for name, _ in windows)
        case _:
            return str(value)


@dataclass(slots=True)
class Search:
    """The branches of a part with few changes, from one case."""

    evaluate: Evaluate
    effect: str
    actual: Mapping[str, Any]
    size: int
    budget: list[int]
    base: set[Any] = field(default_factory=set)
    turned: list[Options] = field(default_factory=list)
    complete: bool = True

    def run(self, start: Options) -> Search:
        """Visits all branches; fills `turned`. Returns itself."""
        todo: list[Branch] = [(start, {})]
        while todo:
            completion, deviating = todo.pop()
            if any(is_within(one, deviating) for one in self.turned):
                continue
            if self.budget[0] <= 0:
                self.complete = False
                break
            self.budget[0] -= 1
            try:
                explored = worlds_of(self.evaluate, completion)
            except Fork as fork:
                todo += reversed(list(self._branches(fork.point, completion, deviating)))
            else:
                self._take(explored, deviating)
        return self

    def _take(self, explored: Explored, deviating: Options) -> None:
        came = came_to(explored, self.effect)
        if not deviating:
            # What is unknown in truth has several branches: a change must lead out of them all.
            self.base.add(came)
        elif came not in self.base:
            self.turned.append(deviating)

    def _branches(self, point: Point, completion: Options, deviating: Options) -> Iterator[Branch]:
        """The branch of what is so, then those that are one more change, as far as there may be."""
        if TODAY in point.facts and point.name != TODAY and TODAY in completion:
            point = _halves(completion[TODAY], point)
        name, fact = point.name, fact_of_point(point.name)
        if fact not in self.actual:
            if point.facts & self.actual.keys():
                yield from self._pinned(point, completion, deviating)
            else:  # unknown in truth: whatever it is
                for option in point.options:
                    yield {**completion, name: option}, deviating
            return
        so = kept(self.actual[fact], name, point.options)
        already = fact in facts_of(deviating)
        if so is None and not already:
            self.complete = False
            return
        if so is not None and name not in deviating:
            yield {**completion, name: so}, deviating
        if "?" in name or (not already and len(facts_of(deviating)) >= self.size):
            return
        for option in point.options:
            if option != so or name in deviating:
                yield {**completion, name: option}, {**deviating, name: option}

    def _pinned(self, point: Point, completion: Options, deviating: Options) -> Iterator[Branch]:
        """Where several facts meet, or one as a whole, all but one are what they are in truth."""
        facts = sorted(point.facts & self.actual.keys())
        free = [f for f in facts if f not in deviating and not _is_exact(completion.get(f))]
        found = []
        for ranging in free if len(facts) > 1 else [None]:
            pins = {fact: pinned(self.actual[fact]) for fact in free if fact != ranging}
            if pins:
                found.append(({**completion, **pins}, deviating))
        self.complete = self.complete and bool(found)
        yield from found


def _is_exact(option: Any) -> bool:
    match option:
        case Bounds(low, high):
            return low is not None and low == high
        case Window(first, last):
            return bool(first == last)
        case _:
            return option is not None


def _halves(window: Window, point: Point) -> Point:
    """The day of the decision, split in the middle where nothing else splits it."""
    middle = window.first + (window.last - window.first) // 2
    if middle == window.last:
        return Point(point.name, point.kind, (), frozenset())
    halves = Window(window.first, middle), Window(middle + timedelta(days=1), window.last)
    return Point(TODAY, "fact", halves, frozenset({TODAY}))


def is_within(one: Options, other: Options) -> bool:
    """Whether a set of changes is among those of another; of days the earliest is enough."""
    return all(
        name in other
        and (option == other[name] or (name == TODAY and option.last < other[name].first))
        for name, option in one.items()
    )
