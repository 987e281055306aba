"""The facts of an entity: a value or a state, with evidence and claims, once or over time.

    sex: male                                          a value, short for {value: male}
    only_child: {state: unestablished}                 a state
    register: [{from: 1979-05, value: rural}]          a history
    annual_income: [{year: 2013, value: "70000.00"}]   a value for each year
    amounts: {father: "70000.00"}                      a value for each entity of some kinds

In a history `until` is the last day. An entry without it ends where the next begins, if that gives
another value; if none does, it still holds. A value without a time has always held.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

from engine.decision.case.model import (
    FIRST_YEAR,
    Claim,
    Day,
    EntityRecord,
    Entry,
    Fact,
    Found,
    State,
    Value,
)
from engine.decision.case.problems import MISSING, child
from engine.decision.case.values import Reader, Years
from engine.language.diagnostics import Bilingual
from engine.language.types import Type
from engine.law.vocabulary import Fact as Declared
from engine.law.vocabulary import Kind
from engine.values.dates import Window

MOST_ENTRIES: Final = 100
"""So many entries may one fact have."""

Source: TypeAlias = tuple[str, str]
"""The pointer and the path of a fact."""

_ABOUT_VALUE = ("value", "state", "evidence", "claims")
_STATES = {state.value: state for state in State}
_BY_ENTITY = Bilingual("每个对象一个值的映射", "a mapping of entities, each to a value")
_ENTRIES = Bilingual("条目的列表", "a list of entries")


def read_entity(reader: Reader, kind: Kind, id: str, raw: object, pointer: str) -> EntityRecord:
    """An entity with all its facts; what is wrong is left out and reported."""
    facts: dict[str, Fact] = {}
    if isinstance(raw, dict):
        declared = reader.vocabulary.facts_of[kind.name]
        years = _years_of_entity(reader, kind, raw)
        for name, value in raw.items():
            known = declared.get(name)
            if known is None:
                reader.unknown_key(pointer, name, list(declared))
                continue
            source = (f"{pointer}/{name}", f"{kind.section}.{id}.{name}")
            fact = _read_fact(reader, known[1], value, source, id, years)
            if fact is not None:
                facts[known[0]] = fact
    else:
        reader.wrong_type(pointer, raw, Bilingual("事实的映射", "a mapping of facts"))
    return EntityRecord(id, kind.name, facts, kind.section)


def first_day(day: Day) -> date:
    """The day, or the first of its window."""
    return day.first if isinstance(day, Window) else day


def last_day(day: Day) -> date:
    """The day, or the last of its window."""
    return day.last if isinstance(day, Window) else day


def _years_of_entity(reader: Reader, kind: Kind, raw: dict[str, object]) -> Years:
    """When a place that an entity names once must be valid: in the year of its `date` if it has
    one, else in any year up to the decision."""
    day = raw.get("date")
    if isinstance(day, dict):
        day = day.get("value")
    if isinstance(day, str) and "date" in reader.vocabulary.facts_of[kind.name]:
        year = day[:4]
        if year.isascii() and year.isdigit() and len(year) == 4 and year != "0000":
            return int(year), int(year)
    return FIRST_YEAR, reader.as_of.year


def _read_fact(
    reader: Reader, fact: Declared, raw: object, source: Source, holder: str, years: Years
) -> Fact | None:
    type = fact.info.type
    if fact.info.varies == "no":
        return _read_found(reader, type, raw, source, holder, years)
    item = type.item if fact.many and type.item is not None else type
    if fact.info.varies == "each":
        return _by_entity(reader, fact, raw, source, holder, years)
    if isinstance(raw, list):
        read = _read_year_entry if fact.info.varies == "year" else _read_period_entry
        pointer, path = source
        if len(raw) > MOST_ENTRIES:
            reader.report.add("too-many-entries", pointer, raw, limit=MOST_ENTRIES)
            return None
        entries = [
            read(reader, fact, item, one, (f"{pointer}/{index}", path), holder)
            for index, one in enumerate(raw)
        ]
        known = [entry for entry in entries if entry is not None]
        if fact.info.varies == "year":
            return _by_year(reader, fact, known)
        return _by_start(reader, fact, known)
    return _without_time(reader, fact, item, raw, source, holder)


def _by_entity(
    reader: Reader, fact: Declared, raw: object, source: Source, holder: str, years: Years
) -> Fact | None:
    """A value for each of some entities, by their ids; or one state for all of them."""
    pointer, path = source
    if isinstance(raw, dict) and raw.keys() & {"state", "claims"}:
        return _read_found(reader, fact.info.type, raw, source, holder, years)
    if not isinstance(raw, dict):
        reader.wrong_type(pointer, raw, _BY_ENTITY)
        return None
    entries = []
    for name, value in sorted(raw.items()):
        place = child(pointer, name)
        of = reader.entity(name, place, fact.info.each, holder)
        found = _read_found(
            reader, fact.info.type, value, (place, f"{path}[{name}]"), holder, years
        )
        if isinstance(of, str) and found is not None:
            entries.append(Entry(None, None, None, found, {}, of))
    return tuple(entries)


def _without_time(
    reader: Reader, fact: Declared, item: Type, raw: object, source: Source, holder: str
) -> Fact | None:
    """A fact that varies, said once: a state, or for a history a value that has always held."""
    pointer, _ = source
    if isinstance(raw, dict) and not raw.keys() <= set(_ABOUT_VALUE):
        reader.wrong_type(pointer, raw, _ENTRIES)
        return None
    years = (FIRST_YEAR, reader.as_of.year)
    if isinstance(raw, dict) and "value" not in raw:
        return _read_found(reader, item, raw, source, holder, years)
    if fact.info.varies == "year":
        reader.report.add("needs-year", pointer, raw)
        return None
    if fact.many:
        reader.wrong_type(pointer, raw, _ENTRIES)
        return None
    found = _read_found(reader, item, raw, source, holder, years)
    if found is None:
        return None
    if fact.main == "true" and found.value is False:
        # It never held: what an empty list says.
        return ()
    return (Entry(None, None, None, found, {}),)


def _read_found(
    reader: Reader, type: Type, raw: object, source: Source, holder: str, years: Years
) -> Found | None:
    """A value, or a mapping of a value or a state with evidence and claims."""
    pointer, path = source
    if not isinstance(raw, dict):
        value = reader.value(type, raw, pointer, years, holder)
        return None if value is None else Found(State.KNOWN, value, (), (), pointer, path)
    fields = reader.open(raw, pointer, (), _ABOUT_VALUE)
    if fields is None:
        return None
    return _found_of(reader, type, fields, "value", source, holder, years)


def _found_of(
    reader: Reader,
    type: Type,
    fields: dict[str, object],
    main: str,
    source: Source,
    holder: str,
    years: Years,
) -> Found | None:
    """The value under `main`, or the state, with evidence and claims."""
    pointer, path = source
    evidence: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    if "evidence" in fields:
        evidence = reader.evidence_ids(fields["evidence"], child(pointer, "evidence"))
    if "claims" in fields:
        claims = _read_claims(reader, type, fields["claims"], child(pointer, "claims"), holder)
    raw = fields.get(main, MISSING)
    state = _state_of(reader, fields, raw, main, pointer)
    if state is None:
        return None
    value: Value | None = None
    if state is State.KNOWN:
        value = reader.value(type, raw, child(pointer, main), years, holder)
        if value is None:
            return None
    return Found(state, value, evidence, claims, pointer, path)


def _state_of(
    reader: Reader, fields: dict[str, object], raw: object, main: str, pointer: str
) -> State | None:
    """The state that is said, or follows from a value or from claims; None if there is none."""
    if "state" not in fields:
        if raw is not MISSING:
            return State.KNOWN
        if "claims" in fields:
            return State.UNKNOWN
        reader.report.add("missing-value", pointer, dict(fields), field=main)
        return None
    said = fields["state"]
    state = _STATES.get(said) if isinstance(said, str) else None
    if state is None:
        reader.report.add("unknown-state", child(pointer, "state"), said)
    elif state is State.KNOWN and raw is MISSING:
        reader.report.add("missing-value", pointer, dict(fields), field=main)
        state = None
    elif state is not State.KNOWN and raw is not MISSING:
        reader.report.add("state-with-value", child(pointer, main), raw)
        state = None
    return state


def _read_claims(
    reader: Reader, type: Type, raw: object, pointer: str, holder: str
) -> tuple[Claim, ...]:
    if not isinstance(raw, list):
        reader.wrong_type(pointer, raw, Bilingual("主张的列表", "a list of claims"))
        return ()
    claims = []
    for index, item in enumerate(raw):
        place = f"{pointer}/{index}"
        fields = reader.open(item, place, ("by", "value"), ("evidence",))
        if fields is None or not {"by", "value"} <= fields.keys():
            continue
        by = reader.name(fields["by"], child(place, "by"))
        years = (FIRST_YEAR, reader.as_of.year)
        value = reader.value(type, fields["value"], child(place, "value"), years, holder)
        evidence: tuple[str, ...] = ()
        if "evidence" in fields:
            evidence = reader.evidence_ids(fields["evidence"], child(place, "evidence"))
        if by is not None and value is not None:
            claims.append(Claim(by, value, evidence))
    return tuple(sorted(claims, key=lambda claim: (claim.by, repr(claim.value), claim.evidence)))


def _read_year_entry(
    reader: Reader, fact: Declared, item: Type, raw: object, source: Source, holder: str
) -> Entry | None:
    pointer, path = source
    fields = _open_entry(reader, fact, raw, pointer, ("year",), ())
    if fields is None or "year" not in fields:
        return None
    year = reader.year(fields["year"], child(pointer, "year"))
    if year is None:
        return None
    source = (pointer, f"{path}[{year}]")
    return _entry(reader, fact, item, fields, source, holder, (None, None, year))


def _read_period_entry(
    reader: Reader, fact: Declared, item: Type, raw: object, source: Source, holder: str
) -> Entry | None:
    pointer, _ = source
    if not isinstance(raw, dict) and fact.main == "value":
        years = (FIRST_YEAR, reader.as_of.year)
        found = _read_found(reader, item, raw, source, holder, years)
        return None if found is None else Entry(None, None, None, found, {})
    fields = _open_entry(reader, fact, raw, pointer, (), ("from", "until"))
    if fields is None:
        return None
    start = until = None
    if "from" in fields:
        start = reader.day(fields["from"], child(pointer, "from"))
    if "until" in fields:
        until = reader.day(fields["until"], child(pointer, "until"))
    if start is not None and until is not None and last_day(until) < first_day(start):
        reader.report.add("until-before-from", child(pointer, "until"), fields["until"])
        return None
    return _entry(reader, fact, item, fields, source, holder, (start, until, None))


def _open_entry(
    reader: Reader,
    fact: Declared,
    raw: object,
    pointer: str,
    required: tuple[str, ...],
    time: tuple[str, ...],
) -> dict[str, object] | None:
    main = () if fact.main == "true" else (fact.main,)
    further = (name for name, _ in fact.fields)
    return reader.open(
        raw, pointer, required, (*time, *main, *further, "state", "evidence", "claims")
    )


def _entry(
    reader: Reader,
    fact: Declared,
    item: Type,
    fields: dict[str, object],
    source: Source,
    holder: str,
    time: tuple[Day | None, Day | None, int | None],
) -> Entry | None:
    start, until, year = time
    pointer, path = source
    first = FIRST_YEAR if start is None else first_day(start).year
    last = reader.as_of.year if until is None else last_day(until).year
    years = (first, last) if year is None else (year, year)
    if fact.main == "true" and fields.get("state", "known") == "known":
        # The entry itself is the finding.
        fields = {**fields, "true": True if reader.typed else "true"}
    found = _found_of(reader, item, fields, fact.main, source, holder, years)
    further: dict[str, Found] = {}
    for name, type in fact.fields:
        if name in fields and name != fact.main:
            place = (child(pointer, name), f"{path}.{name}")
            read = _read_found(reader, type, fields[name], place, holder, years)
            if read is not None:
                further[name] = read
    return None if found is None else Entry(start, until, year, found, further)


def _by_year(reader: Reader, fact: Declared, entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries by year; each year has one, unless several values hold at a time."""
    if len(entries) < 2:
        return tuple(entries)
    ordered = sorted(entries, key=lambda entry: (entry.year, *_content(entry)))
    for before, after in pairwise(ordered):
        if before.year == after.year and not fact.many:
            reader.report.add("two-values", after.found.pointer, {})
    return tuple(ordered)


