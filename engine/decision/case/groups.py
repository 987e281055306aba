"""Entities that a case does not list but that follow from it.

Twins are one birth: entities of a kind with the same parents, born on the same day or the next, are
one entity of the kind that groups them. And two parents are a couple, listed as one or not. Which
kinds these are, and which facts make them, the vocabulary says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from engine.decision.case.model import Case, Day, EntityRecord, Found, State
from engine.decision.case.problems import Report
from engine.law.vocabulary import Grouping, Kind, Pairs, Vocabulary
from engine.values.dates import Window


def group_entities(case: Case, vocabulary: Vocabulary) -> Case:
    """The case with the derived entities of its listed ones, in place of any it had.

    A group's id is the ids of its members, `k2` or `k2+k3`; its facts are `kind.<members>` (ids),
    `kind.date` (the earliest) and `kind.<same>`. An entity for which the grouping's `unless` is
    true belongs to none. Days known only as a window are near if they are written the same. A
    couple that is implied has the id `father+mother`, its partners' ids in order.
    """
    by_id = {id: record for id, record in case.by_id.items() if not record.implied}
    for record in _implied_pairs(by_id, vocabulary):
        by_id[record.id] = record
    entities: dict[str, list[EntityRecord]] = {kind: [] for kind in vocabulary.kinds}
    for id in sorted(by_id):
        entities[by_id[id].kind].append(by_id[id])
    group_of: dict[str, EntityRecord] = {}
    complete = dict(case.complete)
    for kind in vocabulary.kinds.values():
        if kind.pairs is not None:
            complete[kind.name] = all(complete[of] for of in kind.made_of)
            entities[kind.name] = _pairs(kind, kind.pairs, entities)
        if kind.groups is None:
            continue
        complete[kind.name] = complete[kind.groups.of]
        groups = _groups(kind, kind.groups, entities[kind.groups.of])
        entities[kind.name] = sorted(groups, key=lambda group: group.id)
        for group in groups:
            group_of.update(dict.fromkeys((*group.members, group.id), group))
    return replace(
        case,
        entities={kind: tuple(records) for kind, records in entities.items()},
        by_id=by_id,
        group_of=group_of,
        complete=complete,
    )


def doubtful_groups(case: Case, vocabulary: Vocabulary) -> frozenset[str]:
    """The groups of which it is not known whether they are any: of no member it is known that the
    grouping's `unless` is false. A case is read as if they were."""
    return frozenset(
        group.id
        for kind, grouping in vocabulary.grouped
        if grouping.unless is not None
        for group in case.entities.get(kind.name, ())
        if group.members
        and not any(
            _is_certainly_not(case.by_id[id], f"{grouping.of}.{grouping.unless}")
            for id in group.members
        )
    )


