"""Scenarios in the order in which they are likely to be about a rule: what is near is asked first.

near = Nearest(law, scenarios)
for place in near.to(rule): …
near.first(place)       # and this one first of all when the same rule is asked about again
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import chain, takewhile
from typing import Final

from engine.assurance.scenarios import Prepared, Scenario
from engine.decision.case.model import Case, Found
from engine.decision.governing.law import Law
from engine.inference.effects import concludes, word_of
from engine.language.articles import under
from engine.language.ruleset import Define, Governs, Rule
from engine.law.places import COUNTRY, PlaceError, contains
from engine.law.vocabulary_questions import Question

MOST: Final = 400
"""Scenarios that are asked about a rule: to tell that it stands in none of thousands, all of them
would have to be answered."""
ASKED: Final = 2
"""What a question for the conclusion weighs: as much as two folders, so that what another folder
asks (a review, a procedure) comes before what the rule's own folder asks about something else."""
_WORD: Final = re.compile("[a-z_]+")
_CODE: Final = re.compile(r"(?<![0-9])[0-9]{6}(?:[0-9]{3}){0,2}(?![0-9])")


class Nearest:
    """The order of scenarios for the rule asked about last."""

    def __init__(self, law: Law, scenarios: Sequence[Prepared]) -> None:
        self._instruments = law.registry.instruments
        self._questions = law.vocabulary.questions
        self._leading = {name: set(_led_to(law, one)) for name, one in self._questions.items()}
        self._scenarios = [one.scenario for one in scenarios]
        self._asked = [
            {ask for one in several.asked for ask in self._asks(one.case.question.ask)}
            for several in scenarios
        ]
        self._words = [
            {word for one in several.asked for word in _words(one.case)} for several in scenarios
        ]
        self._places = [frozenset(_places(one)) for one in self._scenarios]
        self._ordinals = list(_ordinals(self._scenarios))
        self._rule = ""
        self._order: list[int] = []

    def to(self, rule: Rule) -> tuple[int, ...]:
        """Where the scenarios stand in the list, no more than `MOST` of them.

        Near is what stands in the rule's folder, has its article as tag and, most of all, asks for
        what the rule concludes; then a case that has what its conditions name. Of those equally
        near one of each file comes before the next of any: neighbours are alike.
        """
        if self._rule != rule.name:
            self._rule = rule.name
            territory = self._instruments[rule.instrument].territory
            questions = set(self._asking_for(rule)) or set(self._leading_to(rule))
            words = {
                word for one in (*rule.when, *rule.unless) for word in _WORD.findall(one.source)
            }
            distances = {
                place: self._distance(rule, questions, words, place)
                for place, named in enumerate(self._places)
                if territory == COUNTRY or any(_lies_in(territory, code) for code in named)
            }
            self._order = sorted(distances, key=distances.__getitem__)[:MOST]
        return tuple(self._order)

    def first(self, place: int) -> None:
        """Put one before all others, for the same rule."""
        self._order.remove(place)
        self._order.insert(0, place)

    def _distance(
        self, rule: Rule, questions: Set[str], words: Set[str], place: int
    ) -> tuple[int, ...]:
        scenario = self._scenarios[place]
        pairs = zip(scenario.file.split("/"), rule.instrument.split("/"), strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        is_tagged = any(under(rule.local, tag) for tag in scenario.tags)
        is_asked = bool(questions & self._asked[place])
        named = len(words & self._words[place])
        return -shared - is_tagged - ASKED * is_asked, -shared, -named, self._ordinals[place]

    def _asks(self, ask: str) -> Iterator[str]:
        """A question, and those that a review goes on to ask."""
        yield ask
        reviews = self._questions[ask].reviews
        if reviews is not None:
            yield from (one for several in reviews.then.values() for one in several)

    def _asking_for(self, rule: Rule) -> Iterator[str]:
        """The questions that seek what a rule concludes, or compare what it defines, or whose law
        it says."""
        word = word_of(rule)
        for effect in rule.effects:
            if isinstance(effect, Governs):
                yield from effect.questions
            for question in self._questions.values():
                # By name, whatever the effect: a rule may refuse or end what the question seeks.
                named = {what for _, what in question.seeks if what}
                if question.reviews is not None:
                    named.update(chain.from_iterable(question.reviews.values.values()))
                all_of_it = (word, None) in question.seeks and not isinstance(effect, Define)
                if all_of_it or not named.isdisjoint(concludes(effect)):
                    yield question.name

    def _leading_to(self, rule: Rule) -> Iterator[str]:
        """The questions that go on to what a rule gives; it is known by its name, with a slip or
        without."""
        return (name for name, led_to in self._leading.items() if rule.name in led_to)


def _led_to(law: Law, question: Question) -> Iterator[str]:
    """The names of the rules that a question goes on to."""
    relevant = law.relevance(question).rules
    for versions in law.registry.by_instrument.values():
        for version in versions:
            yield from (rule.name for rule in version.rules if id(rule) in relevant)


def _words(case: Case) -> Iterator[str]:
    """The names of the facts of a case and its codes, as expressions write them."""
    for entities in case.entities.values():
        for entity in entities:
            for key, fact in entity.facts.items():
                yield key.rpartition(".")[2]
                for found in (fact,) if isinstance(fact, Found) else (one.found for one in fact):
                    values = found.value if isinstance(found.value, tuple) else (found.value,)
                    yield from (one.replace("-", "_") for one in values if isinstance(one, str))


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
