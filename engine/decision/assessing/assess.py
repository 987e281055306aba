"""Many entities assessed at once: one answer to a case, told as a row for each of them.

    found = assess(read_case(text, law.vocabulary), law)
    found.as_json()["rows"][0]["ranks"]      # {"q1": "3", "q2": "5", ...}

The case is decided once (`engine.decision.deciding.decide`); nothing is concluded here. A question
says of which kind the rows are and over which periods they go (`tabulates` in the vocabulary). What
is concluded for somebody who belongs to a row, or for a row in a period, stands in that row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.decision.case.model import Case, EntityRecord, Found
from engine.decision.deciding.decide import decide
from engine.decision.deciding.seal import id_of
from engine.decision.governing.law import Law
from engine.decision.words.nodes import gists_once
from engine.inference.program import Inference
from engine.language.diagnostics import Bilingual
from engine.law.vocabulary import Vocabulary
from engine.law.vocabulary_questions import Tabulated

SCHEMA: Final = "assessment/1"

Told = dict[str, Any]


class NotTabulated(ValueError):
    """The question of the case is not answered by a table."""

    def __init__(self, ask: str) -> None:
        super().__init__(ask)
        self.message = Bilingual(
            f"“{ask}”不是逐个单位考评的问题：用 tiaoli decide",
            f'"{ask}" is no question that is answered by a table: use tiaoli decide',
        )


class NoSuchRow(ValueError):
    """An assessment that has no such unit, or an answer that has none at all (`rows` empty)."""

    def __init__(self, row: str, rows: Sequence[str] = ()) -> None:
        super().__init__(row)
        zh, en = f"没有 {row} 这个单位", f"there is no unit {row}"
        if rows:
            zh, en = f"{zh}。有：{'、'.join(rows)}", f"{en}. There are: {', '.join(rows)}"
        self.message = Bilingual(zh, en)


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment as its canonical content (`assessment/1`)."""

    content: Mapping[str, Any]

    @property
    def exit(self) -> int:
        """The exit code of the command line: that of the decision."""
        return int(self.content["exit"])

    def as_json(self) -> Told:
        """The form `assessment/1`."""
        return dict(self.content)


def assess(
    case: Case, law: Law, *, inference: Inference = "rete", traced: bool = True
) -> Assessment:
    """Assess everything that a case asks about; raises `NotTabulated` for another question."""
    table = law.vocabulary.questions[case.question.ask].tabulates
    if table is None:
        raise NotTabulated(case.question.ask)
    decided = decide(case, law, inference=inference, traced=traced).as_json()
    belongs = Belonging(case, law.vocabulary, table)
    told = [one for one in decided.get("trace", {}).get("children", []) if one["kind"] == "part"]
    traces: dict[str, list[Told]] = {}
    rows: dict[str, Told] = {}
    others: list[Told] = []
    for place, part in enumerate(decided["parts"]):
        row, period = belongs.of(part["bearer"])
        if row is None:
            others.append(part)
            continue
        if row not in rows:
            rows[row] = _row(case, table, row)
        _tell(rows[row], part, period, table)
        if told:
            traces.setdefault(row, []).append(told[place])
    ordered = [rows[id] for id in sorted(rows, key=_natural)]
    periods = _periods(case, table, ordered)
    content: Told = {
        "schema": SCHEMA,
        "question": decided["question"],
        "as_of": decided["as_of"],
        "outcome": decided["outcome"],
        "exit": decided["exit"],
        "decision": decided["id"],
        "periods": periods,
        "rows": ordered,
        "others": others,
        "totals": _totals(ordered),
        "missing": decided["missing"],
        "illustrative": sorted(id for id, one in case.evidence.items() if one.illustrative),
        "warnings": decided["warnings"],
        "versions": decided["versions"],
        "provisions": decided["provisions"],
    }
    content["id"] = id_of(content)
    for row, trace in traces.items():  # as of a decision: the id does not depend on them
        rows[row]["trace"] = gists_once(trace)
    return Assessment(content)


