"""All worlds of a part: completions of what is unknown, and in each the choices that are open.

A completion that reads a further unknown is split; the leaves that remain divide up what may be
so. In each leaf the worlds are the combinations of choices. A part is determined if all leaves come
to the same options; the facts that settle it are those on which leaves with different options part.

The search has an end: so many evaluations for a part, fewer once it is known to be undetermined,
and the steps that are left for the whole answer (`engine.decision.worlds.work`). What is cut short
is undetermined.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, TypeAlias

from engine.inference.undecided import GOVERNING, LAW_OF, Bounds, Point, Undecided
from engine.values.dates import Window

LIMIT: Final = 4096
"""At most so many worlds of a part are visited (semantics, "Worlds")."""
ENOUGH: Final = 512
"""Once two completions are known to differ, or one cannot be told, the search for the fewest
missing facts goes on for so many worlds only: beyond it the part is undetermined all the same, and
all facts read are named."""
LEAST: Final = 16
"""So many worlds are visited however little work is left: what has few is never cut short."""
MOST_SETS: Final = 8
MOST_OTHERS: Final = 14
"""Facts that are not needed in any case, among which the fewest are searched for."""


@dataclass(frozen=True, slots=True)
class Visited:
    """One world: the choices taken, their points, and what it came to."""

    choices: tuple[tuple[str, Any], ...]
    assignment: Mapping[str, Any]
    result: Any


@dataclass(frozen=True, slots=True)
class LeafWorlds:
    """A completion, as far as it matters. `open`: the point that cannot be split, if any."""

    completion: Mapping[str, Any]
    worlds: tuple[Visited, ...]
    open: Point | None


@dataclass(frozen=True, slots=True)
class Explored:
    """The leaves, the points met, and whether the search was cut short: there may be more."""

    leaves: tuple[LeafWorlds, ...]
    points: Mapping[str, Point]
    cut: bool
    undetermined: bool = False
    """Whether what was reached makes it undetermined, whatever else there is."""

    @property
    def sure(self) -> bool:
        """Whether what was left out can make no difference to its outcome."""
        return self.undetermined or not self.cut


_Order: TypeAlias = tuple[int, ...]
"""The place of a completion: of each option taken, its place among the others."""


class _NeedsFact(Exception):
    def __init__(self, point: Point) -> None:
        super().__init__(point.name)
        self.point = point


class _Budget:
    """The evaluations that are left for a part."""

    __slots__ = ("cut", "is_done", "limit", "spent")

    def __init__(self, limit: int, is_done: Callable[[], bool]) -> None:
        self.limit = limit
        self.is_done = is_done
        self.spent = 0
        self.cut = False
        """Whether something was left out for want of evaluations."""

    def ends(self) -> bool:
        """Whether none is left."""
        return self.spent >= self.limit or (self.spent >= LEAST and self.is_done())


def never() -> bool:
    """Work without an end."""
    return False


def explore(
    evaluate: Callable[[Mapping[str, Any]], Any],
    limit: int = LIMIT,
    undetermined: Callable[[LeafWorlds, LeafWorlds], bool] = lambda one, other: False,
    is_done: Callable[[], bool] = never,
) -> Explored:
    """Run an evaluation in every world. `evaluate` takes an assignment, or raises `Undecided`.

    `undetermined` says whether the first leaf and another one, which may be the same, surely make a
    part undetermined; `is_done` whether the work for the answer is used up.

    The leaves are looked for from both ends in turn, for those that differ are likely far apart.
    """
    points: dict[str, Point] = {}
    leaves: list[tuple[_Order, LeafWorlds]] = []
    budget = _Budget(limit, is_done)
    todo: deque[tuple[_Order, Mapping[str, Any]]] = deque([((), {})])
    from_end = is_undetermined = False
    while todo:
        if budget.ends():
            budget.cut = True
            break
        order, completion = todo.pop() if from_end else todo.popleft()
        leaf: LeafWorlds | None = None
        try:
            worlds = tuple(_choices(evaluate, completion, (), points, budget))
            leaf = LeafWorlds(completion, worlds, None)
        except _NeedsFact as need:
            point = need.point
            points.setdefault(point.name, point)
            if not point.options:
                leaf = LeafWorlds(completion, (), point)
            split = [
                ((*order, place), {**completion, point.name: option})
                for place, option in enumerate(point.options)
            ]
            if from_end:
                todo.extend(split)
            else:
                todo.extendleft(reversed(split))
        if leaf is not None:
            leaves.append((order, leaf))
            from_end = not from_end
            if budget.cut:
                break  # not all worlds of this leaf were reached
            if leaf.open is not None or undetermined(leaves[0][1], leaf):
                is_undetermined = True
                budget.limit = min(limit, ENOUGH)
    in_order = tuple(leaf for _, leaf in sorted(leaves, key=_first))
    return Explored(in_order, points, budget.cut, is_undetermined)


def _first(pair: tuple[_Order, LeafWorlds]) -> _Order:
    return pair[0]


def _choices(
    evaluate: Callable[[Mapping[str, Any]], Any],
    completion: Mapping[str, Any],
    taken: tuple[tuple[str, Any], ...],
    points: dict[str, Point],
    budget: _Budget,
) -> list[Visited]:
    budget.spent += 1
    assignment = {**completion, **dict(taken)} if taken else completion
    try:
        return [Visited(taken, assignment, evaluate(assignment))]
    except Undecided as stop:
        point = stop.kept().point  # a frame it passed may hold it
    if not point.is_choice:
        raise _NeedsFact(point)
    points.setdefault(point.name, point)
    found: list[Visited] = []
    for option in point.options:
        if budget.ends():
            budget.cut = True
            break
        found += _choices(evaluate, completion, (*taken, (point.name, option)), points, budget)
    return found


def settling_sets(
    explored: Explored, identity: Callable[[LeafWorlds], Any]
) -> tuple[list[list[str]], bool]:
    """The smallest sets of facts that settle the part whatever they turn out to be; whether they
    are the smallest. Names of texts are among them.

    Two leaves that differ must part on a fact of the set; a leaf whose own value is open needs the
    facts it rests on.
    """
    leaves = explored.leaves
    facts_of = {name: point.facts for name, point in explored.points.items()}
    identities = [identity(leaf) for leaf in leaves]
    everything = sorted({f for leaf in leaves for n in leaf.completion for f in facts_of[n]}
                        | {f for leaf in leaves if leaf.open for f in leaf.open.facts}
                        | {f for found in identities for f in _open_facts(found)})  # fmt: skip
    if explored.cut:
        return [everything] if everything else [], False
    demands: set[frozenset[frozenset[str]]] = set()
    for i, leaf in enumerate(leaves):
        own = leaf.open.facts if leaf.open else _open_facts(identities[i])
        demands |= {frozenset({frozenset({fact})}) for fact in own}
        for j in range(i):
            if leaf.open is None and leaves[j].open is None and identities[i] == identities[j]:
                continue
            if leaf.open == leaves[j].open and is_law_open(leaf):
                continue  # whatever else is so, which law governs cannot be told
            parting = frozenset(
                facts_of[name]
                for name, option in leaf.completion.items()
                if name in leaves[j].completion
                and apart(option, leaves[j].completion[name])
                and facts_of[name]
            )
            if parting:
                demands.add(parting)
    demands = {d for d in demands if not any(other < d for other in demands)}
    if not demands:
        return [], True
    must = {f for demand in demands if len(demand) == 1 for group in demand for f in group}
    rest = [d for d in demands if not any(group <= must for group in d)]
    if not rest:
        return [sorted(must)], True
    others = sorted({f for demand in rest for group in demand for f in group} - must)
    if len(others) > MOST_OTHERS:
        return [everything], False
    for size in range(1, len(others) + 1):
        found = [
            sorted(must.union(chosen))
            for chosen in combinations(others, size)
            if all(any(group <= must.union(chosen) for group in demand) for demand in rest)
        ]
        if found:
            return found[:MOST_SETS], True
    return [everything], False


def read_first(explored: Explored) -> list[str]:
    """The facts on which most of what was visited rests, that most rests on first; of like ones
    those that were met first."""
    counts: dict[str, int] = {}
    for leaf in explored.leaves:
        for name in (*leaf.completion, *((leaf.open.name,) if leaf.open else ())):
            for fact in sorted(explored.points[name].facts):
                counts[fact] = counts.get(fact, 0) + 1
    met = [fact for point in explored.points.values() for fact in sorted(point.facts)]
    order = {fact: place for place, fact in reversed(list(enumerate(met)))}
    return sorted(counts, key=lambda fact: (-counts[fact], order[fact]))


def is_law_open(leaf: LeafWorlds) -> bool:
    """Whether a leaf is open for want of what would tell which law governs it."""
    if leaf.open is None:
        return False
    supposed = {f"{fact}{LAW_OF}" for fact in leaf.open.facts}
    return leaf.open.name == GOVERNING or not supposed.isdisjoint(leaf.completion)


def _open_facts(identity: Any) -> frozenset[str]:
    """The facts on which a leaf's own value rests, if it is open."""
    return frozenset(f for value in identity for f in getattr(value, "facts", ()))


def apart(one: Any, other: Any) -> bool:
    """Whether two options exclude each other."""
    if isinstance(one, Window):
        return isinstance(other, Window) and (one.last < other.first or other.last < one.first)
    if isinstance(one, Bounds):
        return isinstance(other, Bounds) and (_below(one, other) or _below(other, one))
    return bool(one != other)


def _below(one: Bounds, other: Bounds) -> bool:
    if one.high is None or other.low is None:
        return False
    high: Any
    low: Any
    (high, high_in), (low, low_in) = one.high, other.low  # type: ignore[misc]
    return bool(high < low or (high == low and not (high_in and low_in)))
