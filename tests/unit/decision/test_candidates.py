"""Which of several candidate laws is taken."""

from __future__ import annotations

from engine.decision.governing.candidates import candidates_of
from engine.decision.worlds.explore import Explored, LeafWorlds, Visited
from engine.decision.worlds.results import Result
from engine.inference.undecided import Point
from engine.values.money import Money

POINT = "act:law"


def stands(amount: int, **beside: int) -> Result:
    """A charge of so many yuan, with further charges of the same world."""
    return Result(
        "stands",
        (("amount", Money.yuan(amount)),),
        beside=tuple((("charge", what), stands(other)) for what, other in beside.items()),
    )


def taken(**laws: Result) -> str | None:
    """The name of the law that is taken."""
    worlds = tuple(Visited(((POINT, law),), {}, result) for law, result in laws.items())
    leaf = LeafWorlds({}, worlds, None)
    explored = Explored((leaf,), {POINT: Point(POINT, "law", tuple(laws), frozenset())}, False)
    found = [one for one in candidates_of(leaf, explored, "charge") if one.taken]
    return found[0].law[0][1] if found else None


def test_the_law_that_is_lighter_in_everything_is_taken() -> None:
    assert taken(old=stands(500, fine=20), new=stands(400, fine=20)) == "new"
    assert taken(old=stands(500, fine=20), new=stands(400, fine=30)) is None


def test_what_belongs_with_it_under_one_law_only_is_not_compared() -> None:
    assert taken(old=stands(500), new=stands(400, fine=30)) == "new"
    assert taken(old=stands(500, fine=20), new=stands(600)) == "old"
