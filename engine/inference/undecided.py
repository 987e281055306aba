"""What stops a plain evaluation: something unknown, unproved, refused or in conflict.

Rules are evaluated as ordinary Python on concrete values. Where a value depends on something that
is not settled, reading it raises one of these; the plain case pays nothing for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Self, TypeAlias

from engine.values.open_number import Limit

PointKind: TypeAlias = Literal["fact", "version", "text", "may", "reading", "range", "law"]
"""A fact, a version or a text is a question of what is so: its options are completions. The others
are choices; `law` chooses among candidate laws."""

GOVERNING: Final = "governing law"
"""The point at which it cannot be told which law governs: what that law will ask is not known."""
LAW_OF: Final = "?law"
"""Behind a fact that names a place: whose own texts hold there, where nothing is known of it."""
NO_LAW: Final = "governing-law"
"""The gap where on the day of the case no rule says which law governs."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """An option of a point that splits an unknown number: what is left of it."""

    low: Limit
    high: Limit


@dataclass(frozen=True, slots=True)
class Point:
    """Where evaluation forks.

    `options` are the values to try, in order; none: it cannot be split, whatever it is would be
    read as such. `facts` are the paths (or names of texts) that would settle it.
    """

    name: str
    kind: PointKind
    options: tuple[object, ...]
    facts: frozenset[str]

    @property
    def is_choice(self) -> bool:
        """Whether somebody chooses, rather than something being so."""
        return self.kind in ("may", "reading", "range", "law")


class Stopped(Exception):
    """Evaluation cannot go on here.

    One that is raised holds the frames that it passes, and so the world. Were it kept there, only
    the garbage collector could tell that nobody needs either.
    """

    def kept(self) -> Self:
        """Itself, to be kept: without the frames it passed."""
        self.__traceback__ = self.__context__ = None
        return self

    def again(self) -> Self:
        """The same, to be raised, where this one is kept."""
        one = type(self).__new__(type(self), *self.args)
        one.__dict__.update(self.__dict__)
        return one


class Undecided(Stopped):
    """A value depends on a point that no one has settled in this world."""

    def __init__(self, point: Point) -> None:
        super().__init__(point.name)
        self.point = point


class Unproved(Stopped):
    """There is no value to apply the norm to.

    `facts`: found facts that are unestablished or not applicable; `gap`: the name that no rule of
    the governing law defines; neither: nothing to choose from (the least of no values).
    """

    def __init__(self, facts: frozenset[str] = frozenset(), gap: str | None = None) -> None:
        super().__init__(gap or ", ".join(sorted(facts)))
        self.facts = facts
        self.gap = gap


def nothing_to_choose(stop: Stopped) -> bool:
    """Whether there is no value because there is nothing to choose from: nothing is concluded."""
    return isinstance(stop, Unproved) and not stop.facts and stop.gap is None


def foremost(stops: list[Stopped]) -> Stopped:
    """Of what stopped the parts of a whole, what stops the whole: what is undecided goes before
    what is unproved, for it may yet decide; of like ones the first.

    The list is emptied, for a frame that still held what it raises would live on with it.
    """
    found = next((stop for stop in stops if isinstance(stop, Undecided)), stops[0])
    stops.clear()
    return found


class Refusal(Stopped):
    """The law gives no number here, and says so. `rule`: the rule's place in the program."""

    def __init__(self, zh: str, en: str, rule: int) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.rule = rule


class Contradiction(Undecided):
    """Two rules, neither of which yields, define one name differently.

    It is undecided which holds, and no fact settles it; where it does not matter it stops nothing.
    """

    def __init__(self, key: str, entity: str, rules: tuple[int, ...]) -> None:
        super().__init__(Point(f"conflict:{key}@{entity}", "fact", (), frozenset()))
        self.key = key
        self.entity = entity
        self.rules = rules
