"""Which paper proves a fact that a benefit wants proved, for a letter that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.decision.case.model import Case
from engine.decision.deciding.unproved import proofs_asked
from engine.decision.entitlements.entitlements import every_rule
from engine.decision.governing.law import Law
from engine.decision.words.answering import evidence_of, place_of
from engine.decision.words.written import both

Json = dict[str, Any]


def to_bring(case: Case, law: Law, paths: Iterable[str]) -> list[Json]:
    """For each fact, in order, the kinds of papers that prove it and whose papers count."""
    told = list(paths)
    asked = proofs_asked(every_rule(law)) if told else {}
    words = law.vocabulary
    found: list[Json] = []
    for path in told:
        place = place_of(path)
        record = None if place is None else case.by_id.get(place.entity)
        key = "" if place is None or record is None else f"{record.kind}.{place.name}"
        found.append(
            {
                "papers": [both(words.evidence[one]) for one in evidence_of(law, path)],
                "issuers": [both(words.issuers[one]) for one in sorted(asked.get(key, ()))],
            }
        )
    return found
