"""The content of a case in one form, whatever the form it came in: what its hash is taken of.

It is itself a case in JSON, and reading it gives the same case. Amounts, dates and decimals are
text; what has no order is sorted; a value without evidence and claims is written short. What
follows from the case, such as births, is not in it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias

from engine.decision.case.frame import SCHEMA
from engine.decision.case.model import (
    Case,
    ChoiceMade,
    EntityRecord,
    Entry,
    Evidence,
    Fact,
    Found,
    Scalar,
    State,
    Value,
)
from engine.law.statistics import Figure
from engine.law.vocabulary import Fact as Declared
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Period, Window
from engine.values.money import Money, format_yuan

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool"


def canonical_case(case: Case, vocabulary: Vocabulary) -> dict[str, Json]:
    """The content of a case as plain JSON, for RFC 8785."""
    content: dict[str, Json] = {
        "schema": SCHEMA,
        "as_of": case.as_of.isoformat(),
        "question": {"ask": case.question.ask, "about": list(case.question.about)},
        "evidence": {id: _evidence(paper) for id, paper in case.evidence.items()},
        "statistics": [_figure(figure) for figure in case.statistics],
        "settings": {name: _value(value) for name, value in case.settings.items()},
        "choices": [_choice(choice) for choice in case.choices],
    }
    if case.reference is not None:
        content["reference"] = case.reference
    for kind in vocabulary.kinds.values():
        if kind.section is None:
            continue
        section: dict[str, Json] = {
            record.id: _facts(record, vocabulary)
            for record in case.entities[kind.name]
            if not record.implied
        }
        if kind.listed is not None:
            section[kind.listed] = "all" if case.complete[kind.name] else "some"
        content[kind.section] = section
    return content


def _facts(record: EntityRecord, vocabulary: Vocabulary) -> dict[str, Json]:
    return {
        key.removeprefix(f"{record.kind}."): _fact(fact, vocabulary.facts[key])
        for key, fact in record.facts.items()
    }


def _fact(fact: Fact, declared: Declared) -> Json:
    if isinstance(fact, Found):
        return _found(fact)
    if declared.info.varies == "each":
        return {str(entry.of): _found(entry.found) for entry in fact}
    return [_entry(entry, declared.main) for entry in fact]


def _entry(entry: Entry, main: str) -> Json:
    times = {"from": entry.start, "until": entry.until}
    written: dict[str, Json] = {
        name: _scalar(day) for name, day in times.items() if day is not None
    }
    if entry.year is not None:
        written["year"] = entry.year
    if main == "true" and entry.found.state is State.KNOWN:
        written.update(_support(entry.found))
    else:
        written.update(_value_or_state(entry.found, main))
    written.update((name, _found(found)) for name, found in entry.fields.items())
    return written


def _found(found: Found) -> Json:
    if found.state is State.KNOWN and not found.evidence and not found.claims:
        assert found.value is not None
        return _value(found.value)
    return _value_or_state(found, "value")


def _value_or_state(found: Found, main: str) -> dict[str, Json]:
    written = _support(found)
    if found.value is None:
        written["state"] = found.state.value
    else:
        written[main] = _value(found.value)
    return written


def _support(found: Found) -> dict[str, Json]:
    """The evidence and the claims, where there are any."""
    written: dict[str, Json] = {}
    if found.evidence:
        written["evidence"] = list(found.evidence)
    if found.claims:
        written["claims"] = [
            {"by": claim.by, "value": _value(claim.value), "evidence": list(claim.evidence)}
            for claim in found.claims
        ]
    return written


def _value(value: Value) -> Json:
    if isinstance(value, tuple):
        return [_scalar(item) for item in value]
    return _scalar(value)


def _scalar(value: Scalar) -> Json:
    match value:
        case Money():
            return format_yuan(value)
        case Window(first=first, last=last):
            return first.isoformat()[: 7 if first.month == last.month else 4]
        case date():
            return value.isoformat()
        case Period(months=months, days=days):
            return f"P{months}M{days}D"
        case Fraction():
            return _decimal(value)
        case _:
            return value


def _decimal(value: Fraction) -> str:
    """A fraction that was written as a decimal, so its denominator divides a power of ten."""
    places = next(n for n in range(1, 40) if (value * 10**n).denominator == 1)
    whole, rest = divmod(abs(value.numerator) * 10**places // value.denominator, 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}}"


def _evidence(paper: Evidence) -> Json:
    written: dict[str, Json] = {"kind": paper.kind, "status": paper.status}
    if paper.issuer is not None:
        written["issuer"] = paper.issuer
    if paper.date is not None:
        written["date"] = _scalar(paper.date)
    if paper.illustrative:
        written["illustrative"] = True
    return written


def _figure(figure: Figure) -> Json:
    key = figure.key
    written: dict[str, Json] = {
        "series": key.series,
        "concept": key.concept,
        "status": key.status,
        "level": key.level,
        "place": key.place,
        "year": key.year,
        "value": format_yuan(figure.value),
    }
    if figure.survey is not None:
        written["survey"] = figure.survey
    if figure.source != "case":
        written["source"] = figure.source
    if figure.evidence:
        written["evidence"] = list(figure.evidence)
    return written


def _choice(choice: ChoiceMade) -> Json:
    value = choice.value
    written: dict[str, Json] = {
        "point": choice.point,
        "value": list(value) if isinstance(value, tuple) else value,
    }
    for name, said in (("by", choice.by), ("reasons", choice.reasons)):
        if said is not None:
            written[name] = said
    return written
