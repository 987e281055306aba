"""What the worlds of a leaf come to together: bands, other results, and when two are the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final, TypeAlias

from engine.decision.worlds.explore import Explored, LeafWorlds, Visited
from engine.decision.worlds.results import Result
from engine.decision.worlds.rounded import rounded
from engine.values.bands import Band
from engine.values.intervals import Interval
from engine.values.money import Money
from engine.values.open_date import Dated
from engine.values.open_number import Open

Choices: TypeAlias = tuple[tuple[str, Any], ...]

AMOUNT: Final = "amount"
LACKING: Final = frozenset({"lacking", "conflict"})
"""Statuses of results that leave a part undetermined."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes an option the same in two leaves: its status, its value or band, its choices."""

    status: str
    aspect: str
    low: Any
    high: Any
    choices: Choices
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LeafOptions:
    """What a leaf comes to: for each aspect its bands, and the results that are none."""

    bands: tuple[tuple[str, Interval], ...]
    rest: tuple[tuple[Result, Choices], ...]
    facts: frozenset[str]
    """Facts on which values rest that are not known."""
    identity: frozenset[Identity]


def options_of(
    leaf: LeafWorlds, explored: Explored, effect: str | None, bearer: str
) -> LeafOptions:
    """The options of a leaf. Where in some reading nothing is due, that is a charge of zero."""
    standing = [v for v in leaf.worlds if v.result.status == "stands"]
    rest = tuple((v.result, v.choices) for v in leaf.worlds if v.result.status != "stands")
    bands: list[tuple[str, Interval]] = []
    if standing:
        zero = [v for v in leaf.worlds if v.result.status == "none"] if effect == "charge" else []
        if zero:
            rest = tuple(one for one in rest if one[0].status != "none")
        names = dict.fromkeys(name for v in standing for name, _ in v.result.aspects)
        for name in names:
            rows = [
                (v.choices, dict(v.result.aspects)[name])
                for v in standing
                if name in dict(v.result.aspects)
            ]
            rows += [(v.choices, Money(0)) for v in zero]
            found = _intervals(rows, standing, explored)
            if name == AMOUNT:
                found = tuple(p for one in found for p in rounded(one, standing, bearer))
            bands += [(name, one) for one in found]
    facts = frozenset(
        path
        for v in standing
        for _, value in v.result.aspects
        if isinstance(value, Open | Dated)
        for path in value.paths
    )
    return LeafOptions(tuple(bands), rest, facts, _identity(leaf, bands, rest, facts))


def _intervals(
    rows: list[tuple[Choices, Any]], standing: list[Visited], explored: Explored
) -> tuple[Interval, ...]:
    if len(rows) == 1 and not rows[0][0]:
        value = rows[0][1]
        low, high = (value.low, value.high) if isinstance(value, Open | Dated) else (value, value)
        return (Interval(low, high),)
    ranges: dict[str, tuple[Any, Any]] = {}
    for visited in standing:
        ranges.update(visited.result.world.ranges)
    points = {name for choices, _ in rows for name, _ in choices}
    law = {name for name in points if explored.points[name].kind == "law"}
    # Candidate laws of which none could be taken stand side by side, like readings.
    untaken = {name for name in law if len({dict(choices).get(name) for choices, _ in rows}) > 1}
    law -= untaken
    kinds: dict[str, Any] = {
        name: "reading" if name in untaken else explored.points[name].kind
        for name in points
        if name in untaken or explored.points[name].kind in ("may", "reading")
    }
    used = {name: ranges[name] for name in points if name in ranges}
    told = [({k: o for k, o in choices if k not in law}, _told(v)) for choices, v in rows]
    found = Band.from_worlds(told, used, kinds).intervals()
    return tuple(_with_own_ranges(one, standing) for one in found)


def _with_own_ranges(interval: Interval, standing: list[Visited]) -> Interval:
    """The interval with the ends that its ranges have under its own choices: a range may run from
    other ends in another reading."""
    if not any(choice.kind == "range" for choice in interval.choices):
        return interval
    chosen = {c.point: c.value for c in interval.choices if c.kind != "range"}
    for visited in standing:
        if all(chosen.get(name, option) == option for name, option in visited.choices):
            ranges: dict[str, tuple[Any, Any]] = visited.result.world.ranges
            choices = tuple(
                replace(c, value=ranges[c.point]) if c.kind == "range" and c.point in ranges else c
                for c in interval.choices
            )
            return replace(interval, choices=choices)
    return interval


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, bool) else value


def _identity(
    leaf: LeafWorlds,
    bands: list[tuple[str, Interval]],
    rest: tuple[tuple[Result, Choices], ...],
    facts: frozenset[str],
) -> frozenset[Identity]:
    """What a leaf comes to, as a value that can be compared."""
    found: set[Identity] = set()
    for aspect, band in bands:
        found.add(Identity("stands", aspect, band.low, band.high, taken(band), facts))
    relevant = _relevant(leaf) if rest and len(leaf.worlds) > 1 else frozenset[str]()
    for result, choices in rest:
        labels = tuple(c for c in choices if c[1] is not False and c[0] in relevant)
        value = result.value if result.status == "answer" else None
        later = bool(result.postponed) if result.status == "answer" else None
        found.add(Identity(result.status, "", value, later, labels, result.facts))
    if not bands and any(v.result.status == "stands" for v in leaf.worlds):
        found.add(Identity("stands", "", None, None, ()))
    return frozenset(found)


def taken(band: Interval) -> Choices:
    """The choices that make a band another one, where its ends are the same.

    A power that is not used is none. A range is known by its ends: under two versions that number
    their articles differently it is the same.
    """
    return tuple(
        ("range" if choice.kind == "range" else choice.point, str(choice.value))
        for choice in band.choices
        if not (choice.kind == "may" and choice.value is False)
    )


def _relevant(leaf: LeafWorlds) -> frozenset[str]:
    """The choices on which the status of a leaf depends: two worlds that differ in nothing else."""
    worlds = [(dict(v.choices), _status_of(v.result)) for v in leaf.worlds]
    if len({status for _, status in worlds}) == 1:
        return frozenset()
    return frozenset(
        apart[0]
        for (one, came), (other, instead) in combinations(worlds, 2)
        if came != instead
        and len(apart := [n for n, option in one.items() if other.get(n, option) != option]) == 1
    )


def _status_of(result: Result) -> tuple[object, ...]:
    answer = result.value if result.status == "answer" else None
    return result.status, answer, result.facts, bool(result.postponed)


def surely_differ(one: LeafWorlds, other: LeafWorlds) -> bool:
    """Whether two leaves have no result in common."""
    if one.open or other.open:
        return False
    kinds = [
        {(v.result.status, str(v.result.value), str(v.result.aspects)) for v in leaf.worlds}
        for leaf in (one, other)
    ]
    return kinds[0].isdisjoint(kinds[1])


def surely_undetermined(one: LeafWorlds, other: LeafWorlds) -> bool:
    """Whether a part with these two leaves is undetermined whatever its others come to: they have
    nothing in common, or something is lacking in the other one."""
    lacks = any(visited.result.status in LACKING for visited in other.worlds)
    return lacks or surely_differ(one, other)


def lapsed_of(results: list[Result]) -> dict[str, Any]:
    """How far a lapse ended what was due, where all worlds say so."""
    extents = {result.lapsed for result in results}
    return {"lapsed": extent} if len(extents) == 1 and (extent := next(iter(extents))) else {}
