"""What closures are, and what they ask of the case in one world.

Values that are not known exactly have types of their own (`OPEN`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, MutableMapping
from typing import Any, Final, TypeAlias

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


class World(ABC):
    """What closures ask of the case in one world (`engine.decision.worlds.world`)."""

    __slots__ = ("memo",)

    memo: MutableMapping[tuple[str, str | None], Any]
    """The values of names that were read, each with the id of the entity it is a name of. (No
    `dict`: of one that is another class the compiled engine would ask the `dict`.)"""

    @abstractmethod
    def name(self, key: str, entity: Any) -> Any:
        """The value of a name; `entity` None: of the case."""

    @abstractmethod
    def read(self, memo_key: tuple[str, str | None], entity: Any) -> Any:
        """The value of a name that stands in no memo yet."""

    @abstractmethod
    def at(self, key: str, entity: Any, when: Any) -> Any:
        """The value of a fact that varies, on a day or for a year."""

    @abstractmethod
    def stated(self, key: str, entity: Any, when: Any) -> bool:
        """Whether the case gives a value for a fact."""

    @abstractmethod
    def established(self, key: str, entity: Any, when: Any) -> bool:
        """Whether the fact is found."""

    @abstractmethod
    def verified(
        self, key: str, entity: Any, when: Any, issuers: tuple[str, ...], all_of_them: bool
    ) -> bool:
        """Whether verified evidence of the issuers stands behind the fact."""

    @abstractmethod
    def unlisted(self, name: str) -> Any:
        """How many more there are than a list names: a number from 0."""

    @abstractmethod
    def statistic(
        self, series: str, concept: str, status: str, level: str | None, place: str, year: Any
    ) -> Any:
        """A figure."""

    @abstractmethod
    def place_part(self, place: str, level: str) -> str:
        """The place of a level in which a place lies."""

    @abstractmethod
    def results_of(self, kind: str, entity: Any) -> tuple[Any, ...]:
        """What earlier strata concluded of this kind for this bearer."""

    @abstractmethod
    def standing(self, effect: str, entity: Any) -> bool:
        """Whether the entity is permitted, forbidden, postponed."""

    @abstractmethod
    def decide(self, op: Comparison, left: Any, right: Any) -> bool:
        """A comparison of which one side at least is open."""

    @abstractmethod
    def exactly(self, value: Any) -> Any:
        """The value made plain, by a fork if it is open."""

    @abstractmethod
    def within(self, event: Closure, start: Any, period: Any, variables: Variables) -> bool:
        """Whether an event happened in the period that runs from `start`."""
