"""Facts as a world reads them: the value found, or what is open, unproved or alleged about it.

What is unknown becomes a fork where it has options, an open number or a day in a window where it
has none. A norm whose facts are not established is not applied (`Unproved`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.decision.case.model import EARLIEST, EntityRecord, Entry, Found, State
from engine.decision.case.order import left_by_day, not_before
from engine.decision.worlds.forks import one_of
from engine.decision.worlds.somewhere import Somewhere, located
from engine.inference.asked import OPEN
from engine.inference.undecided import Bounds, Point, Stopped, Undecided, Unproved
from engine.language.types import Range, Type
from engine.law.bounds import BackTo, Follows
from engine.law.vocabulary import Fact
from engine.values.dates import Window
from engine.values.exact import normalised
from engine.values.ladder import Ladder, Step
from engine.values.money import Money
from engine.values.open_date import Dated
from engine.values.open_number import Open

if TYPE_CHECKING:
    from engine.decision.worlds.world import World

TODAY: Final = "as_of"
"""The path of the day of the decision."""
AS_FOUND: Final = frozenset({"boolean", "code", "money", "date", "place", "period", "text"})
"""Types whose values in a case are those of the rules; a date may also be a window."""

ANY: Final = Range()
"""Of a number of which the vocabulary says nothing."""


class UnknownCodes:
    """A set of codes that nobody has found out: each code that it can have is a question."""

    def __init__(self, path: str, codes: tuple[str, ...]) -> None:
        self._path, self.codes = path, codes

    def __iter__(self) -> Iterator[str]:
        """Which there are is no question about one code."""
        raise Undecided(Point(self._path, "fact", (), frozenset({self._path})))

    def __len__(self) -> int:
        """Nor is how many."""
        raise Undecided(Point(self._path, "fact", (), frozenset({self._path})))

    def contains(self, world: World, code: str) -> bool:
        """Whether the set has the code, in a world."""
        name = f"{self._path}#{code}"
        taken = world.assignment.get(name)
        if taken is None:
            raise Undecided(Point(name, "fact", (True, False), frozenset({self._path})))
        return bool(taken)


def found_value(world: World, key: str, entity: EntityRecord, type_: Type) -> Any:
    """The value of a fact of an entity, in this world."""
    found = entity.facts.get(key)
    if not isinstance(found, Found) or found.state is State.UNKNOWN:
        if type_.base == "date":
            return _unknown_day(world, key, entity)
        left = left_by_day(world.setting.case, world.setting.vocabulary, entity, key)
        if left is not None:
            return left
    if isinstance(found, Found):
        return _value(world, found, type_, key)
    if found is None and stands_instead(world, key, entity):
        if type_.base == "list":
            return ()
        raise Unproved(frozenset({path_of(key, entity)}))
    return _unknown(world, path_of(key, entity), type_)


def stands_instead(world: World, key: str, entity: EntityRecord) -> bool:
    """Whether the case states the other of two facts of which an entity has one."""
    other = entity.facts.get(world.setting.vocabulary.instead.get(key, ""))
    return isinstance(other, Found) and other.state is State.KNOWN and other.value != ()


def _unknown_day(world: World, key: str, entity: EntityRecord) -> Any:
    """A day that is not known: none before those that it can not lie before."""
    case = world.setting.case
    first = not_before(case, world.setting.vocabulary, entity, key) or EARLIEST
    return _day_within(world, path_of(key, entity), Window(min(first, case.as_of), case.as_of))


def path_of(key: str, entity: EntityRecord) -> str:
    """How a fact is named where it is missing: `persons.mother.register`."""
    return f"{entity.section or entity.kind}.{entity.id}.{key.partition('.')[2]}"


def _value(world: World, found: Found, type_: Type, key: str) -> Any:
    if found.state is State.KNOWN and not found.supposed:
        if type_.base in AS_FOUND and type(found.value) is not Window:
            return found.value
        return _converted(world, found.value, type_, found.path)
    if found.state is State.UNKNOWN or found.supposed:
        return _unknown(world, found.path, type_)
    fact = world.setting.vocabulary.facts.get(key)
    if found.state is State.UNESTABLISHED and fact and fact.reverse is not None:
        return fact.reverse == "true" if type_.base == "boolean" else fact.reverse
    raise Unproved(frozenset({found.path}))


def _converted(world: World, value: Any, type_: Type, path: str) -> Any:
    """A value of a case as rules have it: entities, steps, exact numbers, days in their windows."""
    match type_.base:
        case "entity":
            return _entity(world, value, str(type_.about))
        case "list":
            item = type_.item
            assert item is not None
            return tuple(_converted(world, one, item, path) for one in value)
        case "date" if isinstance(value, Window):
            return _day_within(world, path, value)
        case "number":
            return normalised(value)
        case "step":
            return step_of(world, str(type_.about), value)
        case _:
            return value


def step_of(world: World, ladder: str, name: str) -> Step:
    """A step of a ladder of the vocabulary."""
    return Ladder(ladder, tuple(world.setting.vocabulary.ladder(ladder))).step(name)


def _entity(world: World, name: str, kind: str) -> EntityRecord:
    """The entity of a kind with this id: a group, or one that the case lists."""
    if world.setting.vocabulary.kinds[kind].groups:
        return world.setting.case.group_of[name]
    return world.setting.by_id[name]


# --- what is unknown ------------------------------------------------------------------------------
def _unknown(world: World, path: str, type_: Type) -> Any:
    vocabulary = world.setting.vocabulary
    match type_.base:
        case "boolean":
            return one_of(world.assignment, path, (True, False))
        case "code":
            codes = tuple(vocabulary.codes(str(type_.about)))
            return one_of(world.assignment, path, codes)
        case "step":
            names = tuple(vocabulary.ladder(str(type_.about)))
            return step_of(world, str(type_.about), one_of(world.assignment, path, names))
        case "number":
            within = type_.range or ANY
            unknown = Open.unknown(path, "number", low=within.least, high=within.most)
            return _narrowed(world, path, unknown)
        case "money":
            return unknown_amount(world, path)
        case "date":
            return _day_within(world, path, Window(EARLIEST, world.setting.case.as_of))
        case "list" if type_.item and type_.item.base == "code":
            return UnknownCodes(path, tuple(vocabulary.codes(str(type_.item.about))))
        case _:
            raise Undecided(Point(path, "fact", (), frozenset({path})))


def today(world: World) -> date | Dated:
    """The day of the decision."""
    day = world.setting.today
    return _day_within(world, TODAY, day) if isinstance(day, Window) else day


def _day_within(world: World, path: str, window: Window) -> date | Dated:
    within = world.assignment.get(path, window)
    if within.first == within.last:
        return within.first  # type: ignore[no-any-return]
    return Dated.day(path, within)


def unknown_amount(world: World, path: str) -> Any:
    """An amount of which only this is known, that it is not negative."""
    return _narrowed(world, path, Open.unknown(path, "money", low=Money(0)))


def unlisted(world: World, name: str) -> Any:
    """How many more there are than a list names: a number from 0."""
    return _narrowed(world, name, Open.unknown(name, "number", low=0))


def _narrowed(world: World, path: str, unknown: Open) -> Any:
    """An unknown number, as far as this world narrows it."""
    bounds = world.assignment.get(path)
    if isinstance(bounds, Bounds):
        unknown = unknown.with_bounds(path, bounds.low, bounds.high)
        if unknown.low is not None and unknown.low == unknown.high:
            return unknown.low
    return unknown


# --- facts that vary ------------------------------------------------------------------------------
def at(world: World, key: str, entity: EntityRecord, when: Any) -> Any:
    """The value of a fact that varies, on a day or for a year."""
    vocabulary = world.setting.vocabulary
    base, field = (key, None) if key in vocabulary.facts else _varying(world, key)
    fact = vocabulary.facts[base]
    type_ = vocabulary.names[key].type
    entries = entity.facts.get(base)
    if fact.info.varies == "year":
        year = world.exactly(when)
        entry = next((e for e in _entries(entries) if e.year == year), None)
        found = None if entry is None else _field(entry, field)
        if found is None:
            return _unknown(world, f"{path_of(base, entity)}[{year}]", type_)
        return _value(world, found, type_, base)
    path = path_of(base, entity)
    named = path if field is None else f"{path}.{field}"
    if fact.info.varies == "each":
        entry = next((e for e in _entries(entries) if e.of == when.id), None)
        if entry is None:
            return _unknown(world, f"{path}[{when.id}]", type_)
        return _value(world, entry.found, type_, base)
    if not isinstance(entries, tuple):
        if isinstance(entries, Found) and entries.state is not State.UNKNOWN:
            raise Unproved(frozenset({path}))
        followed = _followed(world, fact, field, entity, when, named)
        return _unknown(world, path, type_) if followed is None else followed
    covering = [entry for entry in entries if _covers(world, entry, when, path)]
    if not covering and fact.back_to is not None:
        covering = _reaching_back(world, fact.back_to, entries, entity, when)
    if field is None and fact.main == "true":
        return any(_value(world, e.found, type_, base) for e in covering)
    if fact.many and field is None:
        assert type_.item is not None
        return tuple(_value(world, e.found, type_.item, base) for e in covering)
    for entry in covering:
        if entry.found.state is State.NOT_APPLICABLE:
            raise Unproved(frozenset({named}))  # who has none has no part of one
        found = _field(entry, field)
        if found is not None:
            value = _value(world, found, type_, base)
            if fact.down_to_county and type_.base == "place":
                value = located(value, world.setting.case.as_of.year, named)
            return value
    followed = _followed(world, fact, field, entity, when, named) if covering else None
    return _unknown(world, named, type_) if followed is None else followed


def _reaching_back(
    world: World, back_to: BackTo, entries: tuple[Entry, ...], entity: EntityRecord, when: Any
) -> list[Entry]:
    """The first entry, if it reaches back to the day; days not known exactly reach nowhere."""
    first = min(entries, key=lambda entry: str(entry.start), default=None)
    if first is None:
        return []
    since = world.name(f"{entity.kind}.{back_to.day}", entity)
    if not all(type(day) is date for day in (first.start, since, when)):
        return []
    soon = first.start <= since + timedelta(days=back_to.within)
    return [first] if soon and since <= when < first.start else []


def _followed(
    world: World, fact: Fact, field: str | None, entity: EntityRecord, when: Any, named: str
) -> Any:
    """Of a field that the case does not state what all of those have on the day whom it follows,
    if they have one and the same; else None."""
    source = next((one for one in fact.follows if one.field == field), None)
    value = None if source is None else _of_all(world, source, entity, when)
    if isinstance(value, Somewhere):
        value = Somewhere(value, named)  # they may be in different places that lie in one
    if source is not None and value is not None:
        world.followed[named] = source, value
    return value


def _of_all(world: World, source: Follows, entity: EntityRecord, when: Any) -> Any:
    """The one value that all of those have whom a field follows, leaving out who surely has none;
    None where there is none, or where they differ or are not known."""
    values = set()
    try:
        for other in world.name(f"{entity.kind}.{source.of}", entity):
            try:
                values.add(at(world, f"{other.kind}.{source.fact}.{source.field}", other, when))
            except Unproved:
                continue
    except Stopped:
        return None
    return values.pop() if len(values) == 1 else None


def _varying(world: World, key: str) -> tuple[str, str | None]:
    """The fact that varies, and which field of its entries is meant."""
    if key in world.setting.vocabulary.facts:
        return key, None
    base, _, field = key.rpartition(".")
    return base, field


def _entries(found: Any) -> tuple[Entry, ...]:
    return found if isinstance(found, tuple) else ()


def _field(entry: Entry, field: str | None) -> Found | None:
    return entry.found if field is None else entry.fields.get(field)


def _covers(world: World, entry: Entry, when: Any, path: str) -> bool:
    start, until = entry.start, entry.until
    if type(when) is date and not isinstance(start, Window) and not isinstance(until, Window):
        return (start is None or start <= when) and (until is None or when <= until)
    return _before(world, entry.start, when, path, ".from") and _before(
        world, when, entry.until, path, ".until"
    )


def _before(world: World, early: Any, late: Any, path: str, end: str) -> bool:
    """Whether one day is not after another; None is open-ended."""
    if early is None or late is None:
        return True
    early, late = (
        _day_within(world, f"{path}{end}", day) if isinstance(day, Window) else day
        for day in (early, late)
    )
    if type(early) in OPEN or type(late) in OPEN:
        return world.decide("<=", early, late)
    return bool(early <= late)


# --- how facts are proved -------------------------------------------------------------------------
def record(world: World, key: str, entity: EntityRecord, when: Any) -> Found | None:
    """What the file says of a fact, as far as one entry can be told."""
    base, field = _varying(world, key)
    found = entity.facts.get(base)
    if found is None or isinstance(found, Found):
        return found
    if when is None:
        return None
    if world.setting.vocabulary.facts[base].info.varies == "year":
        year = world.exactly(when)
        entry = next((e for e in found if e.year == year), None)
    elif world.setting.vocabulary.facts[base].info.varies == "each":
        entry = next((e for e in found if e.of == when.id), None)
    else:
        path = path_of(base, entity)
        entry = next((e for e in found if _covers(world, e, when, path)), None)
    return None if entry is None else _field(entry, field)


def stated(world: World, key: str, entity: EntityRecord, when: Any) -> bool:
    """Whether the case gives a value for the fact; what it does not say is not stated."""
    found = record(world, key, entity, when)
    return found is not None and found.state is State.KNOWN and not found.supposed


def established(world: World, key: str, entity: EntityRecord, when: Any) -> bool:
    """Whether the fact is found: known, not merely alleged. Of a fact with a value for each entity
    of a kind, those that are not named have none."""
    found = record(world, key, entity, when)
    if found is None and isinstance(when, EntityRecord) and key in entity.facts:
        return False
    if found is None and stands_instead(world, key, entity):
        return False
    if found is None or found.state is State.UNKNOWN:
        path = found.path if found else path_of(key, entity)
        return bool(one_of(world.assignment, f"{path}?established", (True, False)))
    return found.state is State.KNOWN


def verified(
    world: World,
    key: str,
    entity: EntityRecord,
    when: Any,
    issuers: tuple[str, ...],
    all_of_them: bool,
) -> bool:
    """Whether verified evidence stands behind the fact; what is not in the file is not so."""
    found = record(world, key, entity, when)
    if found is None or found.state is not State.KNOWN:
        return False
    papers = [world.setting.case.evidence[e] for e in found.evidence]
    behind = {paper.issuer for paper in papers if paper.status == "verified"}
    return (all if all_of_them else any)(issuer in behind for issuer in issuers)


def closing_fact(world: World, effect: str, what: str, entity: EntityRecord | None) -> Found | None:
    """The finding that closes a conclusion for an entity or for one of its members."""
    closers = world.setting.program.closers.get((effect, what))
    if entity is None or not closers:
        return None
    records = [entity, *(world.setting.by_id[m] for m in entity.members)]
    for key, value in closers:
        for one in records:
            found = one.facts.get(key)
            if isinstance(found, Found) and found.value == value:
                return found
    return None
