"""A case as it stood on an earlier day: without what happened, or was found, later.

earlier = as_it_stood(case, vocabulary, day, Question("tax", ("z2",)), without=("d1",))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from engine.decision.case.canonical import canonical_case
from engine.decision.case.model import Case, Question
from engine.decision.case.reading import read_case_data
from engine.decision.case.settings import names_year
from engine.law.vocabulary import Fact, Kind, Vocabulary
from engine.values.dates import Window, parse_date

_DATE: Final = re.compile(r"[12][0-9]{3}(?:-[0-9]{2}){1,2}")
"""A day or a month; a year alone may be any number."""


def as_it_stood(
    case: Case, vocabulary: Vocabulary, day: date, question: Question, without: Iterable[str] = ()
) -> Case:
    """The case with another question, as of an earlier day. `without`: entities left out.

    An entity whose own day is later is left out, with what refers to it; so is a fact, an entry, a
    year, a figure or a setting that is later. A paper of a later day still proves what was so
    before. Raises `CaseError` if what is left is no case.
    """
    plain: dict[str, Any] = dict(canonical_case(case, vocabulary))
    gone = set(without)
    for kind in vocabulary.kinds.values():
        if kind.section is not None:
            gone |= {
                record.id
                for record in case.entities[kind.name]
                for name in _own_days(kind, vocabulary)
                if _is_later(plain[kind.section].get(record.id), name, day)
            }
    for kind in vocabulary.kinds.values():
        if kind.section is not None:
            section = plain[kind.section]
            plain[kind.section] = {
                id: facts if id == kind.listed else _facts(facts, kind, vocabulary, day, gone)
                for id, facts in section.items()
                if id not in gone
            }
    plain["evidence"] = {id: _paper(paper, day) for id, paper in plain["evidence"].items()}
    plain["statistics"] = [figure for figure in plain["statistics"] if figure["year"] <= day.year]
    plain["settings"] = {
        name: value
        for name, value in plain["settings"].items()
        if not (names_year(vocabulary.names[name]) and value > day.year)
    }
    plain["as_of"] = day.isoformat()
    plain["question"] = {"ask": question.ask, "about": list(question.about)}
    plain["choices"] = []
    return read_case_data(plain, vocabulary)


def cuts(case: Case, vocabulary: Vocabulary) -> list[date]:
    """The days on which a fact of the case begins, or is over, in order; years from their first."""
    plain: dict[str, Any] = dict(canonical_case(case, vocabulary))
    sections = [kind.section for kind in vocabulary.kinds.values() if kind.section is not None]
    found: set[date] = set()
    for section in sections:
        found |= set(_days_in(plain[section]))
    found |= {date(figure["year"], 1, 1) for figure in plain["statistics"]}
    return sorted(found)


def _days_in(value: Any, key: str = "") -> Iterator[date]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _days_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _days_in(inner, key)
    elif key == "year" and isinstance(value, int):
        yield date(value, 1, 1)
    elif isinstance(value, str) and _DATE.fullmatch(value):
        day = parse_date(value)
        first, last = (day.first, day.last) if isinstance(day, Window) else (day, day)
        yield from (last + timedelta(days=1),) if key == "until" else (first, last)


def _own_days(kind: Kind, vocabulary: Vocabulary) -> list[str]:
    """The names of the days on which an entity of a kind came to be, and joined the others."""
    groups = [one.groups for one in vocabulary.kinds.values() if one.groups is not None]
    near = next((one.near for one in groups if one.of == kind.name), "date")
    return [near] if kind.joins is None else [near, kind.joins]


def _is_later(facts: Any, name: str, day: date) -> bool:
    found = facts.get(name) if isinstance(facts, dict) else None
    if isinstance(found, dict):
        found = found.get("value")
    return isinstance(found, str) and _first(found) > day


def _first(text: str) -> date:
    found = parse_date(text)
    return found.first if isinstance(found, Window) else found


def _facts(
    facts: Mapping[str, Any], kind: Kind, vocabulary: Vocabulary, day: date, gone: set[str]
) -> dict[str, Any]:
    """The facts of an entity that stood on the day and refer to nothing that is gone."""
    kept: dict[str, Any] = {}
    for name, fact in facts.items():
        known = vocabulary.facts[f"{kind.name}.{name}"]
        declared = known.info
        value = fact.get("value") if isinstance(fact, dict) else fact
        if declared.varies in ("history", "year") and isinstance(fact, list):
            entries = _reaching_back(known, fact, facts, day)
            kept[name] = [
                _entry(entry, day) for entry in entries if not _entry_is_later(entry, day)
            ]
        elif declared.varies == "each" and isinstance(fact, dict):
            kept[name] = {id: of for id, of in fact.items() if id not in gone}
        elif declared.type.item is not None and declared.type.item.base == "entity":
            left = _without(fact, gone)
            listed = left.get("value") if isinstance(left, dict) else left
            allowed = declared.type.range
            # Of a pair one alone is none: who the other was then is not known.
            if allowed is None or not isinstance(listed, list) or allowed.has(len(listed)):
                kept[name] = left
        elif not _has_gone(declared.type.base, value, day, gone):
            kept[name] = _before_it_turned(known, fact, facts, day)
    return kept


def _reaching_back(
    declared: Fact, entries: list[Any], facts: Mapping[str, Any], day: date
) -> list[Any]:
    """The entries of a history, the first from the day on to which it reaches back."""
    back_to = declared.back_to
    since = facts.get(back_to.day) if back_to is not None else None
    since = since.get("value") if isinstance(since, dict) else since
    starts = [one["from"] for one in entries if isinstance(one, dict) and "from" in one]
    if back_to is None or not isinstance(since, str) or not starts:
        return entries
    first, born = min(starts), parse_date(since)
    begun = parse_date(first)
    if isinstance(born, Window) or isinstance(begun, Window) or not born <= day < begun:
        return entries
    if begun > born + timedelta(days=back_to.within):
        return entries
    return [
        {**one, "from": since} if isinstance(one, dict) and one.get("from") == first else one
        for one in entries
    ]


def _before_it_turned(declared: Fact, fact: Any, facts: Mapping[str, Any], day: date) -> Any:
    """A fact as it was before the day that turned it."""
    turned = declared.info.turned_by
    own = None if turned is None else facts.get(turned.day)
    value = own.get("value") if isinstance(own, dict) else own
    if turned is None or not isinstance(value, str) or _first(value) <= day:
        return fact
    return turned.before == "true" if declared.info.type.base == "boolean" else turned.before


def _has_gone(base: str, value: Any, day: date, gone: set[str]) -> bool:
    """Whether a value is a later day, or an entity that is gone."""
    if base == "date":
        return isinstance(value, str) and _first(value) > day
    return base == "entity" and value in gone


def _entry_is_later(entry: Any, day: date) -> bool:
    if not isinstance(entry, dict):
        return False
    start, year = entry.get("from"), entry.get("year")
    return (start is not None and _first(start) > day) or (year is not None and year > day.year)


def _entry(entry: Any, day: date) -> Any:
    """An entry that had not ended yet has no end."""
    if isinstance(entry, dict) and entry.get("until") and _first(entry["until"]) > day:
        return {name: value for name, value in entry.items() if name != "until"}
    return entry


def _paper(paper: Mapping[str, Any], day: date) -> dict[str, Any]:
    """A paper of a later day proves what was so before: it is kept, without its day."""
    later = "date" in paper and _first(paper["date"]) > day
    return {name: value for name, value in paper.items() if not (later and name == "date")}


def _without(fact: Any, gone: set[str]) -> Any:
    """A list of references without those that are gone."""
    if isinstance(fact, list):
        return [id for id in fact if id not in gone]
    if isinstance(fact, dict) and isinstance(fact.get("value"), list):
        return {**fact, "value": [id for id in fact["value"] if id not in gone]}
    return fact
