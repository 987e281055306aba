"""What all worlds of a case have in common: the case, the law that governs it, the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.decision.case.model import Case, EntityRecord
from engine.decision.worlds.untold import Untold
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

    `days`: the day on which each subject's law is taken (for amendments that were not read);
    `untold`: the subjects whose law cannot be told, if there are any.
    """

    of_subject: Mapping[str | None, Mapping[str, frozenset[VersionKey]]]
    of_rest: Mapping[str, frozenset[VersionKey]]
    days: Mapping[str | None, Any]
    untold: Untold | None

    def of(self, entity: str | None) -> Mapping[str, frozenset[VersionKey]]:
        """By effect, the versions whose rules apply to the entity."""
        return self.of_subject.get(entity, self.of_rest)


@dataclass(frozen=True, slots=True)
class Setting:
    """What all worlds of a case have in common. `doubtful`: groups of which it is not known whether
    they are any; `preset`: names whose values are known before."""

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
    doubtful: frozenset[str]
    preset: Names
    inference: Inference
    _governing: dict[tuple[str, str | None], list[Version]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def under(self, program: Program, governance: Governance, preset: Names) -> Setting:
        """The same case under the law that governs it."""
        return Setting(
            self.case,
            self.today,
            self.vocabulary,
            program,
            governance,
            self.statistics,
            self.entities,
            self.by_id,
            self.about,
            self.doubtful,
            preset,
            self.inference,
        )

    @property
    def untold(self) -> Untold | None:
        """The subjects whose law cannot be told, if there are any."""
        return None if self.governance is None else self.governance.untold

    def all(self, kind: str) -> tuple[EntityRecord, ...]:
        """The entities of a kind."""
        return self.entities.get(kind, ())

    def of_kind(self, kind: str | None) -> Sequence[EntityRecord | None]:
        """The entities that rules for a kind may be about; of those for the case: None."""
        return (None,) if kind is None else self.all(kind)

    def governs(self, version: VersionKey, effect: str, entity: EntityRecord | None) -> bool:
        """Whether rules of a version with this effect apply to an entity."""
        if self.governance is None:
            return True
        return version in self.governance.of(entity.id if entity else None).get(effect, ())

    def governing(self, effect: str, entity: EntityRecord | None) -> list[Version]:
        """The versions whose rules with this effect apply to an entity or, where none was chosen
        for it, to the case; by their names."""
        about = (effect, None if entity is None else entity.id)
        found = self._governing.get(about)
        if found is None:
            versions = self.program.versions
            if self.governance is None:
                found = list(versions.values())
            else:
                chosen = self.governance.of(about[1]).get(effect, frozenset())
                found = [version for key, version in versions.items() if key in chosen]
            if not found and entity is not None:
                found = self.governing(effect, None)
            self._governing[about] = found
        return found

    def having(self, effect: str) -> tuple[int, ...]:
        """The rules with an effect."""
        return self.program.by_effect.get(effect, ())

    def drawing(self, effect: str, conclusion: str) -> tuple[int, ...]:
        """The rules that draw a conclusion."""
        return self.program.by_conclusion.get((effect, conclusion), ())

    def ending(self, conclusion: str) -> tuple[int, ...]:
        """The rules that refuse a conclusion, or let it lapse."""
        return self.program.ending(conclusion)

    def opening(self, effect: str) -> tuple[tuple[int, str], ...]:
        """The rules that leave a kind of conclusion to lower law, each with the kind."""
        return self.program.openers.get(effect, ())

    def declared(self, effect: str, entity: EntityRecord | None) -> frozenset[str]:
        """The kinds of conclusion with an effect of which an entity's law has declared gaps."""
        known = self.vocabulary.conclusions
        kinds = (gap.kind for version in self.governing(effect, entity) for gap in version.gaps)
        split = ((kind, *kind.partition(" ")) for kind in kinds)
        return frozenset(kind for kind, word, _, what in split if word == effect and what in known)

    def gap(self, kind: str, entity: EntityRecord | None) -> str | None:
        """The name of the gap if no version that governs has a complete list of a kind."""
        versions = self.governing(kind.partition(" ")[0], entity)
        if any(kind in version.fills for version in versions):
            return None
        named = [v for v in versions if any(gap.kind == kind for gap in v.gaps)]
        lower = named or [v for v in versions if len(v.instrument.territory.strip("0")) > 0]
        at = lower[0] if lower else None
        return f"text:{at.instrument.id}/{at.id}:{kind}" if at else f"text::{kind}"
