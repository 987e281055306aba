"""What stands behind an expression in one world: whose names it reads, the facts that were found,
and the papers that prove them. What cannot be told there is left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from engine.decision.case.model import EntityRecord, Found
from engine.decision.trace.prepared import Figure, Name, Prepared, Subject, finds, prepared
from engine.decision.worlds.forks import exactly
from engine.decision.worlds.found import record
from engine.decision.worlds.world import World
from engine.inference.asked import Closure, Variables
from engine.inference.undecided import Stopped
from engine.inference.values import BEARER
from engine.law.places import level_of
from engine.law.statistics import Figure as FigureFound
from engine.law.statistics import Key
from engine.law.vocabulary import Formula

THROUGH: Final = 3
"""Through so many formulas facts are looked for."""


def attempt(world: World, value: Closure, variables: Variables) -> Any:
    """The value of an expression, None if it has none here."""
    try:
        return value(world, variables)
    except (Stopped, KeyError):
        return None


def subject_of(world: World, subject: Subject, variables: Variables) -> EntityRecord | None:
    """Whose name is read, if that can be told outside a list."""
    if subject.variable is not None:
        value = variables.get(subject.variable)
    elif subject.value is not None:
        value = attempt(world, subject.value, variables)
    else:
        return None
    return value if isinstance(value, EntityRecord) else None


def names_read(
    world: World, names: tuple[Name, ...], variables: Variables
) -> Collection[tuple[Name, EntityRecord | None]]:
    """The names that are read, each once for whom it is read."""
    found: dict[tuple[str, str | None], tuple[Name, EntityRecord | None]] = {}
    for name in names:
        subject = subject_of(world, name.subject, variables)
        if subject is not None or name.subject.is_case:
            key = (name.key, subject.id if subject else None)
            found.setdefault(key, (name, subject))
    return found.values()


def facts_behind(world: World, one: Prepared, variables: Variables) -> tuple[list[str], list[str]]:
    """The paths of the found facts that an expression reads, through formulas, and the ids of the
    papers that prove them."""
    if not finds(world.setting.program, one, THROUGH):
        return [], []
    found: list[Found] = []
    _gather(world, one, variables, THROUGH, found)
    papers = dict.fromkeys(paper for fact in found for paper in fact.evidence)
    return list(dict.fromkeys(fact.path for fact in found)), list(papers)


def _gather(
    world: World, one: Prepared, variables: Variables, through: int, found: list[Found]
) -> None:
    program = world.setting.program
    for key, whose, when in one.days:
        subject, day = subject_of(world, whose, variables), attempt(world, when, variables)
        if subject is not None and day is not None:
            entry = _record(world, key, subject, day)
            if entry is not None:
                found.append(entry)
    for name, subject in names_read(world, one.sources, variables):
        if name.is_fact and subject is not None:
            fact = subject.facts.get(name.key)
            if isinstance(fact, Found):
                found.append(fact)
        elif name.formula is not None and through > 0:
            formula = prepared(program, name.formula.expression)
            if finds(program, formula, through - 1):
                _gather(world, formula, inside(name.formula, subject), through - 1, found)


def _record(world: World, key: str, subject: EntityRecord, when: Any) -> Found | None:
    try:
        return record(world, key, subject, when)
    except Stopped:
        return None


def inside(formula: Formula, subject: EntityRecord | None) -> Variables:
    """The variables inside a formula."""
    inner: Variables = dict.fromkeys(formula.variables, subject)
    inner[BEARER] = subject.id if subject else "case"
    return inner


def figure_in(world: World, figure: Figure, variables: Variables) -> FigureFound | None:
    """A figure that an expression reads; None where it cannot be told which, or there is none."""
    try:
        concept, status, place, year = (of(world, variables) for of in figure.address)
        level = figure.level or level_of(place)
        path = Key(figure.series, concept, status, level, place, exactly(year)).path
        if path not in world.figures:
            figure.value(world, variables)
    except (Stopped, KeyError):
        return None
    return world.figures.get(path)
