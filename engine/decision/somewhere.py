"""A place of which only this is known, that it lies in another: a register that names a province.

Law and figures of the counties in it are not those of the whole. Where one of them can be what
decides, the place itself has to be asked for; else the whole is exact enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.decision.relevance import Relevance
from engine.inference.effects import word_of
from engine.inference.undecided import Point, Undecided
from engine.law.places import contains, county_of, undivided


class Somewhere(str):
    """The code of the place in which it lies. `path`: the fact that would say where."""

    __slots__ = ("path",)

    path: str

    def __new__(cls, code: str, path: str) -> Somewhere:
        """The code, with the fact that names it."""
        made = super().__new__(cls, code)
        made.path = path
        return made

    def asked(self) -> Undecided:
        """That it is open which place it is."""
        return Undecided(Point(self.path, "fact", (), frozenset({self.path})))


def located(code: str, year: int, path: str) -> str:
    """A place that a case names, which is to be one of a county or of less: one above is only
    where it lies. A city without counties is as exact as a county."""
    if county_of(code) or undivided(code, year):
        return code
    return Somewhere(code, path)


def has_own_law(
    place: Somewhere,
    day: date,
    relevance: Relevance,
    effects: tuple[str, ...],
    kind: str | None,
) -> bool:
    """Whether a text of a place in it may, on a day, say something that has to do with what is
    asked, with one of the effects and for this kind of subject (None: for any)."""
    registry = relevance.registry
    return any(
        id(rule) in relevance.rules
        and word_of(rule) in effects
        and (kind is None or rule.subject is None or rule.subject.kind == kind)
        for name in _within(place, relevance)
        for version, _ in registry.candidates(name, day)
        for rule in version.rules
    )


def _within(place: str, relevance: Relevance) -> Iterator[str]:
    """The texts of the places that lie in a place, without its own."""
    for name, instrument in relevance.registry.instruments.items():
        own = instrument.territory
        if own != place and contains(place, own) and name in relevance.texts:
            yield name
