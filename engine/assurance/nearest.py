"""Scenarios in the order in which they are likely to be about a rule: what is near is asked first.

near = Nearest([prepared.scenario for prepared in scenarios])
for place in near.to(rule): …
near.first(place)       # and this one first of all when the same rule is asked about again
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from engine.assurance.scenarios import Scenario
from engine.decision.decide import Law
from engine.language.articles import under
from engine.language.ruleset import Rule
from engine.law.places import COUNTRY, PlaceError, contains

_CODE: Final = re.compile(r"(?<![0-9])[0-9]{6}(?:[0-9]{3}){0,2}(?![0-9])")


class Nearest:
    """The order of scenarios for the rule asked about last."""

    def __init__(self, law: Law, scenarios: Sequence[Scenario]) -> None:
        self._instruments = law.registry.instruments
        self._scenarios = scenarios
        self._places = [frozenset(_places(one)) for one in scenarios]
        self._ordinals = list(_ordinals(scenarios))
        self._rule = ""
        self._order: list[int] = []

    def to(self, rule: Rule) -> tuple[int, ...]:
        """Where the scenarios stand in the list: those of the rule's folder and article first.

        Of those equally near one of each file comes before the next of any: neighbours are alike.
        """
        if self._rule != rule.name:
            self._rule = rule.name
            territory = self._instruments[rule.instrument].territory
            distances = {
                place: (*_distance(rule, self._scenarios[place]), self._ordinals[place])
                for place, named in enumerate(self._places)
                if territory == COUNTRY or any(_lies_in(territory, code) for code in named)
            }
            self._order = sorted(distances, key=distances.__getitem__)
        return tuple(self._order)

    def first(self, place: int) -> None:
        """Put one before all others, for the same rule."""
        self._order.remove(place)
        self._order.insert(0, place)


def _distance(rule: Rule, scenario: Scenario) -> tuple[int, bool]:
    pairs = zip(scenario.file.split("/"), rule.instrument.split("/"), strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return -shared, not any(under(rule.local, tag) for tag in scenario.tags)


def _ordinals(scenarios: Sequence[Scenario]) -> Iterator[int]:
    """How many of the same file come before each."""
    before: Counter[str] = Counter()
    for one in scenarios:
        yield before[one.file]
        before[one.file] += 1


def _lies_in(territory: str, code: str) -> bool:
    try:
        return contains(territory, code)
    except PlaceError:
        return False  # a number of so many digits, and no place


def _places(scenario: Scenario) -> Iterator[str]:
    """What looks like the code of a place, in any sentence or table."""
    for step in scenario.steps:
        for text in (step.text, *(cell for row in step.table for cell in row)):
            yield from _CODE.findall(text)