def check_pairs(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every pair of the same two that is listed again."""
    for pairing in vocabulary.implied:
        seen: set[object] = set()
        for record in case.entities.get(pairing.kind.name, ()):
            found = record.facts.get(pairing.partners)
            if not isinstance(found, Found) or found.value is None:
                continue
            if found.value in seen:
                report.add("listed-twice", found.pointer, [], kind=pairing.kind.label)
            seen.add(found.value)


def _pairs(
    kind: Kind, pairs: Pairs, entities: Mapping[str, list[EntityRecord]]
) -> list[EntityRecord]:
    """One entity for each two, whose id is `ship+season`; it has the two as facts."""
    return [
        EntityRecord(
            f"{first.id}+{second.id}",
            kind.name,
            {f"{kind.name}.{pairs.first}": _itself(first),
             f"{kind.name}.{pairs.second}": _itself(second)},
        )
        for first in entities[pairs.first_kind]
        for second in entities[pairs.second_kind]
    ]  # fmt: skip


def _itself(record: EntityRecord) -> Found:
    pointer, path = f"/{record.section}/{record.id}", f"{record.section}.{record.id}"
    return Found(State.KNOWN, record.id, (), (), pointer, path)


def _groups(kind: Kind, grouping: Grouping, members: Iterable[EntityRecord]) -> list[EntityRecord]:
    near, same = f"{grouping.of}.{grouping.near}", f"{grouping.of}.{grouping.same}"
    together: dict[object, list[EntityRecord]] = {}
    for member in members:
        unless = member.facts.get(f"{grouping.of}.{grouping.unless}")
        if isinstance(unless, Found) and unless.value is True:
            continue
        # Without the date or the parents nothing says that two belong together.
        key = _value(member, same) if _day(member, near) is not None else None
        together.setdefault(member.id if key is None else ("same", key), []).append(member)
    return [
        _group(kind, grouping, delivery)
        for candidates in together.values()
        for delivery in _deliveries(candidates, near, grouping.days)
    ]


def _deliveries(
    candidates: list[EntityRecord], near: str, days: int
) -> Iterator[list[EntityRecord]]:
    """The candidates in runs that end at most so many days after they begin."""
    run: list[EntityRecord] = []
    for member in sorted(candidates, key=lambda record: _order(record, near)):
        if run and not _is_near(_day(run[0], near), _day(member, near), days):
            yield run
            run = []
        run.append(member)
    if run:
        yield run


def _order(record: EntityRecord, near: str) -> tuple[bool, str, str]:
    day = _day(record, near)
    return isinstance(day, Window), str(day), record.id


def _is_near(first: Day | None, other: Day | None, days: int) -> bool:
    if isinstance(first, date) and isinstance(other, date):
        return other - first <= timedelta(days=days)
    return first == other


def _group(kind: Kind, grouping: Grouping, members: list[EntityRecord]) -> EntityRecord:
    ids = tuple(sorted(member.id for member in members))
    first = members[0]
    pointer, path = f"/{first.section}/{first.id}", f"{first.section}.{first.id}"
    facts = {
        f"{kind.name}.{grouping.members}": Found(State.KNOWN, ids, (), (), pointer, path),
        f"{kind.name}.date": _fact_of(first, grouping.near),
        f"{kind.name}.{grouping.same}": _fact_of(first, grouping.same),
    }
    return EntityRecord("+".join(ids), kind.name, facts, members=ids)


def _fact_of(record: EntityRecord, name: str) -> Found:
    """The fact as it stands; one that the case does not mention is unknown."""
    found = record.facts.get(f"{record.kind}.{name}")
    if isinstance(found, Found):
        return found
    pointer, path = f"/{record.section}/{record.id}", f"{record.section}.{record.id}.{name}"
    return Found(State.UNKNOWN, None, (), (), pointer, path)


def _implied_pairs(
    by_id: dict[str, EntityRecord], vocabulary: Vocabulary
) -> Iterator[EntityRecord]:
    for pairing in vocabulary.implied:
        listed = {_value(record, pairing.partners) for record in by_id.values()}
        for record in [by_id[id] for id in sorted(by_id)]:
            parents = record.facts.get(pairing.parents)
            if not isinstance(parents, Found) or parents.value in listed:
                continue
            if isinstance(parents.value, tuple) and len(parents.value) == 2:
                listed.add(parents.value)
                id = "+".join(str(one) for one in parents.value)
                facts = {pairing.partners: replace(parents, claims=())}
                yield EntityRecord(id, pairing.kind.name, facts, pairing.kind.section, implied=True)


def _day(record: EntityRecord, key: str) -> Day | None:
    day = _value(record, key)
    return day if isinstance(day, date | Window) else None


def _value(record: EntityRecord, key: str) -> object:
    found = record.facts.get(key)
    return found.value if isinstance(found, Found) else None


def _is_certainly_not(record: EntityRecord, key: str) -> bool:
    found = record.facts.get(key)
    return isinstance(found, Found) and found.value is False and not found.supposed
