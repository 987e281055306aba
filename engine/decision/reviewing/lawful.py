"""What of a demand was lawful: found by the review, a fact for the questions that follow it.

    case = with_what_was_lawful(asked)      # with the amount for each of whom was demanded

So a rule on what is given back reads the amount as it reads any fact. Where the review leaves it
open the fact is unknown, and the answers say that it is missing. What the case itself says of it,
such as what a court found, stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import TypeAlias

from engine.decision.case.model import Case, EntityRecord, Entry, Found, State
from engine.decision.deciding.part import Part, told_part
from engine.decision.reviewing.allowed import judged, ways_of
from engine.decision.reviewing.concluded import parts_stated
from engine.decision.reviewing.stated import (
    Asked,
    Told,
    demanded_by,
    demands_of,
    owing,
    path_of_fact,
    stated_by,
)
from engine.decision.worlds.supposing import with_records
from engine.law.vocabulary_questions import Reviewed
from engine.values.money import Money

Amount: TypeAlias = Money | State
"""An amount, or why there is none: it is open, or no text gives anybody a part of their own."""


def with_what_was_lawful(asked: Asked) -> Case:
    """The case as reviewed, with what was lawful of each demand if the vocabulary has a name."""
    key, record, case = asked.reviewed.lawful, asked.decision, asked.case
    demanded, facts = demanded_by(asked), dict(record.facts)
    if key is not None and key not in facts and demanded:
        alone, together = _lawful(asked, demanded)
        facts[key] = _entries(record, key, alone)
        if (shared := asked.reviewed.lawful_together) is not None:
            facts[shared] = _entries(record, shared, together)
    for stated, lawful in asked.reviewed.lawful_concluded.items():
        if lawful not in facts and (taken := stated_by(asked, stated)):
            facts[lawful] = _entries(record, lawful, _lawful_beside(asked, stated, taken))
    return with_records(case, {**case.by_id, record.id: replace(record, facts=facts)})


def with_nothing_demanded(case: Case, record: EntityRecord, reviewed: Reviewed) -> Case:
    """The case in which a decision whose list of amounts is empty demands nothing of those of whom
    it states something else: what is taken from them, say."""
    if record.facts.get(reviewed.amounts) != ():
        return case  # it demands something, or that is not known
    beside = (record.facts.get(key) for key in reviewed.concluded)
    stated = {str(entry.of) for found in beside if isinstance(found, tuple) for entry in found}
    nothing = _entries(record, reviewed.amounts, dict.fromkeys(sorted(stated), Money(0)))
    facts = {**record.facts, reviewed.amounts: nothing}
    return with_records(case, {**case.by_id, record.id: replace(record, facts=facts)})


def _lawful_beside(asked: Asked, key: str, taken: Mapping[str, Money]) -> dict[str, Amount]:
    """The lawful part of what a fact of its own states for each; of others nothing was lawful."""
    found: dict[str, Amount] = dict.fromkeys(taken, Money(0))
    for part in parts_stated(asked, key):
        if part.bearer in taken:
            lawful = _of_demand(part, taken[part.bearer])
            found[part.bearer] = State.UNKNOWN if lawful is None else lawful
    return found


def _entries(record: EntityRecord, key: str, amounts: Mapping[str, Amount]) -> tuple[Entry, ...]:
    path = path_of_fact(record, key)
    pointer = f"/{record.section}/{record.id}/{key.partition('.')[2]}"
    return tuple(
        Entry(None, None, None, _found(amount, name, path, pointer), {}, name)
        for name, amount in amounts.items()
    )


def behind(asked: Asked) -> dict[str, list[list[str]]]:
    """By the path of an amount that the review leaves open: what is lacking to tell it, also where
    the demand is unlawful whatever that is."""
    keys = [
        key for key in (asked.reviewed.lawful, asked.reviewed.lawful_together) if key is not None
    ]
    demanded = demanded_by(asked)
    found: dict[str, list[list[str]]] = {}
    for part, whose in demands_of(asked):
        if whose and _of_demand(part, sum((demanded[name] for name in whose), Money(0))) is None:
            missing = told_part(asked.evaluation, part, None).get("missing")
            if missing:
                for key in keys:
                    found[f"{path_of_fact(asked.decision, key)}[{owing(part, whose)}]"] = missing
    for stated, lawful in asked.reviewed.lawful_concluded.items():
        taken = stated_by(asked, stated)
        for part in parts_stated(asked, stated):
            if part.bearer in taken and _of_demand(part, taken[part.bearer]) is None:
                missing = told_part(asked.evaluation, part, None).get("missing")
                if missing:
                    found[f"{path_of_fact(asked.decision, lawful)}[{part.bearer}]"] = missing
    return found


def in_place(told: Told, open_ones: Mapping[str, list[list[str]]]) -> Told:
    """The same, with what a finding lacks in place of the amount that it left open."""
    if "missing" not in told:
        return told
    sets = [
        sorted({*(path for path in facts if path not in open_ones), *more})
        for facts in told["missing"]
        for more in _choices([open_ones[path] for path in facts if path in open_ones])
    ]
    return told | {"missing": sets}


def _choices(each: list[list[list[str]]]) -> Iterable[list[str]]:
    """One set of facts of each list, put together."""
    return ([path for facts in some for path in facts] for some in product(*each))


def _found(amount: Amount, of: str, path: str, pointer: str) -> Found:
    value = amount if isinstance(amount, Money) else None
    state = State.KNOWN if isinstance(amount, Money) else amount
    return Found(state, value, (), (), f"{pointer}/{of}", f"{path}[{of}]")


def _lawful(
    asked: Asked, demanded: Mapping[str, Money]
) -> tuple[dict[str, Amount], dict[str, Amount]]:
    """The part of the demand up to the most that was lawful, by bearer, and by what several bearers
    make up who owe in one sum. Of whom nothing could be demanded, nothing was lawful."""
    alone: dict[str, Amount] = dict.fromkeys(demanded, Money(0))
    together: dict[str, Amount] = {}
    shared = asked.reviewed.lawful_together is not None
    for part, whose in demands_of(asked):
        amount = sum((demanded[name] for name in whose), Money(0))
        lawful = _of_demand(part, amount)
        if len(whose) == 1:
            alone[whose[0]] = State.UNKNOWN if lawful is None else lawful
            continue
        if whose:
            together[part.bearer] = State.UNKNOWN if lawful is None else lawful
        for name in whose:  # no text parts what is beyond between those who owe it together
            if lawful == amount:
                alone[name] = demanded[name]
            else:
                alone[name] = State.NOT_APPLICABLE if shared else State.UNKNOWN
    return alone, together


def _of_demand(part: Part, amount: Money) -> Money | None:
    """The part of an amount up to the most that was lawful; None if that is open."""
    ways = ways_of(part)
    if judged(ways, amount) is True:
        return amount
    within = {None if way.highest is None else min(amount, way.highest) for way in ways}
    return within.pop() if len(within) == 1 else None
