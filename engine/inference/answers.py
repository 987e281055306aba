"""What the clauses of a group come to, asked of the settler once for each combination of truths.

The answer for a binding depends on the truths of its leaves and on nothing else, and in practice
few combinations occur. So answers are kept as a tree, one level for each stratum: a binding whose
truths were met before walks down it, and only what is new is settled, from the first stratum on.

>>> from engine.inference.reference import ReferenceSettler
>>> clauses = [
...     Clause(index=0, stratum=0, when=(1,), unless=(2,), overridden_by=()),
...     Clause(index=1, stratum=1, when=(1,), unless=(), overridden_by=(0,)),
... ]
>>> answers = Answers(clauses, names=(10, 11), make=ReferenceSettler)
>>> first = answers.after(answers.start, 0, {1: Truth.TRUE, 2: Truth.UNKNOWN})
>>> first.applies
{10: <Truth.UNKNOWN: 0>}
>>> answers.after(answers.start, 0, {1: Truth.TRUE, 2: Truth.UNKNOWN}) is first
True
>>> answers.after(first, 1, {1: Truth.TRUE, 2: Truth.UNKNOWN}).applies
{11: <Truth.UNKNOWN: 0>}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.inference.clauses import Clause, Settler
from engine.values.truth import Truth

MOST: Final = 20_000
"""Answers kept for a group; beyond it all are forgotten."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clauses of a stratum come to, by their names, and what comes after it."""

    applies: Mapping[int, Truth]
    certain: frozenset[int]
    """The clauses that apply."""
    after: dict[tuple[int, ...], Answer] = field(default_factory=dict, repr=False)


class Answers:
    """The answers of one group, with the settler that gives them."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        names: Sequence[int],
        make: Callable[[Sequence[Clause]], Settler],
    ) -> None:
        """`names`: how each clause is called outside. Raises ClauseError as the settler does."""
        self.start = Answer({}, frozenset())
        self._names = tuple(names)
        self._settler = make(clauses)
        self._kept = 0
        self._strata = sorted({clause.stratum for clause in clauses})
        self._leaves = {
            stratum: tuple(
                dict.fromkeys(
                    leaf for c in clauses if c.stratum == stratum for leaf in c.when + c.unless
                )
            )
            for stratum in self._strata
        }

    def after(
        self,
        before: Answer,
        stratum: int,
        truths: Mapping[int, Truth],
        leaves: Sequence[int] | None = None,
    ) -> Answer:
        """The answer of a stratum that has clauses, after that of the one before it.

        `truths` holds the leaves of this stratum and of those before; one that is not there makes
        no difference: every clause that reads it is settled by its other leaves. `leaves`: those
        that make a difference, where some are known not to.
        """
        get, true, unknown = truths.get, Truth.TRUE, Truth.UNKNOWN
        key = tuple(
            [
                leaf if truth is true else ~leaf
                for leaf in (self._leaves[stratum] if leaves is None else leaves)
                if (truth := get(leaf)) is true or truth is unknown
            ]
        )
        found = before.after.get(key)
        return found or self._settled(before, key, stratum, truths)

    def _settled(
        self, before: Answer, key: tuple[int, ...], stratum: int, truths: Mapping[int, Truth]
    ) -> Answer:
        settler, names = self._settler, self._names
        settler.begin()
        try:
            for one in self._strata[: self._strata.index(stratum) + 1]:
                given = {leaf: truths.get(leaf, Truth.FALSE) for leaf in self._leaves[one]}
                settled = settler.settle(one, given)
        finally:
            settler.end()
        applies = {names[clause]: truth for clause, truth in settled.items()}
        certain = frozenset(name for name, truth in applies.items() if truth is Truth.TRUE)
        if self._kept >= MOST:
            self.start.after.clear()
            self._kept = 0
        self._kept += 1
        answer = before.after[key] = Answer(applies, certain)
        return answer
