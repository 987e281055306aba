"""The order in which rules can be settled, and what each rule's result rests on.

A rule's stratum is one more than that of every rule whose result its conditions read: rules that
define a name they read (also through terms and through the values of other names), rules whose
grounds they ask about, and rules that override it. A cycle is an error with its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.inference.effects import RANKS, concludes
from engine.inference.parts import Parts
from engine.inference.program import ProgramError, VersionKey
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
        self.symbols_of = symbols_of = parts.symbols
        self.formulas = dict(parts.formula_symbols)
        for name, own in terms.items():
            self.formulas[name] = self.formulas.get(name, frozenset()).union(
                *(symbols_of([expression]) for _, expression in own)
            )
        read = [parts.of_rule(rule) for rule, _ in chosen]
        self.conditions = [one.conditions for one in read]
        self.computes = [one.computes for one in read]
        self.givers: dict[str, list[int]] = {}
        for i, one in enumerate(read):
            for symbol in one.given:
                self.givers.setdefault(symbol, []).append(i)
        self._overriding: dict[str | None, list[int]] = {}
        for i, (rule, _) in enumerate(chosen):
            if rule.overrides:
                self._overriding.setdefault(_kind(rule), []).append(i)
        self.overriders = [self._overriders(i) for i in range(len(chosen))]
        self._strata: dict[int, int] = {}
        self._reached: dict[frozenset[str], set[int]] = {}
        self._relied: dict[int, frozenset[int]] = {}
        self._path: list[int] = []

    def _overriders(self, index: int) -> tuple[int, ...]:
        rule, version = self.chosen[index]
        found = []
        for i in self._overriding.get(_kind(rule), ()):
            other, other_version = self.chosen[i]
            if i == index:
                continue
            if any(
                yields(rule, override, version == other_version, other)
                for override in other.overrides
            ):
                found.append(i)
        return tuple(found)

    def givers_of(self, expressions: Iterable[Expression]) -> set[int]:
        """The rules whose results the expressions read."""
        return self._givers_of(self.symbols_of(expressions))

    def _givers_of(self, symbols: frozenset[str]) -> set[int]:
        """The rules whose results these symbols read, through terms and values of names."""
        if symbols not in self._reached:
            rules: set[int] = set()
            seen: set[str] = set()
            todo = sorted(symbols)
            while todo:
                symbol = todo.pop()
                if symbol in seen:
                    continue
                seen.add(symbol)
                todo += self.formulas.get(symbol, ())
                for i in self.givers.get(symbol, ()):
                    if i not in rules:
                        rules.add(i)
                        todo += self.computes[i]
            self._reached[symbols] = rules
        return self._reached[symbols]

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


def _kind(rule: Rule) -> str | None:
    return rule.subject.kind if rule.subject else None


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
