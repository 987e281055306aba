"""Figures and places as a world reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.decision.worlds.found import unknown_amount
from engine.decision.worlds.somewhere import Somewhere
from engine.inference.undecided import Point, Undecided, Unproved
from engine.law.places import (
    COUNTRY,
    PlaceError,
    chain,
    county_of,
    has_townships,
    level_of,
    province_of,
    undivided,
)
from engine.law.statistics import Figure, Key, decides

if TYPE_CHECKING:
    from engine.decision.worlds.world import World


def statistic(
    world: World,
    series: str,
    concept: str,
    status: str,
    level: str | None,
    place: str,
    year: Any,
) -> Any:
    """A figure: what the case brings goes before what is built in, and nothing else will do."""
    key = Key(series, concept, status, level or level_of(place), place, world.exactly(year))
    brought = [figure for figure in world.setting.case.statistics if figure.key == key]
    known = brought or [f for f in world.setting.statistics.find(key) if decides(f)]
    if not known:
        return unknown_amount(world, key.path)
    figure = known[0]
    if len(known) > 1 and len({one.value for one in known}) > 1:
        sources = {label_of(figure): figure for figure in known}
        taken = world.assignment.get(key.path)
        if taken is None:
            raise Undecided(Point(key.path, "reading", tuple(sources), frozenset()))
        figure = sources[taken]
    world.figures[key.path] = figure
    return figure.value


def label_of(figure: Figure) -> str:
    """How a figure is called where several sources have different ones."""
    return f"{figure.source} ({figure.survey})" if figure.survey else figure.source


def place_part(world: World, place: str, level: str) -> str:
    """The place of a level in which a place lies. Where the case names only the county, which of
    its townships is meant is not known (`Undecided`)."""
    year = world.setting.case.as_of.year
    if level == "county":
        found: str | None = county_of(place) or undivided(place, year)
    elif level == "province":
        found = province_of(place)
    else:
        try:
            found = next((code for code in chain(place, year) if level_of(code) == level), None)
        except PlaceError:
            found = None
    if found is not None:
        return found
    if level == "township" and has_townships(place, year):
        path = f"places[{place}/{level}]"
        raise Undecided(Point(path, "fact", (), frozenset({path})))
    if isinstance(place, Somewhere) and (level in ("city", "county") or place == COUNTRY):
        raise place.asked()
    raise Unproved()
