"""What all worlds of a case have in common: the case, the law that governs it, the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.decision.case_model import Case, EntityRecord
from engine.inference.program import Inference, Program, VersionKey
from engine.language.ruleset import Version
from engine.law.statistics import Statistics
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Window

Names = Mapping[tuple[str, str | None], Any]
"""Values of names, each with the entity that it is a name of; None: the case."""


@dataclass(frozen=True, slots=True)
class Governance:
    """Which versions govern, by the effect of a rule, for a subject and for all others.

    `days`: the day on which each subject's law is taken (for amendments that were not read).
    """

    of_entity: Mapping[str, Mapping[str, frozenset[VersionKey]]]
    of_rest: Mapping[str, frozenset[VersionKey]]
    days: Mapping[str | None, Any]

    def versions(self, entity: str | None, effect: str) -> frozenset[VersionKey]:
        """The versions whose rules with this effect apply to the entity."""
        own = self.of_entity.get(entity, {}) if entity is not None else {}
        return own[effect] if effect in own else self.of_rest.get(effect, frozenset())


@dataclass(frozen=True, slots=True)
class Setting:
    """What all worlds of a case have in common. `preset`: names whose values are known before."""

    case: Case
    today: date | Window
    """The day of the decision; a window where a day is looked for."""
    vocabulary: Vocabulary
    program: Program
    governance: Governance | None
    statistics: Statistics
    entities: Mapping[str, tuple[EntityRecord, ...]]
    by_id: Mapping[str, EntityRecord]
    about: tuple[EntityRecord, ...]
    preset: Names
    inference: Inference

    def all(self, kind: str) -> tuple[EntityRecord, ...]:
        """The entities of a kind."""
        return self.entities.get(kind, ())

    def governs(self, version: VersionKey, effect: str, entity: EntityRecord | None) -> bool:
        """Whether rules of a version with this effect apply to an entity."""
        if self.governance is None:
            return True
        return version in self.governance.versions(entity.id if entity else None, effect)

    def governing(self, effect: str, entity: EntityRecord | None) -> list[Version]:
        """The versions whose rules with this effect apply to an entity or, where none was chosen
        for it, to the case; by their names."""
        versions = self.program.versions.items()
        own = [version for key, version in versions if self.governs(key, effect, entity)]
        if own or entity is None:
            return own
        return [version for key, version in versions if self.governs(key, effect, None)]
