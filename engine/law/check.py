"""Everything that can be known to be wrong with a folder of rulesets before any case is decided.

    for found in check(Path("rulesets")):
        print(render(found, …))

What a single file shows (syntax, names, types, tables) is found while it is read; what several say
together is found here. Conflicts between rules are searched by `engine.assurance`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.language.diagnostics import Diagnostic, Severity
from engine.language.fields import Problems
from engine.language.ruleset import Version
from engine.law.check_circles import check_circles
from engine.law.check_opens import check_opens
from engine.law.check_ranges import check_choices, check_ranges
from engine.law.check_reach import check_reach
from engine.law.check_words import check_roles, check_sources, check_words
from engine.law.in_time import check_in_time
from engine.law.places import COUNTRY, PlaceError, find_place
from engine.law.registry import NOT_LAW, Registry, load_registry
from engine.law.vocabulary import Vocabulary

CHECKS: tuple[Callable[[Version, Vocabulary, Problems], None], ...] = (
    check_words,
    check_sources,
    check_roles,
    check_reach,
    check_choices,
    check_ranges,
)
"""What is checked in each consolidated version on its own."""


def check(rulesets: Path) -> list[Diagnostic]:
    """Every problem and every note of a folder of rulesets, in the order of the files."""
    registry, found = load_registry(rulesets)
    problems = Problems([])
    if registry.vocabulary is not None and not any(map(_hides_law, found)):
        check_in_time(registry, rulesets, problems)
    return _once({*found, *check_registry(registry), *problems.found})


def _hides_law(found: Diagnostic) -> bool:
    """Whether a text could not be read, so that it would seem to be missing in time."""
    folder = found.at.file.partition("/")[0]
    return found.severity is Severity.ERROR and folder not in NOT_LAW


def _once(found: set[Diagnostic]) -> list[Diagnostic]:
    """The problems in order; what one place says wrong for several rules or versions is one."""
    seen: dict[object, Diagnostic] = {}
    for one in sorted(found):
        seen.setdefault((one.code, one.at, one.message, one.remedy), one)
    return list(seen.values())


def check_registry(registry: Registry) -> list[Diagnostic]:
    """What the texts of a registry say together; none where its vocabulary has an error."""
    problems = Problems([])
    if registry.vocabulary is None:
        return []
    for id in registry.instruments:
        for version in registry.versions(id):
            for one in CHECKS:
                one(version, registry.vocabulary, problems)
            _check_territory(version, problems)
    check_circles(registry, problems)
    check_opens(registry, problems)
    return sorted(set(problems.found))


def _check_territory(version: Version, problems: Problems) -> None:
    place, day = version.instrument.territory, version.in_force[0]
    if place == COUNTRY:
        return
    try:
        find_place(place, day.year)
    except PlaceError:
        problems.add("unknown-place", version.instrument.at, day=day.isoformat(), place=place)
