"""A world in which a rule is settled when somebody asks for it, and no others.

    world = GoalDirectedWorld(setting, assignment)
    world.applies(index, entity)

What is settled all at once, stratum by stratum (`engine.decision.worlds.world`), is what a trace
tells of. Who only wants to know what something comes to asks backwards from there: most rules are
never met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from engine.decision.case.model import EntityRecord
from engine.decision.worlds.setting import Setting
from engine.decision.worlds.world import World
from engine.inference.asked import Variables
from engine.inference.program import Group, ProgramRule
from engine.inference.rule_parts import Leaf
from engine.inference.undecided import Refusal, Undecided, Unproved
from engine.inference.values import BEARER
from engine.values.truth import FALSE, TRUE, UNKNOWN, Truth

Settled: TypeAlias = tuple[Truth, Undecided | None]
"""A truth; of what is open, why."""


class GoalDirectedWorld(World):
    """A case in one world, as far as it is asked for."""

    __slots__ = ("_groups", "_leaves", "_statuses")

    def __init__(self, setting: Setting, assignment: Mapping[str, Any]) -> None:
        super().__init__(setting, assignment)
        self._groups: dict[str | None, Group] = {one.kind: one for one in setting.program.groups}
        self._statuses: dict[tuple[int, str | None], Settled] = {}
        self._leaves: dict[Any, Settled] = {}

    def settle(self) -> World:
        """Nothing is settled before it is asked for."""
        return self

    def steps(self) -> int:
        """As of every world; its conditions are those that were asked for."""
        return super().steps() + len(self._leaves)

    # --- rules ------------------------------------------------------------------------------------
    def may_apply(self, indexes: Iterable[int], entity: EntityRecord | None) -> list[int]:
        """The rules that apply or may apply, as far as they are settled."""
        return [one for one in indexes if self.status_of(one, entity) is not FALSE]

    def status_of(self, index: int, entity: EntityRecord | None) -> Truth:
        """Whether a rule applies, as far as it is settled."""
        truth: Truth = self._status(index, entity)[0]
        return truth

    def applies(self, index: int, entity: EntityRecord | None) -> bool:
        """Whether a rule applies; `Undecided` if that is open."""
        truth, stop = self._status(index, entity)
        if stop is not None:
            raise stop.again()
        return truth is TRUE

    def subjects(self, rule: ProgramRule) -> list[EntityRecord | None]:
        """All entities of a kind, for which a rule applies or does not; None: the case. Which
        other rules are for them does not matter to it."""
        return list(self.setting.of_kind(rule.kind))

    def _status(self, index: int, entity: EntityRecord | None) -> Settled:
        rule = self.setting.program.rules[index]
        if (entity.kind if entity else None) != rule.kind:
            return FALSE, None
        key = index, entity.id if entity else None
        found = self._statuses.get(key)
        if found is None:
            found = self._statuses[key] = self._settled(rule, entity)
        return found

    def _settled(self, rule: ProgramRule, entity: EntityRecord | None) -> Settled:
        """Whether all its leaves let a rule apply, and no rule takes its place."""
        open_: Undecided | None = None
        for leaf in rule.leaves:
            truth, stop = self._leaf(leaf, rule, entity)
            if truth is leaf.stops:
                return FALSE, None
            open_ = open_ or stop
        for other in rule.overridden_by:
            truth, stop = self._status(other, entity)
            if truth is TRUE:
                return FALSE, None
            open_ = open_ or stop
        return (UNKNOWN, open_) if open_ else (TRUE, None)

    def _leaf(self, leaf: Leaf, rule: ProgramRule, entity: EntityRecord | None) -> Settled:
        key = rule.kind, leaf.key, entity.id if entity else None
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._of_leaf(leaf, rule, entity)
        return found

    def _of_leaf(self, leaf: Leaf, rule: ProgramRule, entity: EntityRecord | None) -> Settled:
        condition = leaf.condition
        try:
            if condition is None:
                holds = self._holds(leaf, entity)
            else:
                holds = condition(self, self._variables(rule.kind, entity))
        except Undecided as stop:
            return UNKNOWN, stop.kept()
        except (Unproved, Refusal):
            return FALSE, None
        return Truth.of(holds), None

    def _variables(self, kind: str | None, entity: EntityRecord | None) -> Variables:
        if entity is None:
            return {BEARER: "case"}
        variables: Variables = dict.fromkeys(self._groups[kind].variables, entity)
        variables[BEARER] = entity.id
        return variables

    # --- for whom ---------------------------------------------------------------------------------
    def _scope(self, rule: ProgramRule, subject: EntityRecord | None) -> Truth:
        return self._leaf(rule.leaves[0], rule, subject)[0]

    def _in_scope(self, leaf: Leaf, entity: EntityRecord | None) -> bool:
        untold = self.setting.untold
        is_untold = untold is not None and untold.is_one(entity)
        if not is_untold and not self.setting.governs(leaf.version, leaf.effect, entity):
            return False
        return self._governs_one(leaf.collection, entity)
