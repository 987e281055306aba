"""Whether grounds stand for an entity: what permits, forbids or postpones, what may be missing.

Absence is an answer only where the list is complete: where governing law leaves a kind of
conclusion to lower law, or is known to have a gap, some governing version must fill it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision.worlds.found import closing_fact
from engine.inference.program import ProgramRule
from engine.inference.undecided import Point, Undecided
from engine.language.articles import under
from engine.language.ruleset import Forbid, Permit, Postpone

if TYPE_CHECKING:
    from engine.decision.case.model import EntityRecord
    from engine.decision.worlds.world import World


def standing(world: World, effect: str, entity: EntityRecord) -> bool:
    """Whether a ground stands, grounds are taken away, or all that stand are postponed."""
    if effect == "forbid":
        taken = any(_applying(world, "forbid", entity))
        if not taken:
            _no_gap(world, "forbid", entity)
        return taken
    found, doubts = grounds(world, entity)
    if effect == "permit":
        if not found and doubts:
            raise doubts[0][0]
        if not found:
            _no_gap(world, "permit", entity)
        return bool(found)
    if any(not postponed for _, postponed in found):
        _no_gap(world, "postpone", entity)
        return False
    for stop, postponed in doubts:
        if not found or not postponed:
            raise stop
    return bool(found)


def grounds(
    world: World, entity: EntityRecord
) -> tuple[list[tuple[int, bool]], list[tuple[Undecided, bool]]]:
    """The grounds that certainly stand, and why others may; each with whether it is postponed.

    A ground of which it is open whether it is taken away or postponed counts among the others.
    """
    found: list[tuple[int, bool]] = []
    doubts: list[tuple[Undecided, bool]] = []
    for index in world.may_apply(world.having("permit"), entity):
        try:
            if not world.applies(index, entity) or taken_by(world, "forbid", index, entity):
                continue
            found.append((index, taken_by(world, "postpone", index, entity)))
        except Undecided as stop:
            doubts.append((stop.kept(), _surely_postponed(world, index, entity)))
    return found, doubts


def _surely_postponed(world: World, ground: int, entity: EntityRecord) -> bool:
    try:
        return taken_by(world, "postpone", ground, entity)
    except Undecided:
        return False


def taken_by(world: World, effect: str, ground: int, entity: EntityRecord) -> bool:
    """Whether a rule that forbids, or postpones, applies to a ground."""
    rules = world.setting.program.rules
    return any(
        covers(rules[index], rules[ground]) and world.applies(index, entity)
        for index in world.having(effect)
    )


def covers(taking: ProgramRule, ground: ProgramRule) -> bool:
    """Whether a rule that forbids or postpones concerns a ground."""
    effect = taking.rule.effects[0]
    permit = ground.rule.effects[0]
    assert isinstance(effect, Forbid | Postpone) and isinstance(permit, Permit)
    if effect.object != permit.object or taking.version != ground.version:
        return False
    if not effect.grounds:
        return taking.rule.article == ground.rule.article
    return any(under(ground.rule.local, named) for named in effect.grounds)


def _applying(world: World, effect: str, entity: EntityRecord) -> list[int]:
    return [index for index in world.having(effect) if world.applies(index, entity)]


def _no_gap(world: World, effect: str, entity: EntityRecord) -> None:
    """Raises `Undecided` where the list that was read is not complete."""
    for kind in opened(world, effect, entity):
        if closing_fact(world, effect, kind.partition(" ")[2], entity) is not None:
            continue
        name = world.gap(kind, entity)
        if name is not None:
            raise Undecided(Point(name, "text", (), frozenset({name})))


def opened(world: World, effect: str, entity: EntityRecord | None) -> list[str]:
    """The kinds of conclusion with this effect of which there may be more than the governing law
    that was read: what it leaves to lower law, and its declared gaps of what no law leaves open:
    where one does, it says when a gap counts."""
    opening = world.opening(effect)
    left = {kind for index, kind in opening if world.applies(index, entity)}
    declared = world.declared(effect, entity) - {kind for _, kind in opening}
    return sorted(left | declared)
