"""An assessment for the terminal: a row for each entity, then what is open and what is due."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from engine.decision.words.text import draw
from engine.language.diagnostics import Bilingual, Language
from engine.law.vocabulary import Vocabulary

HEAD = Bilingual("单位", "unit")
PANEL = Bilingual("分组", "group")
STATES = Bilingual("警告、约谈、否决等", "warnings, talks, vetoes")
MONEY = Bilingual("合计", "in all")
OPEN = Bilingual("待定", "open")
UNRANKED = "?"
AND = Bilingual("、", ", ")
NEXT = Bilingual("；", "; ")
FEW = 4
PROBABLE = "probable-rule"


def assessment_text(content: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> str:
    """The table, with what is open and the totals below it."""
    periods = content["periods"]
    head = [HEAD.of(lang), PANEL.of(lang), *periods, STATES.of(lang)]
    rows = [_row(row, content, vocabulary, lang) for row in content["rows"]]
    lines = _table([head, *rows])
    for total in content["totals"]:
        label = vocabulary.conclusion_label(total["object"], lang)
        amount = (
            total["low"] if total["low"] == total["high"] else f"{total['low']}–{total['high']}"
        )
        lines.append(f"{MONEY.of(lang)} {label} {amount}")
    for row in content["rows"]:
        if row["open"]:
            lines.append(_open(row, vocabulary, lang))
    lines += _notes(content, lang)
    return "\n".join(lines)


def _open(row: Mapping[str, Any], vocabulary: Vocabulary, lang: Language) -> str:
    """What can not be told of a row, and the facts that would tell it."""
    named = dict.fromkeys(
        f"{one['period'] or ''} {vocabulary.conclusion_label(one['object'], lang)}".strip()
        for one in row["open"]
    )
    facts = dict.fromkeys(fact for one in row["open"] for found in one["missing"] for fact in found)
    said = AND.of(lang).join([*list(named)[:FEW], *(["…"] if len(named) > FEW else [])])
    wanted = AND.of(lang).join([*list(facts)[:FEW], *(["…"] if len(facts) > FEW else [])])
    return f"{OPEN.of(lang)} {row['id']} {said} ← {wanted}"


def _notes(content: Mapping[str, Any], lang: Language) -> list[str]:
    """Warnings, those about rules that were read only in part told as one."""
    probable = sum(1 for one in content["warnings"] if one["code"] == PROBABLE)
    notes = [one["text"][lang] for one in content["warnings"] if one["code"] != PROBABLE]
    if probable:
        told = Bilingual(
            f"{probable} 条规定只是较可能的读法", f"{probable} rules are probable readings only"
        )
        notes.append(told.of(lang))
    if content["illustrative"]:
        papers = AND.of(lang).join(content["illustrative"])
        made = Bilingual(
            f"{papers} 是示例，不能据以作出决定", f"{papers}: illustrative, nothing to decide by"
        )
        notes.append(made.of(lang))
    return [f"· {note}" for note in notes]


def panel_label(
    row: Mapping[str, Any], content: Mapping[str, Any], vocabulary: Vocabulary, lang: Language
) -> str:
    """The group of a row by its label; empty if it has none."""
    table = vocabulary.questions[content["question"]["ask"]].tabulates
    if row["panel"] is None or table is None:
        return ""
    groups = vocabulary.facts[f"{table.kind}.{table.panel}"].info.type.about
    return vocabulary.code_label(str(groups), row["panel"], lang)


def row_text(row: Mapping[str, Any], lang: Language) -> str:
    """The trace of one row."""
    return "\n".join([row["id"], *(draw(one, lang) for one in row["trace"])])


def _row(
    row: Mapping[str, Any], content: Mapping[str, Any], vocabulary: Vocabulary, lang: Language
) -> list[str]:
    ranks = [
        "" if period not in row["ranks"] else row["ranks"][period] or UNRANKED
        for period in content["periods"]
    ]
    panel = panel_label(row, content, vocabulary, lang)
    marks = []
    for what, when in row["marks"].items():
        since = AND.of(lang).join(str(one) for one in when if one)
        marks.append(f"{vocabulary.conclusion_label(what, lang)} {since}".strip())
    return [row["id"], panel, *ranks, NEXT.of(lang).join(marks)]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side; a Chinese character is two columns wide."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    return [
        "  ".join(
            [*(cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=False)),
             row[-1]]
        ).rstrip()
        for row in rows
    ]  # fmt: skip


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
