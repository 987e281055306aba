"""Whether on every day, in every area and for every kind of question one set of rules applies.

    spans = in_time(registry, read_questions(Path("rulesets"), problems))
    [one for one in spans if one.status in KNOWN]

A kind of question is a conclusion, `charge social-maintenance-fee`. On a day a text answers it that
concludes it by a rule that decides, or says that its list is complete; a national text that refuses
it answers it, too; one that leaves it open does not, and the texts of the area must. What is found
is constant between the days on which a version begins, may begin, ends or may have been amended, so
these are looked at and no others. Nothing here needs to know what day it is: the last span has no
end.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

from engine.language.diagnostics import Bilingual
from engine.language.fields import (
    Problems,
    as_mapping,
    field,
    labels,
    mapping_field,
    word,
    words,
)
from engine.language.fields import as_day as read_day
from engine.language.node import Mapping as Table
from engine.language.node import Position
from engine.language.read import open_source
from engine.language.ruleset import Effect, Permit, Refuse, Rule, Version
from engine.law.places import COUNTRY, contains
from engine.law.registry import Registry
from engine.law.statistics import DECIDING

Status = Literal["encoded", "warning", "gap", "overlap"]
FOLDER: Final = "in-time"
KNOWN: Final = ("gap", "overlap")
"""What is not as it should be: it stands in `known.csv`."""
COLUMNS: Final = ("question", "territory", "from", "to", "status")


@dataclass(frozen=True, slots=True)
class QuestionInTime:
    """A kind of question: the conclusions that answer it, and the kinds of gap that speak of it."""

    id: str
    label: Bilingual
    kinds: tuple[str, ...]
    gaps: tuple[str, ...]
    column: str
    """The column of the table in the documentation in which it is told."""
    first: date | None
    """Before this day there was nothing of the kind anywhere; None: nothing says so."""

    @property
    def named(self) -> frozenset[str]:
        """All kinds that speak of it."""
        return frozenset((*self.kinds, *self.gaps))


@dataclass(frozen=True, slots=True)
class Questions:
    """What is held, from which day on, for which areas; `at`: where that is written."""

    first: date
    last_year: int
    """The last year of the table in the documentation."""
    questions: tuple[QuestionInTime, ...]
    columns: Mapping[str, Bilingual]
    """The columns of that table, with their labels."""
    territories: tuple[str, ...]
    at: Position


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `first` to `last` (None: on) the question has this status in the area.

    `encoded`: one set of rules applies for certain; `warning`: it does, but a day or an amendment
    of it is uncertain, or a part of it was not read; `gap`: none; `overlap`: more than one.
    """

    question: str
    territory: str
    first: date
    last: date | None
    status: Status

    @property
    def row(self) -> tuple[str, ...]:
        """The span as a line of `known.csv`."""
        last = "" if self.last is None else self.last.isoformat()
        return (self.question, self.territory, self.first.isoformat(), last, self.status)


def read_questions(rulesets: Path, problems: Problems) -> Questions | None:
    """The file `in-time/questions.yaml`; None where there is none, or where it has a problem."""
    path = rulesets / FOLDER / "questions.yaml"
    if not path.is_file():
        return None
    node, wrong = open_source(path.read_bytes(), f"{FOLDER}/{path.name}")
    problems.found.extend(wrong)
    first = field(node, "from", problems) if node else None
    listed = field(node, "questions", problems) if node else None
    body = as_mapping(listed, problems) if listed else None
    if node is None or first is None or body is None:
        return None
    day = read_day(first, "from", problems)
    found = []
    for entry in body.entries:
        one = as_mapping(entry.value, problems)
        if one is not None:
            found.append(_question(entry.key.value, one, problems))
    year = word(node, "table-until", problems)
    if day is None or year is None:
        return None
    territories = words(node, "territories", problems)
    columns = _columns(node, found, problems)
    return Questions(day, int(year), tuple(found), columns, territories, first.at)


def _columns(
    node: Table, questions: Iterable[QuestionInTime], problems: Problems
) -> dict[str, Bilingual]:
    """The columns in the order of their questions: by the label of the column, if several questions
    share it, else by that of the question."""
    several = mapping_field(node, "columns", problems, required=False)
    labelled = {
        entry.key.value: labels(one, problems)
        for entry in (several.entries if several is not None else ())
        if (one := as_mapping(entry.value, problems)) is not None
    }
    return {one.column: labelled.get(one.column, one.label) for one in questions}


def _question(id: str, one: Table, problems: Problems) -> QuestionInTime:
    begins = field(one, "from", problems, required=False)
    return QuestionInTime(
        id=id,
        label=labels(one, problems),
        kinds=words(one, "kinds", problems),
        gaps=words(one, "gaps", problems),
        column=word(one, "column", problems, required=False) or id,
        first=read_day(begins, "from", problems) if begins else None,
    )


def in_time(registry: Registry, asked: Questions) -> list[Span]:
    """What applies from when to when, for each question and area, in this order."""
    said = {
        id: [_said(version) for version in registry.versions(id)] for id in registry.instruments
    }
    return [
        span
        for question in asked.questions
        for territory in sorted({*asked.territories, *_own(registry, said, question)} - {COUNTRY})
        for span in _merged(
            _spans(
                registry, said, max(asked.first, question.first or asked.first), question, territory
            )
        )
    ]


def _own(
    registry: Registry, said: Mapping[str, list[_Said]], question: QuestionInTime
) -> Iterator[str]:
    """The areas with a text of their own that speaks of a question."""
    for id, one in registry.instruments.items():
        if any(version.all & question.named for version in said[id]):
            yield one.territory


