"""Which facts an answer looked at: the case is decided with facts that note who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.decision.case.model import Case, EntityRecord, Fact, Found


class _Noting(dict[str, Fact]):
    """The facts of an entity; the path of each that is read is noted."""

    def __init__(self, facts: Mapping[str, Fact], read: set[str]) -> None:
        super().__init__(facts)
        self._read = read

    def __getitem__(self, key: str) -> Fact:
        fact = super().__getitem__(key)
        self._note(fact)
        return fact

    def get(self, key: str, default: Any = None) -> Any:
        """As a dictionary has it."""
        fact = super().get(key, default)
        self._note(fact)
        return fact

    def _note(self, fact: Fact | None) -> None:
        if isinstance(fact, Found):
            self._read.add(fact.path)
        elif isinstance(fact, tuple):
            self._read.update(entry.found.path for entry in fact)


@dataclass(frozen=True, slots=True)
class Watched:
    """A case like another one, and the paths of the facts that were read of it so far."""

    case: Case
    read: set[str] = field(default_factory=set)


def watch(case: Case) -> Watched:
    """The case whose facts note that they are read. It gives the same answer."""
    read: set[str] = set()
    made: dict[int, EntityRecord] = {}

    def noting(record: EntityRecord) -> EntityRecord:
        if id(record) not in made:
            made[id(record)] = replace(record, facts=_Noting(record.facts, read))
        return made[id(record)]

    watched = replace(
        case,
        entities={kind: tuple(map(noting, some)) for kind, some in case.entities.items()},
        by_id={name: noting(record) for name, record in case.by_id.items()},
        group_of={name: noting(record) for name, record in case.group_of.items()},
    )
    return Watched(watched, read)
