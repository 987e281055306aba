"""Which rules decide something in some scenario: without them an answer is another one.

    found = coverage(load_law(Path("rulesets")), scenarios)
    found.as_json()     # {"provisions": n, "decisive": m, "undecided": [rule names]}

A rule is decisive if, were it never to apply, one scenario would have another outcome, conclusion,
band, bearer, authority or date. Where it does not stand in any world of a scenario nothing can be
another; in all others it is tried, until one is found that it decides.

A rule that decides nothing because another says the same is named with that other: without the
other it would decide. It stays among the undecided, for a reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.assurance.altered import rules_in, without
from engine.assurance.answers import Answer, answer_to
from engine.assurance.scenarios import Prepared, Scenario
from engine.assurance.watched import Watch, watched
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
    beside: Rule | None = None
    """The rule that says the same, if this one decides nothing for that reason."""


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
    waiting = {name for name in rules if name.startswith(prefix)}
    decides: dict[str, Scenario] = {}
    stood: dict[str, list[Case]] = {}
    for prepared in scenarios:
        for asked in prepared.asked:
            watch = Watch()
            answer = answer_to(asked.case, watched(law, watch))
            for name in sorted(watch.standing & waiting):
                if is_other(asked.case, answer, without(law, name)):
                    decides[name] = prepared.scenario
                    waiting.discard(name)
                    stood.pop(name, None)
                else:
                    stood.setdefault(name, []).append(asked.case)
    titles = {id: one.title for id, one in law.registry.instruments.items()}
    return Coverage(
        tuple(
            Decisive(rule, decides.get(name), _beside(law, rules, rule, stood.get(name, ())))
            for name, rule in rules.items()
            if name.startswith(prefix)
        ),
        titles,
    )


def content_of(answer: Answer, *, ahead: bool = True) -> Mapping[str, Any]:
    """What of an answer counts: not its trace, warnings, provisions or versions.

    `ahead`: with the day from which on it is another one.
    """
    if "findings" in answer:
        findings = [{key: one.get(key) for key in FOUND} for one in answer["findings"]]
        return {"findings": findings, "periods": answer["periods"]}
    parts = [{key: part.get(key) for key in COMPARED} for part in answer["parts"]]
    if not ahead:
        for part in parts:
            part["conclusions"] = [{**one, "from": None} for one in part["conclusions"]]
    return {"outcome": answer["outcome"], "parts": parts}


def is_other(case: Case, answer: Answer, law: Law) -> bool:
    """Whether another law gives a case another answer."""
    # Most answers are another one today; only for the others the years ahead are looked through.
    today = content_of(answer_to(case, law, ahead=False), ahead=False)
    if today != content_of(answer, ahead=False):
        return True
    if not any("from" in one for one in answer.get("conclusions", ())):
        return False
    return content_of(answer_to(case, law)) != content_of(answer)


def _beside(law: Law, rules: Mapping[str, Rule], rule: Rule, cases: Sequence[Case]) -> Rule | None:
    """The rule without which this one would decide one of the cases in which it stood."""
    conclusions = (word_of(rule), concludes(rule.effects[0]))
    for case in cases:
        watch = Watch()
        answer_to(case, watched(law, watch))
        for name in sorted(watch.standing & rules.keys() - {rule.name}):
            other = rules[name]
            if (word_of(other), concludes(other.effects[0])) == conclusions:
                answer = answer_to(case, without(law, name))
                if is_other(case, answer, without(law, name, rule.name)):
                    return other
    return None
