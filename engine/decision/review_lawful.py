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

from engine.decision.allowed import judged, ways_of
from engine.decision.case_model import Case, Entry, Found, State
from engine.decision.part import Part
from engine.decision.stated import Asked, Told, demanded_by, demands_of, path_of_fact
from engine.decision.supposing import with_records
from engine.values.money import Money


def with_what_was_lawful(asked: Asked) -> Case:
    """The case as reviewed, with what was lawful of each demand if the vocabulary has a name."""
    key, record, case = asked.reviewed.lawful, asked.decision, asked.case
    demanded = demanded_by(asked)
    if key is None or key in record.facts or not demanded:
        return case
    lawful = _lawful(asked, demanded)
    path = path_of_fact(record, key)
    pointer = f"/{record.section}/{record.id}/{key.partition('.')[2]}"
    entries = tuple(
        Entry(None, None, None, _found(lawful[name], name, path, pointer), {}, name)
        for name in demanded
    )
    told = replace(record, facts={**record.facts, key: entries})
    return with_records(case, {**case.by_id, record.id: told})


def behind(asked: Asked, findings: Iterable[Told]) -> dict[str, list[list[str]]]:
    """By the path of an amount that the review left open: what its finding lacks."""
    key = asked.reviewed.lawful
    if key is None:
        return {}
    path = path_of_fact(asked.decision, key)
    return {
        f"{path}[{one['subject']}]": one["missing"]
        for one in findings
        if one["point"] == asked.reviewed.amounts.partition(".")[2] and one.get("missing")
    }


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


def _found(amount: Money | None, of: str, path: str, pointer: str) -> Found:
    state = State.UNKNOWN if amount is None else State.KNOWN
    return Found(state, amount, (), (), f"{pointer}/{of}", f"{path}[{of}]")


def _lawful(asked: Asked, demanded: Mapping[str, Money]) -> dict[str, Money | None]:
    """By bearer: the part of the demand up to the most that was lawful; None if that is open. Of
    whom nothing could be demanded, nothing was lawful."""
    found: dict[str, Money | None] = dict.fromkeys(demanded, Money(0))
    for part, whose in demands_of(asked):
        amount = sum((demanded[name] for name in whose), Money(0))
        lawful = _of_demand(part, amount)
        for name in whose:
            if lawful == amount:
                found[name] = demanded[name]
            else:  # what two owe together beyond it is not known to be the one's or the other's
                found[name] = lawful if len(whose) == 1 else None
    return found


def _of_demand(part: Part, amount: Money) -> Money | None:
    """The part of an amount up to the most that was lawful; None if that is open."""
    ways = ways_of(part)
    if judged(ways, amount) is True:
        return amount
    within = {None if way.highest is None else min(amount, way.highest) for way in ways}
    return within.pop() if len(within) == 1 else None
