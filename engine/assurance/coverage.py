"""Which rules decide something in some scenario: without them an answer is another one.

    found = coverage(load_law(Path("rulesets")), read_scenarios(Path("features")))
    found.as_json()     # {"provisions": n, "decisive": m, "undecided": [rule names]}

A rule is decisive if a law without it gives one scenario another outcome, conclusion, band, bearer,
authority or date. Only rules that applied in some world of a scenario, on the day of its decision
or on the day on which its answer changes, are tried against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

from engine.assurance.altered import rules_in, without
from engine.assurance.answer_sentences import is_rule
from engine.assurance.answers import Answer, answer_to, decisions_in
from engine.assurance.scenarios import Prepared, Scenario
from engine.decision.case import Case
from engine.decision.decide import Law
from engine.inference.program import ProgramError
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Define, Governs, Rule

COMPARED: Final = ("bearer", "object", "outcome", "conclusions", "bands")
"""What of a part may be another without a rule; dates and authorities are in its conclusions."""
FOUND: Final = ("point", "subject", "finding", "lawful", "overcharged", "explained")
"""What of a finding of a review may be."""


KEPT: Final = 24
"""So many altered laws are held at a time: each has its own programs."""


@dataclass(frozen=True, slots=True)
class Decisive:
    """A rule, and the first scenario found that it decides; None: there is none."""

    rule: Rule
    decides: Scenario | None


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


def coverage(law: Law, scenarios: Sequence[Prepared]) -> Coverage:
    """What every rule of a law decides in scenarios."""
    rules = tuple(rules_in(law))
    decides: dict[str, Scenario] = {}
    # Its programs are compiled once; scenarios of one instrument lie together, so few are kept.
    lacking = lru_cache(maxsize=KEPT)(partial(without, law))
    waiting: list[tuple[Scenario, Case, Answer]] = []
    for prepared in scenarios:
        for asked in prepared.asked:
            answer: Answer = answer_to(asked.case, law)
            for name in cited(answer, rules):
                if name not in decides and _is_other(asked.case, answer, lacking(name)):
                    decides[name] = prepared.scenario
            if changes(answer):
                waiting.append((prepared.scenario, asked.case, answer))
    # What decides only when an answer changes is looked for last: most rules are decisive before.
    for scenario, case, answer in waiting:
        if len(decides) == len(rules):
            break
        for name in cited(on_change(case, answer, law), rules):
            if name not in decides and _is_other(case, answer, lacking(name)):
                decides[name] = scenario
    titles = {id: one.title for id, one in law.registry.instruments.items()}
    return Coverage(tuple(Decisive(rule, decides.get(rule.name)) for rule in rules), titles)


def content_of(answer: Answer) -> Mapping[str, Any]:
    """What of an answer counts: not its trace, warnings, provisions or versions."""
    if "findings" in answer:
        findings = [{key: one.get(key) for key in FOUND} for one in answer["findings"]]
        return {"findings": findings, "periods": answer["periods"]}
    parts = [{key: part.get(key) for key in COMPARED} for part in answer["parts"]]
    return {"outcome": answer["outcome"], "parts": parts}


def cited(answer: Answer, rules: Sequence[Rule]) -> tuple[str, ...]:
    """The names of the rules that may have applied where an answer was found.

    Of the rules that say which law governs those are known that chose a version; what they rest on
    is not told, so that all that define something there are among them.
    """
    decisions = decisions_in(answer)
    names = {provision["rule"] for told in (answer, *decisions) for provision in told["provisions"]}
    names |= {version["because"]["rule"] for told in decisions for version in told["versions"]}
    ends = {
        local
        for told in decisions
        for conclusion in told["conclusions"]
        for role in ("grounds", "bars", "postponed")
        for local in conclusion.get(role, ())
    }
    connecting = {rule.instrument for rule in rules if isinstance(rule.effects[0], Governs)}
    return tuple(
        rule.name
        for rule in rules
        if rule.name in names
        or (rule.instrument in connecting and isinstance(rule.effects[0], Define))
        or any(is_rule(rule.name, end) for end in ends)
    )


def changes(answer: Answer) -> str | None:
    """The day from which on the answer is another one, all else equal; None: it stays."""
    conclusions = answer.get("conclusions", ())  # a review is about a day that does not change
    days = (conclusion.get("from") for conclusion in conclusions)
    return next((day for day in days if day), None)


def on_change(case: Case, answer: Answer, law: Law) -> Answer:
    """The answer of the day on which this one changes; the same answer where it stays."""
    day = changes(answer)
    return answer_to(replace(case, as_of=date.fromisoformat(day)), law) if day else answer


def _is_other(case: Case, answer: Answer, law: Law) -> bool:
    try:
        return content_of(answer_to(case, law)) != content_of(answer)
    except ProgramError:
        # Without the rule the others depend on themselves: no answer is another answer.
        return True
