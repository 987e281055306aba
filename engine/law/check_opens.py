"""What a text leaves open to lower law, and no text below fills."""

from __future__ import annotations

from engine.language.fields import Problems
from engine.law.places import COUNTRY, contains
from engine.law.registry import Registry


def check_opens(registry: Registry, problems: Problems) -> None:
    """Reports, for each territory with texts of its own, what is left open and neither filled by
    one of them, or of what it lies in, at any time, nor named as a gap, there or where it is
    opened."""
    local = sorted({one.territory for one in registry.instruments.values()} - {COUNTRY})
    known = {territory: _filled(registry, territory) for territory in local}
    for instrument in registry.for_place((COUNTRY,)):
        for version in registry.versions(instrument.id):
            own = {gap.kind for gap in version.gaps}
            for rule in version.rules:
                for what in rule.opens:
                    if what in own:
                        continue
                    for territory in local:
                        if what not in known[territory]:
                            problems.within(rule.name).add(
                                "unfilled-open", rule.at, what=what, territory=territory
                            )


def _filled(registry: Registry, territory: str) -> frozenset[str]:
    versions = [
        version
        for instrument in registry.instruments.values()
        if instrument.territory != COUNTRY and contains(instrument.territory, territory)
        for version in registry.versions(instrument.id)
    ]
    filled = {what for version in versions for what in version.fills}
    return frozenset(filled | {gap.kind for version in versions for gap in version.gaps})
