"""Decide a recorded case again, and say whether the answer is the same, byte for byte.

    record = read_record(path.read_bytes())
    law = load_law(rulesets, known_at_of(record))
    replayed = replay(record, law, inputs_of(rulesets))
    replayed.same, replayed.changed, replayed.differences

If it is not the same, `changed` says what it was made with that is different now (a file of the
law, the engine, a library), and `differences` where the two answers part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import rfc8785

from engine.decision.case.reading import Case, CaseError, read_case_data
from engine.decision.governing.law import Law
from engine.decision.record.commitment import leaves
from engine.decision.record.inputs import Inputs, is_newer
from engine.decision.record.problems import refusal
from engine.decision.record.record import Record
from engine.decision.record.sealing import FORMS, answer_in, texts_of, window_of
from engine.language.diagnostics import Bilingual

MOST: Final = 50
"""Places at which two answers part, listed at the most; they are counted all."""
_ENGINE: Final = {
    "version": ("引擎的版本", "version of the engine"),
    "source": ("引擎的程序", "source of the engine"),
}


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """Something that a decision was made with and that is different now."""

    part: str
    """rulesets, statistics, vocabulary, engine; or another folder of the rulesets."""
    name: str
    """The file, or the part of the engine: source, version, a library."""
    change: str
    """changed, added or removed."""
    cited: bool
    """Whether it is a text that the recorded answer rests on."""
    versions: tuple[str, str] | None = None
    """Of the engine and its libraries: the version then and now."""

    def message(self) -> Bilingual:
        """One line for a reader."""
        zh_name, en_name = _ENGINE.get(self.name, (self.name, self.name))
        if self.part == "engine" and self.versions is not None:
            then, now = self.versions
            return Bilingual(
                f"{zh_name} 有改动：{then} → {now}", f"{en_name}: changed, {then} → {now}"
            )
        zh = {"changed": "有改动", "added": "是新的", "removed": "已不存在"}[self.change]
        cited = Bilingual("，决定以其为据", ", the decision rests on it") if self.cited else None
        return Bilingual(
            f"{zh_name} {zh}{cited.zh if cited else ''}",
            f"{en_name}: {self.change}{cited.en if cited else ''}",
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A place (JSON pointer into the record) with what was recorded and what is found now."""

    pointer: str
    recorded: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay."""

    same: bool
    changed: tuple[ChangedInput, ...]
    differences: tuple[Difference, ...]
    count: int
    """Of all differences, also those beyond the listed."""
    unreadable: tuple[str, ...]
    """Places of the case that the vocabulary of now does not accept."""

    def as_json(self) -> dict[str, Any]:
        """The replay as plain data, `replay/1`."""
        text = self.text()
        return {
            "schema": "replay/1",
            "same": self.same,
            "text": {"zh": text.zh, "en": text.en},
            "changed": [_changed_as_json(one) for one in self.changed],
            "unreadable": list(self.unreadable),
            "differences": [
                {"pointer": one.pointer, "recorded": one.recorded, "now": one.now}
                for one in self.differences
            ],
            "count": self.count,
        }

    def text(self) -> Bilingual:
        """The finding in one sentence."""
        if self.same and not self.changed:
            return Bilingual("重放结果逐字节相同", "the replay gives the same bytes")
        if self.same:
            return Bilingual(
                "重放结果逐字节相同，尽管所用材料有变动",
                "the replay gives the same bytes, although what it is made with has changed",
            )
        if self.unreadable:
            return Bilingual(
                "现在的词汇读不了这个案件，不能重放",
                "the vocabulary of now does not accept the case: it cannot be replayed",
            )
        if self.changed:
            return Bilingual(
                f"重放结果不同，有 {self.count} 处；所用材料有变动",
                f"the replay differs in {self.count} places; what it is made with has changed",
            )
        return Bilingual(
            f"重放结果不同，有 {self.count} 处，而所记材料没有变动：记录的不是这个引擎的答案",
            f"the replay differs in {self.count} places, and nothing that is recorded has changed: "
            "the record does not hold this engine's answer",
        )


def known_at_of(record: Record) -> date | None:
    """The day by which the law of a record was known; None: everything."""
    day = record.content["known_at"]
    return None if day is None else date.fromisoformat(day)


def replay(record: Record, law: Law, inputs: Inputs) -> Replayed:
    """Decide the case of a record again.

    `law` must be loaded as known on the day of the record (ValueError otherwise), `inputs` be those
    of now. Raises RecordError if facts are withheld, or if a newer engine made the record.
    """
    content = record.content
    if is_newer(content["engine"]["version"], inputs.engine["version"]):
        raise refusal("newer-engine", "/engine/version")
    if record.withheld:
        raise refusal("withheld", next(iter(sorted(record.withheld))))
    if law.known_at != known_at_of(record):
        raise ValueError("the law is not that known on the day of the record")
    if content["result"].get("schema") not in FORMS:
        raise refusal("unknown-answer", "/result/schema")
    changed = tuple(sorted(_changed(content, inputs), key=lambda one: (not one.cited, one.name)))
    try:
        case = read_case_data(content["case"], law.vocabulary)
    except CaseError as error:
        unreadable = tuple(found.pointer for found in error.problems)
        return Replayed(False, changed, (), 0, unreadable)
    recorded = {name: content[name] for name in ("result", "material") if name in content}
    now = _again(case, law, content)
    if rfc8785.dumps(now) == rfc8785.dumps(recorded):
        return Replayed(True, changed, (), 0, ())
    differences = tuple(_differences(recorded, now))
    return Replayed(False, changed, differences[:MOST], len(differences), ())


def _again(case: Case, law: Law, content: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of now in the form that was sealed, and where the record has it what letters tell
    beside it."""
    answer = answer_in(
        content["result"]["schema"], case, law,
        inference=content["inference"], window=window_of(content["result"]),
        lettered="material" in content,
    )  # fmt: skip
    beside = {} if answer.material is None else {"material": answer.material}
    return {"result": answer.result} | beside


def _changed(content: Mapping[str, Any], inputs: Inputs) -> Iterator[ChangedInput]:
    cited = set(texts_of(content["result"]))
    for name, change in _compared(content["files"], inputs.files):
        folder = name.partition("/")[0]
        part = folder if folder in ("statistics", "vocabulary") else "rulesets"
        text = name.removesuffix(".yaml")
        revised = any(text.startswith(f"{one}.r") for one in cited)
        yield ChangedInput(part, name, change, text in cited or revised)
    then, now = content["engine"], inputs.engine
    for name, change in _compared(then, now):
        versions = (then[name], now[name]) if change == "changed" and name != "source" else None
        yield ChangedInput("engine", name, change, False, versions)


def _compared(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *now}):
        if name not in now:
            yield name, "removed"
        elif name not in before:
            yield name, "added"
        elif before[name] != now[name]:
            yield name, "changed"


def _differences(recorded: object, now: object) -> Iterator[Difference]:
    before, after = dict(leaves(recorded)), dict(leaves(now))
    for pointer in dict.fromkeys((*before, *after)):
        old, new = before.get(pointer), after.get(pointer)
        one_sided = (pointer in before) != (pointer in after)
        if one_sided or type(old) is not type(new) or old != new:
            yield Difference(pointer, old, new)


def _changed_as_json(one: ChangedInput) -> dict[str, Any]:
    message = one.message()
    return {
        "part": one.part,
        "name": one.name,
        "change": one.change,
        "cited": one.cited,
        "text": {"zh": message.zh, "en": message.en},
    }
