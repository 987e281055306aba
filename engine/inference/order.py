"""The order in which rules can be settled, and what each rule's result rests on.

A rule's stratum is one more than that of every rule whose result its conditions read: rules that
define a name they read (also through terms and through the values of other names), rules whose
grounds they ask about, and rules that override it. A cycle is an error with its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.inference.effects import RANKS, concludes
from engine.inference.parts import Parts
from engine.inference.program import ProgramError, VersionKey
from engine.inference.rule_parts import RuleParts
from engine.language.expression import Expression
from engine.language.ruleset import Lapse, OverrideRule, Rank, Refuse, Rule


class Order:
    """Which rule must be settled before which."""

    def __init__(
        self,
        chosen: Sequence[tuple[Rule, VersionKey]],
        parts: Parts,
        terms: Mapping[str, Sequence[tuple[VersionKey, Expression]]],
    ) -> None:
        self.chosen = chosen
        self._parts = parts
        own = [parts.in_version(rule, version) for rule, version in chosen]
        read = [parts.of_rule(rule) for rule, _ in chosen]
        self.conditions = [one.conditions for one in read]
        self.computes = [one.computes for one in read]
        self.givers: dict[str, list[int]] = {}
        for i, one in enumerate(read):
            for symbol in one.given:
                self.givers.setdefault(symbol, []).append(i)
        self._terms = {
            name: parts.reached(expression for _, expression in of) for name, of in terms.items()
        }
        self._live = frozenset(self.givers.keys() | self._terms.keys())
        """The symbols through which a rule of the program can be reached."""
        self._overriding: dict[tuple[Any, ...], list[int]] = {}
        for i, (rule, version) in enumerate(chosen):
            if rule.overrides:
                for target in _targets(rule, version, own[i]):
                    self._overriding.setdefault(target, []).append(i)
        self.overriders = [self._overriders(i, one) for i, one in enumerate(own)]
        self._strata: dict[int, int] = {}
        self._reached: dict[frozenset[str], set[int]] = {}
        self._relied: dict[int, frozenset[int]] = {}
        self._path: list[int] = []

    def _overriders(self, index: int, own: RuleParts) -> tuple[int, ...]:
        if not self._overriding:
            return ()
        rule, version = self.chosen[index]
        named = [("rule", own.kind, version, rule.local)]
        found: set[int] = set()
        for target in (*named, *(("conclusion", own.kind, what) for what in own.drawn)):
            for i in self._overriding.get(target, ()):
                other, other_version = self.chosen[i]
                if i != index and any(
                    yields(rule, override, version == other_version, other)
                    for override in other.overrides
                ):
                    found.add(i)
        return tuple(sorted(found))

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
            for i in self.givers.get(symbol, ()):
                if i not in rules:
                    rules.add(i)
                    more.append(self.computes[i])
            for read in more:
                new = (read & self._live) - seen
                seen |= new
                todo += new
        return rules

    def stratum(self, index: int) -> int:
        """The stratum of a rule."""
        if index in self._strata:
            return self._strata[index]
        if index in self._path:
            cycle = [*self._path[self._path.index(index) :], index]
            raise ProgramError([self.chosen[i][0].name for i in cycle])
        self._path.append(index)
        before = self._givers_of(self.conditions[index]) | set(self.overriders[index])
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
            before = self._givers_of(self.conditions[i] | self.computes[i])
            for other in before | set(self.overriders[i]):
                if other not in reached:
                    reached.add(other)
                    todo.append(other)
        return frozenset(reached - {index})


def _targets(rule: Rule, version: VersionKey, own: RuleParts) -> Iterator[tuple[Any, ...]]:
    """Under what the rules that may yield to a rule are looked for: their full local names, of
    which an override may leave out the article, or what they conclude."""
    for how, name in own.takes_place_of:
        if how == "conclusion":
            yield "conclusion", own.kind, name
        else:
            yield "rule", own.kind, version, name
            yield "rule", own.kind, version, f"{rule.article}/{name}"


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
