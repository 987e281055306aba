"""The law of all rulesets, loaded, with the programs that were compiled of it so far.

law = load_law(Path("rulesets"))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from engine.decision.governing.relevance import Reads, Relevance, symbols_of
from engine.decision.governing.texts import Texts
from engine.inference.chapters import Chapter, Slot, chapter_of
from engine.inference.compile import compile_program
from engine.inference.parts import Parts
from engine.inference.program import Program, Selected, VersionKey, key_of
from engine.language.diagnostics import Bilingual, Diagnostic, Severity
from engine.law.cache import cached
from engine.law.registry import Registry, load_registry
from engine.law.statistics import Statistics, load_figures
from engine.law.vocabulary import Vocabulary
from engine.law.vocabulary_questions import Question

MOST_PROGRAMS: Final = 1024
"""Programs kept by a law; the one compiled first goes first."""
MOST_SELECTIONS: Final = 4096
VersionSlot: TypeAlias = tuple[VersionKey, frozenset[str]]
"""A version in a program, with the effects for which it is taken."""


class LawError(ValueError):
    """Rulesets with errors decide nothing: all their problems."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problems in the rulesets")


class NothingRecorded(LawError):
    """No text was recorded by a day: an answer by that knowledge would be that there is no law."""

    def __init__(self, known_at: date, first: date) -> None:
        super().__init__([])
        self.message = Bilingual(
            f"到 {known_at} 为止没有录入任何文本；最早录入于 {first}",
            f"no text was recorded by {known_at}; the first was on {first}",
        )


@dataclass(frozen=True, repr=False)  # written out, the programs would fill the memory
class Law:
    """Everything that decides: versions, words, figures; with the programs compiled so far."""

    registry: Registry
    vocabulary: Vocabulary
    statistics: Statistics
    known_at: date | None
    programs: dict[object, Program] = field(default_factory=dict)
    selected: dict[frozenset[Selected], tuple[VersionSlot, ...]] = field(
        default_factory=dict, init=False
    )
    """What was selected, by version."""
    texts: Texts = field(init=False, repr=False, compare=False)
    parts: Parts = field(init=False, repr=False, compare=False)
    relevant: dict[tuple[str, ...], Relevance] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", Texts(self.registry))  # it belongs to the registry
        object.__setattr__(self, "parts", Parts(self.vocabulary))

    def connecting(self, day: date, ask: str) -> Program:
        """The program of the connecting rules in force on a day, as far as a question has to do
        with them."""
        versions = [
            version
            for instrument, connecting in self.registry.connecting.items()
            for version, _ in self.registry.candidates(instrument, day)[:1]
            if version.id in connecting
        ]
        key = ("connecting", ask, tuple(map(key_of, versions)))
        found = self.programs.get(key)
        return found or self._compiled(key, (Slot(version, None, ask) for version in versions))

    @cached_property
    def reads(self) -> Reads:
        """What reads what in all texts."""
        every = self.registry.by_instrument.values()
        return Reads(self.parts, (one for versions in every for one in versions))

    def relevance(self, question: Question) -> Relevance:
        """Which texts can have to do with a question."""
        symbols = symbols_of(question)
        found = self.relevant.get(symbols)
        if found is None:
            found = self.relevant[symbols] = Relevance(self.registry, self.reads, symbols)
        return found

    def prepare(self) -> None:
        """Reads all texts and finds which of them have to do with each question, so that no answer
        waits for it."""
        for question in self.vocabulary.questions.values():
            self.relevance(question)

    def program(self, selected: frozenset[Selected], relevance: Relevance | None = None) -> Program:
        """The program of the versions that govern, each for some effects. `relevance`: where the
        rules that can have to do with a question are enough."""
        key = self._slots(selected), relevance and relevance.symbols
        found = self.programs.get(key)
        return found or self._compiled(key, self._taken(key[0], relevance))

    def chapters(
        self, selected: frozenset[Selected], relevance: Relevance, texts: Set[str]
    ) -> list[Chapter]:
        """What the program of the versions that govern takes of those of some texts."""
        slots = (slot for slot in self._slots(selected) if slot[0][0] in texts)
        return [chapter_of(slot, self.parts) for slot in self._taken(slots, relevance)]

    def _taken(self, slots: Iterable[VersionSlot], relevance: Relevance | None) -> Iterator[Slot]:
        only = relevance.rules if relevance else None
        version = self.registry.version
        return (Slot(version(*one), words, only=only) for one, words in slots)

    def _slots(self, selected: frozenset[Selected]) -> tuple[VersionSlot, ...]:
        """What is selected, by version: what comes to the same is one program."""
        found = self.selected.get(selected)
        if found is not None:
            return found
        effects: dict[VersionKey, set[str]] = {}
        for words, versions in selected:
            for version in versions:
                effects.setdefault(version, set()).update(words)
        if len(self.selected) >= MOST_SELECTIONS:
            self.selected.clear()
        slots = tuple((version, frozenset(effects[version])) for version in sorted(effects))
        self.selected[selected] = slots
        return slots

    def _compiled(self, key: object, slots: Iterable[Slot]) -> Program:
        for oldest in list(self.programs)[: max(0, len(self.programs) + 1 - MOST_PROGRAMS)]:
            self.programs.pop(oldest, None)  # another thread may have been here first
        program = self.programs[key] = compile_program(slots, self.parts)
        return program


def load_law(rulesets: Path, known_at: date | None = None, *, cache: bool = False) -> Law:
    """Read all rulesets as known on a day; raises `LawError` with every problem, `NothingRecorded`
    where there was none yet.

    `cache`: what an earlier process read of the same files is taken, if it was kept.
    """

    def read() -> tuple[Registry, Statistics]:
        registry, diagnostics = load_registry(rulesets, known_at)
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        if errors or registry.vocabulary is None:
            raise LawError(errors)
        folder = rulesets / "statistics"
        return registry, load_figures(folder) if folder.is_dir() else Statistics.of([])

    registry, statistics = cached(rulesets, known_at, read) if cache else read()
    assert registry.vocabulary is not None
    if known_at is not None and not registry.by_instrument:
        every = load_law(rulesets, cache=cache).registry.by_instrument.values()
        first = min((one.recorded for versions in every for one in versions), default=known_at)
        if first > known_at:
            raise NothingRecorded(known_at, first)
    return Law(registry, registry.vocabulary, statistics, known_at)
