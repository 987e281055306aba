"""A case while the sentences of a scenario write it, and how they name things.

Entities are named by their ids; facts, codes and kinds by their Chinese labels, the whole label or
what stands before its bracket.

>>> named("城镇", {"urban": "城镇（居民）", "rural": "农村（居民）"})
'urban'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from engine.language.types import DATE, Type
from engine.law.vocabulary import Fact, Kind, Vocabulary

Table: TypeAlias = tuple[tuple[str, ...], ...]
"""Rows of cells; the first row is the head."""

STATES: Final = {"不详": "unknown", "未能证明": "unestablished", "不适用": "not_applicable"}
TRUTHS: Final = {"是": True, "否": False}
UNKNOWN: Final = "不详"
NOT_SAID: Final = "未填写"
NOTHING: Final = "无"
CLAIMED: Final = "主张"
_TIME = re.compile(r"(?:自(?P<since>[0-9-]+))?(?:至(?P<until>[0-9-]+))?")


class SentenceError(ValueError):
    """A sentence that cannot be understood: what it names is not there, or is not one thing."""


@dataclass(slots=True)
class Draft:
    """A case in the making. `place` stands where a sentence names no place."""

    vocabulary: Vocabulary
    plain: dict[str, Any] = field(default_factory=lambda: {"schema": "case/1"})
    place: str = ""

    def section(self, name: str) -> dict[str, Any]:
        """A section of the case, made if it is not there."""
        section: dict[str, Any] = self.plain.setdefault(name, {})
        return section

    def kind(self, label: str) -> Kind:
        """The kind of entity with this label."""
        kinds = self.vocabulary.kinds
        return kinds[named(label, {name: kind.label.zh for name, kind in kinds.items()})]

    def entity(self, id: str) -> tuple[Kind, dict[str, Any]]:
        """An entity of the case by its id, with its kind."""
        for kind in self.vocabulary.kinds.values():
            if kind.section is not None and id in self.plain.get(kind.section, {}):
                return kind, self.plain[kind.section][id]
        raise SentenceError(f"{id}：案件中没有这个编号 · no such entity in the case")

    def fact(self, kind: str, label: str) -> Fact:
        """A fact of a kind by its label or its name."""
        facts = self.vocabulary.facts
        key = f"{kind}.{label}"
        if key in facts:
            return facts[key]
        labels = {k: fact.info.zh for k, fact in facts.items() if k.startswith(f"{kind}.")}
        return facts[named(label, labels)]


def named(label: str, labels: Mapping[str, str]) -> str:
    """The name with this label, whole or before its bracket, or the name itself.

    Raises SentenceError where no name or more than one has the label.
    """
    if label in labels:
        return label
    for short in (False, True):
        found = [
            name for name, zh in labels.items() if (zh.partition("（")[0] if short else zh) == label
        ]
        if len(found) == 1:
            return found[0]
    known = "、".join(sorted(labels.values()))
    raise SentenceError(f"“{label}”不是其中之一 · not one of these: {known}")


def one_of(word: str, words: Mapping[str, Any]) -> Any:
    """What a fixed word stands for; raises SentenceError for another word."""
    if word not in words:
        raise SentenceError(f"“{word}”不是其中之一 · not one of these: {'、'.join(words)}")
    return words[word]


def rows_of(table: Table) -> list[dict[str, str]]:
    """Each row by the words of the head."""
    head, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


def cells(row: Mapping[str, str], columns: Iterable[str]) -> list[str]:
    """The cells of a row under these columns; raises SentenceError where one is not there."""
    missing = [column for column in columns if column not in row]
    if missing:
        raise SentenceError(f"表中缺少 · the table lacks: {'、'.join(missing)}")
    return [row[column] for column in columns]


def write_fact(
    draft: Draft,
    entity: dict[str, Any],
    fact: Fact,
    row: Mapping[str, str],
    begun: Collection[str] = (),
) -> None:
    """Writes one row about a fact. `begun`: the facts of which the table has already spoken. What
    it said of this one is added to, and what the case said of others before the table moves along
    where it went with the old day (`_move_along`)."""
    before = entity.get(fact.info.key.partition(".")[2])
    _write_row(draft, entity, fact, row, more=fact.info.key in begun)
    if fact.info.type == DATE:
        _move_along(draft.vocabulary, entity, fact, before, begun)


def _move_along(
    vocabulary: Vocabulary,
    entity: dict[str, Any],
    fact: Fact,
    before: object,
    begun: Collection[str],
) -> None:
    """A day that has been written turns a fact that it rules out (who died is not living), and what
    began on the day as it was said before begins on it still (a register, at birth)."""
    kind, _, name = fact.info.key.partition(".")
    day = _plain(entity.get(name))
    if day is None:
        return
    for _, key, ruled in vocabulary.ruled_out:
        open = key == fact.info.key and f"{kind}.{ruled.other}" not in begun
        if open and _plain(entity.get(ruled.other)) is (ruled.value == "true"):
            entity[ruled.other] = {"value": ruled.value != "true"}
    for _, key, other in vocabulary.ordered:
        entries = entity.get(key.removeprefix(f"{kind}."))
        if other.path == fact.info.key and key not in begun and isinstance(entries, list):
            for entry in entries:
                if "from" in entry and entry["from"] == _plain(before):
                    entry["from"] = day


def _plain(said: object) -> object:
    """The value of what was said of a fact; None if it has none."""
    return said.get("value") if isinstance(said, dict) else None


def _write_row(
    draft: Draft, entity: dict[str, Any], fact: Fact, row: Mapping[str, str], more: bool
) -> None:
    name = fact.info.key.partition(".")[2]
    (cell,), time = cells(row, ["值"]), row.get("时间", "")
    if cell == NOT_SAID:
        entity.pop(name, None)
        return
    if fact.info.varies == "each" and cell == NOTHING and not row.get("对谁"):
        entity[name] = {}  # listed, and nobody is
        return
    varies = fact.info.varies != "no"
    never = cell == NOTHING if fact.many else fact.main == "true" and cell == "否"
    if varies and never:
        entity[name] = []
        return
    item = fact.info.type.item if fact.many else fact.info.type
    if item is None:
        raise SentenceError(f"{fact.info.key}：不是列表 · is no list")
    main = fact.main if varies and fact.main != "true" else "value"
    said = _said(draft.vocabulary, item, cell, main)
    if row.get("证据") and row["证据"] != NOTHING:
        said["evidence"] = row["证据"].split("、")
    if not varies or ("state" in said and not time):
        entity[name] = said
        return
    if fact.main == "true":
        said.pop("value", None)
    for further, type in fact.fields:
        if type.base == "place" and further not in said:
            said[further] = row.get("地点") or draft.place
    if fact.info.varies == "each":
        (of,) = cells(row, ["对谁"])
        entity[name] = {**(entity.get(name, {}) if more else {}), of: said}
        return
    said |= _time(time, fact)
    entity[name] = [*(entity[name] if more else []), said]


def _time(time: str, fact: Fact) -> dict[str, Any]:
    """The year of an entry, or its first and last day."""
    if fact.info.varies == "year":
        year = time.removesuffix("年")
        if not year.isdecimal():
            raise SentenceError(f"{fact.info.zh}：时间写作2009年 · which year?")
        return {"year": int(year)}
    match = _TIME.fullmatch(time)
    if match is None:
        raise SentenceError(f"“{time}”：时间写作自…至… · write 自…至…")
    ends = {"from": match["since"], "until": match["until"]}
    return {key: day for key, day in ends.items() if day}


def _said(vocabulary: Vocabulary, type: Type, cell: str, main: str) -> dict[str, Any]:
    """The value, the state or the claim that a cell holds."""
    if cell in STATES:
        return {"state": STATES[cell]}
    if cell.startswith(CLAIMED) and not _is_code(vocabulary, type, cell):
        value = _value(vocabulary, type, cell.removeprefix(CLAIMED))
        return {"claims": [{"by": "claimant", "value": value}]}
    return {main: _value(vocabulary, type, cell)}


def _is_code(vocabulary: Vocabulary, type: Type, cell: str) -> bool:
    """Whether a cell is the label of a code, whole or before its bracket."""
    codes = vocabulary.enumerations.get(str(type.about), {}) if type.base == "code" else {}
    return any(cell in (one.zh, one.zh.partition("（")[0]) for one in codes.values())


def _value(vocabulary: Vocabulary, type: Type, cell: str) -> object:
    if type.base == "list" and type.item is not None:
        items = [] if cell == NOTHING else cell.split("、")
        return [_value(vocabulary, type.item, one) for one in items]
    if type.base == "boolean":
        return one_of(cell, TRUTHS)
    if type.base == "step":
        steps = vocabulary.ladders[str(type.about)]
        return named(cell, {step: label.zh for step, label in steps.items()})
    if type.base == "code":
        codes = vocabulary.enumerations[str(type.about)]
        return named(cell, {code: label.zh for code, label in codes.items()})
    return cell
