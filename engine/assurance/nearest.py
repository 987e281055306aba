"""Scenarios in the order in which they are likely to be about a rule: what is near is asked first.

near = Nearest([prepared.scenario for prepared in scenarios])
for place in near.to(rule): …
near.first(place)       # and this one first of all when the same rule is asked about again
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from engine.assurance.scenarios import Scenario
from engine.language.articles import under
from engine.language.ruleset import Rule


class Nearest:
    """The order of scenarios for the rule asked about last."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = scenarios
        self._rule = ""
        self._order: list[int] = []

    def to(self, rule: Rule) -> tuple[int, ...]:
        """The places of all scenarios: those of the rule's folder and article first."""
        if self._rule != rule.name:
            self._rule = rule.name
            distances = [_distance(rule, one) for one in self._scenarios]
            self._order = sorted(range(len(distances)), key=distances.__getitem__)
        return tuple(self._order)

    def first(self, place: int) -> None:
        """Put one before all others, for the same rule."""
        self._order.remove(place)
        self._order.insert(0, place)


def _distance(rule: Rule, scenario: Scenario) -> tuple[int, bool]:
    pairs = zip(scenario.file.split("/"), rule.instrument.split("/"), strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return -shared, not any(under(rule.local, tag) for tag in scenario.tags)
