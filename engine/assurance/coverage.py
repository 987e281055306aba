"""Which rules decide something in some scenario: without them an answer is another one.

    found = coverage(load_law(Path("rulesets")), scenarios)
    found.as_json()     # {"provisions": n, "decisive": m, "undecided": [rule names]}

A rule is decisive if, were it never to apply, one scenario would have another outcome, conclusion,
band, bearer, authority or date. Where it does not stand in any world of a scenario nothing can be
another; the others are tried, the nearest first and no more than `TRIES`, until one is found that
it decides. The day on which an answer will be another one counts where a scenario looks at it.

A rule that decides nothing because others say the same is named with these: without them it would
decide. It stays among the undecided, for a reader to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeAlias

from engine.assurance.answers import Answer, answer_to
from engine.assurance.nearest import Nearest
from engine.assurance.scenarios import Asked, Prepared, Scenario
from engine.assurance.spread import spread
from engine.assurance.watched import Watch, watched
from engine.decision.governing.altered import rules_in, without
from engine.decision.governing.law import Law
from engine.inference.effects import concludes, word_of
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Rule

TRIES: Final = 100
"""Scenarios in which a rule stands that are answered without it. A rule of national law may stand
in every case: one that decides none of those next to it wants a scenario of its own."""
COMPARED: Final = ("bearer", "object", "outcome", "conclusions", "bands")
"""What of a part may be another without a rule; dates and authorities are in its conclusions."""
FOUND: Final = ("point", "subject", "finding", "lawful", "overcharged", "explained")
"""What of a finding of a review may be."""
STANDING: Final = ("object", "bearer", "outcome", "conclusions", "bands")
"""What may be of what stands on the day of a review."""


@dataclass(frozen=True, slots=True)
class Decisive:
    """A rule, and the first scenario found that it decides; None: there is none."""

    rule: Rule
    decides: Scenario | None
    beside: tuple[Rule, ...] = ()
    """The rules that say the same, if this one decides nothing for that reason."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every rule with an effect, by its name, in the order of instruments and versions."""

    rules: tuple[Decisive, ...]
    titles: Mapping[str, Bilingual]
    """Of the instruments."""

    @property
    def undecided(self) -> tuple[Rule, ...]:
        """The rules that decide no scenario."""
        return tuple(one.rule for one in self.rules if one.decides is None)

    def as_json(self) -> dict[str, Any]:
        """How many provisions, how many decisive ones, and the names of the others."""
        names = [rule.name for rule in self.undecided]
        provisions = len(self.rules)
        return {"provisions": provisions, "decisive": provisions - len(names), "undecided": names}

    def by_instrument(self) -> Iterator[tuple[str, tuple[Decisive, ...]]]:
        """The rules of each instrument."""
        for instrument in self.titles:
            found = tuple(one for one in self.rules if one.rule.instrument == instrument)
            if found:
                yield instrument, found


def coverage(
    law: Law,
    scenarios: Sequence[Prepared],
    prefix: str = "",
    *,
    jobs: int = 1,
    watch: Callable[[Decisive, int], object] = lambda one, rules: None,
) -> Coverage:
    """What every rule of a law decides in scenarios, or those whose names begin with a prefix.

    `jobs`: processes that share the work. `watch` is told each rule when it has been
    looked at, and how many there are.
    """
    rules = {rule.name: rule for rule in rules_in(law)}
    names = [name for name in rules if name.startswith(prefix)]

    def begin() -> Callable[[int], _Found]:
        answers = _Answers(law, scenarios, rules)
        return lambda number: answers.found(rules[names[number]])

    found: list[Decisive] = []
    for name, (place, beside) in zip(names, spread(begin, len(names), jobs=jobs), strict=True):
        decides = None if place is None else scenarios[place].scenario
        found.append(Decisive(rules[name], decides, tuple(rules[other] for other in beside)))
        watch(found[-1], len(names))
    titles = {id: one.title for id, one in law.registry.instruments.items()}
    return Coverage(tuple(found), titles)


_Found: TypeAlias = tuple[int | None, tuple[str, ...]]
"""The place of the scenario that a rule decides, and the names of the rules that say the same."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """A case, its answer under the law as it is, and what was seen of the rules meanwhile."""

    asked: Asked
    content: Mapping[str, Any]
    watch: Watch


class _Answers:
    """The answers of scenarios under the law as it is, each found when it is first needed."""

    def __init__(self, law: Law, scenarios: Sequence[Prepared], rules: Mapping[str, Rule]) -> None:
        self._law = law
        self._scenarios = scenarios
        self._rules = rules
        self._found: dict[int, list[_Answered]] = {}
        self._near = Nearest(law, scenarios)

    def found(self, rule: Rule) -> _Found:
        """The nearest scenario that a rule decides; without one, what says the same."""
        lacking = without(self._law, rule.name)
        for place, answered in islice(self._where_it_stood(rule), TRIES):
            if _is_other(answered, lacking):
                return place, ()
        return None, self._beside(rule)

    def _beside(self, rule: Rule) -> tuple[str, ...]:
        """The rules that conclude the same, and without which this one would decide a scenario."""
        rules = self._rules
        for _, answered in islice(self._where_it_stood(rule), TRIES):
            stood = answered.watch.standing & rules.keys() - {rule.name}
            others = sorted(n for n in stood if _concluded(rules[n]) == _concluded(rule))
            if others:
                alone = _answered(answered.asked, without(self._law, *others))
                if _is_other(alone, without(self._law, *others, rule.name)):
                    return tuple(others)
        return ()

    def _where_it_stood(self, rule: Rule) -> Iterator[tuple[int, _Answered]]:
        for place in self._near.to(rule):
            if place not in self._found:
                asked = self._scenarios[place].asked
                self._found[place] = [_answered(one, self._law) for one in asked]
            for answered in self._found[place]:
                if rule.name in answered.watch.standing and answered.watch.concerned(rule):
                    yield place, answered


def _answered(asked: Asked, law: Law) -> _Answered:
    watch = Watch()
    return _Answered(asked, _content(asked, watched(law, watch)), watch)


def _content(asked: Asked, law: Law) -> Mapping[str, Any]:
    return content_of(answer_to(asked.case, law, ahead=asked.ahead))


def _concluded(rule: Rule) -> tuple[str, tuple[str, ...]]:
    return word_of(rule), concludes(rule.effects[0])


def _is_other(answered: _Answered, law: Law) -> bool:
    """Whether another law gives the case another answer."""
    return _content(answered.asked, law) != answered.content


def content_of(answer: Answer) -> Mapping[str, Any]:
    """What of an answer counts: not its trace, warnings, provisions or versions."""
    if "findings" in answer:
        findings = [{key: one.get(key) for key in FOUND} for one in answer["findings"]]
        standing = [{key: one.get(key) for key in STANDING} for one in answer["standing"]]
        return {"findings": findings, "periods": answer["periods"], "standing": standing}
    parts = [{key: part.get(key) for key in COMPARED} for part in answer["parts"]]
    return {"outcome": answer["outcome"], "parts": parts}
