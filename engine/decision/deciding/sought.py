"""The parts of what is asked: who bears which conclusion, in whatever world.

    sought_of(evaluation).parts    # (("father", ("charge", "fee")), ("mother", ("charge", "fee")))
borne(world, question)           # the same in one world
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.decision.worlds.explore import explore
from engine.decision.worlds.results import Sought
from engine.decision.worlds.world import World
from engine.inference.program import Program
from engine.inference.undecided import Undecided, Unproved
from engine.language.ruleset import Refuse
from engine.law.vocabulary_questions import Question
from engine.values.truth import FALSE

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

FOR_PARTS: Final = 4
"""One part in so many of the work goes into finding who bears what."""


@dataclass(frozen=True, slots=True)
class SoughtParts:
    """The parts of what is asked, by bearer and conclusion. `cut`: there may be others."""

    parts: tuple[tuple[str, Sought | None], ...]
    cut: bool = False


def sought_of(evaluation: Evaluation) -> SoughtParts:
    """The parts: who bears which conclusion of what is asked, in any world."""
    question, case = evaluation.question, evaluation.case
    if not evaluation.base.about:
        return SoughtParts(())
    asked = list(case.question.about[:1])
    if question.decides:
        return SoughtParts(tuple((bearer, None) for bearer in asked))
    found: dict[tuple[str, Sought | None], None] = {}
    explored = explore(
        lambda assignment: borne(evaluation.world(assignment), question),
        is_done=evaluation.work.share(FOR_PARTS),
    )
    for leaf in explored.leaves:
        for visited in leaf.worlds:
            found.update(dict.fromkeys(visited.result))
    named = [(effect, what) for effect, what in question.seeks if what is not None]
    listed: list[tuple[str, Sought | None]] = sorted(found, key=_in_order)
    untold = explored.cut or any(leaf.open for leaf in explored.leaves)
    if not found and not named and untold:
        listed = [(bearer, None) for bearer in asked]  # which law governs cannot be told
    elif not found:
        listed = [(bearer, sought) for bearer in asked for sought in named]
    return SoughtParts(tuple(listed), explored.cut)


def borne(world: World, question: Question) -> tuple[tuple[str, Sought | None], ...]:
    """Who bears what is asked: of a named conclusion everybody for whom there is a rule, whether or
    not it applies; of an effect alone those for whom some rule may apply."""
    found: dict[tuple[str, Sought], None] = {}
    program = world.setting.program
    for sought, index, whole in _seeking(program, question):
        rule = program.rules[index]
        for subject in world.subjects(rule):
            if whole and world.status_of(index, subject) is FALSE:
                continue
            if world.out_of_scope(rule, subject):
                continue
            try:
                bearers = world.bearers(rule, subject)
            except Unproved:
                continue
            except Undecided:  # whom a rule that does not apply concerns does not matter
                if world.status_of(index, subject) is FALSE:
                    continue
                raise
            found.update(dict.fromkeys((bearer, sought) for bearer in bearers))
    had = {sought for _, sought in found}
    beside = {**_opened(world, question, had), **_refused(world, question, had)}
    return _with_untold(world, question, {**found, **beside})


def _with_untold(
    world: World, question: Question, found: Iterable[tuple[str, Sought]]
) -> tuple[tuple[str, Sought | None], ...]:
    """The parts in order; for subjects whose law cannot be told, what it may conclude of them
    instead of what was read of other law."""
    untold = world.setting.untold
    if untold is None:
        return tuple(sorted(found))
    by_id = world.setting.by_id
    told = [
        (bearer, sought)
        for bearer, sought in found
        if sought in question.seeks or not untold.is_one(by_id.get(bearer))
    ]
    parts = dict.fromkeys([*told, *untold.parts(question.seeks)])
    return tuple(sorted(parts, key=_in_order))


def _in_order(part: tuple[str, Sought | None]) -> tuple[str, Sought]:
    bearer, sought = part
    return bearer, sought or ("", "")


def _seeking(program: Program, question: Question) -> list[tuple[Sought, int, bool]]:
    """The rules that draw what is asked, each with whether all conclusions of its effect are."""
    key = ("seeking", question.name)
    found: list[tuple[Sought, int, bool]] | None = program.told.get(key)
    if found is None:
        found = program.told[key] = [
            (sought, index, whole)
            for sought, indexes in program.by_conclusion.items()
            if (whole := (sought[0], None) in question.seeks) or sought in question.seeks
            for index in indexes
        ]
    return found


def _opened(world: World, question: Question, had: set[Sought]) -> dict[tuple[str, Sought], None]:
    """What the law may leave open for those asked about, where no rule says who would have it. A
    single thing that is asked for is a part anyhow."""
    several = len(question.seeks) > 1
    return {
        (subject.id, sought): None
        for effect, what in question.seeks
        for index, kind in world.setting.program.openers.get(effect, ())
        if (sought := (effect, kind.partition(" ")[2])) not in had
        if what is None or (several and what == sought[1])
        for subject in world.setting.about
        if world.status_of(index, subject) is not FALSE
    }


def _refused(world: World, question: Question, had: set[Sought]) -> dict[tuple[str, Sought], None]:
    """What is sought by its name and refused, where no rule says who would have it."""
    program = world.setting.program
    return {
        (subject.id, sought): None
        for sought, index in _refusing(program, question)
        if sought not in had
        for subject in world.subjects(program.rules[index])
        if subject is not None and world.status_of(index, subject) is not FALSE
    }


def _refusing(program: Program, question: Question) -> list[tuple[Sought, int]]:
    """The rules that refuse by its name what is asked."""
    key = ("refusing", question.name)
    found: list[tuple[Sought, int]] | None = program.told.get(key)
    if found is None:
        found = program.told[key] = [
            ((effect, what), index)
            for index in program.by_effect.get("refuse", ())
            if isinstance(refusal := program.rules[index].rule.effects[0], Refuse)
            for effect, what in question.seeks
            if what is not None and what == refusal.what
        ]
    return found
