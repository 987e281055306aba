"""A document as it was written: text, lists and mappings that remember their place.

Nothing here guesses. A scalar is `Text`, whatever YAML or JSON would make of it; `Null` is a value
that was left out, or written `null` or `~`. What a text means (a number, a day, an expression) is
for those who read the tree.

>>> at = Position("a.yaml", 1, 7, 1, 10)
>>> word = Text("born", at, quoted=False)
>>> word.part(1, 3)
Position(file='a.yaml', line=1, column=8, end_line=1, end_column=9)
>>> print(at)
a.yaml:1:7
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Plain = dict[str, "Plain"] | list["Plain"] | str | None
"""A tree without its places."""


@dataclass(frozen=True, slots=True)
class Position:
    """A stretch of a file: lines and columns count from 1, in characters; the end is inclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, word for word. `quoted`: in quotes or as a block of text (`|`, `>`), not plain."""

    value: str
    at: Position
    quoted: bool

    def part(self, start: int, stop: int) -> Position:
        """Where `value[start:stop]` stands.

        The place of the whole text, where the two cannot be matched character by character: text
        over several lines, or with escapes.
        """
        width = self.at.end_column - self.at.column + 1
        margin = 1 if self.quoted else 0
        if self.at.line != self.at.end_line or width != len(self.value) + 2 * margin:
            return self.at
        first = self.at.column + margin + start
        last = max(first, self.at.column + margin + stop - 1)
        return Position(self.at.file, self.at.line, first, self.at.line, last)


@dataclass(frozen=True, slots=True)
class Null:
    """A value that is not there: nothing after the colon, `null` or `~`."""

    at: Position


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. `flow`: written in brackets."""

    items: tuple[Node, ...]
    at: Position
    flow: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a mapping."""

    key: Text
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the text, each key once. `flow`: written in braces."""

    entries: tuple[Entry, ...]
    at: Position
    flow: bool

    def get(self, key: str) -> Node | None:
        """The value of a key; None if the key is not there."""
        entry = self.entry(key)
        return None if entry is None else entry.value

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, for its place; None if the key is not there."""
        for entry in self.entries:
            if entry.key.value == key:
                return entry
        return None

    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the text."""
        return tuple(entry.key.value for entry in self.entries)


Node = Text | Null | Sequence | Mapping


def walk(node: Node, pointer: str = "") -> Iterator[tuple[str, Node]]:
    """Each node with its JSON pointer (RFC 6901), a parent before its children."""
    yield pointer, node
    if isinstance(node, Mapping):
        for entry in node.entries:
            token = entry.key.value.replace("~", "~0").replace("/", "~1")
            yield from walk(entry.value, f"{pointer}/{token}")
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from walk(item, f"{pointer}/{index}")


def locate(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at a path of keys and indices; where the path leaves the tree, the last node on it.

    So an error about a field that is missing points at the mapping that should have it.
    """
    for step in path:
        below: Node | None = None
        if isinstance(node, Mapping):
            below = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int):
            below = node.items[step] if 0 <= step < len(node.items) else None
        if below is None:
            return node
        node = below
    return node


def to_plain(node: Node) -> Plain:
    """The same as nested dicts, lists and strings; None for `Null`."""
    match node:
        case Text(value=value):
            return value
        case Null():
            return None
        case Sequence(items=items):
            return [to_plain(item) for item in items]
        case Mapping(entries=entries):
            return {entry.key.value: to_plain(entry.value) for entry in entries}
