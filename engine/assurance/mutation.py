"""Whether scenarios notice a slip in a rule: each mutant must make one of them fail.

    found = mutate(law, scenarios, prefix="cn/hubei")
    found.survivors     # the slips that no scenario notices

A mutant is killed by the first scenario that can be affected and has a check that does not hold
any more, or no answer at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from engine.assurance.altered import replaced, rules_in
from engine.assurance.answers import decisions_in
from engine.assurance.coverage import cited, on_change
from engine.assurance.mutants import Mutant, mutants_of
from engine.assurance.scenarios import Prepared, Scenario, run_scenario
from engine.decision.decide import Law
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Rule


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule with a slip, and the scenario that notices; None: none does."""

    rule: Rule
    told: Bilingual
    killed_by: Scenario | None

    def as_json(self) -> dict[str, Any]:
        """The trial as plain data."""
        return {
            "rule": self.rule.name,
            "file": self.rule.at.file,
            "line": self.rule.at.line,
            "mutation": {"zh": self.told.zh, "en": self.told.en},
            "killed": self.killed_by is not None,
            "scenario": self.killed_by.at if self.killed_by else None,
        }


@dataclass(frozen=True, slots=True)
class Mutation:
    """All trials, in the order of the rules."""

    trials: tuple[Trial, ...]

    @property
    def survivors(self) -> tuple[Trial, ...]:
        """The slips that no scenario notices."""
        return tuple(trial for trial in self.trials if trial.killed_by is None)

    @property
    def killed(self) -> tuple[Trial, ...]:
        """The slips that a scenario notices."""
        return tuple(trial for trial in self.trials if trial.killed_by is not None)

    def as_json(self) -> dict[str, Any]:
        """How many were tried and killed, and each trial, survivors first."""
        survivors, killed = self.survivors, self.killed
        return {
            "mutants": len(self.trials),
            "killed": len(killed),
            "survived": len(survivors),
            "trials": [trial.as_json() for trial in (*survivors, *killed)],
        }


@dataclass(frozen=True, slots=True)
class Witness:
    """A scenario that holds of the law as it is: the rules it rests on, the texts it is under."""

    prepared: Prepared
    rests_on: frozenset[str]
    under: frozenset[tuple[str, str]]


class BrokenScenarios(ValueError):
    """Scenarios that fail on the law as it is: they can tell nothing of a slip."""

    def __init__(self, failed: Sequence[Scenario]) -> None:
        self.failed = tuple(failed)
        super().__init__(", ".join(one.at for one in failed))


def mutate(
    law: Law,
    scenarios: Sequence[Prepared],
    *,
    prefix: str = "",
    sample: int | None = None,
    seed: int = 0,
    watch: Callable[[Trial], object] = lambda trial: None,
) -> Mutation:
    """Try every slip in every rule whose name begins with a prefix, or a sample of so many.

    `watch` is told each trial as it ends. Raises BrokenScenarios where the law as it is fails.
    """
    tried = [
        (rule, place, mutant)
        for rule in rules_in(law, prefix)
        for place, mutant in enumerate(mutants_of(rule))
    ]
    if sample is not None and sample < len(tried):
        chosen = sorted(Random(seed).sample(range(len(tried)), sample))
        tried = [tried[i] for i in chosen]
    witnesses = _witnesses(law, scenarios)
    trials: list[Trial] = []
    for rule, place, mutant in tried:
        trials.append(Trial(rule, mutant.told, _killer(law, rule, place, witnesses)))
        watch(trials[-1])
    return Mutation(tuple(trials))


def _witnesses(law: Law, scenarios: Sequence[Prepared]) -> list[Witness]:
    """What each scenario has to do with, in the law as it is."""
    rules = tuple(rules_in(law))
    found: list[Witness] = []
    broken: list[Scenario] = []
    for prepared in scenarios:
        run = run_scenario(prepared, law)
        if run.failed:
            broken.append(prepared.scenario)
        rests_on: set[str] = set()
        under: set[tuple[str, str]] = set()
        for asked, answer in zip(prepared.asked, run.answers, strict=True):
            for told in (answer, on_change(asked.case, answer, law)):
                rests_on.update(cited(told, rules))
                versions = (one for part in decisions_in(told) for one in part["versions"])
                under.update((one["instrument"], one["version"]) for one in versions)
        found.append(Witness(prepared, frozenset(rests_on), frozenset(under)))
    if broken:
        raise BrokenScenarios(broken)
    return found


def _killer(law: Law, rule: Rule, place: int, witnesses: Sequence[Witness]) -> Scenario | None:
    """The first scenario that notices a slip: those that rest on the rule are asked first."""

    def slip(there: Rule) -> Rule:
        found: Mutant = next(islice(mutants_of(there), place, None))
        return found.rule

    wrong = replaced(law, rule.name, slip)
    near = [one for one in witnesses if rule.name in one.rests_on]
    for witness in (*near, *_others(law, rule, witnesses)):
        if _notices(witness.prepared, wrong):
            return witness.prepared.scenario
    return None


def _others(law: Law, rule: Rule, witnesses: Sequence[Witness]) -> Iterator[Witness]:
    """The scenarios under a text that has the rule, or with an answer that will change under it."""
    texts = {
        (instrument, version.id)
        for instrument, versions in law.registry.by_instrument.items()
        for version in versions
        if any(one.name == rule.name for one in version.rules)
    }
    for witness in witnesses:
        if rule.name not in witness.rests_on and not texts.isdisjoint(witness.under):
            yield witness


def _notices(prepared: Prepared, law: Law) -> bool:
    try:
        return bool(run_scenario(prepared, law).failed)
    except Exception:
        # Whatever a slip breaks: a scenario that gets no answer has noticed it.
        return True
