"""What inference works on: rules reduced to clauses over leaves, for one binding.

A *leaf* is a condition whose truth somebody else has computed: a comparison, a fact, a choice
of the authority. A *clause* is one rule seen from here. It applies when its own leaves are
true, no leaf of an exception is true, and no clause that takes its place applies:

    applies = AND(when) AND NOT OR(unless) AND NOT OR(applies(o) for o in overridden_by)

in Kleene's three values: TRUE is certain, UNKNOWN possible but not certain, FALSE impossible.
Clauses are settled stratum by stratum; what overrides a clause lies in an earlier stratum.

>>> basic = Clause(index=1, stratum=1, when=(7,), unless=(8,), overridden_by=(0,))
>>> check_clauses([Clause(0, 0, (9,), (), ()), basic])
>>> check_clauses([Clause(0, 0, (9,), (), (5,))])
Traceback (most recent call last):
    ...
engine.inference.clauses.ClauseError: clause 0: overridden by clause 5, which does not exist
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.values.truth import Truth


class ClauseError(ValueError):
    """A clause list that must not be used: what is wrong, in English and Chinese, and where."""

    def __init__(self, en: str, zh: str, clause: int | None = None) -> None:
        place_en = "" if clause is None else f"clause {clause}: "
        place_zh = "" if clause is None else f"第 {clause} 号子句："
        super().__init__(place_en + en)
        self.en = place_en + en
        self.zh = place_zh + zh
        self.clause = clause


class SettlingError(RuntimeError):
    """A settler was used out of turn, or its machinery failed. No result may be used."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule as inference sees it: propositional, for one binding."""

    index: int
    """0..n-1, its place in the clause list."""
    stratum: int
    """Settled in this round; everything in `overridden_by` has a smaller stratum."""
    when: tuple[int, ...]
    """Leaves that must be true (a `may` rule has its choice as one more leaf)."""
    unless: tuple[int, ...]
    """Leaves of exceptions: the rule stands unless one is true."""
    overridden_by: tuple[int, ...]
    """Clauses that take its place when they apply."""


class Settler(Protocol):
    """Says which clauses apply, for one binding at a time.

    Between `begin` and `end` every stratum that has clauses is settled once, in ascending
    order (others may be asked for and give nothing). A leaf keeps its truth for the whole
    binding. Call `end` in a `finally`: a settler may hold a lock from `begin` to `end`.
    """

    def begin(self) -> None:
        """Start a new binding; one that this thread left open is forgotten."""

    def settle(self, stratum: int, truths: Mapping[int, Truth]) -> Mapping[int, Truth]:
        """Leaf -> truth for every leaf of the stratum, in; clause index -> truth, out.

        Raises KeyError for a leaf without a truth, TypeError for a truth that is none,
        ValueError for a leaf that changed its truth, SettlingError out of turn.
        """

    def end(self) -> None:
        """Finish the binding. Does nothing if none is open."""


def check_clauses(clauses: Sequence[Clause]) -> None:
    """Raise ClauseError at the first clause that no settler could give a meaning to."""
    for place, clause in enumerate(clauses):
        if type(clause.index) is not int or clause.index != place:
            raise ClauseError(
                f"its index is {clause.index!r}, not its place in the list",
                f"其序号为 {clause.index!r}，与所在位置不符",
                place,
            )
        if type(clause.stratum) is not int or clause.stratum < 0:
            raise ClauseError(
                f"stratum {clause.stratum!r} is not a whole number from 0",
                f"层次 {clause.stratum!r} 不是非负整数",
                place,
            )
        for leaf in (*clause.when, *clause.unless):
            if type(leaf) is not int or leaf < 0:
                raise ClauseError(
                    f"leaf {leaf!r} is not a whole number from 0",
                    f"条件编号 {leaf!r} 不是非负整数",
                    place,
                )
    for clause in clauses:
        for other in clause.overridden_by:
            if type(other) is not int or not 0 <= other < len(clauses):
                raise ClauseError(
                    f"overridden by clause {other!r}, which does not exist",
                    f"取代它的子句 {other!r} 不存在",
                    clause.index,
                )
            if clauses[other].stratum >= clause.stratum:
                raise ClauseError(
                    f"overridden by clause {other}, which is not in an earlier stratum",
                    f"取代它的第 {other} 号子句不在更早的层次",
                    clause.index,
                )