@dataclass(frozen=True, slots=True)
class _Said:
    """What a version says of kinds of conclusion."""

    version: Version
    answers: frozenset[str]
    unsure: frozenset[str]
    """What a rule concludes that does not decide: not read, from memory only."""
    fills: frozenset[str]
    opens: frozenset[str]
    refuses: frozenset[str]
    gaps: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every kind that it speaks of."""
        return self.answers | self.unsure | self.opens | self.refuses | self.gaps


def _said(version: Version) -> _Said:
    sure = frozenset(_concluded(one for one in version.rules if one.confidence in DECIDING))
    unsure = frozenset(_concluded(one for one in version.rules if one.confidence not in DECIDING))
    fills = frozenset(version.fills) - (unsure - sure)
    return _Said(
        version,
        fills | sure,
        unsure,
        fills,
        frozenset(kind for rule in version.rules for kind in rule.opens),
        frozenset(_refused(version)),
        frozenset(gap.kind for gap in version.gaps),
    )


def _spans(
    registry: Registry,
    said: Mapping[str, list[_Said]],
    first: date,
    question: QuestionInTime,
    territory: str,
) -> Iterator[Span]:
    instruments = {
        id: {one.version.id: one for one in said[id]}
        for id, one in registry.instruments.items()
        if contains(one.territory, territory) and any(one.all & question.named for one in said[id])
    }
    turns = {first}
    for id in instruments:
        for version in registry.versions(id):
            turns.update((*version.in_force, *(version.ends or ())))
            turns.update(unread.day for unread in version.unread)
    days = sorted(day for day in turns if first <= day < date.max)
    for day, after in zip(days, (*days[1:], None), strict=True):
        last = None if after is None else after - timedelta(days=1)
        in_force = [
            (one[version.id], certain)
            for id, one in instruments.items()
            for version, certain in registry.candidates(id, day)
        ]
        yield Span(question.id, territory, day, last, _status(in_force, question, day))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if held is not None and held.status == span.status:
            held = Span(held.question, held.territory, held.first, span.last, held.status)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _status(in_force: list[tuple[_Said, bool]], question: QuestionInTime, day: date) -> Status:
    """What applies on a day: the national texts and those of the area and of what it lies in."""
    kinds = frozenset(question.kinds)
    if any(certain and one.refuses & kinds for one, certain in in_force):
        return "encoded"
    filled = {
        (one.version.instrument.territory, one.version.instrument.id)
        for one, certain in in_force
        if certain and one.fills & kinds
    }
    if len(filled) > len({territory for territory, _ in filled}):
        return "overlap"
    answers = [(one, certain) for one, certain in in_force if one.answers & kinds]
    if any(one.opens & kinds for one, _ in in_force):
        answers = [pair for pair in answers if pair[0].version.instrument.territory != COUNTRY]
    if not answers:
        return "gap"
    doubtful = (
        any(one.gaps & question.named for one, _ in in_force)
        or any(one.unsure & kinds for one, _ in answers)
        or not all(certain for _, certain in answers)
        or any(unread.day <= day for one, _ in answers for unread in one.version.unread)
    )
    return "warning" if doubtful else "encoded"


def _concluded(rules: Iterable[Rule]) -> Iterator[str]:
    """The kinds of conclusion that rules draw."""
    for rule in rules:
        for effect in rule.effects:
            what = _what(effect)
            if what is not None:
                yield f"{type(effect).__name__.lower()} {what}"


def _refused(version: Version) -> Iterator[str]:
    """The kinds that a national version refuses whatever the case, under every word that
    concludes something."""
    if version.instrument.territory != COUNTRY:
        return
    for rule in version.rules:
        for effect in rule.effects:
            if isinstance(effect, Refuse) and effect.what and not (rule.when or rule.unless):
                yield from (f"{word} {effect.what}" for word in ("charge", "sanction", "grant"))


def _what(effect: Effect) -> str | None:
    if isinstance(effect, Refuse):
        return None
    what = effect.object if isinstance(effect, Permit) else getattr(effect, "what", None)
    return what if isinstance(what, str) else None


def check_in_time(registry: Registry, rulesets: Path, problems: Problems) -> None:
    """Reports each gap and each overlap in time that is not known, and each known one that is none
    any more."""
    asked = read_questions(rulesets, problems)
    if asked is None:
        return
    path = rulesets / FOLDER / "known.csv"
    known: dict[tuple[str, ...], int] = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            known = {tuple(row): number for number, row in enumerate(rows, 2)}
    found = [span.row for span in in_time(registry, asked) if span.status in KNOWN]
    for row in found:
        if row not in known:
            problems.add("new-gap-in-time", asked.at, **_told(row))
    for row in sorted(known.keys() - set(found)):
        at = Position(f"{FOLDER}/{path.name}", known[row], 1, known[row], len(",".join(row)))
        if len(row) == len(COLUMNS):
            problems.add("no-gap-in-time", at, **_told(row))
        else:
            problems.wrong("row", at, Bilingual("五列", "five columns"))


def _told(row: tuple[str, ...]) -> dict[str, str | Bilingual]:
    question, territory, first, last, status = row
    said = {"gap": Bilingual("没有规定", "nothing")}
    several = Bilingual("一套以上的规定", "more than one set of rules")
    until = Bilingual(f"至 {last}", f"to {last}") if last else Bilingual("以后", "onwards")
    return {
        "question": question, "territory": territory, "first": first, "until": until,
        "what": said.get(status, several),
    }  # fmt: skip


def write_known(rulesets: Path, spans: Iterable[Span]) -> Path:
    """Write the gaps and overlaps as they are now into `known.csv`."""
    path = rulesets / FOLDER / "known.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(span.row for span in spans if span.status in KNOWN)
    return path
