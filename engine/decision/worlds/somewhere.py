"""A place of which only this is known, that it lies in another: a register that names a province.

Law and figures of the counties in it are not those of the whole. Where one of them can be what
decides, the place itself has to be asked for; else the whole is exact enough.
"""

from __future__ import annotations

from engine.inference.undecided import Point, Undecided
from engine.law.places import county_of, undivided


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
