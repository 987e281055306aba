"""A case looked at as if its facts might be otherwise, and a case in which some are.

    open_case = supposing(case, law.vocabulary)
    open_case.case                   # every fact that is open to change forks where it matters
    open_case.actual["persons.m.register"]                         # and is this in truth
    changed(case, open_case, {"persons.m.register": "rural"})      # a case to decide again

What the vocabulary marks `suggest: false` stays as it is. So does a day on record, for it is past,
and what nobody can list: a place, a text, a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any, Final, TypeAlias

from engine.decision.case.model import Case, EntityRecord, Entry, Evidence, Found, State
from engine.decision.worlds.found import TODAY, path_of
from engine.inference.undecided import Bounds
from engine.language.types import Range, Type
from engine.law.vocabulary import Fact, Vocabulary
from engine.values.dates import Window
from engine.values.money import Money

SPLIT: Final = frozenset({"boolean", "code", "step", "number", "money", "date"})
"""Types whose values can be split into parts that make a difference."""
_OPENED: Final = SPLIT - {"date"}
PAPER: Final = "brought-"
"""The ids of papers that are supposed to be brought begin so: no case has such an id by chance."""

Spot: TypeAlias = tuple[str, str, int | None]
"""An entity, a fact, and which of its entries; None: all of it."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """`case`: its facts are open; `actual`: what each is in truth, by its path; `spots`: where it
    stands; `domains`: all that it may be."""

    case: Case
    actual: Mapping[str, Any]
    spots: Mapping[str, Spot]
    domains: Mapping[str, Any]


def supposing(case: Case, vocabulary: Vocabulary, but: frozenset[str] = frozenset()) -> OpenCase:
    """The case with every fact that is open to change supposed to be unknown, but for some."""
    actual: dict[str, Any] = {}
    domains: dict[str, Any] = {}
    spots: dict[str, Spot] = {}
    records: dict[str, EntityRecord] = {}
    for id, record in case.by_id.items():
        facts = dict(record.facts)
        for key, fact in record.facts.items():
            declared = vocabulary.facts.get(key)
            if declared is None or not declared.suggest or declared.closes:
                continue
            for place, path, value, opened in _opened(record, key, fact, declared):
                if path in but:
                    continue
                actual[path], spots[path] = value, (id, key, place)
                domains[path] = domain(vocabulary, declared.info.type)
                facts[key] = opened if place is None else _with_entry(facts[key], place, opened)
        records[id] = replace(record, facts=facts)
    return OpenCase(with_records(case, records), actual, spots, domains)


def domain(vocabulary: Vocabulary, type_: Type) -> Any:
    """All values of a type that can be split: as a tuple, or as one range; of a list of codes what
    each code may be."""
    match type_.base:
        case "boolean" | "list":
            return (True, False)
        case "code":
            return tuple(vocabulary.codes(str(type_.about)))
        case "step":
            return tuple(vocabulary.ladder(str(type_.about)))
        case "money":
            return Bounds((Money(0), True), None)
        case _:
            within = type_.range or Range()
            least, most = (
                None if end is None else (end, True) for end in (within.least, within.most)
            )
            return Bounds(least, most)


class Positions(dict[str, Any]):
    """Where points stand: what is supposed otherwise, and everything else as it is in truth.

    `actual` has the facts by their paths; a code of a list is `path#code`, and what else ends a
    path (`path!verified`) is not so in truth.
    """

    def __init__(self, actual: Mapping[str, Any], moved: Mapping[str, Any]) -> None:
        super().__init__(actual)
        self.update(moved)
        self.actual = actual
        self.moved = moved
        today = self.get(TODAY)
        self.places = [
            (frozenset(part), year)
            for size in range(len(moved) + 1)
            for part in combinations(sorted(moved), size)
            for year in ((None,) if today is None else (today.year, None))
        ]
        """Where on a `Shelf` something may stand that holds here: all parts of what is moved, with
        the year of the day of the decision; what is moved is a few points at most."""

    def in_truth(self, name: str) -> Any:
        """Where a point stands if nothing is moved."""
        return self.actual[name] if name in self.actual else _not_stated(self.actual, name)

    def __missing__(self, name: str) -> Any:
        return _not_stated(self, name)

    def has(self, name: str) -> bool:
        """Whether a point stands somewhere. (`in` would do, but the compiled engine asks the `dict`
        and not this class.)"""
        fact = name.partition("#")[0].partition("!")[0]
        return dict.__contains__(self, fact) or dict.__contains__(self, name)

    def __contains__(self, name: object) -> bool:
        return self.has(str(name))

    def is_range(self, name: str) -> bool:
        """Whether it is a number, an amount or a day."""
        value = self[name]
        return isinstance(value, Money | int | Fraction | date) and not isinstance(value, bool)


def _not_stated(positions: Mapping[str, Any], name: str) -> Any:
    """Where a point stands that is no fact: a code of a list; papers that nobody has brought."""
    fact, mark, code = name.partition("#")
    value = positions[fact] if mark and dict.__contains__(positions, fact) else None
    return code in value if isinstance(value, tuple) else False


def changed(case: Case, open_case: OpenCase, values: Mapping[str, Any]) -> Case:
    """The case with other values of facts, by their paths."""
    records = dict(case.by_id)
    for path, value in values.items():
        id, key, place = open_case.spots[path]
        fact: Any = records[id].facts[key]
        if place is not None:
            entry = fact[place]
            fact = _with_entry(fact, place, replace(entry.found, value=value))
        elif isinstance(fact, tuple):  # a history that was empty, or open-ended
            known = value if isinstance(value, tuple) else (True,) if value else ()
            fact = tuple(
                Entry(None, None, None, Found(State.KNOWN, one, (), (), "", path), {})
                for one in known
            )
        else:
            fact = replace(fact, value=value)
        records[id] = replace(records[id], facts={**records[id].facts, key: fact})
    return with_records(case, records)


def with_fact(case: Case, entity: str, key: str, place: int | None, found: Found) -> Case:
    """The case with another finding of a fact, or of one of its entries."""
    record = case.by_id[entity]
    fact: Any = found if place is None else _with_entry(record.facts[key], place, found)
    return with_records(
        case, {**case.by_id, entity: replace(record, facts={**record.facts, key: fact})}
    )


def with_papers(case: Case, open_case: OpenCase, brought: Mapping[str, tuple[str, ...]]) -> Case:
    """The case with verified papers of issuers behind facts, by the paths of the facts."""
    records, papers = dict(case.by_id), dict(case.evidence)
    for path, issuers in brought.items():
        id, key, place = open_case.spots[path]
        ids = tuple(
            f"{PAPER}{id}-{number}" for number in range(len(papers), len(papers) + len(issuers))
        )
        for name, issuer in zip(ids, issuers, strict=True):
            papers[name] = Evidence(name, "", issuer, None, "verified", False)
        fact: Any = records[id].facts[key]
        if place is None:
            fact = replace(fact, evidence=(*fact.evidence, *ids))
        else:
            found = fact[place].found
            found = replace(found, evidence=(*found.evidence, *ids))
            fact = _with_entry(fact, place, found)
        records[id] = replace(records[id], facts={**records[id].facts, key: fact})
    return replace(with_records(case, records), evidence=papers)


def has(option: Any, actual: Any) -> bool:
    """Whether an option of a fork has a value in it."""
    match option:
        case Bounds(low, high):
            return _from(low, actual) and _to(high, actual)
        case Window(first, last):
            return bool(first <= actual <= last)
        case _:
            return type(option) is type(actual) and bool(option == actual)


def witness(option: Any, actual: Any) -> Any:
    """A value of an option, the one nearest to what is so."""
    match option:
        case Bounds(low, high):
            unit: Any = Money(1) if isinstance(actual, Money) else 1
            if low is not None and not _from(low, actual):
                value, included = _limit(low)
                return value if included else value + unit
            assert high is not None
            value, included = _limit(high)
            return value if included else value - unit
        case Window(first, last):
            return first if actual < first else last
        case _:
            return option


# --- inside ---------------------------------------------------------------------------------------
def _opened(
    record: EntityRecord, key: str, fact: Any, declared: Fact
) -> Iterator[tuple[int | None, str, Any, Found]]:
    """Each value of a fact that can be supposed otherwise: its place, path, value, and the fact."""
    path, type_ = path_of(key, record), declared.info.type
    if isinstance(fact, Found):
        if _splits(fact, type_):
            yield None, fact.path, fact.value, replace(fact, supposed=True)
        return
    if declared.many:
        if all(entry.start is None and entry.until is None for entry in fact):
            codes = tuple(str(entry.found.value) for entry in fact)
            yield None, path, codes, Found(State.UNKNOWN, None, (), (), "", path)
        return
    if not fact and declared.main == "true":
        yield None, path, False, Found(State.UNKNOWN, None, (), (), "", path)
    for place, entry in enumerate(fact):
        if _splits(entry.found, type_):
            name = entry.found.path
            if entry.year is None and entry.of is None and len(fact) > 1:
                name = f"{path}[from {entry.start}]" if entry.start else f"{path}[first]"
            found = replace(entry.found, path=name, supposed=True)
            yield place, name, entry.found.value, found


def _splits(found: Found, type_: Type) -> bool:
    return (
        found.state is State.KNOWN and type_.base in _OPENED and not isinstance(found.value, Window)
    )


def _with_entry(fact: Any, place: int, found: Found) -> tuple[Entry, ...]:
    return (*fact[:place], replace(fact[place], found=found), *fact[place + 1 :])


def with_records(case: Case, records: Mapping[str, EntityRecord]) -> Case:
    # A group may be called as one of its members is: it is another kind.
    entities = {
        kind: tuple(
            records[one.id] if one.id in records and records[one.id].kind == kind else one
            for one in listed
        )
        for kind, listed in case.entities.items()
    }
    return replace(case, by_id=dict(records), entities=entities)


def _limit(limit: Any) -> tuple[Any, bool]:
    return limit if isinstance(limit, tuple) else (limit, True)


def _from(low: Any, actual: Any) -> bool:
    if low is None:
        return True
    value, included = _limit(low)
    return bool(actual > value or (included and actual == value))


def _to(high: Any, actual: Any) -> bool:
    if high is None:
        return True
    value, included = _limit(high)
    return bool(actual < value or (included and actual == value))
