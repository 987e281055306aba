"""Conclusions that a past decision states beside its amounts, each in a fact of its own.

    [finding["finding"] for finding in concluded_found(asked)]      # lawful, unlawful or open

A decision may confiscate and take a licence away beside the fine. The vocabulary says which fact
states which conclusion; what is stated for each bearer is held against the part of that bearer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.decision.deciding.part import Part, told_part
from engine.decision.reviewing.allowed import ways_of
from engine.decision.reviewing.stated import (
    Asked,
    Told,
    backed,
    excess_of,
    held,
    is_nothing,
    of_nobody,
    other_part,
    stated_by,
    unstated,
)
from engine.values.money import Money


def concluded_found(asked: Asked) -> Iterator[Told]:
    """A finding for each bearer of whom a conclusion is stated, or is due and not stated."""
    for key in asked.reviewed.concluded:
        stated, sought = stated_by(asked, key), {asked.reviewed.concluded[key]}
        left = dict(stated)
        for part in parts_stated(asked, key):
            told = told_part(asked.evaluation, part, None)
            value = left.pop(part.bearer, None)
            if value is not None:
                finding = held(asked, key, part, told, value, other_part(part))
                highest = [way.highest for way in ways_of(part)]
                excess = _excess(asked, key, part.bearer, value, highest)
                yield backed(asked, finding, sought) | excess
            elif not stated and not is_nothing(part):
                yield unstated(asked, key, part, told, f"[{part.bearer}]")
        for bearer, value in sorted(left.items()):
            excess = _excess(asked, key, bearer, value, [Money(0)])
            yield of_nobody(asked, key, bearer, value, sought) | excess


def _excess(asked: Asked, key: str, bearer: str, value: Any, highest: list[Any]) -> Told:
    """By how much more was taken than the most that was lawful, and of what."""
    if not isinstance(value, Money) or not highest or None in highest or value <= max(highest):
        return {}
    excess = excess_of(value, highest, bearer)
    info = asked.evaluation.law.vocabulary.names[key]
    excess["overcharged"] |= {"label": {"zh": info.zh, "en": info.en}}
    return excess


def parts_stated(asked: Asked, key: str) -> list[Part]:
    """The parts with which a fact that states a conclusion is compared."""
    what = asked.reviewed.concluded[key]
    return [part for part in asked.parts if part.sought is not None and part.sought[1] == what]
