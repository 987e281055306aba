"""One world of a case: every unknown that matters and every choice has a value.

A world is evaluated as plain Python. Rules are settled stratum by stratum: their leaves are
computed here, `engine.inference` says which rules apply, and what they define is computed when it
is read. Whatever depends on something unsettled raises `Undecided` with the point at which to
fork; `engine.decision.worlds.explore` then runs the world again for each option.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Literal

from engine.decision.case.model import EntityRecord, Found, State
from engine.decision.worlds import figures, found, standing
from engine.decision.worlds.concluded import concluded
from engine.decision.worlds.first_world import NotedMemo, Unsettled
from engine.decision.worlds.forks import Assignment, compared, exactly, one_of
from engine.decision.worlds.found import today
from engine.decision.worlds.names import Reader, reader, variables_of
from engine.decision.worlds.setting import Setting
from engine.decision.worlds.work import OF_WORLD
from engine.inference.answers import Turn
from engine.inference.asked import NOT_YET, OPEN, Closure, Variables
from engine.inference.asked import World as Asked
from engine.inference.partial import Partial
from engine.inference.program import Group, ProgramRule, Scope
from engine.inference.rule_parts import Leaf
from engine.inference.undecided import Point, Refusal, Undecided, Unproved
from engine.inference.values import BEARER
from engine.language.read_effects import MEASURE
from engine.law.bounds import Follows
from engine.law.statistics import Figure
from engine.values.dates import period_end
from engine.values.ladder import Step
from engine.values.open_date import Dated, applied
from engine.values.truth import FALSE, TRUE, UNKNOWN, Comparison, Truth


@dataclass(slots=True)
class Binding:
    """A group of rules for one subject, as far as it is settled."""

    group: Group
    entity: EntityRecord | None
    variables: Variables
    truths: dict[int, Truth]
    """Of the leaves that were looked at."""
    at: Turn | None
    """How far it is settled; None: to the end."""
    known: Mapping[int, Truth]
    """What the first world found of it, as far as it is so in this one."""
    out: frozenset[int] = frozenset()
    """The scopes in which the subject surely is not."""
    looked_up: dict[int, set[str]] = field(default_factory=dict)
    """In the first world: what each leaf looked up in vain."""

    def rests_on(self, assignment: Assignment) -> bool:
        """Whether anything that a world settles concerns what the first world found here."""
        return any(not names.isdisjoint(assignment) for names in self.looked_up.values())

    def kept(self, assignment: Assignment) -> dict[int, Truth]:
        """The truths of the first world that a world with this assignment does not change."""
        return {
            leaf: truth
            for leaf, truth in self.truths.items()
            if truth is not UNKNOWN or self.looked_up[leaf].isdisjoint(assignment)
        }


class World(Asked):
    """A case in one world. `assignment` gives the points that are settled."""

    __slots__ = (
        "_bearers",
        "_compared",
        "_conditions",
        "_looked_up",
        "_members",
        "_noting",
        "_of_subject",
        "applying",
        "assignment",
        "bindings",
        "figures",
        "followed",
        "points",
        "ranges",
        "readers",
        "running",
        "setting",
        "status",
        "without_calendar",
    )

    def __init__(self, setting: Setting, assignment: Assignment) -> None:
        self.setting = setting
        self.assignment = assignment
        self.readers: dict[str, Reader] = setting.program.told.setdefault("readers", {})
        self._noting = assignment if isinstance(assignment, Unsettled) else None
        self._looked_up: dict[int, set[str]] = {}
        self._conditions = 0
        self._compared = 0
        self.memo = (
            dict(setting.preset)
            if self._noting is None
            else NotedMemo(self._noting, setting.preset)
        )
        self.ranges: dict[str, tuple[Any, Any]] = {}
        self.bindings: dict[str | None, list[Binding]] = {}
        self.status: dict[str | None, dict[int, Truth]] = {}
        self.applying: set[int] = set()
        """The rules that apply to anything."""
        self.points: MutableMapping[tuple[str | None, str | None, int], Undecided] = {}
        self.figures: dict[str, Figure] = {}
        self.followed: dict[str, tuple[Follows, Any]] = {}
        """Fields of which the case says nothing, each with whom it follows, and the value."""
        self.running: set[date] = set()
        self.without_calendar: set[int] = set()
        self._members: dict[Closure, tuple[frozenset[str], str | None]] = {}
        self._bearers: dict[tuple[int, str | None], tuple[str, ...]] = {}
        self._of_subject: dict[tuple[str | None, str | None], Binding] = {}

    # --- settling ---------------------------------------------------------------------------------
    def settle(self) -> World:
        """Settle all rules, stratum by stratum; returns itself."""
        self._settle_all(None)
        return self

    def settle_after(self, first: World) -> World:
        """As `settle`, after the world of the same setting in which nothing is settled: what this
        one settles does not concern is taken over."""
        self._settle_all(first)
        return self

    def steps(self) -> int:
        """How much was evaluated in it so far (`engine.decision.worlds.work`): the plain case
        counts nothing while it goes on."""
        names = len(self.memo) - len(self.setting.preset)
        return OF_WORLD + names + self._conditions + self._compared

    def _settle_all(self, first: World | None) -> None:
        program = self.setting.program
        bound: list[Binding] = []
        if first is not None:  # why its leaves are open, and what they read beside
            self.points = ChainMap({}, first.points)
            self.figures, self.ranges = dict(first.figures), dict(first.ranges)
            self.running, self.without_calendar = set(first.running), set(first.without_calendar)
            self.followed = dict(first.followed)
        for group in program.groups:
            if first is None:
                found = fresh = self._bindings_of(group, None)
            else:
                before = first.bindings[group.kind]
                open_ones = [one for one in before if one.rests_on(self.assignment)]
                fresh = self._bindings_of(group, open_ones)
                found = [*self._taken_over(first, before, open_ones), *fresh]
            self.bindings[group.kind] = found
            for one in found:
                self._of_subject[group.kind, _name(one.entity)] = one
            bound += fresh
        for stratum in range(program.order.rounds):
            for one in bound:
                if one.at is not None and one.at.stratum == stratum:
                    self._settle(one, one.at)
        self._conditions = sum([len(one.truths) for one in bound])

    def _taken_over(
        self, first: World, before: list[Binding], open_ones: list[Binding]
    ) -> list[Binding]:
        """The bindings of the first world that nothing settled here concerns."""
        left = {id(one) for one in open_ones}
        found = [one for one in before if id(one) not in left]
        for binding in found:
            name = _name(binding.entity)
            # A copy: a birth is named as its child, and only one of the two may be taken over.
            status = self.status.setdefault(name, {})
            status.update(first.status[name])
            self.applying.update(i for i, truth in status.items() if truth is TRUE)
        return found

    def _bindings_of(self, group: Group, before: Sequence[Binding] | None) -> list[Binding]:
        """A binding for each subject; `before`: those of the first world that are open here."""
        known: dict[str | None, Binding] = {_name(one.entity): one for one in before or ()}
        subjects: tuple[EntityRecord | None, ...] = (None,)
        if before is not None:
            subjects = tuple(one.entity for one in before)
        elif group.kind is not None:
            subjects = self.setting.all(group.kind)
        found = []
        for entity in subjects:
            name = _name(entity)
            one = known.get(name)
            kept = {} if one is None else one.kept(self.assignment)
            out = set() if one is None else set(one.out)
            self._looked_up = {}
            scopes = self._scopes(group, entity, kept, out)
            if entity is not None and not scopes:
                continue  # no rule of the group can have it for its subject
            variables: Variables = {BEARER: "case"}
            if entity is not None:
                variables = dict.fromkeys(group.variables, entity)
                variables[BEARER] = entity.id
            self.status.setdefault(name, {})
            root = group.root(self.setting.inference, tuple(scopes))
            binding = Binding(group, entity, variables, dict(root.truths), root.first, kept)
            binding.out, binding.looked_up = frozenset(out), self._looked_up
            found.append(binding)
        return found

    def _scopes(
        self,
        group: Group,
        entity: EntityRecord | None,
        kept: Mapping[int, Truth],
        out: set[int],
    ) -> list[int]:
        """The scopes in which an entity is or may be (`~number`), as far as it can be told before
        rules are settled. In those that are `out` it surely is not."""
        scopes: list[int] = []
        governance, untold = self.setting.governance, self.setting.untold
        is_untold = untold is not None and untold.is_one(entity)
        governing = None
        if governance is not None and not is_untold:
            governing = governance.of(entity.id if entity else None)
        for scope in group.scopes_under(governing):
            first = scope.leaves[0]
            if first in out:
                continue
            truth = kept.get(first, TRUE)
            if scope.early and first not in kept and (scope.collection is not None or is_untold):
                truth = self._membership(group, scope, entity)
            if truth is FALSE:
                out.update(scope.leaves)
            else:
                scopes += scope.leaves if truth is TRUE else scope.may_be
        return scopes

    def _membership(self, group: Group, scope: Scope, entity: EntityRecord | None) -> Truth:
        """Whether an entity is one of those that scopes hold; if open, each notes why."""
        if self._noting is not None:
            names: set[str] = set()
            self._noting.names = names
            self._looked_up.update(dict.fromkeys(scope.leaves, names))
        try:
            return TRUE if self._governs_one(scope.collection, entity) else FALSE
        except Undecided as stop:
            kept = stop.kept()
            name = _name(entity)
            self.points.update({(group.kind, name, leaf): kept for leaf in scope.leaves})
            return UNKNOWN
        except (Unproved, Refusal):
            return FALSE

    def _settle(self, binding: Binding, turn: Turn) -> None:
        """Settle a stratum: walk down to its end."""
        group, entity, variables = binding.group, binding.entity, binding.variables
        truths = binding.truths
        self._looked_up = binding.looked_up
        known, truth_of = binding.known.get, self._truth
        while (leaf := turn.leaf) is not None:
            number = turn.number
            truth = known(number)
            if truth is None:
                truth = truth_of(leaf, number, group, entity, variables)
            truths[number] = truth
            if truth is FALSE:
                after = turn.if_false
            elif truth is TRUE:
                after = turn.if_true
            else:
                after = turn.if_unknown
            turn = after or group.answers(self.setting.inference).grow(turn, truth, truths)
        binding.at = turn.then
        self.status[None if entity is None else entity.id].update(turn.applies)
        if turn.certain:
            self.applying |= turn.certain

    def _truth(
        self,
        leaf: Leaf,
        number: int,
        group: Group,
        entity: EntityRecord | None,
        variables: Variables,
    ) -> Truth:
        if self._noting is not None:
            self._noting.names = self._looked_up.setdefault(number, set())
        try:
            condition = leaf.condition
            if condition is not None:
                holds = condition(self, variables)
            else:
                holds = self._holds(leaf, entity)
        except Undecided as stop:
            self.points[group.kind, _name(entity), number] = stop.kept()
            return UNKNOWN
        except (Unproved, Refusal):
            return FALSE
        return TRUE if holds else FALSE

    def _holds(self, leaf: Leaf, entity: EntityRecord | None) -> bool:
        """A leaf that is no condition of the case."""
        match leaf.kind:
            case "scope":
                return self._in_scope(leaf, entity)
            case "open":
                return found.closing_fact(self, leaf.effect, leaf.name, entity) is None
            case "may":
                return self._taken(f"{leaf.name}@{entity.id if entity else 'case'}", "may")
            case _:
                return self._taken(f"text:{leaf.name}", "text")

    def supposes(self, text: str) -> bool:
        """Whether this world has it that a text which was not read adds something."""
        return self._taken(text, "text")

    def _taken(self, name: str, kind: Literal["may", "text"]) -> bool:
        taken = self.assignment.get(name)
        if taken is None:
            facts = frozenset({name}) if kind == "text" else frozenset[str]()
            raise Undecided(Point(name, kind, (True, False), facts))
        return bool(taken)

    def _in_scope(self, leaf: Leaf, entity: EntityRecord | None) -> bool:
        return self._governs_one(leaf.collection, entity)

    def _governs_one(self, collection: Closure | None, entity: EntityRecord | None) -> bool:
        """Whether an entity is one of those that a scope holds, under a law that can be told."""
        if not self._is_one_of(collection, entity):
            return False
        if self.setting.untold is not None:
            self.setting.untold.check(entity)
        return True

    def _is_one_of(self, collection: Closure | None, entity: EntityRecord | None) -> bool:
        if collection is None or entity is None:
            return True
        ids, more = self._members_of(collection)
        if entity.id in ids:
            return True
        if more is None or more == f"{entity.section}.listed":
            return False  # what a list of its own kind leaves out is not in the case; this is
        raise Undecided(Point(more, "fact", (), frozenset({more})))

    def _members_of(self, collection: Closure) -> tuple[frozenset[str], str | None]:
        """Who is in a collection, by name; what tells of more, if there may be."""
        found = self._members.get(collection)
        if found is None:
            listed = collection(self, {BEARER: "case"})
            path = listed.path if isinstance(listed, Partial) else None
            found = self._members[collection] = frozenset([one.id for one in listed]), path
        return found

    # --- rules ------------------------------------------------------------------------------------
    def point_of(self, index: int, name: str | None) -> Undecided:
        """Why it is open whether a rule applies."""
        rule = self.setting.program.rules[index]
        binding = self._of_subject[rule.kind, name]
        truths = binding.truths
        for number in binding.group.numbers[index]:
            if truths.get(number) is UNKNOWN:
                return self.points[rule.kind, name, number]
        for other in rule.overridden_by:
            if self.status[name].get(other) is UNKNOWN:
                return self.point_of(other, name)
        raise AssertionError(f"{rule.rule.name} is open without a reason")

    def may_apply(self, indexes: Iterable[int], entity: EntityRecord | None) -> list[int]:
        """The rules that apply or may apply, as far as they are settled."""
        own = self.status.get(_name(entity), {})
        return [index for index in indexes if own.get(index, FALSE) is not FALSE]

    def status_of(self, index: int, entity: EntityRecord | None) -> Truth:
        """Whether a rule applies, as far as it is settled."""
        own = self.status.get(_name(entity))
        status = FALSE if own is None else own.get(index, FALSE)
        if status is UNKNOWN:
            self._note_rule(index, entity)
        return status

    def applies(self, index: int, entity: EntityRecord | None) -> bool:
        """Whether a rule applies; `Undecided` if that is open."""
        name = None if entity is None else entity.id
        own = self.status.get(name)
        status = None if own is None else own.get(index)
        if status is UNKNOWN:
            self._note_rule(index, entity)
            raise self.point_of(index, name).again()
        return status is TRUE

    def _note_rule(self, index: int, entity: EntityRecord | None) -> None:
        """Notes, in the first world, what it rests on whether a rule applies."""
        if self._noting is not None:
            kind = self.setting.program.rules[index].kind
            binding = self._of_subject.get((kind, _name(entity)))
            if binding is not None:
                self._noting.names.update(*binding.looked_up.values())

    def subjects(self, rule: ProgramRule) -> list[EntityRecord | None]:
        """The entities for which a rule was or could have been applied; None: the case."""
        return [binding.entity for binding in self.bindings[rule.kind]]

    def in_scope(self, rule: ProgramRule, subject: EntityRecord | None) -> bool:
        """Whether a rule's version governs the subject, which is one of those it is for."""
        return self._scope(rule, subject) is TRUE

    def out_of_scope(self, rule: ProgramRule, subject: EntityRecord | None) -> bool:
        """Whether a rule is surely not for the subject, or its version does not govern it."""
        return self._scope(rule, subject) is FALSE

    def _scope(self, rule: ProgramRule, subject: EntityRecord | None) -> Truth:
        binding = self._of_subject.get((rule.kind, _name(subject)))
        if binding is None:
            return FALSE
        return binding.truths.get(binding.group.numbers[rule.index][0], FALSE)

    def bearers(self, rule: ProgramRule, subject: EntityRecord | None) -> tuple[str, ...]:
        """Whom a rule concerns, by name: who pays, who is sanctioned; else its subject, or what is
        asked about."""
        if rule.bearers is None:
            return tuple(one.id for one in ((subject,) if subject else self.setting.about[:1]))
        key = (rule.index, subject.id if subject else None)
        if key not in self._bearers:
            concerned = rule.bearers(self, variables_of(rule.variable, subject))
            members = concerned if isinstance(concerned, tuple) else (concerned,)
            self._bearers[key] = tuple(member.id for member in members)
        return self._bearers[key]

    def value(self, rule: ProgramRule, what: str, entity: EntityRecord | None) -> Any:
        """What a rule that applies gives under a name."""
        variables = variables_of(rule.variable, entity)
        if rule.effect == "sanction":
            measure = next(iter(rule.gives))
            if what != measure:
                variables[MEASURE] = self.value(rule, measure, entity)
        return rule.gives[what](self, variables)

    def results_of(self, conclusion: str, entity: EntityRecord) -> tuple[EntityRecord, ...]:
        """What earlier strata concluded of this kind for this bearer, each as an entity."""
        if self.setting.untold is not None:
            self.setting.untold.check_conclusion(conclusion, entity)
        effect = self.setting.vocabulary.conclusions[conclusion].effect
        results = []
        for index in self.drawing(effect, conclusion):
            rule = self.setting.program.rules[index]
            for subject in self.subjects(rule):
                if self.applies(index, subject) and entity.id in self.bearers(rule, subject):
                    name = f"{rule.called}@{subject.id if subject else 'case'}"
                    facts = {
                        f"{conclusion}.{aspect}": _given(value, f"results.{name}.{aspect}")
                        for aspect, value in concluded(self, rule, subject).items()
                    }
                    results.append(EntityRecord(name, conclusion, facts))
        return tuple(results)

    def as_before(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """What is computed, `key` being what it is called: worlds that keep it may know it."""
        return compute()

    # --- what the law says ------------------------------------------------------------------------
    def having(self, effect: str) -> tuple[int, ...]:
        """The rules with an effect."""
        return self.setting.having(effect)

    def drawing(self, effect: str, conclusion: str) -> tuple[int, ...]:
        """The rules that draw a conclusion."""
        return self.setting.drawing(effect, conclusion)

    def ending(self, conclusion: str) -> tuple[int, ...]:
        """The rules that refuse a conclusion, or let it lapse."""
        return self.setting.ending(conclusion)

    def opening(self, effect: str) -> tuple[tuple[int, str], ...]:
        """The rules that leave a kind of conclusion to lower law, each with the kind."""
        return self.setting.opening(effect)

    def declared(self, effect: str, entity: EntityRecord | None) -> frozenset[str]:
        """The kinds of conclusion with an effect of which an entity's law has declared gaps."""
        return self.setting.declared(effect, entity)

    def gap(self, kind: str, entity: EntityRecord | None) -> str | None:
        """The name of the gap if no version that governs has a complete list of a kind."""
        return self.setting.gap(kind, entity)

    # --- names ------------------------------------------------------------------------------------
    def name(self, key: str, entity: EntityRecord | None) -> Any:
        """The value of a name; `entity` None: of the case."""
        memo_key = (key, None if entity is None else entity.id)
        value = self.memo.get(memo_key, NOT_YET)
        return self.read(memo_key, entity) if value is NOT_YET else value

    def read(self, memo_key: tuple[str, str | None], entity: EntityRecord | None) -> Any:
        """The value of a name that was not read yet, which is kept."""
        key = memo_key[0]
        read = self.readers.get(key) or reader(self.setting.program, key)
        if self._noting is None:
            value = self.memo[memo_key] = read(self, entity)
        else:
            value = self._noting.kept(memo_key, partial(read, self, entity))
            self.memo[memo_key] = value
        return value

    # --- what closures ask ------------------------------------------------------------------------
    def at(self, key: str, entity: EntityRecord, when: Any) -> Any:
        """The value of a fact that varies, on a day or for a year."""
        return found.at(self, key, entity, when)

    def stated(self, key: str, entity: EntityRecord, when: Any) -> bool:
        """Whether the case gives a value for the fact."""
        return found.stated(self, key, entity, when)

    def established(self, key: str, entity: EntityRecord, when: Any) -> bool:
        """Whether the fact is found: known, not merely alleged."""
        return found.established(self, key, entity, when)

    def verified(
        self,
        key: str,
        entity: EntityRecord,
        when: Any,
        issuers: tuple[str, ...],
        all_of_them: bool,
    ) -> bool:
        """Whether verified evidence stands behind the fact."""
        return found.verified(self, key, entity, when, issuers, all_of_them)

    def unlisted(self, name: str) -> Any:
        """How many more there are than a list names: a number from 0."""
        return found.unlisted(self, name)

    def statistic(
        self, series: str, concept: str, status: str, level: str | None, place: str, year: Any
    ) -> Any:
        """A figure."""
        return figures.statistic(self, series, concept, status, level, place, year)

    def place_part(self, place: str, level: str) -> str:
        """The place of a level in which a place lies."""
        return figures.place_part(self, place, level)

    def standing(self, effect: str, entity: EntityRecord) -> bool:
        """Whether a ground stands, grounds are taken away, or all that stand are postponed."""
        if self.setting.untold is not None:
            self.setting.untold.check(entity)
        return standing.standing(self, effect, entity)

    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open; `Undecided` splits it where it turns."""
        self._compared += 1
        return compared(self.assignment, op, left, right)

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values are the same; a fork if that is open."""
        if type(one) in OPEN or type(other) in OPEN:
            return compared(self.assignment, "==", one, other)
        return bool(one == other)

    def exactly(self, value: Any) -> Any:
        """The value made plain, by a fork if it is open."""
        return exactly(value)

    def law_day(self, day: Dated, turns: Sequence[date]) -> date:
        """A day on which law is looked up, split where a version begins or may begin."""
        low, high = day.low, day.high
        for turn in turns:
            if low < turn <= high:
                self.decide("<", day, turn)
        return low  # type: ignore[no-any-return]

    def within(self, event: Closure, start: Any, period: Any, variables: Variables) -> bool:
        """Whether an event happened in the period that runs from the day after `start`."""
        end = self.exactly(applied(period_end, (start, period), (1, 1)))
        try:
            day = event(self, variables)
        except Unproved:
            day = today(self)
            if self.decide(">", day, end) if type(day) in OPEN else day > end:
                return False
            self.running.add(end)
            return bool(one_of(self.assignment, f"until[{end.isoformat()}]", (True, False)))
        if isinstance(day, Dated) or isinstance(start, Dated):
            return self.decide("<=", start, day) and self.decide("<=", day, end)
        return bool(start <= day <= end)


def _name(entity: EntityRecord | None) -> str | None:
    return None if entity is None else entity.id


def _given(value: Any, path: str) -> Found:
    """An aspect of a result as if the case had it; a step by its name."""
    plain = value.name if isinstance(value, Step) else value
    return Found(State.KNOWN, plain, (), (), "", path)
