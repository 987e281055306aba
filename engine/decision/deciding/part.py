"""A part of a decision: one conclusion for one bearer in all its worlds, and how it is told.

What several readers of a part need is worked out once: the options of each leaf, and the rules that
decide it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from engine.decision.deciding.bands_told import Told, bands_of, end_text
from engine.decision.deciding.confidence import LEAST, confidence_of, deciding_rules
from engine.decision.governing.candidates import Candidate, candidates_of, favourable
from engine.decision.governing.choice_of_law import OUT_OF_USE
from engine.decision.worlds.explore import Explored, is_law_open, read_first, settling_sets
from engine.decision.worlds.forks import fact_of
from engine.decision.worlds.options import LeafOptions, lapsed_of, options_of
from engine.decision.worlds.results import Result, Sought
from engine.decision.worlds.world import World
from engine.inference.undecided import NO_LAW, Contradiction
from engine.language.ruleset import TimeLimit
from engine.law.aspects import STANDS

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

MOST_FIRST: Final = 5
"""So many facts are named to be found out first where not everything was followed."""


@dataclass(frozen=True)
class Part:
    """A bearer, what it bears (None: the answer to a question) and all worlds of it."""

    bearer: str
    sought: Sought | None
    explored: Explored
    options: tuple[LeafOptions, ...]
    """Of each leaf."""
    results: tuple[Result, ...]
    candidates: tuple[Candidate, ...]
    """The candidate laws that were compared."""

    @cached_property
    def deciding(self) -> tuple[tuple[World, tuple[int, ...]], ...]:
        """The worlds with the rules on which their results rest."""
        return tuple(deciding_rules(self.results))

    @cached_property
    def details(self) -> Mapping[str, str | None]:
        """Each aspect that has one value in all worlds in which the conclusion stands."""
        values: dict[str, set[str | None]] = {}
        for options in self.options:
            for aspect, band in options.bands:
                ends = {end_text(band.low), end_text(band.high)}
                values.setdefault(aspect, set()).update(ends)
        return {aspect: next(iter(ends)) for aspect, ends in values.items() if len(ends) == 1}

    @property
    def worlds(self) -> list[World]:
        """The worlds, in the order visited."""
        return [result.world for result in self.results if result.world is not None]


def part_of(evaluation: Evaluation, bearer: str, sought: Sought | None, explored: Explored) -> Part:
    """A part of what was explored; of candidate laws only the favourable one is kept."""
    effect = sought[0] if sought else "permit"
    candidates: tuple[Candidate, ...] = ()
    if any(point.kind == "law" for point in explored.points.values()):
        of_leaf = [candidates_of(leaf, explored, effect) for leaf in explored.leaves]
        candidates = tuple(one for several in of_leaf for one in several)
        leaves = zip(explored.leaves, of_leaf, strict=True)
        explored = replace(explored, leaves=tuple(favourable(*pair) for pair in leaves))
    results = tuple(v.result for leaf in explored.leaves for v in leaf.worlds)
    return Part(
        bearer=bearer,
        sought=sought,
        explored=explored,
        options=tuple(options_of(leaf, explored, effect, bearer) for leaf in explored.leaves),
        results=results,
        candidates=candidates,
    )


def concluded_part(evaluation: Evaluation, part: Part, start: date | None) -> Told:
    """What a part comes to, as JSON, and nothing else of it."""
    outcome = outcome_of(part)
    told = {
        "bearer": part.bearer,
        "outcome": outcome,
        "conclusions": _conclusions(evaluation, part, outcome != "undetermined", start),
        "bands": bands_of(part),
    }
    return told if part.sought is None else told | {"object": part.sought[1]}


def lacking_in(evaluation: Evaluation, part: Part) -> Told:
    """What a part that is undetermined lacks, as JSON: facts, texts, what was not followed."""
    sets, least = _missing(part)
    texts = sorted({name for chosen in sets for name in chosen if is_text(name)})
    told: Told = {"missing": _without_texts(sets)}
    if texts:
        told["gaps"] = [_gap(evaluation, name) for name in texts]
    if not least:
        told["not_minimal"] = True
    if part.explored.cut:
        told["not_followed"] = True
        told["find_first"] = _find_first(part.explored)
    if is_law_untold(part):
        told["law_not_told"] = True
    conflicts = [r for r in part.results if r.status == "conflict"]
    if conflicts:
        told["conflicts"] = _conflicts(conflicts)
    return told


def told_part(evaluation: Evaluation, part: Part, start: date | None) -> Told:
    """A part as JSON. `start`: the first day on which the answer is another."""
    told = concluded_part(evaluation, part, start) | {
        "confidence": confidence_of(evaluation, part) if part.results else LEAST,
        "rules": rules_of(part),
    }
    if part.candidates:
        told["laws"] = _laws(part)
    if told["outcome"] == "undetermined":
        told |= lacking_in(evaluation, part)
    refused = next((r for r in part.results if r.status == "refused" and r.reason), None)
    if refused is not None and refused.reason:
        rule = refused.world.setting.program.rules[refused.rules[0]] if refused.world else None
        told["refusal"] = {
            "zh": refused.reason[0],
            "en": refused.reason[1],
            "rule": rule.rule.name if rule else None,
        }
    return told


def rules_of(part: Part) -> list[str]:
    """The full names of the rules on which the results of a part rest directly."""
    return sorted(
        {
            result.world.setting.program.rules[index].rule.name
            for result in part.results
            if result.world is not None
            for index in result.rules
        }
    )


def _laws(part: Part) -> list[Told]:
    """The candidate laws, each with what it comes to and whether it was taken."""
    found: list[Told] = []
    for candidate in part.candidates:
        results = [_result(result) for result in candidate.results]
        told = {
            "law": {name: str(option) for name, option in candidate.law},
            "results": list(dict.fromkeys(results)),
            "taken": candidate.taken,
        }
        beside = [pair for result in candidate.results for pair in result.beside]
        if beside:
            told["together"] = {
                what: list(dict.fromkeys(_result(one) for (_, of), one in beside if of == what))
                for (_, what), _ in beside
            }
        if told not in found:
            found.append(told)
    return found


def _result(result: Result) -> str:
    """What a result comes to, in a word: what is compared, or its status."""
    if result.status == "stands" and result.aspects:
        return str(end_text(result.compared))
    return str(result.value).lower() if result.status == "answer" else result.status


def is_law_untold(part: Part) -> bool:
    """Whether it cannot be told which law governs it, whatever else is so."""
    return any(is_law_open(leaf) for leaf in part.explored.leaves)


def outcome_of(part: Part) -> str:
    """What comes of a part: one of the outcomes of a decision."""
    explored = part.explored
    statuses = {identity.status for options in part.options for identity in options.identity}
    sure = (
        len({options.identity for options in part.options}) == 1
        and not explored.cut
        and not any(leaf.open for leaf in explored.leaves)
        and not any(options.facts for options in part.options)
        and not statuses & {"lacking", "conflict"}
    )
    if not sure:
        return "undetermined"
    if statuses & {"stands", "none", "answer"}:
        return "determined"
    return "refused" if "refused" in statuses else "not_applicable"


# --- what is missing ------------------------------------------------------------------------------
def _missing(part: Part) -> tuple[list[list[str]], bool]:
    pairs = zip(part.explored.leaves, part.options, strict=True)
    by_leaf = {id(leaf): options.identity for leaf, options in pairs}
    sets, least = settling_sets(part.explored, lambda leaf: by_leaf[id(leaf)])
    cleaned: list[list[str]] = []
    for chosen in sets:
        names = sorted({fact_named(name) for name in chosen})
        if names not in cleaned:
            cleaned.append(names)
    return sorted(cleaned, key=lambda names: (len(names), names)), least


def _find_first(explored: Explored) -> list[str]:
    """What to find out first where not everything was followed: facts, that most rests on first."""
    named = (fact_named(name) for name in read_first(explored) if not is_text(name))
    return list(dict.fromkeys(named))[:MOST_FIRST]


def fact_named(name: str) -> str:
    """The fact behind the name of one that is missing; every count of a list that is not complete
    is settled by saying that it is."""
    return re.sub(r"^(\w+\.listed)\[.*\]$", r"\1", fact_of(name))


def is_text(name: str) -> bool:
    """Whether what is missing is a text of the law or a day that has not come: no fact."""
    return name.startswith(("text:", "version:", "until["))


def _without_texts(sets: list[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for chosen in sets:
        names = [name for name in chosen if not is_text(name)]
        if names and names not in found:
            found.append(names)
    return found


_WITHOUT_TEXT: Final = {
    OUT_OF_USE: (
        "所填地区的代码在适用之日和决定之日都已不用（撤并、更名）：请填它现在的代码",
        "the code of the place was in use neither on the day of the law nor on that of the case "
        "(it was merged or renamed): give the code that it has become",
    ),
    NO_LAW: (
        "没有规则说明这一天适用哪里的规定：早于已经读到的规定，或者案情没有写明地点",
        "no rule says which law governs on this day: it is before all that was read, or the case "
        "names no place",
    ),
}
"""What is missing that belongs to no text."""


def _gap(evaluation: Evaluation, name: str) -> Told:
    """A gap of the law, named: which instrument, version and kind, and what its text is."""
    if name.startswith("until["):
        return {"kind": "running-period", "until": name.removeprefix("until[").rstrip("]")}
    if name.startswith("version:"):
        instrument, _, day = name.removeprefix("version:").partition("@")
        return {"kind": "first-day-of-version", "instrument": instrument, "day": day}
    where, _, kind = name.removeprefix("text:").partition(":")
    if not kind:
        return {"kind": "unconfirmed-rule", "rule": where, **_gist(evaluation, where)}
    instrument, _, version = where.rpartition("/")
    told: Told = {"instrument": instrument, "version": version, "kind": kind}
    if not instrument and kind in _WITHOUT_TEXT:
        zh, en = _WITHOUT_TEXT[kind]
        told["text"] = {"zh": zh, "en": en}
    if instrument in evaluation.law.registry.instruments:
        for one in evaluation.law.registry.versions(instrument):
            for gap in one.gaps:
                if one.id == version and gap.kind == kind:
                    told["text"] = {"zh": gap.text.zh, "en": gap.text.en}
    return told


def _gist(evaluation: Evaluation, rule: str) -> Told:
    """What a rule says, where a governing version has it."""
    registry = evaluation.law.registry
    versions = [v for name in registry.instruments if rule.startswith(f"{name}/")
                for v in registry.versions(name)]  # fmt: skip
    gists = (one.gist for v in versions for one in v.rules if one.name == rule)
    gist = next(gists, None)
    return {} if gist is None else {"text": {"zh": gist.zh, "en": gist.en}}


# --- conclusions ----------------------------------------------------------------------------------
def _conclusions(evaluation: Evaluation, part: Part, sure: bool, start: date | None) -> list[Told]:
    answers: dict[Any, Told] = {}
    refusal: Told | None = None
    none: Told | None = None
    found: list[Told] = []
    for result in part.results:
        told: Told | None = None
        if result.status == "answer":
            before = answers.get(result.value)
            told = answers[result.value] = _answer(evaluation, result, start, before)
        elif part.sought is not None:
            effect, what = part.sought
            match result.status:
                case "refused":
                    told = refusal = _refused(what, result, refusal)
                case "none":
                    told = none = none or _none(evaluation, what, part.results)
                case "stands":
                    told = _standing(part, effect, what, result)
        if told is not None and told not in found:
            found.append(told)
    return found if sure or len(found) < 9 else found[:8]


def _answer(
    evaluation: Evaluation, result: Result, start: date | None, before: Told | None
) -> Told:
    """The answer; where several worlds give it, with what it rests on in any of them."""
    told = before or {
        "effect": "permit",
        "object": evaluation.question.object,
        "value": result.value,
        "grounds": [],
        "bars": [],
        "postponed": [],
        "from": start.isoformat() if start else None,
    }
    for name, rules in (
        ("grounds", result.grounds),
        ("bars", result.bars),
        ("postponed", result.postponed),
    ):
        told[name] = sorted({*told[name], *rules})
    return told


def _refused(what: str, result: Result, before: Told | None) -> Told:
    """The refusal with every provision that refuses, in any world, also where one is enough."""
    told = before or {"effect": "refuse", "object": what, "value": None, "grounds": []}
    rules = result.world.setting.program.rules if result.world is not None else ()
    told["grounds"] = sorted({*told["grounds"], *(rules[i].rule.local for i in result.rules)})
    return told


def _standing(part: Part, effect: str, what: str, result: Result) -> Told:
    """That a conclusion stands, with what it comes to in all worlds."""
    told: Told = {"effect": effect, "object": what, "value": None}
    if effect != "charge":
        told["details"] = dict(part.details)
        first = result.aspects[0][0] if result.aspects else STANDS
        told["value"] = None if first.startswith(STANDS) else part.details.get(first)
    return told | _then(result) | lapsed_of([result])


def _none(evaluation: Evaluation, what: str, results: Sequence[Result]) -> Told:
    """That nothing is due, told once; with every ground on which it is so in any world."""
    kind = evaluation.law.vocabulary.conclusions[what]
    results = [one for one in results if one.status == "none"]
    return {
        "effect": kind.none or "none",
        "object": what,
        "value": None,
        "grounds": sorted({ground for one in results for ground in one.grounds}),
        **lapsed_of(results),
    }


def _then(result: Result) -> Told:
    """What follows when a period has run out."""
    rules = result.world.setting.program.rules if result.world is not None else ()
    for index in result.rules:
        effect = rules[index].rule.effects[0]
        if isinstance(effect, TimeLimit) and effect.then is not None:
            return {"then": {"zh": effect.then.zh, "en": effect.then.en}}
    return {}


def _conflicts(results: list[Result]) -> list[Told]:
    found: list[Told] = []
    for result in results:
        program = result.world.setting.program if result.world else None
        name = result.value.key if isinstance(result.value, Contradiction) else "charge"
        told = {
            "name": name,
            "rules": [program.rules[i].rule.name for i in result.rules] if program else [],
        }
        if told not in found:
            found.append(told)
    return found
