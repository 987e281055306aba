"""What the first sentences of a scenario do: each writes something of a case.

>>> from engine.law.vocabulary import load_vocabulary
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as empty:
...     draft = Draft(load_vocabulary(Path(empty))[0])
>>> decided_on(draft, "2010-05-14")
>>> draft.plain
{'schema': 'case/1', 'as_of': '2010-05-14'}
"""

from __future__ import annotations

import json
from typing import Any, Final

from engine.assurance.draft import (
    NOTHING,
    TRUTHS,
    UNKNOWN,
    Draft,
    SentenceError,
    Table,
    cells,
    named,
    one_of,
    rows_of,
    write_fact,
)
from engine.decision.case.reading import Case, read_case_data
from engine.law.vocabulary import Kind, Series

PAPERS: Final = {"核实": "verified", "提交": "submitted", "不采信": "rejected"}
LEVELS: Final = {
    "国家": "country",
    "省": "province",
    "市": "city",
    "县": "county",
    "乡": "township",
}
FIGURES_PAPER: Final = "e-statistics"
"""The certificate that figures of a scenario have where it names none."""
FIGURES_KIND: Final = "statistics-certificate"
"""What a vocabulary calls that kind of evidence; where it has no such kind, its first is taken."""


def placed_at(draft: Draft, place: str) -> None:
    """The place that is meant where a sentence names none."""
    draft.place = place


def decided_on(draft: Draft, day: str) -> None:
    """The day of the real or supposed decision."""
    draft.plain["as_of"] = day


def entities(draft: Draft, table: Table, label: str) -> None:
    """Entities of a kind, one a row: the id, then a fact a column; an empty cell says nothing."""
    kind = draft.kind(label)
    section = _section(kind)
    if kind.listed is not None:
        draft.section(section).setdefault(kind.listed, "all")
    columns = table[0][1:]
    for id, *row in table[1:]:
        entity = draft.section(section).setdefault(id, {})
        filled = {column: cell for column, cell in zip(columns, row, strict=True) if cell}
        told = {column: draft.fact(kind.name, column) for column in filled}
        for column, fact in told.items():
            beside = {one.info.key for one in told.values() if one is not fact}
            write_fact(draft, entity, fact, {"值": filled[column]}, beside)
        _stand_in(draft, kind, entity)


def not_all_listed(draft: Draft, label: str) -> None:
    """The list of a kind is not complete."""
    kind = draft.kind(label)
    if kind.listed is None:
        raise SentenceError(f"“{label}”没有是否列全的问题 · is never listed in part")
    draft.section(_section(kind))[kind.listed] = "some"


def facts(draft: Draft, table: Table) -> None:
    """Facts one a row. The first row of a table about a fact replaces what was said before."""
    begun: dict[str, set[str]] = {}
    for row in rows_of(table):
        id, label = cells(row, ["对象", "事实"])
        kind, entity = draft.entity(id)
        fact = draft.fact(kind.name, label)
        write_fact(draft, entity, fact, row, begun.setdefault(id, set()))
        begun[id].add(fact.info.key)


def papers(draft: Draft, table: Table) -> None:
    """Evidence, one paper a row."""
    kinds = {name: label.zh for name, label in draft.vocabulary.evidence.items()}
    issuers = {name: label.zh for name, label in draft.vocabulary.issuers.items()}
    for row in rows_of(table):
        id, kind, issuer, status = cells(row, ["证据", "种类", "出具单位", "状态"])
        draft.section("evidence")[id] = {
            "kind": named(kind, kinds),
            "issuer": named(issuer, issuers),
            "status": one_of(status, PAPERS),
        }


def figures(draft: Draft, table: Table) -> None:
    """Figures by certificate of the statistics office. One of the same address is replaced."""
    listed: list[dict[str, Any]] = draft.plain.setdefault("statistics", [])
    kinds = draft.vocabulary.evidence
    draft.section("evidence")[FIGURES_PAPER] = {
        "kind": FIGURES_KIND if FIGURES_KIND in kinds else next(iter(kinds)),
        "status": "verified",
        "illustrative": True,
    }
    for row in rows_of(table):
        concept, status, level, year, value = cells(row, ["指标", "居民", "级别", "年度", "数额"])
        series = _series(draft, row)
        figure: dict[str, Any] = {
            "series": series.name,
            "concept": named(concept, {k: v.zh for k, v in series.concepts.items()}),
            "status": named(status, {k: v.zh for k, v in series.statuses.items()}),
            "level": one_of(level, LEVELS),
            "place": row.get("地点") or draft.place,
            "year": year,
        }
        for same in [one for one in listed if figure.items() <= one.items()]:
            listed.remove(same)
        if value != UNKNOWN:
            proof = {} if row.get("证据") == NOTHING else {"evidence": [FIGURES_PAPER]}
            listed.append({**figure, "value": value, **proof})


def set_to(draft: Draft, name: str, value: str) -> None:
    """What a text leaves open and the caseworker says; 不详 takes it back."""
    labels = {key: info.zh for key, info in draft.vocabulary.names.items() if "." not in key}
    settings, key = draft.section("settings"), named(name, labels)
    if value == UNKNOWN:
        settings.pop(key, None)
    else:
        settings[key] = int(value) if value.isdecimal() else value


def chosen(draft: Draft, point: str, value: str) -> None:
    """A choice that is open to the authority."""
    choice = {"point": point, "value": TRUTHS.get(value, value)}
    draft.plain.setdefault("choices", []).append(choice)


def asked(draft: Draft, about: str, question: str) -> Case:
    """The case with its one question, read as any case is.

    Raises SentenceError for a question that the vocabulary does not have, CaseError for a case that
    cannot be read.
    """
    questions = {name: one.label.zh for name, one in draft.vocabulary.questions.items()}
    draft.plain["question"] = {"ask": named(question, questions), "about": about.split("、")}
    # A copy: the sentences that follow may go on writing.
    return read_case_data(json.loads(json.dumps(draft.plain)), draft.vocabulary)


def _section(kind: Kind) -> str:
    if kind.section is None:
        raise SentenceError(f"“{kind.label.zh}”由别的推出 · is derived, a case does not list it")
    return kind.section


def _series(draft: Draft, row: dict[str, str]) -> Series:
    """The series that a row names under 统计; where the vocabulary has one only, that one."""
    series = draft.vocabulary.series
    if "统计" not in row and len(series) == 1:
        return next(iter(series.values()))
    label = cells(row, ["统计"])[0]
    return series[named(label, {name: one.label.zh for name, one in series.items()})]


def _stand_in(draft: Draft, kind: Kind, entity: dict[str, Any]) -> None:
    """The place of the case stands where an entity has a date and a place and names none."""
    known = draft.vocabulary.facts.keys()
    if {f"{kind.name}.date", f"{kind.name}.place"} <= known and "date" in entity:
        entity.setdefault("place", draft.place)
