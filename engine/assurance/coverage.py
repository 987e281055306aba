"""Which rules decide something in some scenario: without them an answer is another one.

    found = coverage(load_law(Path("rulesets")), scenarios)
    found.as_json()     # {"provisions": n, "decisive": m, "undecided": [rule names]}

A rule is decisive if, were it never to apply, one scenario would have another outcome, conclusion,
band, bearer, authority or date. Where it does not stand in any world of a scenario nothing can be
another; in all others it is tried, until one is found that it decides.

A rule that decides nothing because others say the same is named with these: without them it would
decide. It stays among the undecided, for a reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.assurance.answers import Answer, answer_to
from engine.assurance.nearest import Nearest
from engine.assurance.scenarios import Prepared, Scenario
from engine.assurance.watched import Watch, watched
from engine.decision.altered import rules_in, without
from engine.decision.case import Case
from engine.decision.decide import Law
from engine.inference.effects import concludes, word_of
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Rule

COMPARED: Final = ("bearer", "object", "outcome", "conclusions", "bands")
"""What of a part may be another without a rule; dates and authorities are in its conclusions."""
FOUND: Final = ("point", "subject", "finding", "lawful", "overcharged", "explained")
"""What of a finding of a review may be."""


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


def coverage(law: Law, scenarios: Sequence[Prepared], prefix: str = "") -> Coverage:
    """What every rule of a law decides in scenarios, or those whose names begin with a prefix."""
    rules = {rule.name: rule for rule in rules_in(law)}
    answers = _Answers(law, scenarios)
    found = []
    for name, rule in rules.items():
        if name.startswith(prefix):
            decides = answers.decided_by(rule)
            beside = () if decides else answers.beside(rule, rules)
            found.append(Decisive(rule, decides, beside))
    titles = {id: one.title for id, one in law.registry.instruments.items()}
    return Coverage(tuple(found), titles)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A case, its answer under the law as it is, and what was seen of the rules meanwhile."""

    case: Case
    content: Mapping[str, Any]
    watch: Watch


class _Answers:
    """The answers of scenarios under the law as it is, each found when it is first needed."""

    def __init__(self, law: Law, scenarios: Sequence[Prepared]) -> None:
        self._law = law
        self._scenarios = scenarios
        self._found: dict[int, list[_Answered]] = {}
        self._near = Nearest(law, [one.scenario for one in scenarios])

    def decided_by(self, rule: Rule) -> Scenario | None:
        """The nearest scenario that a rule decides."""
        lacking = without(self._law, rule.name)
        for place, answered in self._where_it_stood(rule):
            if _is_other(answered, lacking):
                return self._scenarios[place].scenario
        return None

    def beside(self, rule: Rule, rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
        """The rules that conclude the same, and without which this one would decide a scenario."""
        for _, answered in self._where_it_stood(rule):
            stood = answered.watch.standing & rules.keys() - {rule.name}
            others = sorted(n for n in stood if _concluded(rules[n]) == _concluded(rule))
            if others:
                alone = _answered(answered.case, without(self._law, *others))
                if _is_other(alone, without(self._law, *others, rule.name)):
                    return tuple(rules[name] for name in others)
        return ()

    def _where_it_stood(self, rule: Rule) -> Iterator[tuple[int, _Answered]]:
        for place in self._near.to(rule):
            if place not in self._found:
                asked = self._scenarios[place].asked
                self._found[place] = [_answered(one.case, self._law) for one in asked]
            for answered in self._found[place]:
                if rule.name in answered.watch.standing and answered.watch.concerned(rule):
                    yield place, answered


def _answered(case: Case, law: Law) -> _Answered:
    watch = Watch()
    answer = answer_to(case, watched(law, watch))
    return _Answered(case, content_of(answer), watch)


def _concluded(rule: Rule) -> tuple[str, tuple[str, ...]]:
    return word_of(rule), concludes(rule.effects[0])


def _is_other(answered: _Answered, law: Law) -> bool:
    """Whether another law gives the case another answer."""
    # Most answers are another one today; only for the others the years ahead are looked through.
    today = content_of(answer_to(answered.case, law, ahead=False))
    if today != _today(answered.content):
        return True
    dated = any("from" in one for part in today.get("parts", ()) for one in part["conclusions"])
    return dated and content_of(answer_to(answered.case, law)) != answered.content


def content_of(answer: Answer) -> Mapping[str, Any]:
    """What of an answer counts: not its trace, warnings, provisions or versions."""
    if "findings" in answer:
        findings = [{key: one.get(key) for key in FOUND} for one in answer["findings"]]
        return {"findings": findings, "periods": answer["periods"]}
    parts = [{key: part.get(key) for key in COMPARED} for part in answer["parts"]]
    return {"outcome": answer["outcome"], "parts": parts}


def _today(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content without the day from which on the answer is another one."""
    if "parts" not in content:
        return content
    parts = [
        {**part, "conclusions": [_undated(one) for one in part["conclusions"]]}
        for part in content["parts"]
    ]
    return {**content, "parts": parts}


def _undated(conclusion: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**conclusion, "from": None} if "from" in conclusion else conclusion
