"""The result of a decision: parts gathered, as the JSON form `decision/1`.

Exit codes: 0 determined, 3 undetermined, 4 refused, 5 not applicable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from engine.decision.confidence import key_of, versions_concerned
from engine.decision.part import Part, told_part
from engine.decision.trace import trace_of
from engine.decision.warnings import warnings_of
from engine.inference.effects import RANKS
from engine.inference.program import ProgramRule

if TYPE_CHECKING:
    from engine.decision.decide import Evaluation

EXITS: Final[Mapping[str, int]] = {
    "determined": 0,
    "undetermined": 3,
    "refused": 4,
    "not_applicable": 5,
}


_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    told = [told_part(evaluation, part, start) for part in parts]
    outcomes = [str(part["outcome"]) for part in told]
    order = ("undetermined", "determined", "refused", "not_applicable")
    outcome = next((o for o in order if o in outcomes), "not_applicable")
    worlds = [world for part in parts for world in part.worlds]
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
        "provisions": _provisions(parts),
        "warnings": warnings_of(evaluation, parts, told, worlds),
        "versions": _versions(evaluation, parts),
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
    return _CANONICAL.encode(content).encode()


def _gathered(parts: Iterable[Mapping[str, Any]], key: str) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        for item in part.get(key, ()):
            if item not in found:
                found.append(item)
    return found


def natural(text: str) -> tuple[Any, ...]:
    """A key that orders `9` before `10`, and articles without a number last."""
    return tuple(
        (0, int(piece), "") if piece.isdigit() else (1, 0, piece)
        for piece in re.split(r"(\d+)", text)
        if piece
    )


def _provisions(parts: list[Part]) -> list[dict[str, Any]]:
    found: dict[str, tuple[tuple[Any, ...], ProgramRule]] = {}
    for world, rules in (pair for part in parts for pair in part.deciding):
        program = world.setting.program
        for index in rules:
            rule = program.rules[index]
            key = (index, "order")
            if key not in program.told:
                program.told[key] = _order(rule)
            found[rule.rule.name] = program.told[key], rule
    return [_provision(rule) for _, rule in sorted(found.values(), key=lambda item: item[0])]


def _order(rule: ProgramRule) -> tuple[Any, ...]:
    return (
        rule.stratum,
        RANKS.index(rule.rule.rank),
        rule.rule.instrument,
        natural(rule.rule.article),
        rule.rule.name,
    )


def _provision(rule: ProgramRule) -> dict[str, Any]:
    gist = rule.rule.gist
    return {
        "instrument": rule.rule.instrument,
        "version": rule.version[1],
        "article": rule.rule.article,
        "rule": rule.rule.name,
        "gist": {"zh": gist.zh, "en": gist.en} if gist else None,
        "confidence": rule.rule.confidence,
        "sources": list(rule.rule.sources),
    }


def _versions(evaluation: Evaluation, parts: list[Part]) -> list[dict[str, Any]]:
    """The versions on which the parts rest; where no part has a world, all that may govern."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    chosen = [
        choice
        for part in parts
        for world, rules in part.deciding
        for concerned in [versions_concerned(world, rules)]
        for choice in evaluation.governed[id(world)].choices
        if key_of(choice.version) in concerned
    ]
    all_of_them = (
        choice for governed in evaluation.governed.values() for choice in governed.choices
    )
    for choice in chosen or all_of_them:
        key = (choice.version.instrument.id, choice.version.id, choice.effects, choice.day)
        if key not in found:
            title = choice.version.instrument.title
            found[key] = {
                "instrument": choice.version.instrument.id,
                "title": {"zh": title.zh, "en": title.en},
                "version": choice.version.id,
                "governs": evaluation.question.name,
                "effects": list(choice.effects),
                "because": {"rule": choice.rule, "date": choice.day.isoformat()},
                "place": choice.place,
                "passed_over": [
                    {"version": version, "reason": reason} for version, reason in choice.passed_over
                ],
            }
    return [found[key] for key in sorted(found, key=str)]
