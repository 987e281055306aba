"""What closures are, and what they ask of the case in one world.

Values that are not known exactly have types of their own (`OPEN`); a list of which the case says
that there is more is a `Partial`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

from engine.inference.undecided import Point, Undecided
from engine.language.expression import Expression
from engine.values.open_date import Dated
from engine.values.open_number import Opaque, Open
from engine.values.truth import Comparison

Variables: TypeAlias = dict[str, Any]
Closure: TypeAlias = Callable[["World", Variables], Any]
Compile: TypeAlias = Callable[[Expression], Closure]
"""How to make the closure of an operand."""

OPEN: Final = frozenset({Open, Opaque, Dated})
"""Types of values that are not known exactly."""


NOT_YET: Final = object()
"""What stands for the value of a name that was not read yet."""


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


class World(Protocol):
    """What closures ask of the case in one world (`engine.decision.world`)."""

    @property
    def memo(self) -> Mapping[tuple[str, str | None], Any]:
        """The values of names that were read, each with the id of the entity it is a name of."""

    def name(self, key: str, entity: Any) -> Any:
        """The value of a name; `entity` None: of the case."""

    def read(self, memo_key: tuple[str, str | None], entity: Any) -> Any:
        """The value of a name that stands in no memo yet."""

    def at(self, key: str, entity: Any, when: Any) -> Any:
        """The value of a fact that varies, on a day or for a year."""

    def stated(self, key: str, entity: Any, when: Any) -> bool:
        """Whether the case gives a value for a fact."""

    def established(self, key: str, entity: Any, when: Any) -> bool:
        """Whether the fact is found."""

    def verified(
        self, key: str, entity: Any, when: Any, issuers: tuple[str, ...], all_of_them: bool
    ) -> bool:
        """Whether verified evidence of the issuers stands behind the fact."""

    def unlisted(self, name: str) -> Any:
        """How many more there are than a list names: a number from 0."""

    def statistic(
        self, series: str, concept: str, status: str, level: str | None, place: str, year: Any
    ) -> Any:
        """A figure."""

    def place_part(self, place: str, level: str) -> str:
        """The place of a level in which a place lies."""

    def results_of(self, kind: str, entity: Any) -> tuple[Any, ...]:
        """What earlier strata concluded of this kind for this bearer."""

    def standing(self, effect: str, entity: Any) -> bool:
        """Whether the entity is permitted, forbidden, postponed."""

    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open."""

    def exactly(self, value: Any) -> Any:
        """The value made plain, by a fork if it is open."""

    def within(self, event: Closure, start: Any, period: Any, variables: Variables) -> bool:
        """Whether an event happened in the period that runs from `start`."""
