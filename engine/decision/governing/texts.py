"""The texts that may be in force in a place on a day, looked up once for each place and time.

Between two days on which a version of a place's instruments begins or ends, the texts are the same.

A text speaks of an effect if it has a rule with it, fills it, leaves it open, or declares a gap of
it. One that does not speak of what is asked is not taken, unless it is a local one that does so in
another of its versions: its silence counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, TypeAlias

from engine.decision.worlds.untold import Reach, reach_of
from engine.inference.effects import word_of
from engine.inference.program import VersionKey, key_of
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Instrument, Rank, Rule, Version
from engine.law.registry import Registry

Seeks: TypeAlias = tuple[tuple[str, str | None], ...]
"""Effects and conclusions, as `engine.law.vocabulary.Question.seeks`."""
Candidates: TypeAlias = tuple[tuple[Version, bool], ...]
"""Versions that may be in force, each with whether it certainly is."""
MOST: Final = 4096
"""So many places are kept."""


@dataclass(frozen=True, slots=True)
class Text:
    """An instrument on a day: the versions that may be in force, each with whether it certainly is,
    what they speak of, and the neighbours in time of each."""

    instrument: str
    candidates: Candidates
    words: frozenset[str]
    passed_over: dict[str, tuple[tuple[str, str], ...]]
    conclusions: frozenset[str]
    """What any of its rules concludes, refuses or ends, and what it has a gap of."""

    def concludes(self, sought: Seeks) -> bool:
        """Whether it says, or is known not to say, something of what a question seeks."""
        return any(what is None or what in self.conclusions for _, what in sought)

    def speaks_of(self, effects: frozenset[str]) -> bool:
        """Whether what it says, or does not say, of one of the effects counts."""
        return bool(self.words & effects)


@dataclass(slots=True)
class _Times:
    """The texts of a place: from each of the days in order on which one of them may change."""

    turns: list[date]
    texts: list[tuple[Text, ...] | None]


@dataclass
class Texts:
    """Texts by place and time, as far as they were asked for."""

    registry: Registry
    known: dict[tuple[str, ...], _Times] = field(default_factory=dict)
    words: dict[VersionKey, frozenset[str]] = field(default_factory=dict)
    named: dict[
        tuple[int, tuple[Rank, ...]], tuple[tuple[Text, ...], tuple[tuple[str, ...], ...]]
    ] = field(default_factory=dict)
    """The versions of texts that were looked up, by the id of what was, and ranks."""
    texts: dict[tuple[tuple[VersionKey, bool], ...], Text] = field(default_factory=dict)
    """By the versions that may be in force: from one day to another few texts are others."""
    rules: dict[str, Rule] = field(default_factory=dict)
    """The rules that were looked up by their whole name."""

    @cached_property
    def reach(self) -> Reach:
        """What the rules of all texts do, by the kind of their subject."""
        return reach_of(one for of in self.registry.by_instrument.values() for one in of)

    def on(self, chain: tuple[str, ...], day: date) -> tuple[Text, ...]:
        """The texts of the instruments of a place and of what it lies in, by their ids: the same
        object as long as they are the same."""
        times = self._times(chain)
        at = bisect_right(times.turns, day)
        found = times.texts[at]
        if found is None:
            in_force = (
                (one.id, self.registry.candidates(one.id, day))
                for one in self.registry.for_place(chain)
            )
            found = times.texts[at] = tuple(self._text(*one) for one in in_force if one[1])
        return found

    def versions(
        self, chain: tuple[str, ...], day: date, ranks: tuple[Rank, ...]
    ) -> tuple[tuple[str, ...], ...]:
        """The instruments of a place, of some ranks, of which a version may be in force, each with
        those."""
        here = self.on(chain, day)
        found = self.named.get((id(here), ranks))
        if found is None or found[0] is not here:
            if len(self.named) >= MOST:
                self.named.clear()
            instruments = self.registry.instruments
            of_each = tuple(
                (one.instrument, *(v.id for v, _ in one.candidates))
                for one in here
                if is_among(instruments[one.instrument], ranks)
            )
            found = self.named[id(here), ranks] = here, of_each
        return found[1]

    def ever(self, chain: tuple[str, ...]) -> Iterator[Text]:
        """The texts of a place and of what it lies in, each with all its versions."""
        for one in self.registry.for_place(chain):
            yield self._text(one.id, tuple((each, True) for each in self.registry.versions(one.id)))

    def _times(self, chain: tuple[str, ...]) -> _Times:
        times = self.known.get(chain)
        if times is None:
            if len(self.known) >= MOST:
                self.known.clear()
            days: set[date] = set()
            for instrument in self.registry.for_place(chain):
                days |= turns_of(self.registry, instrument.id)
            times = self.known[chain] = _Times(sorted(days), [None] * (len(days) + 1))
        return times

    def _text(self, instrument: str, candidates: Candidates) -> Text:
        key = tuple((key_of(version), certain) for version, certain in candidates)
        found = self.texts.get(key)
        if found is None:
            found = self.texts[key] = self._text_of(instrument, candidates)
        return found

    def _text_of(self, instrument: str, candidates: Candidates) -> Text:
        is_local = bool(self.registry.instruments[instrument].territory.strip("0"))
        taken = tuple(version for version, _ in candidates)
        speaking = self.registry.versions(instrument) if is_local else taken
        return Text(
            instrument,
            candidates,
            frozenset[str]().union(*(self._words(version) for version in speaking)),
            {version.id: self._passed_over(version) for version, _ in candidates},
            frozenset(what for version in speaking for what in concluded_by(version)),
        )

    def _words(self, version: Version) -> frozenset[str]:
        key = key_of(version)
        if key not in self.words:
            kinds = (*version.fills, *(gap.kind for gap in version.gaps))
            opened = (kind for rule in version.rules for kind in rule.opens)
            named = {kind.partition(" ")[0] for kind in (*kinds, *opened)}
            own = {"define"} if version.terms or version.asks else set()
            self.words[key] = frozenset({word_of(rule) for rule in version.rules} | named | own)
        return self.words[key]

    def _passed_over(self, version: Version) -> tuple[tuple[str, str], ...]:
        """The neighbours of the version in time, each with why it was not taken."""
        versions = self.registry.versions(version.instrument.id)
        place = next(i for i, one in enumerate(versions) if one.id == version.id)
        before = [(one.id, "ended") for one in versions[max(place - 1, 0) : place]]
        after = [(one.id, "not-yet-in-force") for one in versions[place + 1 : place + 2]]
        return (*before, *after)


def is_among(instrument: Instrument, ranks: tuple[Rank, ...]) -> bool:
    """Whether a text is of one of the ranks of which the law is taken."""
    return not ranks or instrument.rank in ranks


def turns_of(registry: Registry, instrument: str) -> set[date]:
    """The days on which a version of an instrument begins or ends, or may."""
    turns: set[date] = set()
    for version in registry.versions(instrument):
        turns.update(version.in_force, version.ends or ())
    return turns


def concluded_by(version: Version) -> Iterator[str]:
    """What any rule of a version concludes, refuses or ends, and what it has a gap of."""
    for gap in version.gaps:
        yield gap.kind.partition(" ")[2]
    for rule in version.rules:
        for effect in rule.effects:
            what = conclusion_of(effect)
            if what is not None:
                yield what
