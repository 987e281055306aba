"""How far a result can be relied on: the least confidence of what decided it.

What decides: the rules that applied in it, and the figures they read. A version that an amendment
is known to have touched, whose content was not read, makes the articles concerned at most probable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from engine.decision.governing.relevance import relevant
from engine.decision.worlds.results import Result
from engine.decision.worlds.world import World
from engine.inference.program import Program, ProgramRule, VersionKey
from engine.language.ruleset import Unread

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation
    from engine.decision.deciding.part import Part

LEVELS: Final = ("confirmed", "probable", "unconfirmed", "memory")
"""Best first."""
LEAST: Final = "unconfirmed"


def deciding_rules(results: Iterable[Result]) -> list[tuple[World, tuple[int, ...]]]:
    """For each result the rules that applied and on which it rests."""
    found: list[tuple[World, tuple[int, ...]]] = []
    for result in results:
        world = result.world
        if world is None:
            continue
        program = world.setting.program
        start = set(result.rules)
        if result.status == "none" and not start:
            opening = [index for index, rule in program.written if rule.opens]
            start = world.applying.intersection(opening)
            for index in opening:
                if index not in start:
                    start |= program.relied_on(index)
        found.append((world, tuple(sorted(_reached(program, frozenset(start)) & world.applying))))
    return found


def wanting_rules(results: Iterable[Result]) -> Iterator[tuple[World, tuple[int, ...]]]:
    """For each result that lacks something: the rules that applied, yet conclude nothing without
    it, and those on which they rely."""
    for result in results:
        if result.world is not None and result.wanting:
            reached = _reached(result.world.setting.program, frozenset(result.wanting))
            yield result.world, tuple(sorted(reached & result.world.applying))


def _reached(program: Program, start: frozenset[int]) -> frozenset[int]:
    """Some rules, and all on which they rely."""
    key = ("reached", start)
    found: frozenset[int] | None = program.told.get(key)
    if found is None:
        relied = (program.relied_on(index) for index in start)
        found = program.told[key] = start.union(*relied)
    return found


def unread_of(world: World, rule: ProgramRule) -> list[Unread]:
    """The amendments not read that may have touched a rule by the day of its law."""
    if not rule.unread:
        return []
    governance = world.setting.governance
    days = [d for d in governance.days.values() if isinstance(d, date)] if governance else []
    last = max(days, default=world.setting.case.as_of)
    return [unread for unread in rule.unread if unread.day <= last]


def rests_on_a_list(part: Part, world: World) -> bool:
    """Whether a result of the part in a world rests on there being nothing in a list: a ground for
    what is denied."""
    return any(
        result.world is world and result.status == "answer" and not result.value
        for result in part.results
    )


def unread_lists(world: World) -> Iterator[Unread]:
    """The amendments not read that may have touched a list of grounds on the day of its law."""
    for index in world.setting.program.by_effect.get("permit", ()):
        yield from unread_of(world, world.setting.program.rules[index])


def confidence_of(evaluation: Evaluation, part: Part) -> str:
    """The least confidence of what decides any of the results of a part."""
    worst, probable = 0, LEVELS.index("probable")
    for world, rules in part.deciding:
        stated = _stated(world, rules)
        worst = max(worst, stated.worst)
        if any(unread_of(world, rule) for rule in stated.touched):
            worst = max(worst, probable)
        if rests_on_a_list(part, world) and any(unread_lists(world)):
            worst = max(worst, probable)
        for figure in world.figures.values():
            if not figure.brought:
                worst = max(worst, LEVELS.index(figure.confidence))
        if evaluation.governed[id(world)].uncertain & stated.concerned:
            worst = max(worst, probable)
    return LEVELS[worst]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What some rules of a program say of themselves, whatever the case: the worst of their levels,
    those that an amendment not read may have touched, the versions that they concern."""

    worst: int
    touched: tuple[ProgramRule, ...]
    concerned: set[VersionKey]


def _stated(world: World, deciding: tuple[int, ...]) -> _Stated:
    program = world.setting.program
    local = _local(world)
    key = ("stated", deciding, local)
    found: _Stated | None = program.told.get(key)
    if found is None:
        rules = [program.rules[index] for index in deciding]
        found = program.told[key] = _Stated(
            max((LEVELS.index(rule.rule.confidence) for rule in rules), default=0),
            tuple(rule for rule in rules if rule.unread),
            {*local, *(rule.version for rule in rules)},
        )
    return found


def _local(world: World) -> frozenset[VersionKey]:
    """The local texts that can have to do with the question and with somebody in the case."""
    setting = world.setting
    program, ask = setting.program, setting.case.question.ask
    kinds = frozenset(kind for kind, entities in setting.entities.items() if entities)
    key = ("local", ask, kinds)
    found: frozenset[VersionKey] | None = program.told.get(key)
    if found is None:
        versions = [*program.versions.values()]
        near = relevant(program.parts, versions, program.vocabulary.questions[ask])
        speaking = {
            rule.version for rule in program.rules if rule.kind is None or rule.kind in kinds
        }
        found = program.told[key] = frozenset(
            name
            for name in near
            if (version := program.versions[name]).instrument.territory.strip("0")
            and (name in speaking or not version.rules)
        )
    return found


def versions_concerned(world: World, deciding: tuple[int, ...]) -> set[VersionKey]:
    """The versions on which a result rests: of the rules that decide it, and local texts that can
    have to do with the question, for what they do not say counts too."""
    return _stated(world, deciding).concerned
