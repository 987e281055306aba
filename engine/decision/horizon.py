"""Days on which an answer may change though nothing else does: anniversaries and new versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from engine.decision.case_model import Case, Entry, Found
from engine.law.registry import Registry
from engine.values.dates import Window, add_period, years

YEARS: Final = 30
"""How far ahead a change is looked for."""


def days_to_try(case: Case, registry: Registry) -> list[date]:
    """The days after `as_of`, ascending, on which whole years are completed since a day of the
    case, an entry of a history begins or ends, or a version comes into force."""
    last = add_period(case.as_of, years(YEARS))
    found: set[date] = set()
    for day in _days(case):
        for n in range(YEARS + 70):
            anniversary = add_period(day, years(n))
            if anniversary > last:
                break
            found.add(anniversary)
    for instrument in registry.instruments:
        for version in registry.versions(instrument):
            found.update(version.in_force)
    return sorted(day for day in found if case.as_of < day <= last)


def _days(case: Case) -> Iterator[date]:
    for records in case.entities.values():
        for record in records:
            for fact in record.facts.values():
                if isinstance(fact, Found):
                    yield from _of(fact.value)
                else:
                    for entry in fact:
                        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[date]:
    yield from _of(entry.start)
    for day in _of(entry.until):
        yield day + timedelta(days=1)


def _of(value: object) -> Iterator[date]:
    if isinstance(value, Window):
        yield value.first
        yield value.last
    elif isinstance(value, date):
        yield value
