"""One world of a case: every unknown that matters and every choice has a value.

A world is evaluated as plain Python. Rules are settled stratum by stratum: their leaves are
computed here, `engine.inference` says which rules apply, and what they define is computed when it
is read. Whatever depends on something unsettled raises `Undecided` with the point at which to
fork; `engine.decision.explore` then runs the world again for each option.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from engine.decision.case_model import Case, EntityRecord, Entry, Found, State
from engine.decision.concluded import concluded
from engine.inference.closures import OPEN, Closure, Partial, Variables
from engine.inference.program import Group, Leaf, Program, ProgramRule, VersionKey, settler_factory
from engine.inference.undecided import (
    Bounds,
    Contradiction,
    Point,
    Refusal,
    Undecided,
    Unproved,
)
from engine.inference.values import BEARER
from engine.language.articles import under
from engine.language.read_effects import MEASURE
from engine.language.ruleset import Forbid, Permit, Postpone, Version
from engine.language.types import Type
from engine.law.places import PlaceError, chain, county_of, level_of, province_of
from engine.law.statistics import Figure, Key, Statistics, decides
from engine.law.vocabulary import ASSESSMENT, Vocabulary
from engine.values.dates import Window, period_end
from engine.values.exact import normalised
from engine.values.ladder import Ladder, Step
from engine.values.money import Money
from engine.values.open_date import Dated, applied, changing_day, compare_dated, turning_day
from engine.values.open_number import Open, compare, threshold
from engine.values.truth import Comparison, Truth

Assignment = Mapping[str, Any]
StatusKey = tuple[int, str | None]

EARLIEST: Final = date(1900, 1, 1)
"""No fact of a case lies before this day."""
SPLIT_WITHIN: Final = timedelta(days=800)
"""A day known to lie within so long may be split into the values that follow from it."""
ASSESSED: Final = EntityRecord(ASSESSMENT, ASSESSMENT, {})


@dataclass(frozen=True, slots=True)
class Governance:
    """Which versions govern, by the effect of a rule, for a subject and for all others.

    `days`: the day on which each subject's law is taken (for amendments that were not read).
    """

    of_entity: Mapping[str, Mapping[str, frozenset[VersionKey]]]
    of_rest: Mapping[str, frozenset[VersionKey]]
    days: Mapping[str | None, Any]

    def versions(self, entity: str | None, effect: str) -> frozenset[VersionKey]:
        """The versions whose rules with this effect apply to the entity."""
        own = self.of_entity.get(entity) if entity is not None else None
        return (own or self.of_rest).get(effect, frozenset())


@dataclass(frozen=True, slots=True)
class Setting:
    """What all worlds of a case have in common. `preset`: names that were defined before."""

    case: Case
    vocabulary: Vocabulary
    program: Program
    governance: Governance | None
    statistics: Statistics
    entities: Mapping[str, tuple[EntityRecord, ...]]
    by_id: Mapping[str, EntityRecord]
    about: tuple[EntityRecord, ...]
    preset: Mapping[tuple[str, str | None], Any]
    inference: Literal["rete", "reference"]
    known_texts: bool = False


class UnknownCodes:
    """A set of codes that nobody has found out: each code is a question of its own."""

    def __init__(self, world: World, path: str) -> None:
        self._world = world
        self._path = path

    def contains(self, code: str) -> bool:
        """Whether the set has the code, in this world."""
        name = f"{self._path}#{code}"
        taken = self._world.assignment.get(name)
        if taken is None:
            raise Undecided(Point(name, "fact", (True, False), frozenset({self._path})))
        return bool(taken)


class World:
    """A case in one world. `assignment` gives the points that are settled."""

    __slots__ = (
        "assignment",
        "figures",
        "memo",
        "points",
        "ranges",
        "running",
        "setting",
        "status",
        "truths",
        "unproved",
    )

    def __init__(self, setting: Setting, assignment: Assignment) -> None:
        self.setting = setting
        self.assignment = assignment
        self.memo: dict[tuple[str, str | None], Any] = dict(setting.preset)
        self.ranges: dict[str, tuple[Any, Any]] = {}
        self.status: dict[StatusKey, Truth] = {}
        self.truths: dict[tuple[str | None, str | None], dict[int, Truth]] = {}
        self.points: dict[tuple[str | None, str | None, int], Undecided] = {}
        self.unproved: dict[tuple[str | None, str | None, int], Unproved] = {}
        self.figures: dict[str, Figure] = {}
        self.running: set[date] = set()

    # --- settling ---------------------------------------------------------------------------------
    def settle(self) -> World:
        """Settle all rules, stratum by stratum; returns itself."""
        program = self.setting.program
        with program.lock:
            bindings = [
                (group, entity, settler)
                for group in program.groups
                for entity, settler in self._bindings(group)
            ]
            try:
                for stratum in range(program.strata):
                    for group, entity, settler in bindings:
                        leaves = group.leaves_of.get(stratum)
                        if leaves:
                            self._settle(group, entity, settler, stratum, leaves)
            finally:
                for _, _, settler in bindings:
                    settler.end()
        return self

    def _bindings(self, group: Group) -> list[tuple[EntityRecord | None, Any]]:
        if group.kind is None:
            subjects: list[EntityRecord | None] = [None]
        else:
            subjects = [e for e in self._all(group.kind) if self._may_concern(group, e)]
        name = self.setting.inference
        settlers = group.settlers.setdefault(name, [])
        while len(settlers) < len(subjects):
            settlers.append(settler_factory(name)(group.clauses))
        for settler in settlers[: len(subjects)]:
            settler.begin()
        return list(zip(subjects, settlers, strict=False))

    def _may_concern(self, group: Group, entity: EntityRecord) -> bool:
        """Whether a rule of the group could have the entity for its subject."""
        return any(
            leaf.kind == "scope"
            and (not leaf.early or self._truth(group.kind, leaf, entity) is not Truth.FALSE)
            for leaf in group.leaves
        )

    def _settle(
        self,
        group: Group,
        entity: EntityRecord | None,
        settler: Any,
        stratum: int,
        leaves: Sequence[Leaf],
    ) -> None:
        name = entity.id if entity else None
        truths = self.truths.setdefault((group.kind, name), {})
        for leaf in leaves:
            if leaf.number not in truths:
                truths[leaf.number] = self._truth(group.kind, leaf, entity)
        applies = settler.settle(stratum, truths)
        rules = self.setting.program.rules
        status = self.status
        for index in group.clauses_of[stratum]:
            status[index, name] = applies[rules[index].clause]

    def _truth(self, kind: str | None, leaf: Leaf, entity: EntityRecord | None) -> Truth:
        name = entity.id if entity else None
        try:
            match leaf.kind:
                case "when" | "unless":
                    assert leaf.condition is not None
                    holds = leaf.condition(self, variables_of(leaf.variable, entity))
                case "scope":
                    holds = self._in_scope(leaf, entity)
                case "open":
                    holds = not self._closed(leaf, entity)
                case "may":
                    holds = self._taken(f"{leaf.name}@{name or 'case'}", "may")
                case _:
                    holds = self._taken(f"text:{leaf.name}", "text")
        except Undecided as stop:
            self.points[kind, name, leaf.number] = stop
            return Truth.UNKNOWN
        except Unproved as stop:
            self.unproved[kind, name, leaf.number] = stop
            return Truth.FALSE
        except Refusal:
            return Truth.FALSE
        return Truth.TRUE if holds else Truth.FALSE

    def _taken(self, name: str, kind: Literal["may", "text"]) -> bool:
        taken = self.assignment.get(name)
        if taken is None:
            facts = frozenset({name}) if kind == "text" else frozenset[str]()
            raise Undecided(Point(name, kind, (True, False), facts))
        return bool(taken)

    def _in_scope(self, leaf: Leaf, entity: EntityRecord | None) -> bool:
        governance = self.setting.governance
        name = entity.id if entity else None
        if governance and leaf.version not in governance.versions(name, leaf.effect):
            return False
        if leaf.collection is None or entity is None:
            return True
        members = leaf.collection(self, {BEARER: "case"})
        if any(member.id == entity.id for member in members):
            return True
        if isinstance(members, Partial):
            raise Undecided(Point(members.path, "fact", (), frozenset({members.path})))
        return False

    def _closed(self, leaf: Leaf, entity: EntityRecord | None) -> bool:
        """Whether somebody found that no ground was claimed or found."""
        return self.closing_fact(leaf.effect, leaf.name, entity) is not None

    def closing_fact(self, effect: str, what: str, entity: EntityRecord | None) -> Found | None:
        """The finding that closes a conclusion for an entity or for one of its members."""
        if entity is None:
            return None
        records = [entity, *(self.setting.by_id[m] for m in entity.members)]
        for key, fact in self.setting.vocabulary.facts.items():
            closes = fact.closes
            if closes is None or (closes.effect, closes.object) != (effect, what):
                continue
            for record in records:
                found = record.facts.get(key)
                if isinstance(found, Found) and found.value == closes.value:
                    return found
        return None

    def point_of(self, index: int, name: str | None) -> Undecided:
        """Why it is open whether a rule applies."""
        program = self.setting.program
        rule = program.rules[index]
        kind = rule.rule.subject.kind if rule.rule.subject else None
        for number in rule.leaves:
            stop = self.points.get((kind, name, number))
            if stop is not None:
                return stop
        for other in rule.overridden_by:
            if self.status.get((other, name)) is Truth.UNKNOWN:
                return self.point_of(other, name)
        raise AssertionError(f"{rule.rule.name} is open without a reason")

    def status_of(self, index: int, entity: EntityRecord | None) -> Truth:
        """Whether a rule applies, as far as it is settled."""
        return self.status.get((index, entity.id if entity else None), Truth.FALSE)

    def applies(self, index: int, entity: EntityRecord | None) -> bool:
        """Whether a rule applies; `Undecided` if that is open."""
        status = self.status_of(index, entity)
        if status is Truth.UNKNOWN:
            raise self.point_of(index, entity.id if entity else None)
        return status is Truth.TRUE

    # --- names ------------------------------------------------------------------------------------
    def name(self, key: str, entity: EntityRecord | None) -> Any:
        """The value of a name; `entity` None: of the case."""
        memo_key = (key, entity.id if entity else None)
        memo = self.memo
        if memo_key in memo:
            return memo[memo_key]
        value = self._resolved(key, entity)
        memo[memo_key] = value
        return value

    def _resolved(self, key: str, entity: EntityRecord | None) -> Any:
        vocabulary = self.setting.vocabulary
        info = vocabulary.names[key]
        match info.origin:
            case "found":
                assert entity is not None
                return self._found(key, entity, info.type)
            case "relation" | "term":
                return self._formula(key, entity)
            case "defined" if key in self.setting.program.definers or entity is not None:
                return self._defined(key, entity)
            case "defined":
                return self._asked(key)
            case "asked":
                return self._asked(key)
            case _:
                return self._built_in(key, entity, info.type)

    def _all(self, kind: str) -> tuple[EntityRecord, ...]:
        return self.setting.entities.get(kind, ())

    def _built_in(self, key: str, entity: EntityRecord | None, type_: Type) -> Any:
        if entity is not None and entity.kind in self.setting.vocabulary.conclusions:
            return self._aspect(key, entity, type_)
        if entity is not None and entity.kind != ASSESSMENT:
            return self._found(key, entity, type_)
        if key == "about":
            return self.setting.about
        if key == ASSESSMENT:
            return ASSESSED
        if key == f"{ASSESSMENT}.date":
            return self.setting.case.as_of
        kind = key.removeprefix("every_")
        members = self._all(kind)
        incomplete = self._incomplete(kind)
        return Partial.of(members, incomplete) if incomplete else members

    def _aspect(self, key: str, result: EntityRecord, type_: Type) -> Any:
        """What a result says, if its rule says so."""
        found = result.facts.get(key)
        if not isinstance(found, Found):
            raise Unproved()
        return (
            found.value if type_.base != "step" else self.step(str(type_.about), str(found.value))
        )

    def _incomplete(self, kind: str) -> str | None:
        """The fact that says that not all entities of a kind are listed; None if all are."""
        declared = self.setting.vocabulary.kinds[kind]
        of = declared.groups.of if declared.groups else kind
        listed = self.setting.vocabulary.kinds[of]
        if listed.listed is None or self.setting.case.complete.get(of, True):
            return None
        return f"{listed.section}.{listed.listed}"

    def _formula(self, key: str, entity: EntityRecord | None) -> Any:
        program = self.setting.program
        body: Closure = program.formulas[key]
        for version, own in program.terms.get(key, ()):
            governance = self.setting.governance
            name = entity.id if entity else None
            if governance is None or version in governance.versions(name, "define"):
                body = own
        variables: Variables = {BEARER: entity.id if entity else "case"}
        for word in self.setting.vocabulary.formulas[key].variables:
            variables[word] = entity
        return body(self, variables)

    def _defined(self, key: str, entity: EntityRecord | None) -> Any:
        values: list[tuple[int, Any]] = []
        missing: frozenset[str] = frozenset()
        refusal: Refusal | None = None
        for index in self.setting.program.definers.get(key, ()):
            if not self.applies(index, entity):
                continue
            rule = self.setting.program.rules[index]
            try:
                value = self.value(rule, key, entity)
            except Unproved as stop:
                if stop.gap:
                    raise
                missing |= stop.facts
            except Refusal as stop:
                refusal = stop
            else:
                values.append((index, value))
        if refusal:
            raise refusal
        if not values:
            raise Unproved(missing, None if missing else key)
        first = values[0][1]
        if len(values) > 1 and any(not self.same(first, other) for _, other in values[1:]):
            name = entity.id if entity else "case"
            raise Contradiction(key, name, tuple(index for index, _ in values))
        return first

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values are the same; a fork if that is open."""
        if type(one) in OPEN or type(other) in OPEN:
            return self.decide("==", one, other)
        return bool(one == other)

    def value(self, rule: ProgramRule, what: str, entity: EntityRecord | None) -> Any:
        """What a rule that applies gives under a name."""
        variable = rule.rule.subject.variable if rule.rule.subject else None
        variables = variables_of(variable, entity)
        if rule.effect == "sanction" and what != rule.values[0][0]:
            variables[MEASURE] = self.value(rule, rule.values[0][0], entity)
        return next(of for name, _, of in rule.values if name == what)(self, variables)

    def _asked(self, key: str) -> Any:
        case = self.setting.case
        path = f"settings.{key}"
        if key in case.settings:
            return case.settings[key]
        if path in self.assignment:
            return self.assignment[path]
        candidates: list[Any] = []
        tried = 0
        for version in self.setting.program.versions.values():
            for ask in version.asks:
                if ask.name != key:
                    continue
                for expression in ask.candidates:
                    tried += 1
                    try:
                        candidates.append(self.exactly(self._candidate(expression)))
                    except Unproved:
                        continue
        distinct = sorted(set(candidates), key=str)
        if len(distinct) == 1 and (len(candidates) > 1 or tried == 1):
            return distinct[0]
        options = tuple(distinct) if len(distinct) > 1 else ()
        raise Undecided(Point(path, "fact", options, frozenset({path})))

    def _candidate(self, expression: Any) -> Any:
        from engine.inference.closures import closure

        births = self.setting.about
        variables: Variables = {BEARER: "case"}
        for entity in births:
            variables[entity.kind] = entity
        return closure(expression)(self, variables)

    # --- found facts ------------------------------------------------------------------------------
    def path(self, key: str, entity: EntityRecord) -> str:
        """How a fact is named where it is missing: `persons.mother.register`."""
        return f"{entity.section or entity.kind}.{entity.id}.{key.partition('.')[2]}"

    def _found(self, key: str, entity: EntityRecord, type_: Type) -> Any:
        found = entity.facts.get(key)
        if found is None or not isinstance(found, Found):
            return self._unknown(self.path(key, entity), type_)
        return self._value_of(found, type_, key)

    def _value_of(self, found: Found, type_: Type, key: str) -> Any:
        match found.state:
            case State.KNOWN:
                return self._plain(found.value, type_, found.path)
            case State.UNKNOWN:
                return self._unknown(found.path, type_)
            case _:
                fact = self.setting.vocabulary.facts.get(key)
                if found.state is State.UNESTABLISHED and fact and fact.reverse is not None:
                    return fact.reverse == "true" if type_.base == "boolean" else fact.reverse
                raise Unproved(frozenset({found.path}))

    def _plain(self, value: Any, type_: Type, path: str) -> Any:
        match type_.base:
            case "entity":
                return self.entity(value, str(type_.about))
            case "list":
                item = type_.item
                assert item is not None
                return tuple(self._plain(one, item, path) for one in value)
            case "date" if isinstance(value, Window):
                return self._dated(path, value)
            case "number":
                return normalised(value)
            case "step":
                return self.step(str(type_.about), value)
            case _:
                return value

    def step(self, ladder: str, name: str) -> Any:
        """A step of a ladder of the vocabulary."""
        return Ladder(ladder, tuple(self.setting.vocabulary.ladder(ladder))).step(name)

    def entity(self, name: str, kind: str) -> EntityRecord:
        """The entity of a kind with this id: a group, or one that the case lists."""
        if self.setting.vocabulary.kinds[kind].groups:
            return self.setting.case.group_of[name]
        return self.setting.by_id[name]

    def _dated(self, path: str, window: Window) -> Any:
        within = self.assignment.get(path, window)
        if within.first == within.last:
            return within.first
        return Dated.day(path, within)

    def _unknown(self, path: str, type_: Type) -> Any:
        match type_.base:
            case "boolean":
                return self._one_of(path, (True, False))
            case "code":
                return self._one_of(path, tuple(self.setting.vocabulary.codes(str(type_.about))))
            case "step":
                names = self.setting.vocabulary.ladder(str(type_.about))
                return self.step(str(type_.about), self._one_of(path, tuple(names)))
            case "number":
                return self._open(path, Open.unknown(path, "number"))
            case "money":
                return self._open(path, Open.unknown(path, "money", low=Money(0)))
            case "date":
                return self._dated(path, Window(EARLIEST, self.setting.case.as_of))
            case "list" if type_.item and type_.item.base == "code":
                return UnknownCodes(self, path)
            case _:
                raise Undecided(Point(path, "fact", (), frozenset({path})))

    def _open(self, path: str, unknown: Open) -> Any:
        """An unknown number, as far as this world narrows it."""
        bounds = self.assignment.get(path)
        if isinstance(bounds, Bounds):
            unknown = unknown.with_bounds(path, bounds.low, bounds.high)
            if unknown.low is not None and unknown.low == unknown.high:
                return unknown.low
        return unknown

    def unlisted(self, name: str) -> Any:
        """How many more there are than a list names: a number from 0."""
        return self._open(name, Open.unknown(name, "number", low=0))

    def _one_of(self, path: str, options: tuple[Any, ...]) -> Any:
        taken = self.assignment.get(path)
        if taken is None:
            raise Undecided(Point(path, "fact", options, frozenset({path})))
        return taken

    def _varying(self, key: str) -> tuple[str, str | None]:
        """The fact that varies, and which field of its entries is meant."""
        if key in self.setting.vocabulary.facts:
            return key, None
        base, _, field = key.rpartition(".")
        return base, field

    def at(self, key: str, entity: EntityRecord, when: Any) -> Any:
        """The value of a fact that varies, on a day or for a year."""
        base, field = self._varying(key)
        fact = self.setting.vocabulary.facts[base]
        type_ = self.setting.vocabulary.names[key].type
        entries = entity.facts.get(base)
        path = self.path(base, entity)
        if fact.info.varies == "year":
            year = self.exactly(when)
            path = f"{path}[{year}]"
            entry = next((e for e in _entries(entries) if e.year == year), None)
            found = None if entry is None else _field(entry, field)
            return (
                self._unknown(path, type_) if found is None else self._value_of(found, type_, base)
            )
        if not isinstance(entries, tuple):
            if isinstance(entries, Found) and entries.state is not State.UNKNOWN:
                raise Unproved(frozenset({path}))
            return self._unknown(path, type_)
        covering = [entry for entry in entries if self._covers(entry, when, path)]
        if field is None and fact.main == "true":
            return any(self._value_of(e.found, type_, base) for e in covering)
        if fact.many and field is None:
            assert type_.item is not None
            return tuple(self._value_of(e.found, type_.item, base) for e in covering)
        for entry in covering:
            found = _field(entry, field)
            if found is not None:
                return self._value_of(found, type_, base)
        return self._unknown(path if field is None else f"{path}.{field}", type_)

    def _covers(self, entry: Entry, when: Any, path: str) -> bool:
        return self._before(entry.start, when, f"{path}.from") and self._before(
            when, entry.until, f"{path}.until"
        )

    def _before(self, early: Any, late: Any, path: str) -> bool:
        """Whether one day is not after another; None is open-ended."""
        if early is None or late is None:
            return True
        early, late = (
            self._dated(path, day) if isinstance(day, Window) else day for day in (early, late)
        )
        if type(early) in OPEN or type(late) in OPEN:
            return self.decide("<=", early, late)
        return bool(early <= late)

    def record(self, key: str, entity: EntityRecord, when: Any) -> Found | None:
        """What the file says of a fact, as far as one entry can be told."""
        base, field = self._varying(key)
        found = entity.facts.get(base)
        if found is None or isinstance(found, Found):
            return found
        if when is None:
            return None
        if self.setting.vocabulary.facts[base].info.varies == "year":
            year = self.exactly(when)
            entry = next((e for e in found if e.year == year), None)
        else:
            path = self.path(base, entity)
            entry = next((e for e in found if self._covers(e, when, path)), None)
        return None if entry is None else _field(entry, field)

    def established(self, key: str, entity: EntityRecord, when: Any) -> bool:
        """Whether the fact is found: known, not merely alleged."""
        found = self.record(key, entity, when)
        if found is None or found.state is State.UNKNOWN:
            path = found.path if found else self.path(key, entity)
            return bool(self._one_of(f"{path}?established", (True, False)))
        return found.state is State.KNOWN

    def verified(
        self,
        key: str,
        entity: EntityRecord,
        when: Any,
        issuers: tuple[str, ...],
        all_of_them: bool,
    ) -> bool:
        """Whether verified evidence stands behind the fact; what is not in the file is not so."""
        found = self.record(key, entity, when)
        if found is None or found.state is not State.KNOWN:
            return False
        papers = [self.setting.case.evidence[e] for e in found.evidence]
        behind = {paper.issuer for paper in papers if paper.status == "verified"}
        return (all if all_of_them else any)(issuer in behind for issuer in issuers)

    # --- law, figures, results --------------------------------------------------------------------
    def statistic(
        self, series: str, concept: str, status: str, level: str | None, place: str, year: Any
    ) -> Any:
        """A figure: what the case brings goes before what is built in, and nothing else will do."""
        key = Key(series, concept, status, level or level_of(place), place, self.exactly(year))
        brought = [figure for figure in self.setting.case.statistics if figure.key == key]
        known = brought or [f for f in self.setting.statistics.find(key) if decides(f)]
        by_value = {figure.value: figure for figure in reversed(known)}
        if not by_value:
            return self._unknown(key.path, Type("money"))
        figure = known[0]
        if len(by_value) > 1:
            sources = {f"{f.source} ({f.survey})" if f.survey else f.source: f for f in known}
            taken = self.assignment.get(key.path)
            if taken is None:
                raise Undecided(Point(key.path, "reading", tuple(sources), frozenset()))
            figure = sources[taken]
        self.figures[key.path] = figure
        return figure.value

    def place_part(self, place: str, level: str) -> str:
        """The place of a level in which a place lies."""
        if level == "county":
            found: str | None = county_of(place)
        elif level == "province":
            found = province_of(place)
        else:
            year = self.setting.case.as_of.year
            try:
                found = next((code for code in chain(place, year) if level_of(code) == level), None)
            except PlaceError:
                found = None
        if found is None:
            raise Unproved()
        return found

    def results_of(self, conclusion: str, entity: EntityRecord) -> tuple[EntityRecord, ...]:
        """What earlier strata concluded of this kind for this bearer, each as an entity."""
        program = self.setting.program
        effect = self.setting.vocabulary.conclusions[conclusion].effect
        results = []
        for index in program.by_conclusion.get((effect, conclusion), ()):
            rule = program.rules[index]
            for subject in self.subjects(rule):
                if self.applies(index, subject) and entity.id in self.bearers(rule, subject):
                    name = f"{rule.rule.local}@{subject.id if subject else 'case'}"
                    facts = {
                        f"{conclusion}.{aspect}": _given(value, f"results.{name}.{aspect}")
                        for aspect, value in concluded(self, rule, subject).items()
                    }
                    results.append(EntityRecord(name, conclusion, facts))
        return tuple(results)

    def bearers(self, rule: ProgramRule, subject: EntityRecord | None) -> tuple[str, ...]:
        """Whom a rule concerns, by name: who pays, who is sanctioned; else its subject, or what is
        asked about."""
        if rule.bearers is None:
            return tuple(one.id for one in ((subject,) if subject else self.setting.about[:1]))
        variable = rule.rule.subject.variable if rule.rule.subject else None
        concerned = rule.bearers(self, variables_of(variable, subject))
        members = concerned if isinstance(concerned, tuple) else (concerned,)
        return tuple(member.id for member in members)

    def subjects(self, rule: ProgramRule) -> tuple[EntityRecord | None, ...]:
        """The entities for which a rule was or could have been applied."""
        if rule.rule.subject is None:
            return (None,)
        return tuple(
            entity
            for entity in self._all(rule.rule.subject.kind)
            if (rule.index, entity.id) in self.status
        )

    def standing(self, effect: str, entity: EntityRecord) -> bool:
        """Whether a ground stands, grounds are taken away, or all that stand are postponed."""
        if effect == "forbid":
            taken = any(self._applying("forbid", entity))
            if not taken:
                self._no_gap("forbid", entity)
            return taken
        grounds, doubts = self.grounds(entity)
        if effect == "permit":
            if not grounds and doubts:
                raise doubts[0][0]
            if not grounds:
                self._no_gap("permit", entity)
            return bool(grounds)
        if any(not postponed for _, postponed in grounds):
            self._no_gap("postpone", entity)
            return False
        for stop, postponed in doubts:
            if not grounds or not postponed:
                raise stop
        return bool(grounds)

    def grounds(
        self, entity: EntityRecord
    ) -> tuple[list[tuple[int, bool]], list[tuple[Undecided, bool]]]:
        """The grounds that certainly stand, and why others may; each with whether it is postponed.

        A ground of which it is open whether it is taken away or postponed counts among the others.
        """
        standing: list[tuple[int, bool]] = []
        doubts: list[tuple[Undecided, bool]] = []
        for index in self.setting.program.by_effect.get("permit", ()):
            try:
                if not self.applies(index, entity) or self._taken_by("forbid", index, entity):
                    continue
                standing.append((index, self._taken_by("postpone", index, entity)))
            except Undecided as stop:
                doubts.append((stop, self._surely_postponed(index, entity)))
        return standing, doubts

    def _surely_postponed(self, ground: int, entity: EntityRecord) -> bool:
        try:
            return self._taken_by("postpone", ground, entity)
        except Undecided:
            return False

    def _taken_by(self, effect: str, ground: int, entity: EntityRecord) -> bool:
        """Whether a rule that forbids, or postpones, applies to a ground."""
        rules = self.setting.program.rules
        return any(
            covers(rules[index], rules[ground]) and self.applies(index, entity)
            for index in self.setting.program.by_effect.get(effect, ())
        )

    def _applying(self, effect: str, entity: EntityRecord) -> list[int]:
        return [
            index
            for index in self.setting.program.by_effect.get(effect, ())
            if self.applies(index, entity)
        ]

    def _no_gap(self, effect: str, entity: EntityRecord) -> None:
        """Absence is an answer only where the list is complete."""
        for kind in self.opened(effect, entity):
            if self.closing_fact(effect, kind.partition(" ")[2], entity) is not None:
                continue
            name = self.gap(kind, entity)
            if name is not None:
                raise Undecided(Point(name, "text", (), frozenset({name})))

    def opened(self, effect: str, entity: EntityRecord | None) -> list[str]:
        """The kinds of conclusion with this effect of which there may be more than the governing
        law that was read: what it leaves to lower law, and its declared gaps."""
        left = {
            kind
            for rule in self.setting.program.rules
            for kind in rule.rule.opens
            if kind.partition(" ")[0] == effect and self.applies(rule.index, entity)
        }
        known = self.setting.vocabulary.conclusions
        declared = {
            gap.kind
            for version in self._governing(effect, entity)
            for gap in version.gaps
            if gap.kind.partition(" ")[0] == effect and gap.kind.partition(" ")[2] in known
        }
        return sorted(left | declared)

    def gap(self, kind: str, entity: EntityRecord | None) -> str | None:
        """The name of the gap if no governing version has a complete list of this kind."""
        versions = self._governing(kind.partition(" ")[0], entity)
        if any(kind in version.fills for version in versions):
            return None
        named = [v for v in versions if any(gap.kind == kind for gap in v.gaps)]
        lower = named or [v for v in versions if len(v.instrument.territory.strip("0")) > 0]
        at = lower[0] if lower else None
        return f"text:{at.instrument.id}/{at.id}:{kind}" if at else f"text::{kind}"

    def _governing(self, effect: str, entity: EntityRecord | None) -> list[Version]:
        governance = self.setting.governance
        program = self.setting.program
        name = entity.id if entity else None
        keys = governance.versions(name, effect) if governance else frozenset(program.versions)
        return [program.versions[key] for key in sorted(keys)]

    # --- forks ------------------------------------------------------------------------------------
    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open; `Undecided` splits it where it turns."""
        if isinstance(left, Dated) or isinstance(right, Dated):
            truth = compare_dated(op, left, right)
            if truth is Truth.UNKNOWN:
                raise self._split(*turning_day(left, right), left, right)
            return truth is Truth.TRUE
        truth = compare(op, left, right)
        if truth is not Truth.UNKNOWN:
            return truth is Truth.TRUE
        at = threshold(op, left, right)
        if at is not None:
            raise Undecided(_split_number(op, left, right, *at))
        return self._sign(op, left - right)

    def _sign(self, op: Comparison, difference: Open) -> bool:
        """The sign of what rests on several unknowns is a question of its own."""
        name = f"sign of {difference.form}"
        sign = self.assignment.get(name)
        if sign is None:
            raise Undecided(Point(name, "fact", (-1, 0, 1), difference.paths))
        match op:
            case "<":
                return bool(sign < 0)
            case "<=":
                return bool(sign <= 0)
            case ">":
                return bool(sign > 0)
            case ">=":
                return bool(sign >= 0)
            case "==":
                return bool(sign == 0)
            case _:
                return bool(sign != 0)

    def _split(self, path: str, day: date, *values: Any) -> Undecided:
        window = next(
            window
            for value in values
            if isinstance(value, Dated)
            for name, window in value.windows
            if name == path
        )
        before = Window(window.first, date.fromordinal(day.toordinal() - 1))
        after = Window(day, window.last)
        return Undecided(Point(path, "fact", (before, after), frozenset({fact_of(path)})))

    def exactly(self, value: Any) -> Any:
        """The value made plain, by a fork if it is open."""
        if isinstance(value, Dated):
            for path, window in value.windows:
                if window.last - window.first > SPLIT_WITHIN:  # too many values to try each
                    raise Undecided(Point(f"value of {path}", "fact", (), frozenset({path})))
            path, day = changing_day(value)
            raise self._split(path, day, value)
        if isinstance(value, Open):
            raise Undecided(Point(f"value of {value.form}", "fact", (), value.paths))
        return value

    def within(self, event: Closure, start: Any, period: Any, variables: Variables) -> bool:
        """Whether an event happened in the period that runs from the day after `start`."""
        end = self.exactly(applied(period_end, (start, period), (1, 1)))
        try:
            day = event(self, variables)
        except Unproved:
            if self.setting.case.as_of > end:
                return False
            self.running.add(end)
            name = f"until[{end.isoformat()}]"
            return bool(self._one_of(name, (True, False)))
        if isinstance(day, Dated) or isinstance(start, Dated):
            return self.decide("<=", start, day) and self.decide("<=", day, end)
        return bool(start <= day <= end)


def variables_of(variable: str | None, entity: EntityRecord | None) -> Variables:
    """The variables of a binding: its subject, and its own name for choice points."""
    if variable is None or entity is None:
        return {BEARER: "case"}
    return {variable: entity, BEARER: entity.id}


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


def fact_of(path: str) -> str:
    """The fact behind a path that names a part of one: without `.from`, `.until`, `#…`, `?…`."""
    for mark in ("#", "?"):
        path = path.partition(mark)[0]
    return path.removesuffix(".from").removesuffix(".until")


def _given(value: Any, path: str) -> Found:
    """An aspect of a result as if the case had it; a step by its name."""
    plain = value.name if isinstance(value, Step) else value
    return Found(State.KNOWN, plain, (), (), "", path)


def _entries(found: Any) -> tuple[Entry, ...]:
    return found if isinstance(found, tuple) else ()


def _field(entry: Entry, field: str | None) -> Found | None:
    return entry.found if field is None else entry.fields.get(field)


def _split_number(op: Comparison, left: Any, right: Any, path: str, value: Any) -> Point:
    """The parts of an unknown number on which a comparison has one answer each."""
    bounds = next(v for v in (left, right) if isinstance(v, Open) and path in v.bounds).bounds[path]
    low, high = bounds
    rising = _rises(left, right, path)
    strict_above = (op in (">", "<=")) if rising else (op in ("<", ">="))
    if op in ("==", "!="):
        parts: tuple[Bounds, ...] = (
            Bounds(low, (value, False)),
            Bounds((value, True), (value, True)),
            Bounds((value, False), high),
        )
    elif strict_above:
        parts = (Bounds(low, (value, True)), Bounds((value, False), high))
    else:
        parts = (Bounds(low, (value, False)), Bounds((value, True), high))
    return Point(
        path, "fact", parts, frozenset({path.partition("[")[0] if "listed[" in path else path})
    )


def _rises(left: Any, right: Any, path: str) -> bool:
    difference = left - right
    return bool(dict(difference.terms)[path] > 0)
