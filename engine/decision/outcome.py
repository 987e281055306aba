"""The result of a decision: parts gathered, as the JSON form `decision/1`.

Exit codes: 0 determined, 3 undetermined, 4 refused, 5 not applicable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from engine.decision.confidence import LEAST, confidence_of, deciding_rules
from engine.decision.explore import Explored, settling_sets
from engine.decision.results import (
    Identity,
    Result,
    favourable,
    identity_of,
    intervals_of_leaf,
    open_facts,
)
from engine.decision.trace import trace_of
from engine.decision.warnings import warnings_of
from engine.decision.world import World, fact_of
from engine.inference.program import RANKS
from engine.inference.undecided import Contradiction
from engine.values.intervals import Choice, Interval
from engine.values.money import Money, format_yuan

if TYPE_CHECKING:
    from engine.decision.decide import Evaluation

EXITS: Final[Mapping[str, int]] = {
    "determined": 0,
    "undetermined": 3,
    "refused": 4,
    "not_applicable": 5,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A bearer and all worlds of what it bears."""

    bearer: str
    explored: Explored


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as its canonical content."""

    content: Mapping[str, Any]

    @property
    def outcome(self) -> str:
        """determined, undetermined, refused or not_applicable."""
        return str(self.content["outcome"])

    @property
    def exit(self) -> int:
        """The exit code of the command line."""
        return EXITS[self.outcome]

    def as_json(self) -> dict[str, Any]:
        """The form `decision/1`."""
        return dict(self.content)


def assemble(
    evaluation: Evaluation, parts: list[Part], start: date | None, *, traced: bool
) -> Decision:
    """Gather the parts of a case into one result."""
    told = [_part(evaluation, part, start) for part in parts]
    outcomes = [str(part["outcome"]) for part in told]
    order = ("undetermined", "determined", "refused", "not_applicable")
    outcome = next((o for o in order if o in outcomes), "not_applicable")
    worlds = [world for part in parts for world in worlds_of(part.explored)]
    content: dict[str, Any] = {
        "schema": "decision/1",
        "question": {
            "ask": evaluation.case.question.ask,
            "about": list(evaluation.case.question.about),
        },
        "as_of": evaluation.case.as_of.isoformat(),
        "outcome": outcome,
        "exit": EXITS[outcome],
        "parts": told,
        "conclusions": _gathered(told, "conclusions"),
        "bands": _gathered(told, "bands"),
        "missing": _gathered(told, "missing"),
        "gaps": _gathered(told, "gaps"),
        "conflicts": _gathered(told, "conflicts"),
        "choices": _recorded(evaluation, told),
        "provisions": _provisions(worlds, parts),
        "warnings": warnings_of(evaluation, parts, told, worlds),
        "versions": _versions(evaluation, worlds),
    }
    content["id"] = "sha256:" + sha256(canonical(content)).hexdigest()
    if traced:  # the trace follows from the rest: the id does not depend on whether it is told
        content["trace"] = trace_of(evaluation, parts, told, content)
    return Decision(content)


def _recorded(evaluation: Evaluation, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a person decided, beside what the law allows: it narrows no band."""
    points = {
        choice["point"] for part in told for band in part["bands"] for choice in band["choices"]
    }
    return [
        {
            "point": choice.point,
            "value": list(choice.value) if isinstance(choice.value, tuple) else choice.value,
            "by": choice.by,
            "reasons": choice.reasons,
            "open": choice.point in points,
        }
        for choice in evaluation.case.choices
    ]


