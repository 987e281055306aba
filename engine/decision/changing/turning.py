"""All smallest sets of changes that turn a result, by the reasons of what does not turn.

    search = Search(look, domains, actual, size=2, prove=…)
    search.run()
    search.found                # [({"persons.m.register": "rural"}, what it comes to), …]

A result has a reason: the facts on which it rests, each with an option. What turns it changes at
least one of them. So the facts of the reason are tried one by one; a change that does not turn the
result leaves it with another reason, of which one more fact must be changed, and so on. A set that
changes nothing of a reason need not be tried: it turns nothing. What turns is proved by `prove`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from engine.decision.changing.reasons import Shelf, outside, within
from engine.decision.worlds.found import TODAY
from engine.decision.worlds.supposing import Positions, has, witness
from engine.inference.undecided import Bounds
from engine.values.dates import Window

Moves: TypeAlias = Mapping[str, Any]
"""Points that are changed, each with the option that it is changed to."""

MOST: Final = 8192
"""At most so many sets are tried for a part; beyond it those found may not be all."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Whether a case comes to another result, and on what it rests that it does not."""

    turns: bool
    reason: Mapping[str, Any]


def fact_of_point(name: str) -> str:
    """The fact behind a point: `persons.m.statuses#miner`."""
    return name.partition("#")[0]


def facts_of(moves: Moves) -> set[str]:
    """What is changed, each fact once; papers behind a fact are a change of their own."""
    return {fact_of_point(name) for name in moves}


@dataclass(slots=True)
class Search:
    """The search for one part. `prove` gives what a set comes to, None if it turns nothing."""

    look: Callable[[Moves], Looked]
    domains: Mapping[str, Any]
    actual: Mapping[str, Any]
    size: int
    prove: Callable[[Moves], Any]
    found: list[tuple[Moves, Any]] = field(default_factory=list)
    complete: bool = True
    _tried: int = 0
    _looks: Shelf[Looked] = field(default_factory=Shelf)

    def run(self) -> Search:
        """Fills `found`, the smallest sets first. Returns itself."""
        nodes: list[tuple[Moves, Looked]] = [({}, self._looked({}))]
        seen: set[frozenset[tuple[str, Any]]] = set()
        for count in range(1, self.size + 1):
            todo = deque(
                moves
                for node in nodes
                for moves in self._extended(*node)
                if len(facts_of(moves)) == count
            )
            nodes = []
            while todo:
                moves = todo.popleft()
                key = frozenset(moves.items())
                if key in seen:
                    continue
                seen.add(key)
                if self._tried >= MOST:
                    self.complete = False
                    return self
                passed = self._past_found(moves)
                if passed is not None:
                    todo.extend(passed)
                    continue
                self._tried += 1
                looked = self._looked(moves)
                told = None
                if looked.turns:
                    narrow = self._narrowed(moves, looked)
                    told = self.prove(narrow)
                    if told is not None:
                        self.found.append((narrow, told))
                if told is None:
                    nodes.append((moves, looked))
                    todo.extend(
                        more
                        for more in self._extended(moves, looked)
                        if len(facts_of(more)) == count
                    )
                todo.extend(self._beyond(moves, looked, turned=told is not None))
        return self

    def _looked(self, moves: Moves) -> Looked:
        """What a set comes to. As long as it keeps to the reason of one that was looked at, it
        comes to the same, for the same reason."""
        placed = {name: self._at(name, option) for name, option in moves.items()}
        positions = Positions(self.actual, placed)
        known = self._looks.holding(positions)
        if known is not None:
            return known
        looked = self.look(moves)
        self._looks.add(looked, positions)
        return looked

    # --- what to try ------------------------------------------------------------------------------
    def _extended(self, moves: Moves, looked: Looked) -> Iterator[Moves]:
        """The set with one more change, of each fact on which what it comes to rests."""
        for name, option in sorted(looked.reason.items()):
            if name not in moves:
                for other in self._others(name, option):
                    yield {**moves, name: other}

    def _others(self, name: str, option: Any) -> Iterator[Any]:
        """The options that a point has beside one."""
        whole = self.domains.get(name, (True, False))
        if isinstance(option, Bounds | Window):
            for piece in outside(whole, option):
                if has(piece, witness(piece, self.actual[name])):
                    yield piece
        elif name.partition("!")[1]:
            yield from () if option else (True,)  # papers are brought, not taken away
        else:
            yield from (other for other in whole if other != option)

    def _beyond(self, moves: Moves, looked: Looked, *, turned: bool) -> Iterator[Moves]:
        """The rest of each range, where another part of it was looked at."""
        for name, option in moves.items():
            relied = looked.reason.get(name)
            if isinstance(option, Bounds | Window) and relied is not None:
                if name == TODAY and turned:
                    continue  # of days the earliest is enough
                for piece in outside(option, within(option, relied)):
                    if has(piece, witness(piece, self.actual[name])):
                        yield {**moves, name: piece}

    # --- what is left of it -----------------------------------------------------------------------
    def _at(self, name: str, option: Any) -> Any:
        return witness(option, self.actual[name]) if isinstance(option, Bounds | Window) else option

    def _past_found(self, moves: Moves) -> list[Moves] | None:
        """If a part of the set is enough, the ranges beside that part; None if none is."""
        for one, _ in self.found:
            if all(
                name in moves and _reaches(name, option, self._at(name, moves[name]))
                for name, option in one.items()
            ):
                return [
                    {**moves, name: piece}
                    for name, option in one.items()
                    if isinstance(moves[name], Bounds) and len(one) < len(moves)
                    for piece in outside(moves[name], within(moves[name], option))
                    if has(piece, self._at(name, piece))
                ]
        return None

    def _narrowed(self, moves: Moves, looked: Looked) -> Moves:
        """The set with each range as far as it comes to the same, and no part of it is enough."""
        found = dict(moves)
        for name, option in moves.items():
            if isinstance(option, Bounds | Window) and name in looked.reason:
                found[name] = within(option, looked.reason[name])
        for one, _ in self.found:
            own = [name for name in one if isinstance(found.get(name), Bounds)]
            if len(own) == 1 and all(
                name in found and (name in own or _reaches(name, o, self._at(name, found[name])))
                for name, o in one.items()
            ):
                (name,) = own
                here = self._at(name, moves[name])
                pieces = outside(found[name], within(found[name], one[name]))
                found[name] = next((p for p in pieces if has(p, here)), found[name])
        if TODAY in found:
            found[TODAY] = Window(found[TODAY].first, self.domains[TODAY].last)
        return found


def _reaches(name: str, option: Any, at: Any) -> bool:
    """Whether a position is among those of an option; of days every later one is."""
    return bool(at >= option.first) if name == TODAY else has(option, at)
