"""A vocabulary while it is read: what was declared, what is known so far, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from engine.language.diagnostics import Bilingual, nearest
from engine.language.fields import Problems, as_mapping, labels, only, text_field
from engine.language.node import Mapping, Node, Position, Sequence, Text
from engine.language.types import NameInfo, Type
from engine.law.declared_types import TypeWords, read_type
from engine.law.vocabulary import ConclusionKind, Fact, Formula, Kind

Item = TypeVar("Item")
Declared = dict[str, dict[str, tuple[Text, Node]]]


@dataclass(frozen=True, slots=True)
class Announced:
    """A formula whose name is known and whose text is not parsed yet."""

    info: NameInfo
    kind: str | None
    text: Text
    role_specific: bool
    at: Position


@dataclass(slots=True)
class Draft:
    """What the sections read so far have given; later sections look things up in it."""

    declared: Declared
    problems: Problems
    kinds: dict[str, Kind] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, NameInfo] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    others: list[tuple[str, Text]] = field(default_factory=list)
    """Facts that others stand instead of, as they are named there."""
    formulas: dict[str, Formula] = field(default_factory=dict)
    announced: list[Announced] = field(default_factory=list)
    conclusions: dict[str, ConclusionKind] = field(default_factory=dict)
    types: TypeWords = field(default_factory=lambda: TypeWords({}, (), ()))

    def each(
        self, section: str, read: Callable[[Draft, Text, Node], Item | None]
    ) -> dict[str, Item]:
        """Each declaration of a section, read; those that cannot be read are left out."""
        found: dict[str, Item] = {}
        for name, (key, node) in self.declared[section].items():
            item = read(self, key, node)
            if item is not None:
                found[name] = item
        return found

    def body(self, node: Node, *keys: str) -> Mapping | None:
        """The mapping of a declaration, which may have these keys, labels and a note."""
        body = as_mapping(node, self.problems)
        if body is not None:
            only(body, (*keys, "zh", "en", "note"), self.problems)
        return body

    def unknown(self, text: Text, known: Iterable[str], name: str | None = None) -> None:
        """Reports a word that is declared nowhere."""
        said = name or text.value
        self.problems.add("unknown-name", text.at, name=said, nearest=nearest(said, known))

    def twice(self, key: Text, other: Position) -> None:
        """Reports a name that has a meaning already."""
        self.problems.add("duplicate-name", key.at, name=key.value, other=other)

    def type_of(self, text: Text) -> Type | None:
        """The type that a text declares."""
        found = read_type(text.value, self.types)
        if found is None:
            self.unknown(text, self.types.all())
        return found

    def declared_type(self, body: Mapping, default: Type | None) -> Type | None:
        """The type of a declaration, which may leave it out if there is a default."""
        text = text_field(body, "type", self.problems, required=default is None)
        return default if text is None else self.type_of(text)

    def declare(self, info: NameInfo, key: Text) -> NameInfo | None:
        """Enters a name; None if it is taken."""
        if info.key in self.names:
            self.twice(key, self.places.get(info.key, key.at))
            return None
        self.names[info.key] = info
        self.places[info.key] = key.at
        return info


def read_label(draft: Draft, key: Text, node: Node) -> Bilingual | None:
    """A declaration that is a pair of labels only."""
    body = draft.body(node)
    return None if body is None else labels(body, draft.problems)


def read_enumeration(draft: Draft, key: Text, node: Node) -> dict[str, Bilingual] | None:
    """Codes with their labels, in the order of the text."""
    body = as_mapping(node, draft.problems)
    if body is None:
        return None
    found: dict[str, Bilingual] = {}
    for entry in body.entries:
        label = read_label(draft, entry.key, entry.value)
        if label is not None:
            found[entry.key.value] = label
    return found


def read_ladder(draft: Draft, key: Text, node: Node) -> dict[str, Bilingual] | None:
    """Steps with their labels, lightest first."""
    if not isinstance(node, Sequence):
        draft.problems.wrong(key.value, node.at, "[{id, zh, en}, …]")
        return None
    found: dict[str, Bilingual] = {}
    for item in node.items:
        body = draft.body(item, "id")
        name = None if body is None else text_field(body, "id", draft.problems)
        if body is None or name is None:
            continue
        if name.value in found:
            draft.twice(name, key.at)
        found[name.value] = labels(body, draft.problems)
    return found
