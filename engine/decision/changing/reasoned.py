"""A world in which every value knows on what it rests, of all that may be otherwise.

What is open to change has a position: as it is in truth, or as it is supposed. A comparison of what
is open is settled by its position, and notes how far that may move before the comparison turns. So
one run tells a result and its reason: as long as the facts of the reason keep to their options,
whatever the other facts may be, the result is the same (`engine.decision.changing.turning` looks
for what turns it among these facts only).

Rules are settled when somebody asks for them, and what was computed in an earlier run is taken
again where its reason holds, also under another law that says the same in what was consulted.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from engine.decision.case.model import EntityRecord, State
from engine.decision.changing.placed import PlacedWorld
from engine.decision.changing.reasons import Kept
from engine.decision.worlds import found
from engine.decision.worlds.forks import one_of
from engine.decision.worlds.goal_directed import Settled
from engine.decision.worlds.names import reader, variables_of
from engine.decision.worlds.standing import standing, taken_by
from engine.inference.asked import Closure
from engine.inference.program import ProgramRule
from engine.inference.rule_parts import Leaf
from engine.inference.undecided import Undecided
from engine.values.truth import FALSE, TRUE, UNKNOWN, Truth

PROVED: Final = "!verified"
"""Ends the names of points that say whether papers stand behind a fact."""


class ReasonedWorld(PlacedWorld):
    """A world of one run under one law; `store`: what earlier runs computed."""

    __slots__ = ()

    # --- rules ------------------------------------------------------------------------------------
    def _status(self, index: int, entity: EntityRecord | None) -> Settled:
        rule = self.setting.program.rules[index]
        if (entity.kind if entity else None) != rule.kind:
            return FALSE, None
        key = self.named[index], entity.id if entity else None
        settled: Settled = self._framed(key, lambda: self._settled(rule, entity))
        return settled

    def _settled(self, rule: ProgramRule, entity: EntityRecord | None) -> Settled:
        """A rule that does not apply rests on one leaf that fails, the one that rests on least."""
        self.consult(*self.named[rule.index])
        stopping: Kept | None = None
        open_: Undecided | None = None
        rest: list[Kept] = []
        for leaf in rule.leaves:
            kept = self._kept_leaf(leaf, rule, entity)
            if kept.value is leaf.stops:
                if stopping is None or len(kept.reason) < len(stopping.reason):
                    stopping = kept
                if not kept.reason or leaf.kind not in ("when", "unless"):
                    break
            else:
                rest.append(kept)
                open_ = open_ or (kept.stop if isinstance(kept.stop, Undecided) else None)
        if stopping is None:
            for other in rule.overridden_by:
                kept = self._plain(partial(self._status, other, entity))
                truth, stop = kept.value
                if truth is TRUE and (stopping is None or len(kept.reason) < len(stopping.reason)):
                    stopping = kept
                rest.append(kept)
                open_ = open_ or stop
        for kept in [stopping] if stopping else rest:
            self._note(kept)
        if stopping:
            return FALSE, None
        return (UNKNOWN, open_) if open_ else (TRUE, None)

    def _kept_leaf(self, leaf: Leaf, rule: ProgramRule, entity: EntityRecord | None) -> Kept:
        """The truth of a leaf of a rule, with its reason; what stopped it, if that is open."""
        name, kind = entity.id if entity else None, rule.kind
        slot = self.named[rule.index] if leaf.kind == "scope" else (leaf.kind, leaf.name)
        key = ("leaf", kind, slot, leaf.variable, name)
        kept = self._met.get(key) or self._kept(key)
        if kept is None:
            variables = self._variables(kind, entity)
            condition = leaf.condition
            if condition is not None:
                kept = self._lean(lambda: condition(self, variables))
            else:
                kept = self._plain(lambda: self._holds_for(leaf, rule, entity))
            if isinstance(kept.stop, Undecided):
                truth = UNKNOWN
            else:
                truth = Truth.of(kept.stop is None and bool(kept.value))
            kept = Kept(truth, kept.stop, kept.reason, kept.completion, kept.consulted)
            self._keep(key, kept)
        self._met[key] = kept
        return kept

    def _holds_for(self, leaf: Leaf, rule: ProgramRule, entity: EntityRecord | None) -> bool:
        if leaf.kind == "scope":
            self.consult(*self.named[rule.index])
        return self._holds(leaf, entity)

    def _members_of(self, collection: Closure) -> tuple[frozenset[str], str | None]:
        members: tuple[frozenset[str], str | None] = self._framed(
            ("members", collection), lambda: PlacedWorld._members_of(self, collection)
        )
        return members

    def _scope(self, rule: ProgramRule, subject: EntityRecord | None) -> Truth:
        kept = self._kept_leaf(rule.leaves[0], rule, subject)
        self._note(kept)
        truth: Truth = kept.value
        return truth

    def bearers(self, rule: ProgramRule, subject: EntityRecord | None) -> tuple[str, ...]:
        """Whom a rule concerns, by name."""

        def compute() -> tuple[str, ...]:
            if rule.bearers is None:
                return tuple(one.id for one in ((subject,) if subject else self.setting.about[:1]))
            concerned = rule.bearers(self, variables_of(rule.variable, subject))
            members = concerned if isinstance(concerned, tuple) else (concerned,)
            return tuple(member.id for member in members)

        key = ("bearers", self.named[rule.index], subject.id if subject else None)
        borne: tuple[str, ...] = self._framed(key, compute)
        return borne

    def value(self, rule: ProgramRule, what: str, entity: EntityRecord | None) -> Any:
        """What a rule that applies gives under a name."""
        info, slot = self.setting.vocabulary.names.get(what), self.named[rule.index]
        return self._framed(
            ("value", slot, what, entity.id if entity else None),
            lambda: PlacedWorld.value(self, rule, what, entity),
            lean=info is not None and info.type.base == "boolean",
        )

    def results_of(self, conclusion: str, entity: EntityRecord) -> tuple[EntityRecord, ...]:
        """What earlier strata concluded of this kind for this bearer."""
        results: tuple[EntityRecord, ...] = self._framed(
            ("results", conclusion, entity.id),
            lambda: PlacedWorld.results_of(self, conclusion, entity),
        )
        return results

    def standing(self, effect: str, entity: EntityRecord) -> bool:
        """Whether grounds stand; one that surely does is reason enough."""

        if self.setting.untold is not None:
            self.setting.untold.check(entity)

        def compute() -> bool:
            enough = self._one_that_stands(effect, entity)
            if enough is None:
                return standing(self, effect, entity)
            self._note(enough)
            return True

        stands: bool = self._framed(("standing", effect, entity.id), compute)
        return stands

    def _one_that_stands(self, effect: str, entity: EntityRecord) -> Kept | None:
        """The ground that stands, or the rule that forbids, which rests on least."""
        best: Kept | None = None
        for index in self.having(effect) if effect != "postpone" else ():

            def stands(index: int = index) -> bool:
                taken = effect == "permit" and taken_by(self, "forbid", index, entity)
                return self.applies(index, entity) and not taken

            kept = self._plain(stands)
            if kept.value and (best is None or len(kept.reason) < len(best.reason)):
                best = kept
        return best

    # --- names ------------------------------------------------------------------------------------
    def read(self, memo_key: tuple[str, str | None], entity: EntityRecord | None) -> Any:
        """The value of a name of which nothing was laid down (`remember`)."""
        key = memo_key[0]
        program = self.setting.program
        info = program.vocabulary.names[key]
        read = self.readers.get(key) or reader(program, key)
        if info.origin in ("found", "built-in") or (
            entity is not None and entity.kind in program.vocabulary.conclusions
        ):
            return read(self, entity)  # it rests on what is read, or on the entity itself

        def compute() -> Any:
            self.consult("name", key)
            return read(self, entity)

        return self._framed(("name", *memo_key), compute, lean=info.type.base == "boolean")

    # --- what the law says ------------------------------------------------------------------------
    def having(self, effect: str) -> tuple[int, ...]:
        """The rules with an effect."""
        self.consult("having", effect)
        return super().having(effect)

    def drawing(self, effect: str, conclusion: str) -> tuple[int, ...]:
        """The rules that draw a conclusion."""
        self.consult("drawing", effect, conclusion)
        return super().drawing(effect, conclusion)

    def ending(self, conclusion: str) -> tuple[int, ...]:
        """The rules that refuse a conclusion, or let it lapse."""
        self.consult("ending", conclusion)
        return super().ending(conclusion)

    def opening(self, effect: str) -> tuple[tuple[int, str], ...]:
        """The rules that leave a kind of conclusion to lower law, each with the kind."""
        self.consult("opening", effect)
        return super().opening(effect)

    def declared(self, effect: str, entity: EntityRecord | None) -> frozenset[str]:
        """The kinds of conclusion with an effect of which an entity's law has declared gaps."""
        self.consult("declared", effect, entity.id if entity else None)
        return super().declared(effect, entity)

    def gap(self, kind: str, entity: EntityRecord | None) -> str | None:
        """The name of the gap if no version that governs has a complete list of a kind."""
        self.consult("gap", kind, entity.id if entity else None)
        return super().gap(kind, entity)

    # --- papers -----------------------------------------------------------------------------------
    def verified(
        self,
        key: str,
        entity: EntityRecord,
        when: Any,
        issuers: tuple[str, ...],
        all_of_them: bool,
    ) -> bool:
        """Whether verified evidence stands behind a fact, or is supposed to be brought."""
        if found.verified(self, key, entity, when, issuers, all_of_them):
            return True
        known = found.record(self, key, entity, when)
        if known is None or known.state is not State.KNOWN or known.path not in self.run.unproved:
            return False
        return bool(one_of(self.assignment, f"{known.path}{PROVED}", (True, False)))
