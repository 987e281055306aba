"""What two decisions have in common: parts by bearer, names exchanged, bands within bands."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law

_NUMBER = re.compile(r"P?(\d+(?:\.\d+|/\d+)?)D?")
"""An amount or a number, or a length of time in days."""


def parts_of(plain: Mapping[str, Any], law: Law) -> dict[str, dict[str, Any]]:
    """The parts of a decision by bearer and what is borne, without the names of rules and
    versions."""
    decision = decide(read_case_data(plain, law.vocabulary), law, traced=False).as_json()
    kept = ("outcome", "bands", "missing", "confidence")
    return {
        f"{part['bearer']}/{part.get('object', '')}": {k: part.get(k) for k in kept}
        for part in decision["parts"]
    }


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Plain data with entities renamed wherever they are named: in keys, values and paths."""
    match value:
        case dict():
            return {renamed(k, names): renamed(v, names) for k, v in value.items()}
        case list():
            return [renamed(one, names) for one in value]
        case str():
            for mark in (".", "@", "+", "/"):
                if mark in value:
                    return mark.join(renamed(piece, names) for piece in value.split(mark))
            return names.get(value, value)
        case _:
            return value


def ordered(value: Any, random: Random | None = None) -> Any:
    """Plain data with the keys of its mappings sorted, or shuffled."""
    match value:
        case dict():
            keys = sorted(value)
            if random:
                random.shuffle(keys)
            return {key: ordered(value[key], random) for key in keys}
        case list():
            return [ordered(one, random) for one in value]
        case _:
            return value


def sorted_bands(parts: Any) -> Any:
    """Parts with bands and sets in an order that does not depend on names."""
    match parts:
        case dict():
            return {key: sorted_bands(value) for key, value in parts.items()}
        case list():
            return sorted((sorted_bands(one) for one in parts), key=json.dumps)
        case _:
            return parts


def inside(band: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    """Whether a band lies in another of the same aspect; an end that is not known is no bound."""
    return (
        band["aspect"] == wide["aspect"]
        and (wide["low"] is None or _reaches(wide["low"], band["low"]))
        and (wide["high"] is None or _reaches(band["high"], wide["high"]))
    )


def _reaches(low: str | None, high: str | None) -> bool:
    """Whether one end is not above another; ends that are no numbers are only ever the same."""
    if low is None or high is None:
        return False
    numbers = [_NUMBER.fullmatch(end) for end in (low, high)]
    if all(numbers):
        first, second = (Fraction(found[1]) for found in numbers if found)
        return first <= second
    return low == high


def assert_learned(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """What was determined stays; what was announced holds."""
    for bearer, part in before.items():
        if bearer not in after:
            continue
        now = after[bearer]
        if part["outcome"] != "undetermined":
            assert now["outcome"] == part["outcome"], bearer
            assert ends(now) == ends(part), bearer
        for band in now["bands"] if part["bands"] else ():
            assert any(inside(band, wide) for wide in part["bands"]), (bearer, band)
        for band in part["bands"]:
            if band["certain"] and now["bands"]:
                assert (band["low"], band["high"]) in ends(now), (bearer, band)


def ends(part: Mapping[str, Any]) -> set[tuple[Any, Any]]:
    return {(band["low"], band["high"]) for band in part["bands"]}
