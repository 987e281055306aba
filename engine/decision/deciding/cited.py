"""The provisions and the versions that a result cites, as records and as their canonical JSON.

Most of what they say is the same whatever the case: it is put into JSON once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.decision.deciding.confidence import versions_concerned
from engine.decision.deciding.part import Part, is_law_untold
from engine.decision.deciding.seal import canonical_text
from engine.decision.governing.choice_of_law import Choice
from engine.decision.governing.relevance import relevant
from engine.inference.effects import RANKS
from engine.inference.program import Program, ProgramRule, key_of

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

Records: TypeAlias = list[dict[str, Any]]

_HOLE = "\0"
"""What stands in a text for what differs from case to case; no text of a law has it."""


def natural(text: str) -> tuple[Any, ...]:
    """A key that orders `9` before `10`, and articles without a number last."""
    return tuple(
        (0, int(piece), "") if piece.isdigit() else (1, 0, piece)
        for piece in re.split(r"(\d+)", text)
        if piece
    )


def provisions_of(parts: list[Part]) -> tuple[Records, str]:
    """The rules that decided, in the order in which they are settled."""
    found: dict[str, tuple[tuple[Any, ...], str, ProgramRule]] = {}
    for world, rules in (pair for part in parts for pair in part.deciding):
        program = world.setting.program
        for index in rules:
            rule = program.rules[index]
            found[rule.rule.name] = (*_order_and_text(program, rule), rule)
    ordered = sorted(found.values(), key=lambda one: one[0])
    text = ",".join(text for _, text, _ in ordered)
    return [_provision(rule) for _, _, rule in ordered], f"[{text}]"


def _order_and_text(program: Program, rule: ProgramRule) -> tuple[tuple[Any, ...], str]:
    key = ("provision", rule.index)
    found: tuple[tuple[Any, ...], str] | None = program.told.get(key)
    if found is None:
        order = (
            program.order.stratum(rule.index),
            RANKS.index(rule.rule.rank),
            rule.rule.instrument,
            natural(rule.rule.article),
            rule.rule.name,
        )
        found = program.told[key] = order, canonical_text(_provision(rule))
    return found


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


def versions_of(evaluation: Evaluation, parts: list[Part]) -> tuple[Records, str]:
    """The versions on which the parts rest; where they rest on none, all that may govern and can
    have to do with the question. The law of others is not that of a part whose own cannot be told.
    """
    chosen = list(_concerned(evaluation, parts))
    if not chosen and not (parts and all(map(is_law_untold, parts))):
        chosen = list(_relevant(evaluation))
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for choice in chosen:
        name, before, between, after = _pieces(evaluation, choice)
        order = f"{name}{choice.day!r})"
        if order not in found:
            day = choice.day.isoformat()
            place = encode_basestring(choice.place)[1:-1]
            text = f"{before}{day}{between}{place}{after}"
            found[order] = _version(evaluation, choice, day, choice.place), text
    ordered = [found[order] for order in sorted(found)]
    return [record for record, _ in ordered], f"[{','.join(text for _, text in ordered)}]"


def _concerned(evaluation: Evaluation, parts: list[Part]) -> Iterator[Choice]:
    for world, rules in dict.fromkeys(pair for part in parts for pair in part.deciding):
        yield from evaluation.governed[id(world)].choices(versions_concerned(world, rules))


def _relevant(evaluation: Evaluation) -> Iterator[Choice]:
    choices = [one for governed in evaluation.governed.values() for one in governed.choices()]
    versions = [choice.version for choice in choices]
    near = relevant(evaluation.base.program.parts, versions, evaluation.question)
    return (choice for choice in choices if key_of(choice.version) in near)


def _pieces(evaluation: Evaluation, choice: Choice) -> tuple[str, str, str, str]:
    """What a choice is ordered by but its day; its JSON before its day, up to its place, after."""
    key = (*key_of(choice.version), choice.effects, choice.rule, evaluation.question.name)
    told = evaluation.base.program.told
    found: tuple[str, str, str, str] | None = told.get(key)
    if found is None:
        name = str((choice.version.instrument.id, choice.version.id, choice.effects))
        text = canonical_text(_version(evaluation, choice, _HOLE, _HOLE))
        before, between, after = text.split(canonical_text(_HOLE)[1:-1])
        found = told[key] = f"{name[:-1]}, ", before, between, after
    return found


def _version(evaluation: Evaluation, choice: Choice, day: str, place: str) -> dict[str, Any]:
    title = choice.version.instrument.title
    return {
        "instrument": choice.version.instrument.id,
        "title": {"zh": title.zh, "en": title.en},
        "version": choice.version.id,
        "governs": evaluation.question.name,
        "effects": list(choice.effects),
        "because": {"rule": choice.rule, "date": day},
        "place": place,
        "passed_over": [
            {"version": version, "reason": reason} for version, reason in choice.passed_over
        ],
    }
