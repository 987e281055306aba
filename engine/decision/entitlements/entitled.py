"""A row of what a family is entitled to: what a part of an answer comes to in some days.

    row_of(evaluation, part, Window(date(2025, 1, 1), date(2025, 12, 31)), None)["amount"]

There is no row where there is nothing to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.deciding.bands_told import end_text
from engine.decision.deciding.cited import provisions_of, versions_of
from engine.decision.deciding.confidence import LEAST
from engine.decision.deciding.decide import Evaluation
from engine.decision.deciding.followed import followed_in
from engine.decision.deciding.part import Part, told_part
from engine.decision.trace.part_trace import part_node
from engine.decision.words.suppositions import Suppositions
from engine.decision.worlds.concluded import concluded
from engine.decision.worlds.world import World
from engine.inference.program import ProgramRule
from engine.inference.undecided import NO_LAW
from engine.language.diagnostics import LANGUAGES
from engine.law.statistics import DECIDING
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Window

Told: TypeAlias = dict[str, Any]
Texts: TypeAlias = dict[tuple[str, str], Told]
"""The texts that govern, each as it was first chosen, by instrument and version."""

SHOWN: Final = (
    *("amount", "per", "least", "total", "duration", "days", "start", "end"),
    *("payer", "authority", "papers", "apply_by"),
)
"""The aspects that a row tells."""


def row_of(evaluation: Evaluation, part: Part, piece: Window, texts: Texts | None) -> Told | None:
    """What a part comes to in a piece; None where there is nothing to tell. With `texts`: also why,
    and the texts on which it rests are added to them."""
    told = told_part(evaluation, part, None)
    effect, what = part.sought or ("", None)
    details: Mapping[str, Any] = next(
        (one["details"] for one in told["conclusions"] if "details" in one), {}
    )
    if told["outcome"] == "determined" and not any(
        one["effect"] == effect for one in told["conclusions"]
    ):
        return None
    first, last = piece.first.isoformat(), piece.last.isoformat()
    start, end = details.get("start"), details.get("end") or _latest(told["bands"], "end")
    lasts = details.get("duration") or _latest(told["bands"], "duration")
    is_open = bool(start and lasts) and not end and not details.get("per")
    words = evaluation.law.vocabulary
    label = evaluation.question.label if what is None else words.conclusions[what].label
    provisions, _ = provisions_of([part])
    instruments = evaluation.law.registry.instruments
    rules = set(told["rules"])
    shares = _shares(part, words)
    gaps = _gaps(told)
    row = {
        "bearer": part.bearer,
        "object": what,
        "label": {"zh": label.zh, "en": label.en},
        "outcome": told["outcome"],
        # A length of time begins on its own day, before its cause even: leave before a birth.
        "from": start if start and lasts and (end or is_open) else max(first, start or first),
        "until": min(last, end or last),
        "open_end": is_open,
        "place": _place(evaluation, part),
        **{name: details.get(name) for name in SHOWN},
        "bands": [
            {"aspect": band["aspect"], "low": band["low"], "high": band["high"]}
            for band in told["bands"]
            if band["aspect"] in SHOWN and band["aspect"] not in details
        ],
        "provisions": [
            {
                "rule": one["rule"],
                "title": {
                    lang: instruments[one["instrument"]].title.of(lang) for lang in LANGUAGES
                },
                "version": one["version"],
                "article": one["article"],
                "gist": one["gist"],
                "confidence": one["confidence"],
                "sources": one["sources"],
                "gives": shares.get(one["rule"]),
            }
            for one in provisions
            if one["rule"] in rules
        ],
        "confidence": _confidence(told, gaps),
        "missing": told.get("missing", []),
        "gaps": gaps,
        "refusal": told.get("refusal"),
        "no_amount": told["outcome"] == "refused" and _is_granted(part),
        "followed": [
            {"path": path, "text": {"zh": said.zh, "en": said.en}}
            for path, said in followed_in(part.worlds, words, evaluation.case.as_of).items()
            if path.split(".")[1] == part.bearer  # the law of others is told with their rows
        ],
    }
    if texts is not None:
        versions, _ = versions_of(evaluation, [part])
        for one in versions:
            texts.setdefault((one["instrument"], one["version"]), one)
        row["trace"] = part_node(evaluation, Suppositions(evaluation.law, versions), part, told)
    return row


def _gaps(told: Told) -> list[Told]:
    """The texts that are not known; that no law governs, where facts are missing that would tell
    which, is no gap."""
    gaps: list[Told] = told.get("gaps", [])
    return [one for one in gaps if one["kind"] != NO_LAW or not told["missing"]]


def _confidence(told: Told, gaps: list[Told]) -> str:
    """How sure a row is: what hangs on a text that is not known is not confirmed by the others."""
    own: str = told["confidence"]
    return LEAST if gaps and own in DECIDING else own


def _is_granted(part: Part) -> bool:
    """Whether a rule that grants it says that it has no amount, and none that there is no basis."""
    rules = {
        one.world.setting.program.rules[index].effect
        for one in part.results
        if one.status == "refused" and one.world is not None
        for index in one.rules
    }
    return bool(rules) and "refuse" not in rules


def _place(evaluation: Evaluation, part: Part) -> str | None:
    """The place by whose law the bearer is given something; None where that is not one place."""
    found = set()
    for world, rules in part.deciding:
        governed = evaluation.governed[id(world)]
        for rule in (world.setting.program.rules[index] for index in rules):
            if rule.effect != (part.sought or ("",))[0]:
                continue
            subjects = {one.id if one else None for one in world.subjects(rule)}
            found |= {
                one.place
                for one in governed.selections
                if one.subject in subjects
                and rule.effect in one.effects
                and rule.version in one.taken.keys
                and _concerns(world, rule, one.subject, part.bearer)
            }
    return found.pop() if len(found) == 1 else None


def _concerns(world: World, rule: ProgramRule, subject: str | None, bearer: str) -> bool:
    """Whether a rule applies for a subject, and gives what it gives to the bearer."""
    return _gives(world, rule, None if subject is None else world.setting.by_id[subject], bearer)


def _gives(world: World, rule: ProgramRule, subject: EntityRecord | None, bearer: str) -> bool:
    """Whether a rule gives to the bearer. Only that was followed in the world of a part: whether
    the rule applies for others may be open there."""
    return bearer in world.bearers(rule, subject) and world.applies(rule.index, subject)


def _latest(bands: Iterable[Told], aspect: str) -> str | None:
    """The highest of what an aspect may be; None where it has no bands or an open one."""
    ends = [band["high"] for band in bands if band["aspect"] == aspect]
    return max(ends) if ends and None not in ends else None


def _shares(part: Part, vocabulary: Vocabulary) -> dict[str, str]:
    """Of a sum, what each rule adds to it, where it is one amount or one length of time."""
    found: dict[str, set[str]] = {}
    what = part.sought[1] if part.sought else None
    if what is None or vocabulary.conclusions[what].combination != "sum":
        return {}
    for result in part.results:
        world = result.world
        if world is None or len(result.rules) < 2:
            continue
        for index in result.rules:
            rule = world.setting.program.rules[index]
            for subject in world.subjects(rule) if rule.effect == "grant" else ():
                if _gives(world, rule, subject, part.bearer):
                    given = concluded(world, rule, subject)
                    values = [given[name] for name in ("amount", "duration") if name in given]
                    told = {str(end_text(value)) for value in values}
                    found.setdefault(rule.rule.name, set()).update(told)
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}
