"""The direct evaluator: Kleene's logic, clause by clause. Everything else is held against it.

>>> from engine.inference.clauses import Clause
>>> from engine.values.truth import TRUE, UNKNOWN
>>> settler = ReferenceSettler([
...     Clause(index=0, stratum=0, when=(1,), unless=(2,), overridden_by=()),
...     Clause(index=1, stratum=1, when=(1,), unless=(), overridden_by=(0,)),
... ])
>>> settler.begin()
>>> settler.settle(0, {1: TRUE, 2: UNKNOWN})
{0: <Truth.UNKNOWN: 0>}
>>> settler.settle(1, {1: TRUE})
{1: <Truth.UNKNOWN: 0>}
>>> settler.end()
"""

from collections.abc import Mapping, Sequence
from threading import local

from engine.inference.clauses import Clause, SettlingError, check_clauses
from engine.values.truth import TRUE, Truth


class ReferenceSettler(local):
    """A `Settler` in plain Python. Each thread has a binding of its own (`threading.local`)."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Raises ClauseError if the clauses have no meaning."""
        check_clauses(clauses)
        self._strata: dict[int, list[Clause]] = {}
        for clause in sorted(clauses, key=lambda c: (c.stratum, c.index)):
            self._strata.setdefault(clause.stratum, []).append(clause)
        self.end()

    def begin(self) -> None:
        self._turns = list(self._strata)
        self._truths: dict[int, Truth] = {}
        self._applies: dict[int, Truth] = {}
        self._open = True

    def end(self) -> None:
        self._open = False

    def settle(self, stratum: int, truths: Mapping[int, Truth]) -> Mapping[int, Truth]:
        clauses = self._strata.get(stratum, [])
        if not self._open or (clauses and self._turns[:1] != [stratum]):
            raise SettlingError(f"stratum {stratum} is out of turn")
        for leaf in (leaf for clause in clauses for leaf in clause.when + clause.unless):
            truth = truths[leaf]
            if not isinstance(truth, Truth):
                raise TypeError(f"leaf {leaf} has {truth!r} for a truth")
            if self._truths.setdefault(leaf, truth) is not truth:
                raise ValueError(f"leaf {leaf} changed its truth within a binding")
        settled = {clause.index: self._settle_clause(clause) for clause in clauses}
        self._applies |= settled
        self._turns = [turn for turn in self._turns if turn != stratum]
        return settled

    def _settle_clause(self, clause: Clause) -> Truth:
        applies = TRUE
        for leaf in clause.when:
            applies &= self._truths[leaf]
        for leaf in clause.unless:
            applies &= ~self._truths[leaf]
        for other in clause.overridden_by:
            applies &= ~self._applies[other]
        return applies
