"""A list of which the case says that there is more than it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from engine.inference.undecided import Point, Undecided


class Partial(tuple[Any, ...]):
    """A list of which the case says that there are more; `path` is the fact that says so."""

    path: str

    @staticmethod
    def of(items: Iterable[Any], path: str) -> Partial:
        """The items that are known."""
        partial = Partial(items)
        partial.path = path
        return partial


def no_more(items: Sequence[Any]) -> None:
    """An unlisted entity could change the answer: then it is undecided."""
    if type(items) is Partial:
        raise Undecided(Point(items.path, "fact", (), frozenset({items.path})))
