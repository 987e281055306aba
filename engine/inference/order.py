"""The order in which rules can be settled, and what each rule's result rests on.

A rule's stratum is one more than that of every rule whose result its conditions read: rules that
define a name they read (also through terms and through the values of other names), rules whose
grounds they ask about, and rules that override it. A cycle is an error with its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from engine.inference.effects import RANKS, concludes
from engine.inference.parts import Parts
from engine.language.expression import Expression
from engine.language.ruleset import Lapse, OverrideRule, Rank, Refuse, Rule


class ProgramError(ValueError):
    """Rules that cannot be put in an order: the path of the cycle."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(" → ".join(path))
        self.path = tuple(path)


class Order:
    """Which rule must be settled before which; worked out when it is asked for.

    `overriders`: by the place of a rule, those that take its place, where there are any; `terms`:
    what versions put in the place of each name.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        overriders: Mapping[int, tuple[int, ...]],
        terms: Mapping[str, Sequence[Expression]],
        parts: Parts,
    ) -> None:
        self._rules = rules
        self._overriders = overriders
        self._terms = {name: parts.reached(of) for name, of in terms.items()}
        self._parts = parts
        self._strata: dict[int, int] = {}
        self._reached: dict[frozenset[str], set[int]] = {}
        self._relied: dict[int, frozenset[int]] = {}
        self._path: list[int] = []

    @cached_property
    def _givers(self) -> Mapping[str, Sequence[int]]:
        """By symbol, the rules through which it is reached."""
        givers: dict[str, list[int]] = {}
        for i, rule in enumerate(self._rules):
            for symbol in self._parts.of_rule(rule).given:
                givers.setdefault(symbol, []).append(i)
        return givers

    @cached_property
    def _live(self) -> frozenset[str]:
        """The symbols through which a rule of the program can be reached."""
        return frozenset(self._givers.keys() | self._terms.keys())

    @cached_property
    def rounds(self) -> int:
        """How many strata there are. Raises `ProgramError` if rules depend on themselves."""
        return 1 + max(map(self.stratum, range(len(self._rules))), default=-1)

    def givers_of(self, expressions: Iterable[Expression]) -> set[int]:
        """The rules whose results the expressions read."""
        return self._givers_of(self._parts.reached(expressions))

    def _givers_of(self, symbols: frozenset[str]) -> set[int]:
        """The rules whose results these symbols read, through terms and values of names."""
        todo = symbols & self._live
        found = self._reached.get(todo)
        if found is None:
            found = self._reached[todo] = self._follow(todo)
        return found

    def _follow(self, symbols: frozenset[str]) -> set[int]:
        rules: set[int] = set()
        seen = set(symbols)
        todo = sorted(symbols)
        while todo:
            symbol = todo.pop()
            more = [self._terms[symbol]] if symbol in self._terms else []
            for i in self._givers.get(symbol, ()):
                if i not in rules:
                    rules.add(i)
                    more.append(self._parts.of_rule(self._rules[i]).computes)
            for read in more:
                new = (read & self._live) - seen
                seen |= new
                todo += new
        return rules

    def stratum(self, index: int) -> int:
        """The stratum of a rule. Raises `ProgramError` if it depends on itself."""
        if index in self._strata:
            return self._strata[index]
        if index in self._path:
            cycle = [*self._path[self._path.index(index) :], index]
            raise ProgramError([self._rules[i].name for i in cycle])
        self._path.append(index)
        read = self._parts.of_rule(self._rules[index]).conditions
        before = self._givers_of(read).union(self._overriders.get(index, ()))
        stratum = 1 + max((self.stratum(i) for i in sorted(before)), default=-1)
        self._path.pop()
        self._strata[index] = stratum
        return stratum

    def relied_on(self, index: int) -> frozenset[int]:
        """The rules on which a rule's result rests, directly or not; worked out when asked for."""
        found = self._relied.get(index)
        if found is None:
            found = self._relied[index] = self._reaches(index)
        return found

    def _reaches(self, index: int) -> frozenset[int]:
        reached: set[int] = set()
        todo = [index]
        while todo:
            i = todo.pop()
            read = self._parts.of_rule(self._rules[i])
            before = self._givers_of(read.conditions | read.computes)
            for other in before.union(self._overriders.get(i, ())):
                if other not in reached:
                    reached.add(other)
                    todo.append(other)
        return frozenset(reached - {index})


def yields(rule: Rule, override: object, same_version: bool, other: Rule) -> bool:
    """Whether a rule yields to an override of another."""
    if isinstance(override, OverrideRule):
        names = (rule.local, rule.local.removeprefix(f"{other.article}/"))
        return same_version and rule.instrument == other.instrument and override.local in names
    conclusion: str = override.conclusion  # type: ignore[attr-defined]
    below: Rank = override.rank_below  # type: ignore[attr-defined]
    lower = RANKS.index(rule.rank) > RANKS.index(below)
    drawn = (effect for effect in rule.effects if not isinstance(effect, Lapse | Refuse))
    return lower and any(conclusion in concludes(effect) for effect in drawn)
