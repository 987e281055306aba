"""Sequences and mappings whose items are made when they are first asked for.

    Made(3, str)[1]                                                      # "1"
    Joined([(0, {"a": (0, 1)}), (2, {"a": (0,)})], operator.add)["a"]    # (0, 1, 2)

A program has hundreds of rules, of which a search for what would turn a result asks for a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast, overload

K = TypeVar("K")
V = TypeVar("V")
_NONE: Any = object()


class Made(Sequence[V]):
    """A sequence of so many items; `make` gives the one at a place."""

    __slots__ = ("_items", "_make")

    def __init__(self, size: int, make: Callable[[int], V]) -> None:
        self._items: list[V] = [_NONE] * size
        self._make = make

    @overload
    def __getitem__(self, index: int) -> V: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[V]: ...
    def __getitem__(self, index: int | slice) -> V | Sequence[V]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        found = self._items[index]
        if found is _NONE:
            found = self._items[index] = self._make(index % len(self._items))
        return found

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[V]:
        return (self[i] for i in range(len(self._items)))


class Joined(Mapping[K, tuple[V, ...]]):
    """What several mappings have under a key, one after the other; `shift` gives what one has as it
    is after the number that goes with it."""

    __slots__ = ("_found", "_of", "_shift")

    def __init__(
        self, of: Sequence[tuple[int, Mapping[K, tuple[V, ...]]]], shift: Callable[[int, V], V]
    ) -> None:
        self._of = [(start, own) for start, own in of if own]
        self._shift = shift
        self._found: dict[K, tuple[V, ...]] = {}

    def get(self, key: K, default: Any = None) -> Any:
        """What is there under a key; nothing: the default."""
        found = self._found.get(key)
        if found is None:
            every: list[V] = []
            for start, own in self._of:
                there = own.get(key)
                if there is not None:
                    every += [self._shift(start, one) for one in there]
            found = self._found[key] = tuple(every)
        return found or default

    def __getitem__(self, key: K) -> tuple[V, ...]:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return cast(tuple[V, ...], found)

    def __contains__(self, key: object) -> bool:
        return bool(self.get(cast(Any, key)))

    def __iter__(self) -> Iterator[K]:
        return iter(dict.fromkeys(key for _, own in self._of for key in own))

    def __len__(self) -> int:
        return sum(1 for _ in self)
