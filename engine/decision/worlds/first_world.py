"""What later worlds take over from the first one, in which nothing is settled.

What is certain there is certain in every world. The first world therefore notes, for each leaf of
each binding of rules, the names that it looked up in the assignment in vain: a world that settles
none of them has the same truths and the same conclusions there, and takes them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class Unsettled(Mapping[str, Any]):
    """The assignment of the first world: empty, it notes what is looked up in it."""

    __slots__ = ("_of", "names")

    def __init__(self) -> None:
        self.names: set[str] = set()
        """Noted since somebody put a set here."""
        self._of: dict[object, frozenset[str]] = {}

    def get(self, name: str, default: Any = None) -> Any:
        """Nothing; the name is noted."""
        self.names.add(name)
        return default

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def kept(self, key: object, read: Callable[[], Any]) -> Any:
        """A value that is kept under a key, with what reading it looked up."""
        outer, self.names = self.names, set()
        try:
            return read()
        finally:
            if self.names:
                self._of[key] = frozenset(self.names)
            outer |= self.names
            self.names = outer

    def again(self, key: object) -> None:
        """Notes what a kept value rests on, for whoever reads it now."""
        self.names |= self._of.get(key, frozenset())


class NotedMemo(dict[tuple[str, str | None], Any]):
    """The values of names in the first world: who reads one rests on what it rests on."""

    def __init__(self, noting: Unsettled, known: Mapping[tuple[str, str | None], Any]) -> None:
        super().__init__(known)
        self._noting = noting

    def get(self, key: tuple[str, str | None], default: Any = None) -> Any:
        """The value, if it is known."""
        self._noting.again(key)
        return super().get(key, default)
