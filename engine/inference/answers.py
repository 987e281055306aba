"""What the clauses of a group come to: a decision tree, grown as cases come.

The answer for a binding depends on the truths of its leaves and on nothing else, and in practice
few combinations occur. So what is to be looked at next, and what that comes to, is worked out once:
a turn of the tree is a leaf with what follows on each of its truths, and the end of a stratum is
what its clauses came to. A binding walks down; only where nobody went before is it worked out which
leaf still makes a difference, and the settler asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.inference.clauses import Clause, Settler
from engine.values.truth import FALSE, TRUE, Truth

if TYPE_CHECKING:
    from engine.inference.program import Round
    from engine.inference.rule_parts import Leaf

MOST: Final = 100_000
"""Turns kept for a group; beyond it all are forgotten."""
Rounds = Mapping[int, "Round"]
"""What is left to be settled, by stratum in their order."""


@dataclass(slots=True)
class Turn:
    """A place in the tree: a leaf that is to be looked at, or the end of a stratum."""

    rounds: Rounds
    stratum: int
    leaf: Leaf | None
    """None: the stratum is settled."""
    number: int = -1
    """Of the leaf in its group."""
    if_true: Turn | None = None
    if_false: Turn | None = None
    if_unknown: Turn | None = None
    applies: Mapping[int, Truth] = field(default_factory=dict)
    """At the end of a stratum: what its clauses come to, by their names."""
    certain: frozenset[int] = frozenset()
    """The clauses that apply."""
    then: Turn | None = None
    """Where the next stratum begins; None: this was the last."""


@dataclass(frozen=True, slots=True)
class Root:
    """Where a binding with certain scopes begins; None: no stratum has a rule for it."""

    truths: Mapping[int, Truth]
    """Of the scopes that are known."""
    first: Turn | None


class Answers:
    """The answers of one group, with the settler that gives them."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        names: Sequence[int],
        make: Callable[[Sequence[Clause]], Settler],
    ) -> None:
        """`names`: how each clause is called outside. Raises ClauseError as the settler does."""
        self.roots: dict[tuple[int, ...], Root] = {}
        """By the scopes in which a subject is or may be; one that is open as `~number`."""
        self._names = tuple(names)
        self._settler = make(clauses)
        self._kept = 0
        self._leaves: dict[int, tuple[int, ...]] = {}
        for stratum in sorted({clause.stratum for clause in clauses}):
            own = [clause for clause in clauses if clause.stratum == stratum]
            self._leaves[stratum] = tuple(
                dict.fromkeys(leaf for clause in own for leaf in clause.when + clause.unless)
            )

    def plant(self, key: tuple[int, ...], early: Mapping[int, Truth], rounds: Rounds) -> Root:
        """The root for the scopes of a key. `early`: the truths that are known of them."""
        first = next(iter(rounds), None)
        root = Root(early, None if first is None else self._turn(rounds, first, early))
        self.roots[key] = root
        return root

    def grow(self, turn: Turn, truth: Truth, truths: Mapping[int, Truth]) -> Turn:
        """What follows on a turn whose leaf has this truth. `truths`: of all leaves looked at."""
        if self._kept >= MOST:
            self.roots.clear()
            self._kept = 0
        after = self._turn(turn.rounds, turn.stratum, truths)
        if truth is TRUE:
            turn.if_true = after
        elif truth is FALSE:
            turn.if_false = after
        else:
            turn.if_unknown = after
        return after

    def _turn(self, rounds: Rounds, stratum: int, truths: Mapping[int, Truth]) -> Turn:
        self._kept += 1
        found = _next_leaf(rounds[stratum], truths)
        if found is not None:
            number, leaf = found
            return Turn(rounds, stratum, leaf, number)
        applies = self._settled(stratum, truths)
        certain = frozenset(name for name, truth in applies.items() if truth is TRUE)
        later = next((one for one in rounds if one > stratum), None)
        then = None if later is None else self._turn(rounds, later, truths)
        return Turn(rounds, stratum, None, applies=applies, certain=certain, then=then)

    def _settled(self, stratum: int, truths: Mapping[int, Truth]) -> Mapping[int, Truth]:
        """What the clauses of a stratum come to. A leaf that was not looked at makes no difference:
        every clause that reads it is settled by its other leaves."""
        settler, names = self._settler, self._names
        settled: Mapping[int, Truth] = {}
        settler.begin()
        try:
            for one, leaves in self._leaves.items():
                given = {leaf: truths.get(leaf, FALSE) for leaf in leaves}
                settled = settler.settle(one, given)
                if one == stratum:
                    break
        finally:
            settler.end()
        return {names[clause]: truth for clause, truth in settled.items()}


def _next_leaf(left: Round, truths: Mapping[int, Truth]) -> tuple[int, Leaf] | None:
    """The first leaf that still makes a difference, rule by rule; then those that a later stratum
    reads again."""
    for leaves in left.rules:
        for number, leaf, stops in leaves:
            truth = truths.get(number)
            if truth is None:
                return number, leaf
            if truth is stops:
                break
    return next((one for one in left.lasting if one[0] not in truths), None)
