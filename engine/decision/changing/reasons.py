"""On what a value rests: of each fact that may change the option that was relied on.

    reason = {"persons.m.register": "rural", "persons.m.income[2013]": Bounds(None, (limit, True))}

As long as every fact keeps to its option the value is the same. Options of numbers and days are
ranges, those of everything else values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import eq
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from engine.decision.worlds.found import TODAY
from engine.decision.worlds.supposing import Positions, has
from engine.inference.undecided import Bounds, Point, Stopped, Undecided
from engine.values.dates import Window
from engine.values.money import Money

Reason: TypeAlias = dict[str, Any]


class Later(Undecided):
    """What is read rests on something that may change: first it is tried without."""

    def __init__(self) -> None:
        super().__init__(Point("later", "fact", (), frozenset()))


@dataclass(slots=True)
class Frame:
    """A value that is being computed.

    A plain frame takes what it reads and notes on what that rests. A lean one is computed again
    and again: what rests on something is not given until nothing else decides.
    """

    lean: bool
    reason: Reason = field(default_factory=dict)
    pins: dict[Any, Reason] = field(default_factory=dict)
    """Of a lean frame: what it is given, each with its reason."""
    raised: dict[Any, Reason] = field(default_factory=dict)
    """Of a lean frame: what it asked for and was not given."""
    completion: dict[str, Any] = field(default_factory=dict)
    """Points of what is unknown in truth, and of choices, with the option taken; None: none."""
    consulted: int = 0
    """What was consulted of the law (`engine.decision.changing.contents`)."""

    def takes(self, key: Any, kept: Kept) -> Any:
        """Takes what was kept of something, with all that it rests on; raises what stopped it."""
        self.consulted |= kept.consulted
        if kept.completion:
            self.completion.update(kept.completion)
        if kept.reason:
            self.rests_on(key, kept.reason)
        if kept.stop is not None:
            raise kept.stop.again()
        return kept.value

    def rests_on(self, key: Any, reason: Reason) -> None:
        """Takes what rests on a reason; raises `Later` where it has to wait."""
        if not self.lean:
            join(self.reason, reason)
        elif reason and key not in self.pins:
            self.raised.setdefault(key, reason)
            raise Later


class Kept(NamedTuple):
    """A value, or what stopped it, with all that it rests on."""

    value: Any
    stop: Stopped | None
    reason: Reason
    completion: Mapping[str, Any]
    consulted: int


def join(reason: Reason, other: Mapping[str, Any]) -> None:
    """Adds what another value rests on to a reason."""
    for name, option in other.items():
        before = reason.get(name)
        reason[name] = option if before is None else _met(before, option)


def _met(one: Any, other: Any) -> Any:
    """What both options have in common; what is no range is the same on both sides."""
    match one, other:
        case Bounds(), Bounds():
            low = max((one.low, other.low), key=_as_low)
            return Bounds(low, min((one.high, other.high), key=_as_high))
        case Window(), Window():
            return Window(max(one.first, other.first), min(one.last, other.last))
    return one


def _as_low(limit: Any) -> tuple[Any, ...]:
    return (0,) if limit is None else (1, _size(limit[0]), not limit[1])


def _as_high(limit: Any) -> tuple[Any, ...]:
    return (1,) if limit is None else (0, _size(limit[0]), limit[1])


def _size(value: Any) -> Any:
    return value.fen if isinstance(value, Money) else value


def _turned(limit: Any) -> Any:
    """The end of what begins where a range ends."""
    value, included = limit
    return value, not included


def outside(whole: Any, part: Any) -> list[Any]:
    """The ranges that are left of a range without a part of it: below, above. Of a part that leaves
    nothing of it (`within`), all of it."""
    match whole, part:
        case (_, Bounds() | Window()) if _is_empty(part):
            return [whole]
        case Bounds(), Bounds():
            found = []
            if part.low is not None and _as_low(whole.low) < _as_low(part.low):
                found.append(Bounds(whole.low, _turned(part.low)))
            if part.high is not None and _as_high(part.high) < _as_high(whole.high):
                found.append(Bounds(_turned(part.high), whole.high))
            return found
        case Window(), Window():
            day = timedelta(days=1)
            before = Window(whole.first, part.first - day) if whole.first < part.first else None
            after = Window(part.last + day, whole.last) if part.last < whole.last else None
            return [one for one in (before, after) if one is not None]
    return []


def _is_empty(part: Bounds | Window) -> bool:
    """Whether nothing lies between the ends of a range."""
    if isinstance(part, Window):
        return part.first > part.last
    if part.low is None or part.high is None:
        return False
    ends: Any = (part.low, part.high)
    (low, low_in), (high, high_in) = ends
    return bool(low > high or (low == high and not (low_in and high_in)))


def within(whole: Any, part: Any) -> Any:
    """The part of a range that lies in another; what is no range as it is."""
    return _met(whole, part)


def exact(value: Any) -> Any:
    """A value as a range that leaves nothing else."""
    if isinstance(value, date):
        return Window(value, value)
    return Bounds((value, True), (value, True))


def _keeps(option: Any, here: Any) -> bool:
    """Whether a fact that stands here keeps to the option relied on."""
    kind = type(option)
    if kind is Window:
        return bool(option.first <= here <= option.last)
    if kind is Bounds:
        return has(option, here)
    return kind is type(here) and bool(option == here)


# --- what is kept ---------------------------------------------------------------------------------
class Reasoned(Protocol):
    """Something that has a reason."""

    @property
    def reason(self) -> Mapping[str, Any]:
        """The facts on which it rests."""


Item = TypeVar("Item", bound=Reasoned)
NOTHING: Final[frozenset[str]] = frozenset()
FEW_YEARS: Final = 4


class Shelf(Generic[Item]):
    """What was found of one thing, each with its reason, to be taken again where that holds.

    Most of what a search asks for is asked here. All runs of a case have the facts as they are in
    truth, but for the few that are moved. So things stand by the points at which their reasons want
    something else than is so in truth: only where all of these are moved can a reason hold, and
    then only what is moved has to be looked at. A search through days meets hundreds of them: so
    what rests on a few years stands by these, too.
    """

    __slots__ = ("_standing",)

    def __init__(self) -> None:
        self._standing: dict[tuple[frozenset[str], int | None], list[Item]] = {}

    def add(self, item: Item, positions: Positions) -> None:
        """Puts something there that was found in a run with these positions."""
        elsewhere = NOTHING
        if item.reason:
            elsewhere = frozenset(
                name
                for name, option in item.reason.items()
                if not _keeps(option, positions.in_truth(name))
            )
        for year in _years(item.reason):
            self._standing.setdefault((elsewhere, year), []).append(item)

    def holding(self, positions: Positions) -> Item | None:
        """What is there whose reason holds at these positions; None: nothing."""
        for place in positions.places:
            for item in reversed(self._standing.get(place, ())):
                if _holds(item.reason, positions.moved):
                    return item
        return None


class Law(Protocol):
    """What a law says (`engine.decision.changing.contents`)."""

    says_not: int

    def agrees(self, consulted: int) -> bool:
        """Whether it says the same as that under which something was consulted."""


class KeptShelf(Shelf[Kept]):
    """A shelf of values, which hold in a completion and under a law."""

    __slots__ = ()

    def holding_under(
        self, positions: Positions, completion: Mapping[str, Any], law: Law
    ) -> Kept | None:
        """What was kept that is so where the facts stand now, in this completion, under a law that
        agrees with what was consulted."""
        for place in positions.places:
            kept: Kept
            for kept in reversed(self._standing.get(place, ())):
                if kept.consulted & law.says_not or not _holds(kept.reason, positions.moved):
                    continue
                if _is_of(completion, kept.completion) and law.agrees(kept.consulted):
                    return kept
        return None


def _holds(reason: Mapping[str, Any], moved: Mapping[str, Any]) -> bool:
    """Whether all that is moved keeps to a reason."""
    for name, here in moved.items() if reason else ():
        if name in reason and not _keeps(reason[name], here):
            return False
    return True


def _is_of(completion: Mapping[str, Any], taken: Mapping[str, Any]) -> bool:
    """Whether a completion is one of those in which these options are taken."""
    return not taken or all(map(eq, map(completion.get, taken), taken.values()))


def _years(reason: Mapping[str, Any]) -> Iterable[int | None]:
    """The years of the day of the decision on which something rests, if they are few; else None."""
    day = reason.get(TODAY)
    if day is None or day.last.year - day.first.year > FEW_YEARS:
        return (None,)
    return range(day.first.year, day.last.year + 1)
