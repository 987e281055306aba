"""Which law the service knows: instruments, their versions, and each rule as a sentence.

    list_rulesets(registry).instruments[0].versions[0].version        # '2002-09-01'
    show_ruleset(registry, version).rules[0].sentence.en              # in words, not in code

The models are the form of the answers; nothing here chooses or interprets.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from api.problems import Text, text
from engine.language.diagnostics import Bilingual
from engine.language.render import render_rule
from engine.language.ruleset import Confidence, Instrument, Rank, Rule, Version
from engine.law.registry import Registry
from engine.law.vocabulary import Vocabulary


class Days(BaseModel):
    """A day, or the first and the last that it may be."""

    earliest: date
    latest: date


class VersionEntry(BaseModel):
    """One version of an instrument: the consolidated text from one day to another."""

    version: str
    in_force: Days
    ends: Days | None
    confidence: Confidence
    recorded: date
    rules: int
    gaps: int


class InstrumentEntry(BaseModel):
    """One instrument with its versions, in the order in which they came into force."""

    id: str
    title: Text
    rank: Rank
    territory: str
    versions: list[VersionEntry]


class Rulesets(BaseModel):
    """All instruments, by their ids."""

    instruments: list[InstrumentEntry]


class SourceEntry(BaseModel):
    """Where a text was read."""

    id: str
    where: str
    kind: str
    read: str


class RuleEntry(BaseModel):
    """One rule: what the text says in short, and what the engine applies, as a sentence."""

    name: str
    article: str
    gist: Text | None
    sentence: Text
    may: bool
    confidence: Confidence
    sources: list[str]


class GapEntry(BaseModel):
    """A part of the law whose text is not known."""

    kind: str
    text: Text


class ExcludedEntry(BaseModel):
    """A condition that is left out on purpose."""

    article: str
    id: str
    reason: Text


class UnreadEntry(BaseModel):
    """An amendment that exists and was not read; no articles: it may touch all."""

    day: date
    may_touch: list[str]
    note: Text | None


class AskEntry(BaseModel):
    """What the text leaves open and a case must say under `settings`."""

    name: str
    text: Text


class Ruleset(BaseModel):
    """One version of an instrument in full."""

    instrument: str
    title: Text
    rank: Rank
    territory: str
    version: str
    in_force: Days
    ends: Days | None
    confidence: Confidence
    recorded: date
    fills: list[str]
    asks: list[AskEntry]
    rules: list[RuleEntry]
    gaps: list[GapEntry]
    excluded: list[ExcludedEntry]
    not_read: list[UnreadEntry]
    sources: list[SourceEntry]


def list_rulesets(registry: Registry) -> Rulesets:
    """Every instrument with its versions."""
    return Rulesets(
        instruments=[_instrument(registry, one) for one in registry.instruments.values()]
    )


def find_version(registry: Registry, instrument: str, version: str) -> Version | None:
    """The version of that name; None if there is no such instrument or version."""
    if instrument not in registry.instruments:
        return None
    return next((one for one in registry.versions(instrument) if one.id == version), None)


def show_ruleset(registry: Registry, version: Version) -> Ruleset:
    """A version in full. The registry must have a vocabulary."""
    assert registry.vocabulary is not None
    used = {*version.sources, *(source for rule in version.rules for source in rule.sources)}
    return Ruleset(
        instrument=version.instrument.id,
        title=text(version.instrument.title),
        rank=version.instrument.rank,
        territory=version.instrument.territory,
        version=version.id,
        in_force=_days(version.in_force),
        ends=_end(registry, version),
        confidence=version.confidence,
        recorded=version.recorded,
        fills=list(version.fills),
        asks=[AskEntry(name=one.name, text=text(one.text)) for one in version.asks],
        rules=[_rule(rule, registry.vocabulary) for rule in version.rules],
        gaps=[GapEntry(kind=one.kind, text=text(one.text)) for one in version.gaps],
        excluded=[
            ExcludedEntry(article=one.article, id=one.id, reason=text(one.reason))
            for one in version.excluded
        ],
        not_read=[
            UnreadEntry(day=one.day, may_touch=list(one.may_touch), note=_text(one.note))
            for one in version.unread
        ],
        sources=[
            SourceEntry(id=one.id, where=one.where, kind=one.kind, read=one.read)
            for id, one in registry.sources.items()
            if id in used
        ],
    )


def _instrument(registry: Registry, instrument: Instrument) -> InstrumentEntry:
    return InstrumentEntry(
        id=instrument.id,
        title=text(instrument.title),
        rank=instrument.rank,
        territory=instrument.territory,
        versions=[_version(registry, one) for one in registry.versions(instrument.id)],
    )


def _version(registry: Registry, version: Version) -> VersionEntry:
    return VersionEntry(
        version=version.id,
        in_force=_days(version.in_force),
        ends=_end(registry, version),
        confidence=version.confidence,
        recorded=version.recorded,
        rules=len(version.rules),
        gaps=len(version.gaps),
    )


def _rule(rule: Rule, vocabulary: Vocabulary) -> RuleEntry:
    return RuleEntry(
        name=rule.name,
        article=rule.article,
        gist=_text(rule.gist),
        sentence=Text(
            zh=render_rule(rule, vocabulary, "zh"), en=render_rule(rule, vocabulary, "en")
        ),
        may=rule.may,
        confidence=rule.confidence,
        sources=list(rule.sources),
    )


def _end(registry: Registry, version: Version) -> Days | None:
    window = registry.window_of_end(version)
    return None if window is None else _days(window)


def _days(window: tuple[date, date]) -> Days:
    return Days(earliest=window[0], latest=window[1])


def _text(bilingual: Bilingual | None) -> Text | None:
    return None if bilingual is None else text(bilingual)
