"""Days of a case that lie before those they follow: a payment before its decision.

The vocabulary says which: `payment.date: {not-before: payment.decision.date}`, and of which kinds:
`event.date: {not-before: {event.about.born: {kind: [discovery]}}}`. Only what is surely
out of order is a problem; where a day is known to the month, it may still be right.
Of a fact that varies no entry begins before such a day: nobody is registered before birth.
Nor does every code go with every other: `decision.level: {fits: {authority: {guard: [county]}}}`;
a day that has come leaves no room for some values: who died is not living;
and of two facts one may stand in place of the other: `payment.clinic: {instead-of: payer}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from engine.decision.case.facts import last_day
from engine.decision.case.model import Case, EntityRecord, Found, Value
from engine.decision.case.problems import Report
from engine.language.diagnostics import Bilingual
from engine.law.bounds import NotBefore, RulesOut
from engine.law.vocabulary import Fact, Vocabulary
from engine.values.dates import Window, compare_dates
from engine.values.truth import TRUE

Day: TypeAlias = tuple[date | Window, str]


def check_order(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every day that is surely before the one that it is not to be before."""
    for kind, key, other in vocabulary.ordered:
        for record in case.entities.get(kind, ()):
            for day in _days(record, key) if _concerns(other, record) else ():
                _check(case, vocabulary, record, day, other, report)


def check_fits(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every value that cannot go with that of another fact of the same entity."""
    for kind, fact in vocabulary.fitting:
        for record in case.entities.get(kind, ()):
            _check_fits(vocabulary, fact, record, report)


def check_ruled_out(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every value that a day of the same entity, which has surely come, rules out."""
    for kind, key, ruled in vocabulary.ruled_out:
        for record in case.entities.get(kind, ()):
            day, found = _day(record, key), record.facts.get(f"{kind}.{ruled.other}")
            if day is None or not isinstance(found, Found) or found.value is None:
                continue
            if _said(found.value) == ruled.value and last_day(day[0]) <= case.as_of:
                _report_ruled_out(vocabulary, key, ruled, found, report)


def left_by_day(case: Case, vocabulary: Vocabulary, record: EntityRecord, key: str) -> bool | None:
    """Which of yes and no is left to a fact by a day of its entity that has surely come."""
    for kind, day_key, ruled in vocabulary.ruled_out:
        if f"{kind}.{ruled.other}" == key and ruled.value in ("true", "false"):
            day = _day(record, day_key)
            if day is not None and last_day(day[0]) <= case.as_of:
                return ruled.value != "true"
    return None


def _report_ruled_out(
    vocabulary: Vocabulary, key: str, ruled: RulesOut, found: Found, report: Report
) -> None:
    day, other = vocabulary.names[key], vocabulary.facts[f"{key.partition('.')[0]}.{ruled.other}"]
    codes = vocabulary.enumerations.get(str(other.info.type.about), ("true", "false"))
    left = [code for code in codes if code != ruled.value]
    report.add("does-not-fit", found.pointer, "", known=left, other=Bilingual(day.zh, day.en))


def _said(value: Value) -> str:
    """A value in the words of the vocabulary."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_fits(vocabulary: Vocabulary, fact: Fact, record: EntityRecord, report: Report) -> None:
    found = record.facts.get(fact.info.key)
    for fits in fact.fits:
        key = f"{record.kind}.{fits.other}"
        other = record.facts.get(key)
        if isinstance(found, Found) and isinstance(other, Found) and found.value is not None:
            allowed = dict(fits.values).get(str(other.value))
            if allowed is not None and found.value not in allowed:
                info = vocabulary.names[key]
                report.add(
                    "does-not-fit", found.pointer, "",
                    known=allowed, other=Bilingual(info.zh, info.en),
                )  # fmt: skip


def check_instead(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every entity that states both of two facts of which it can have one."""
    for kind, key, other in vocabulary.instead_of:
        for record in case.entities.get(kind, ()):
            found, instead = record.facts.get(key), record.facts.get(other)
            if isinstance(found, Found) and _is_said(found) and _is_said(instead):
                info = vocabulary.names[other]
                report.add("not-both", found.pointer, "", other=Bilingual(info.zh, info.en))


def _is_said(found: object) -> bool:
    return isinstance(found, Found) and found.value not in (None, ())


def not_before(case: Case, vocabulary: Vocabulary, record: EntityRecord, key: str) -> date | None:
    """The first day that a day of an entity can be, by the order of days; None: nothing says."""
    known: list[date] = []
    for other in vocabulary.facts[key].not_before if key in vocabulary.facts else ():
        steps = other.path.split(".")
        for holder in _holders(case, record, steps[1:-1]) if _concerns(other, record) else ():
            day = _day(holder, f"{holder.kind}.{steps[-1]}")
            if day is not None:
                known.append(day[0].first if isinstance(day[0], Window) else day[0])
    return max(known, default=None)


def _check(
    case: Case,
    vocabulary: Vocabulary,
    record: EntityRecord,
    day: Day,
    other: NotBefore,
    report: Report,
) -> None:
    value, pointer = day
    steps = other.path.split(".")
    for holder in _holders(case, record, steps[1:-1]):
        key = f"{holder.kind}.{steps[-1]}"
        earlier = _day(holder, key)
        if earlier is not None and compare_dates("<", value, earlier[0]) is TRUE:
            info = vocabulary.names[key]
            report.add("before-other-day", pointer, "", other=Bilingual(info.zh, info.en))
            break


def _days(record: EntityRecord, key: str) -> Iterator[Day]:
    """A day, or those on which the entries of a fact that varies begin, and where they stand."""
    fact = record.facts.get(key)
    for entry in fact if isinstance(fact, tuple) else ():
        if entry.start is not None:
            yield entry.start, f"{entry.found.pointer}/from"
        elif entry.year is not None:
            year = Window(date(entry.year, 1, 1), date(entry.year, 12, 31))
            yield year, f"{entry.found.pointer}/year"
    single = _day(record, key)
    if single is not None:
        yield single


def _day(record: EntityRecord, key: str) -> Day | None:
    """The value of a day, and where it stands in the case."""
    found = record.facts.get(key)
    if isinstance(found, Found) and isinstance(found.value, date | Window):
        return found.value, found.pointer
    return None


def _concerns(other: NotBefore, record: EntityRecord) -> bool:
    """Whether a record is one of those of which the order holds; one of unknown kind is none."""
    return all(
        isinstance(found := record.facts.get(f"{record.kind}.{name}"), Found)
        and found.value in codes
        for name, codes in other.where
    )


def _holders(case: Case, record: EntityRecord, steps: list[str]) -> Iterator[EntityRecord]:
    """The entities that references lead to."""
    if not steps:
        yield record
        return
    found = record.facts.get(f"{record.kind}.{steps[0]}")
    value = found.value if isinstance(found, Found) else None
    for id in value if isinstance(value, tuple) else (value,):
        next_one = case.by_id.get(str(id))
        if next_one is not None:
            yield from _holders(case, next_one, steps[1:])
