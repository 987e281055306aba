"""The bands of a part as results write them: their ends, the choices behind, what to consider.

A band is certain if it stands, with both ends known, in every leaf of the part.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from engine.decision.words.shown import plain
from engine.decision.worlds.options import taken
from engine.decision.worlds.results import Sought
from engine.inference.program import Program
from engine.language.diagnostics import Bilingual
from engine.values.dates import Period
from engine.values.intervals import Choice, Interval
from engine.values.ladder import Step
from engine.values.money import Money, format_yuan

if TYPE_CHECKING:
    from engine.decision.deciding.part import Part

Told = dict[str, Any]
Factors = dict[str, tuple[Bilingual, ...]]


def bands_of(part: Part) -> list[Told]:
    """The bands of a part, lowest first, each with the choices that lead to it."""
    found: dict[tuple[Any, ...], Told] = {}
    counts: dict[tuple[Any, ...], int] = {}
    if all(i.status != "stands" for options in part.options for i in options.identity):
        return []
    charged = part.sought is not None and part.sought[0] == "charge"
    factors = factors_of(part)
    for options in part.options:
        bands = options.bands
        if not bands and charged and any(r.status == "none" for r, _ in options.rest):
            bands = (("amount", Interval(Money(0), Money(0))),)
        seen = set()
        for aspect, band in bands:
            if isinstance(band.low, str) and not band.choices:
                continue  # a word is no amount: it stands among the details
            key = (aspect, *_band_key(band))
            found.setdefault(key, _band(part, aspect, band, factors))
            if not options.facts and band.low is not None and band.high is not None:
                seen.add(key)
        for key in seen:
            counts[key] = counts.get(key, 0) + 1
    whole = len(part.explored.leaves) if not part.explored.cut else -1
    for key, told in found.items():
        told["certain"] = counts.get(key, 0) == whole
    order = list(dict.fromkeys(aspect for options in part.options for aspect, _ in options.bands))
    return [
        found[key]
        for key in sorted(found, key=lambda k: (order.index(k[0]) if k[0] in order else -1, k[1:]))
    ]


def _band_key(band: Interval) -> tuple[Any, ...]:
    """What makes a band the same, in the order in which bands are told: lowest first."""
    return *_ordered(band.low), *_ordered(band.high), taken(band)


def _ordered(end: Any) -> tuple[bool, Any]:
    match end:
        case None:
            return False, ()
        case Money():
            return True, (end.fen,)
        case Step():
            return True, (end.index,)
        case Period():
            return True, (end.mean,)
        case _:
            return True, (end,)


def end_text(value: Any) -> str | None:
    """An end of a band as results write it; None for one that is open."""
    match value:
        case None:
            return None
        case Money():
            return format_yuan(value)
        case Step():
            return value.name
        case date():
            return value.isoformat()
        case Period():
            return iso_duration(value)
        case _:
            return plain(value)


def iso_duration(period: Period) -> str:
    """A period as ISO 8601 writes it: `P98D`, `P6M`, `P1M15D`."""
    months = f"{period.months}M" if period.months else ""
    days = f"{period.days}D" if period.days or not period.months else ""
    return f"P{months}{days}"


def _band(part: Part, aspect: str, band: Interval, factors: Factors) -> Told:
    bearer = "payer" if part.sought is not None and part.sought[0] == "charge" else "bearer"
    return {
        bearer: part.bearer,
        "aspect": aspect,
        "low": end_text(band.low),
        "high": end_text(band.high),
        "certain": False,
        "choices": [_choice(choice, factors) for choice in band.choices],
    }


def _choice(choice: Choice, factors: Factors) -> Told:
    value: Any = choice.value
    if isinstance(value, tuple):
        value = [end_text(end) for end in value]
    told: Told = {"point": choice.point, "kind": choice.kind, "value": value}
    named = factors.get(called(choice.point), factors.get("", ()))
    if named and choice.kind != "reading":
        told["factors"] = [{"zh": factor.zh, "en": factor.en} for factor in named]
    return told


def factors_of(part: Part) -> Factors:
    """What the law names to be considered in the choices of a part: by the name under which rules
    have their choices; under no name what holds for each, as said where the conclusion is left to
    lower law."""
    worlds = part.worlds[:1]
    return _factors(worlds[0].setting.program, part.sought or ("", "")) if worlds else {}


def _factors(program: Program, sought: Sought) -> Factors:
    key = ("factors", sought)
    known: Factors | None = program.told.get(key)
    if known is not None:
        return known
    effect, what = sought
    found: Factors = {}
    opening = [
        factor
        for index, kind in program.openers.get(effect, ())
        if kind == f"{effect} {what}"
        for factor in program.chosen[index].rule.factors
    ]
    if opening:
        found[""] = tuple(dict.fromkeys(opening))
    for index, rule in program.written:
        if rule.factors and not rule.opens:
            own = program.chosen[index].called
            found[own] = tuple(dict.fromkeys((*rule.factors, *opening)))
    program.told[key] = found
    return found


def called(point: str) -> str:
    """The name of the rule in that of a choice point.

    >>> called("39/ladder:birth.multiple@k2"), called("41/charge@ann")
    ('39/ladder', '41/charge')
    """
    return point.rpartition("@")[0].partition(":")[0]