def _by_start(reader: Reader, fact: Declared, entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries by their start. Where only one value holds at a time, no two that surely meet
    differ, and each that is open ends where another value begins."""
    if len(entries) < 2:
        return tuple(entries)
    ordered = sorted(entries, key=_time)
    if fact.many or fact.main == "true":
        return tuple(ordered)
    kept: list[Entry] = []
    for entry in ordered:
        for index, before in enumerate(kept):
            if _content(before) != _content(entry):
                kept[index] = _ended_by(before, entry)
                if _surely_meet(kept[index], entry):
                    reader.report.add("two-values", entry.found.pointer, {})
                    return tuple(ordered)
        kept.append(entry)
    return tuple(kept)


def _ended_by(entry: Entry, following: Entry) -> Entry:
    """The entry with its end, where the start of the following one says it."""
    start = following.start
    if start is None or first_day(start) <= last_day(entry.start or date.min):
        return entry
    if entry.until is not None and entry.until != start:
        return entry
    until = start if isinstance(start, Window) else start - timedelta(days=1)
    return replace(entry, until=until)


def _surely_meet(one: Entry, other: Entry) -> bool:
    """Whether both hold on some day, whatever the days that are not known exactly."""
    starts = max(last_day(entry.start or date.min) for entry in (one, other))
    ends = min(first_day(entry.until or date.max) for entry in (one, other))
    return starts <= ends


def _content(entry: Entry) -> tuple[str, ...]:
    fields = sorted(entry.fields.items())
    founds = [entry.found, *(found for _, found in fields)]
    return tuple(f"{found.state} {found.value!r}" for found in founds) + tuple(
        name for name, _ in fields
    )


def _time(entry: Entry) -> tuple[date, date, date, tuple[str, ...]]:
    start: Day = entry.start or date.min
    return first_day(start), last_day(start), _end(entry), _content(entry)


def _end(entry: Entry) -> date:
    return last_day(entry.until or date.max)
