"""Entities that must share no day: what is counted in two seasons is counted twice.

The vocabulary says which: of a kind `apart: {same: span, from: start, until: end}`. Only days that
are known and surely shared are a problem.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from engine.decision.case.model import Case, EntityRecord, Found
from engine.decision.case.problems import Report
from engine.law.vocabulary import Apart, Vocabulary


def check_apart(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every entity that surely shares a day with another one that it must not meet."""
    for kind in vocabulary.kinds.values():
        apart = kind.apart
        if apart is None:
            continue
        latest: dict[object, date] = {}
        for record in sorted(case.entities[kind.name], key=partial(_first_day, apart)):
            first, last = _day(record, apart.first), _day(record, apart.last)
            same = record.facts.get(f"{kind.name}.{apart.same}")
            if first is None or last is None or not isinstance(same, Found) or same.value is None:
                continue
            if same.value in latest and first <= latest[same.value]:
                pointer = f"/{record.section}/{record.id}"
                report.add("counted-twice", pointer, {}, kind=kind.label)
            latest[same.value] = max(last, latest.get(same.value, last))


def _first_day(apart: Apart, record: EntityRecord) -> tuple[date, str]:
    return _day(record, apart.first) or date.max, record.id


def _day(record: EntityRecord, name: str) -> date | None:
    """A day that is known; None for a window and for what is not known."""
    found = record.facts.get(f"{record.kind}.{name}")
    value = found.value if isinstance(found, Found) else None
    return value if isinstance(value, date) else None