class Belonging:
    """To which row, and in which period, an entity belongs."""

    def __init__(self, case: Case, vocabulary: Vocabulary, table: Tabulated) -> None:
        self.by_id = dict(case.by_id)
        for kind in vocabulary.kinds.values():
            if kind.pairs is not None:
                self.by_id.update({one.id: one for one in case.entities.get(kind.name, ())})
        self.table = table
        self.leading: dict[str, str] = {}
        for key, fact in vocabulary.facts.items():
            kind_name = key.partition(".")[0]
            if fact.info.type.base == "entity" and fact.info.type.about == table.kind:
                self.leading.setdefault(kind_name, key)

    def of(self, bearer: str) -> tuple[str | None, str | None]:
        """The row and the period of a bearer; None where it has none."""
        record = self.by_id.get(bearer)
        period: str | None = None
        for _ in range(3):  # a village in a period: the village, its unit
            if record is None:
                return None, period
            if record.kind == self.table.kind:
                return record.id, period
            leads = self._of_pair(record)
            if leads is not None:
                record, period = leads
                continue
            record = self._to(record, self.leading.get(record.kind))
        return None, period

    def _of_pair(self, record: EntityRecord) -> tuple[EntityRecord, str] | None:
        named = [self._to(record, key) for key in record.facts]
        if record.section is not None or len(named) != 2 or None in named:
            return None
        first, second = (one for one in named if one is not None)
        return (first, second.id) if second.kind == self.table.over else None

    def _to(self, record: EntityRecord, key: str | None) -> EntityRecord | None:
        found = record.facts.get(key) if key is not None else None
        return self.by_id.get(str(found.value)) if isinstance(found, Found) else None


def _row(case: Case, table: Tabulated, id: str) -> Told:
    panel = case.by_id[id].facts.get(f"{table.kind}.{table.panel}") if table.panel else None
    return {
        "id": id,
        "panel": str(panel.value) if isinstance(panel, Found) and panel.value else None,
        "ranks": {},
        "marks": {},
        "standing": [],
        "money": [],
        "open": [],
        "refused": [],
    }


def _tell(row: Told, part: Mapping[str, Any], period: str | None, table: Tabulated) -> None:
    what, outcome = part.get("object"), part["outcome"]
    head = {"object": what, "bearer": part["bearer"], "period": period}
    if outcome == "undetermined":
        row["open"].append(head | {"bands": part["bands"], "missing": part.get("missing", [])})
        if what == table.rank and period is not None:
            row["ranks"][period] = None
        return
    if outcome == "refused":
        row["refused"].append(head | {"reason": part.get("refusal")})
        return
    if part["bands"] and "payer" in part["bands"][0]:
        ends = {"low": part["bands"][0]["low"], "high": part["bands"][-1]["high"]}
        row["money"].append(head | ends)
        return
    standing = [one for one in part["conclusions"] if "details" in one]
    if not standing:
        return
    details = standing[0]["details"]
    row["standing"].append(head | {"details": details, "rules": part["rules"]})
    if what == table.rank and period is not None:
        row["ranks"][period] = details.get("value")
    if what in table.marks:
        row["marks"].setdefault(what, []).append(period or details.get("start"))


def _periods(case: Case, table: Tabulated, rows: list[Told]) -> list[str]:
    """The periods in which anything is ranked, in the order of time."""
    ranked = {period for row in rows for period in row["ranks"]}
    known = [one for one in case.entities.get(table.over, ()) if one.id in ranked]
    return [one.id for one in sorted(known, key=lambda one: _order(one, table))]


def _order(period: EntityRecord, table: Tabulated) -> tuple[str, str]:
    found = period.facts.get(f"{table.over}.{table.order}")
    return str(found.value) if isinstance(found, Found) else "", period.id


def _totals(rows: list[Told]) -> list[Told]:
    """What is due in all, by what it is due for, as far as it is determined."""
    totals: dict[str, list[int]] = {}
    for row in rows:
        for one in row["money"]:
            low, high = totals.setdefault(str(one["object"]), [0, 0])
            totals[str(one["object"])] = [low + _fen(one["low"]), high + _fen(one["high"])]
    return [
        {"object": what, "low": _yuan(low), "high": _yuan(high)}
        for what, (low, high) in sorted(totals.items())
    ]


def _fen(amount: str | None) -> int:
    return int((amount or "0.00").replace(".", ""))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _natural(id: str) -> list[tuple[bool, int, str]]:
    """`t2` before `t10`."""
    parts: list[tuple[bool, int, str]] = []
    digits = ""
    for letter in [*id, ""]:
        if letter.isdecimal():
            digits += letter
            continue
        if digits:
            parts.append((False, int(digits), ""))
            digits = ""
        parts.append((True, 0, letter))
    return parts
