"""What a connecting rule takes of the texts of a place: which versions, and when these change.

taking = Taking(effect, question.seeks, relevance, looked_for, program)
taking.versions(world, texts, texts.on(here, day), day).keys
taking.turns(texts, here)       # the days on which it may be other versions
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.decision.governing.relevance import Relevance
from engine.decision.governing.texts import MOST, Seeks, Text, Texts, is_among, turns_of
from engine.decision.worlds.world import World
from engine.inference.program import Program, VersionKey, key_of
from engine.inference.undecided import Point, Undecided
from engine.language.ruleset import Governs, Version


@dataclass(frozen=True, slots=True)
class Taken:
    """Versions that govern: each with what was passed over for it."""

    versions: dict[VersionKey, tuple[Version, tuple[tuple[str, str], ...]]]
    keys: frozenset[VersionKey]
    uncertain: frozenset[VersionKey]
    """Those of which it is not certain that they were in force."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What one connecting rule takes: texts that speak of one of its effects and are of one of its
    ranks; with `sought`, that say something of that; with `relevance`, that have to do with the
    question. What is only perhaps in force is left out where it has nothing to do with what is
    asked (`looked_for`). The connecting rules' own texts (`program`) are none."""

    effect: Governs
    sought: Seeks | None
    relevance: Relevance | None
    looked_for: Callable[[], Relevance]
    program: Program

    def turns(self, texts: Texts, here: tuple[str, ...]) -> Sequence[date]:
        """The days on which what is taken of the texts of a place may change, in their order."""
        kept: dict[Any, Sequence[date]] = self.program.told.setdefault("turns", {})
        key = (here, *self._kind)
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST:
                kept.clear()
            names = (one.instrument for one in self._of(texts, texts.ever(here)))
            days = (turns_of(texts.registry, name) for name in names)
            found = kept[key] = tuple(sorted(set[date]().union(*days)))
        return found

    def versions(self, world: World, texts: Texts, here: tuple[Text, ...], day: date) -> Taken:
        """The versions that are taken of the texts of a place on a day; raises `Undecided`."""
        kept: dict[Any, tuple[object, Taken | Sequence[Text]]]
        kept = self.program.told.setdefault("taken", {})
        key = (id(here), *self._kind)
        before = kept.get(key)
        known = before[1] if before is not None and before[0] is here else None
        if isinstance(known, Taken):
            return known
        of = tuple(self._of(texts, here)) if known is None else known
        found: dict[VersionKey, tuple[Version, tuple[tuple[str, str], ...]]] = {}
        uncertain: set[VersionKey] = set()
        is_settled = True
        for text in of:
            version: Version | None
            version, certain = text.candidates[0]
            if len(text.candidates) > 1 or not certain:
                is_settled = False
                if text.instrument not in self.looked_for().texts:
                    continue
                version = _candidate(world, text.instrument, day, text.candidates)
            if version is not None:
                found[key_of(version)] = version, text.passed_over[version.id]
                if not certain:
                    uncertain.add(key_of(version))
        result = Taken(found, frozenset(found), frozenset(uncertain))
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = here, result if is_settled else of
        return result

    @property
    def _kind(self) -> tuple[Any, ...]:
        """What is the same for all that take the same."""
        symbols = self.relevance and self.relevance.symbols
        return self.effect.effects, self.effect.ranks, self.sought, symbols

    def _of(self, texts: Texts, among: Iterable[Text]) -> Iterator[Text]:
        """The texts of which something may be taken."""
        own = {key[0] for key in self.program.versions}
        effects, ranks = frozenset(self.effect.effects), self.effect.ranks
        instruments = texts.registry.instruments
        for text in among:
            if (
                text.instrument not in own
                and text.speaks_of(effects)
                and is_among(instruments[text.instrument], ranks)
                and (self.sought is None or text.concludes(self.sought))
                and (self.relevance is None or text.instrument in self.relevance.texts)
            ):
                yield text


def _candidate(world: World, instrument: str, day: date, candidates: Any) -> Version | None:
    """One of the versions that may have been in force on a day inside a window."""
    name = f"version:{instrument}@{day.isoformat()}"
    ids = tuple(version.id for version, _ in candidates)
    options = ids if any(certain for _, certain in candidates) or len(ids) > 1 else (*ids, "none")
    taken = world.assignment.get(name)
    if taken is None:
        raise Undecided(Point(name, "version", options, frozenset({name})))
    return next((version for version, _ in candidates if version.id == taken), None)
