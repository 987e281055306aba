"""Whether scenarios notice a slip in a rule: each mutant must make one of them fail.

    found = mutate(law, scenarios, prefix="cn/hubei")
    found.survivors     # the slips that no scenario notices

A mutant is killed by the first scenario that can be affected and has a check that does not hold
any more. Those of the rule's own article and folder are asked first, and no more than `TRIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby, islice
from typing import Any, Final

from engine.assurance.mutants import Mutant, mutants_of, said_by_all, same_at_the_border
from engine.assurance.nearest import Nearest
from engine.assurance.scenarios import Prepared, Scenario, ScenarioError, run_scenario
from engine.assurance.spread import spread
from engine.assurance.watched import Watch, watched
from engine.decision.governing.altered import replaced, rules_in
from engine.decision.governing.law import Law
from engine.language.articles import under
from engine.language.diagnostics import Bilingual
from engine.language.ruleset import Forbid, OverrideRule, Postpone, Rule
from engine.law.vocabulary import Formula

TRIES: Final = 100
"""Scenarios that are run for one slip. A rule of national law may stand in every case; what the
scenarios next to it do not notice wants one of its own."""


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


def may_notice(watch: Watch, mutant: Mutant) -> bool:
    """Whether a slip can make a difference where this was seen."""
    name = mutant.rule.name
    reached = name in watch.standing or mutant.condition in watch.stopped.get(name, ())
    return reached and watch.concerned(mutant.rule)


class BrokenScenarios(ValueError):
    """Scenarios that fail on the law as it is: they can tell nothing of a slip."""

    def __init__(self, failed: Sequence[Scenario]) -> None:
        self.failed = tuple(failed)
        super().__init__(self.failed)

    def __str__(self) -> str:
        return ", ".join(one.at for one in self.failed)


def mutate(
    law: Law,
    scenarios: Sequence[Prepared],
    *,
    prefix: str = "",
    sample: int | None = None,
    seed: int = 0,
    jobs: int = 1,
    watch: Callable[[Trial, int], object] = lambda trial, trials: None,
) -> Mutation:
    """Try every slip in every rule whose name begins with a prefix, or a sample of so many.

    A slip is in the sample or not by what it says, whatever other rules there are. `jobs`:
    processes that share the work. `watch` is told each trial when all of its rule are over, and how
    many there will be. Raises BrokenScenarios where the law as it is fails.
    """
    formulas = _formulas(law)
    tried = [
        (rule, place, mutant)
        for rule in rules_in(law, prefix)
        for place, mutant in _noticeable(law, rule, formulas)
    ]
    if sample is not None:
        drawn = sorted(range(len(tried)), key=lambda n: _lot(seed, tried[n][2]))[:sample]
        tried = [tried[n] for n in sorted(drawn)]
    by_rule = [list(slips) for _, slips in groupby(tried, key=lambda one: one[0].name)]

    def begin() -> Callable[[int], list[int | None]]:
        witnesses = _Witnesses(law, scenarios, formulas)
        return lambda number: [
            witnesses.killer(place, mutant) for _, place, mutant in by_rule[number]
        ]

    trials: list[Trial] = []
    for slips, killers in zip(by_rule, spread(begin, len(by_rule), jobs=jobs), strict=True):
        for (rule, _, mutant), killer in zip(slips, killers, strict=True):
            killed_by = None if killer is None else scenarios[killer].scenario
            trials.append(Trial(rule, mutant.told, killed_by))
            watch(trials[-1], len(tried))
    return Mutation(tuple(trials))


def _noticeable(
    law: Law, rule: Rule, formulas: Mapping[str, Formula]
) -> Iterator[tuple[int, Mutant]]:
    """The slips of a rule with their places, without those that change no value and no ground."""
    yielding = {one.local for one in rule.overrides if isinstance(one, OverrideRule)}
    named = {
        ground
        for effect in rule.effects
        if isinstance(effect, Forbid | Postpone)
        for ground in effect.grounds
    }
    beside = _beside(law, rule) if yielding or named else []
    replaced_by_it = [one for one in beside if one.local in yielding]
    grounds = [one for one in beside if any(under(one.local, ground) for ground in named)]
    for place, mutant in enumerate(mutants_of(rule, formulas)):
        if same_at_the_border(mutant, rule, replaced_by_it):
            continue
        if not said_by_all(mutant, rule, grounds):
            yield place, mutant


def _beside(law: Law, rule: Rule) -> list[Rule]:
    """The rules of every version of the text that has this one."""
    return [
        one
        for version in law.registry.by_instrument[rule.instrument]
        if any(there.name == rule.name for there in version.rules)
        for one in version.rules
    ]


def _formulas(law: Law) -> dict[str, Formula]:
    """What names mean by their formulas, where no version gives them another meaning."""
    versions = (one for several in law.registry.by_instrument.values() for one in several)
    own = {name for version in versions for name, _ in version.terms}
    return {key: one for key, one in law.vocabulary.formulas.items() if key not in own}


def _lot(seed: int, mutant: Mutant) -> bytes:
    return blake2b(f"{seed} {mutant.rule.name} {mutant.told.en}".encode()).digest()


class _Witnesses:
    """The scenarios, each run on the law as it is when it is first needed."""

    def __init__(
        self, law: Law, scenarios: Sequence[Prepared], formulas: Mapping[str, Formula]
    ) -> None:
        self._law = law
        self._scenarios = scenarios
        self._formulas = formulas
        self._found: dict[int, Watch] = {}
        self._near = Nearest(law, scenarios)

    def killer(self, place: int, mutant: Mutant) -> int | None:
        """The place of the first scenario that notices a slip, the so many-th of its rule."""

        def slip(there: Rule) -> Rule:
            found: Mutant = next(islice(mutants_of(there, self._formulas), place, None))
            return found.rule

        wrong = replaced(self._law, mutant.rule.name, slip)
        for near in islice(self._able(mutant), TRIES):
            if _notices(self._scenarios[near], wrong):
                self._near.first(near)
                return near
        return None

    def _able(self, mutant: Mutant) -> Iterator[int]:
        """The places of the scenarios that can notice a slip; the nearest first, but before all
        others those in which a condition that is left out stopped the rule."""
        near = self._near.to(mutant.rule)
        stopped = set()
        for place in near if mutant.is_left_out else ():
            by = self._witness(place).stopped.get(mutant.rule.name, ())
            if mutant.condition in by and may_notice(self._witness(place), mutant):
                stopped.add(place)
                yield place
        for place in near:
            if place not in stopped and may_notice(self._witness(place), mutant):
                yield place

    def _witness(self, place: int) -> Watch:
        if place not in self._found:
            prepared, watch = self._scenarios[place], Watch()
            if run_scenario(prepared, watched(self._law, watch)).failed:
                raise BrokenScenarios([prepared.scenario])
            self._found[place] = watch
        return self._found[place]


def _notices(prepared: Prepared, law: Law) -> bool:
    try:
        return bool(run_scenario(prepared, law).failed)
    except ScenarioError:
        return True  # a check names what is not there any more
