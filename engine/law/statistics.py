"""Dated figures, such as a year's average income, each with its source and its confidence.

A figure answers for exactly one key. None is ever taken from another level, year, place or series,
and one that nobody has checked against a source is shown but does not decide.

>>> key = Key("income", "net", "rural", "county", "420281", 2013)
>>> key.path
'statistics[income/net/rural/county/420281/2013]'
>>> recalled = Figure(key, Money.yuan("9800"), "separate", "recalled", "memory")
>>> known = Statistics.of([recalled])
>>> [decides(figure) for figure in known.find(key)]
[False]
>>> known.find(Key("income", "net", "rural", "city", "420200", 2013))
()
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from engine.law.places import PlaceError, level_of
from engine.values.money import Money, MoneyError

CONFIDENCES: Final = ("confirmed", "probable", "unconfirmed", "memory")
"""From the best to the least; the last two are worth the same."""

DECIDING: Final = CONFIDENCES[:2]
"""How sure a figure, or a rule, has to be to decide anything."""
COLUMNS: Final = (
    "series", "concept", "status", "level", "place", "year", "value", "survey", "source",
    "confidence",
)  # fmt: skip
"""The columns of a file of figures, one figure a row; rulesets/statistics/README.md says more."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is about: a GB/T 2260 code of the level as `place`, a calendar year."""

    series: str
    concept: str
    status: str
    level: str
    place: str
    year: int

    @property
    def path(self) -> str:
        """The key as it is named where the figure is missing."""
        return (
            f"statistics[{self.series}/{self.concept}/{self.status}/"
            f"{self.level}/{self.place}/{self.year}]"
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A value for a key, from one source.

    `survey` tells apart figures of one key that were counted by different methods; None where there
    was but one. `brought`: from the case, not from the built-in files, with its `evidence` (ids).
    `illustrative`: made up to show a calculation, to be marked wherever it is shown.
    """

    key: Key
    value: Money
    survey: str | None
    source: str
    confidence: str
    evidence: tuple[str, ...] = ()
    illustrative: bool = False
    brought: bool = False


def decides(figure: Figure) -> bool:
    """Whether a figure may decide an amount: its source was read, not merely remembered."""
    return figure.confidence in DECIDING


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures by key, in a fixed order for each key."""

    figures: Mapping[Key, tuple[Figure, ...]]

    @staticmethod
    def of(figures: Iterable[Figure]) -> Statistics:
        """The figures in an order that does not depend on that of the argument."""
        by_key: dict[Key, list[Figure]] = {}
        for figure in figures:
            by_key.setdefault(figure.key, []).append(figure)
        return Statistics(
            MappingProxyType({key: tuple(sorted(by_key[key], key=_order)) for key in by_key})
        )

    def including(self, brought: Iterable[Figure]) -> Statistics:
        """These figures and those that a case brings."""
        return Statistics.of((*(f for found in self.figures.values() for f in found), *brought))

    def find(self, key: Key, survey: str | None = None) -> tuple[Figure, ...]:
        """All the figures for exactly this key; empty if there is none.

        Those that the case brings come first, then by confidence, the best first. Several that
        decide and differ are all returned: it is for the caller to call it a conflict. With a
        survey, only those counted by it.
        """
        found = self.figures.get(key, ())
        return found if survey is None else tuple(f for f in found if f.survey == survey)


def _order(figure: Figure) -> tuple[bool, int, str, str, str]:
    rank = CONFIDENCES.index(figure.confidence)
    return not figure.brought, rank, figure.survey or "", str(figure.value.fen), figure.source


class StatisticsError(ValueError):
    """Files of figures that cannot be read: every problem with its file, line and column."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load_figures(folder: Path) -> Statistics:
    """The figures of every CSV file in a folder and the folders below it.

    Raises StatisticsError with all the problems. Whether a place's code was valid in the year is
    not checked here, since that would read the lists of every year.
    """
    figures: list[Figure] = []
    problems: list[str] = []
    for file in sorted(folder.rglob("*.csv")):
        name = file.relative_to(folder).as_posix()
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                problems.append(f"{name}:1: the columns are to be {','.join(COLUMNS)}")
                continue
            for row in reader:
                faults = _faults(row)
                problems.extend(f"{name}:{reader.line_num}: {fault}" for fault in faults)
                if not faults:
                    figures.append(_figure(row))
    if problems:
        raise StatisticsError(tuple(problems))
    return Statistics.of(figures)


def _faults(row: Mapping[str, str]) -> list[str]:
    if None in row or None in row.values():
        return [f"a row has {len(COLUMNS)} cells"]
    faults = [f"{column}: missing" for column in COLUMNS if column != "survey" and not row[column]]
    if faults:
        return faults
    try:
        if level_of(row["place"]) != row["level"]:
            faults.append("level: not that of the place")
    except PlaceError as error:
        faults.append(f"place: {error.en}")
    if not (len(row["year"]) == 4 and row["year"].isascii() and row["year"].isdigit()):
        faults.append("year: four digits")
    try:
        if Money.yuan(row["value"]) < Money(0):
            faults.append("value: negative")
    except MoneyError as error:
        faults.append(f"value: {error.en}")
    if row["confidence"] not in CONFIDENCES:
        faults.append(f"confidence: one of {', '.join(CONFIDENCES)}")
    return faults


def _figure(row: Mapping[str, str]) -> Figure:
    key = Key(
        row["series"], row["concept"], row["status"], row["level"], row["place"], int(row["year"])
    )
    value = Money.yuan(row["value"])
    return Figure(key, value, row["survey"] or None, row["source"], row["confidence"])