def canonical(content: Mapping[str, Any]) -> bytes:
    """The canonical JSON of a result, as RFC 8785 has it.

    A result holds no floating-point number and only ASCII keys; for such content the compact form
    of the standard library, with keys in order, is the canonical one (a test holds the two equal).
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def worlds_of(explored: Explored) -> list[World]:
    """The worlds of a part, in the order visited."""
    return [
        visited.result.world
        for leaf in explored.leaves
        for visited in leaf.worlds
        if visited.result.world is not None
    ]


def _gathered(parts: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        for item in part.get(key, ()):
            if item not in found:
                found.append(item)
    return found


def _part(evaluation: Evaluation, part: Part, start: date | None) -> dict[str, Any]:
    explored = replace(
        part.explored,
        leaves=tuple(favourable(leaf, part.explored) for leaf in part.explored.leaves),
    )
    identities = [identity_of(leaf, explored) for leaf in explored.leaves]
    results = [v.result for leaf in explored.leaves for v in leaf.worlds]
    statuses = {identity.status for found in identities for identity in found}
    sure = (
        len(set(identities)) == 1
        and not explored.cut
        and not any(leaf.open for leaf in explored.leaves)
        and not any(open_facts(leaf) for leaf in explored.leaves)
        and not statuses & {"lacking", "conflict"}
    )
    told: dict[str, Any] = {
        "bearer": part.bearer,
        "outcome": _outcome(sure, statuses),
        "confidence": confidence_of(evaluation, results) if results else LEAST,
        "conclusions": _conclusions(evaluation, results, sure, start),
        "bands": _bands(part.bearer, explored, identities),
    }
    if told["outcome"] == "undetermined":
        sets, least = _missing(explored, identities, results)
        texts = sorted({name for chosen in sets for name in chosen if _is_text(name)})
        told["missing"] = _without_texts(sets)
        if texts:
            told["gaps"] = [_gap(evaluation, name) for name in texts]
        if not least:
            told["not_minimal"] = True
        conflicts = [r for r in results if r.status == "conflict"]
        if conflicts:
            told["conflicts"] = _conflicts(conflicts)
    refused = next((r for r in results if r.status == "refused" and r.reason), None)
    if refused is not None and refused.reason:
        rule = refused.world.setting.program.rules[refused.rules[0]] if refused.world else None
        told["refusal"] = {
            "zh": refused.reason[0],
            "en": refused.reason[1],
            "rule": rule.rule.name if rule else None,
        }
    return told


def _outcome(sure: bool, statuses: set[str]) -> str:
    if not sure:
        return "undetermined"
    if statuses & {"due", "none", "answer"}:
        return "determined"
    return "refused" if "refused" in statuses else "not_applicable"


def _missing(
    explored: Explored, identities: list[frozenset[Identity]], results: list[Result]
) -> tuple[list[list[str]], bool]:
    by_leaf = {id(leaf): found for leaf, found in zip(explored.leaves, identities, strict=True)}
    sets, least = settling_sets(explored, lambda leaf: by_leaf[id(leaf)])
    cleaned: list[list[str]] = []
    for chosen in sets:
        names = sorted({_listed(fact_of(name)) for name in chosen})
        if names not in cleaned:
            cleaned.append(names)
    return sorted(cleaned, key=lambda names: (len(names), names)), least


def _listed(path: str) -> str:
    """Every count of a list that is not complete is settled by saying that it is."""
    return re.sub(r"^(\w+\.listed)\[.*\]$", r"\1", path)


def _is_text(name: str) -> bool:
    return name.startswith(("text:", "version:", "until["))


def _without_texts(sets: list[list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for chosen in sets:
        names = [name for name in chosen if not _is_text(name)]
        if names and names not in found:
            found.append(names)
    return found


def _gap(evaluation: Evaluation, name: str) -> dict[str, Any]:
    """A gap of the law, named: which instrument, version and kind, and what its text is."""
    if name.startswith("until["):
        return {"kind": "running-period", "until": name.removeprefix("until[").rstrip("]")}
    if name.startswith("version:"):
        instrument, _, day = name.removeprefix("version:").partition("@")
        return {"kind": "first-day-of-version", "instrument": instrument, "day": day}
    where, _, kind = name.removeprefix("text:").partition(":")
    if not kind:
        return {"kind": "unconfirmed-rule", "rule": where}
    instrument, _, version = where.rpartition("/")
    told: dict[str, Any] = {"instrument": instrument, "version": version, "kind": kind}
    if instrument in evaluation.law.registry.instruments:
        for one in evaluation.law.registry.versions(instrument):
            for gap in one.gaps:
                if one.id == version and gap.kind == kind:
                    told["text"] = {"zh": gap.text.zh, "en": gap.text.en}
    return told


def _conclusions(
    evaluation: Evaluation, results: list[Result], sure: bool, start: date | None
) -> list[dict[str, Any]]:
    question = evaluation.question
    found: list[dict[str, Any]] = []
    for result in results:
        told: dict[str, Any]
        if result.status == "answer":
            told = {
                "effect": "permit",
                "object": question.object,
                "value": result.value,
                "grounds": list(result.grounds),
                "bars": list(result.bars),
                "postponed": list(result.postponed),
                "from": start.isoformat() if start else None,
            }
        elif question.seeks is None:
            continue
        elif result.status == "none":
            kind = evaluation.law.vocabulary.conclusions[str(question.seeks[1])]
            told = {
                "effect": kind.none or "none",
                "object": question.seeks[1],
                "value": None,
                "grounds": list(result.grounds),
            }
        elif result.status == "refused":
            told = {"effect": "refuse", "object": question.seeks[1], "value": None}
        elif result.status == "due":
            told = {"effect": question.seeks[0], "object": question.seeks[1], "value": None}
        else:
            continue
        if told not in found:
            found.append(told)
    return found if sure or len(found) < 9 else found[:8]


def _bands(
    bearer: str, explored: Explored, identities: list[frozenset[Identity]]
) -> list[dict[str, Any]]:
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    only_nothing = all(i.status != "due" for identity in identities for i in identity)
    if only_nothing:
        return []
    counts: dict[tuple[Any, ...], int] = {}
    for leaf in explored.leaves:
        bands, _ = intervals_of_leaf(leaf, explored)
        nothing = not bands and any(v.result.status == "none" for v in leaf.worlds)
        if nothing:
            bands = (Interval(Money(0), Money(0)),)
        seen = set()
        is_open = bool(open_facts(leaf))
        for band in bands:
            key = _band_key(band)
            found.setdefault(key, _band(bearer, band))
            if not is_open and band.low is not None and band.high is not None:
                seen.add(key)
        for key in seen:
            counts[key] = counts.get(key, 0) + 1
    whole = len(explored.leaves) if not explored.cut else -1
    for key, band_told in found.items():
        band_told["certain"] = counts.get(key, 0) == whole
    return [found[key] for key in sorted(found, key=_band_order)]


def _band_key(band: Interval) -> tuple[Any, ...]:
    choices = tuple(
        (c.point, str(c.value)) for c in band.choices if not (c.kind == "may" and c.value is False)
    )
    return _end(band.low), _end(band.high), choices


def _band_order(key: tuple[Any, ...]) -> tuple[Any, ...]:
    low, high, choices = key
    return (
        low is not None,
        _number(low),
        high is not None,
        _number(high),
        choices,
    )


def _number(text: str | None) -> Any:
    from fractions import Fraction

    return Fraction(text) if text is not None else Fraction(0)


def _end(value: Any) -> str | None:
    if value is None:
        return None
    return format_yuan(value) if isinstance(value, Money) else str(value)


def _band(bearer: str, band: Interval) -> dict[str, Any]:
    return {
        "payer": bearer,
        "low": _end(band.low),
        "high": _end(band.high),
        "certain": False,
        "choices": [_choice(choice) for choice in band.choices],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    value: Any = choice.value
    if isinstance(value, tuple):
        value = [_end(end) for end in value]
    return {"point": choice.point, "kind": choice.kind, "value": value}


def _conflicts(results: list[Result]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
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


def natural(text: str) -> tuple[Any, ...]:
    """A key that orders `9` before `10`, and articles without a number last."""
    return tuple(
        (0, int(piece), "") if piece.isdigit() else (1, 0, piece)
        for piece in re.split(r"(\d+)", text)
        if piece
    )


def _provisions(worlds: list[World], parts: list[Part]) -> list[dict[str, Any]]:
    found: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}
    results = [v.result for part in parts for leaf in part.explored.leaves for v in leaf.worlds]
    for world, rules in deciding_rules(results):
        for index in rules:
            rule = world.setting.program.rules[index]
            order = (
                rule.stratum,
                RANKS.index(rule.rule.rank),
                rule.rule.instrument,
                natural(rule.rule.article),
                rule.rule.name,
            )
            gist = rule.rule.gist
            found[rule.rule.name] = (
                order,
                {
                    "instrument": rule.rule.instrument,
                    "version": rule.version[1],
                    "article": rule.rule.article,
                    "rule": rule.rule.name,
                    "gist": {"zh": gist.zh, "en": gist.en} if gist else None,
                    "confidence": rule.rule.confidence,
                    "sources": list(rule.rule.sources),
                },
            )
    return [told for _, told in sorted(found.values(), key=lambda item: item[0])]


def _versions(evaluation: Evaluation, worlds: list[World]) -> list[dict[str, Any]]:
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for world in worlds:
        for choice in evaluation.governed[id(world)].choices:
            key = (choice.version.instrument.id, choice.version.id, choice.effects, choice.day)
            found.setdefault(
                key,
                {
                    "instrument": choice.version.instrument.id,
                    "title": {
                        "zh": choice.version.instrument.title.zh,
                        "en": choice.version.instrument.title.en,
                    },
                    "version": choice.version.id,
                    "governs": evaluation.question.name,
                    "effects": list(choice.effects),
                    "because": {"rule": choice.rule, "date": choice.day.isoformat()},
                    "place": choice.place,
                    "passed_over": [
                        {"version": version, "reason": reason}
                        for version, reason in choice.passed_over
                    ],
                },
            )
    return [found[key] for key in sorted(found, key=str)]
