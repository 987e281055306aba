"""Days of a case that lie before those they follow: a payment before its decision.

The vocabulary says which: `payment.date: {not-before: payment.decision.date}`. Only what is surely
out of order is a problem; where a day is known to the month, it may still be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.decision.case_model import Case, EntityRecord, Found
from engine.decision.case_problems import Report
from engine.language.diagnostics import Bilingual
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Window, compare_dates
from engine.values.truth import Truth


def check_order(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """Reports every day that is surely before the one that it is not to be before."""
    for key, fact in vocabulary.facts.items():
        if fact.not_before is None:
            continue
        last = fact.not_before.rpartition(".")[2]
        for record in case.entities.get(key.partition(".")[0], ()):
            found = record.facts.get(key)
            if not isinstance(found, Found) or not isinstance(found.value, date | Window):
                continue
            for holder in _holders(case, record, fact.not_before.split(".")[1:-1]):
                other = holder.facts.get(f"{holder.kind}.{last}")
                if not isinstance(other, Found) or not isinstance(other.value, date | Window):
                    continue
                if compare_dates("<", found.value, other.value) is Truth.TRUE:
                    info = vocabulary.names[f"{holder.kind}.{last}"]
                    report.add(
                        "before-other-day",
                        found.pointer,
                        "",
                        other=Bilingual(info.zh, info.en),
                    )
                    break


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
