"""Facts that are asked for, by their paths: what to ask, how to prove it, how an answer is entered.

A path names a fact as `missing` does: `persons.mother.register`, `couples.c1.income[2013]`,
`children.listed`, `settings.reference_year`, `statistics[income/net/rural/county/420281/2013]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from engine.decision.case.model import Case, Found, State
from engine.decision.words.paths_said import fact_said, figure_said, place_below_said, place_said
from engine.decision.words.shown import plain, shown
from engine.inference.undecided import Bounds
from engine.language.diagnostics import Bilingual
from engine.language.types import Type
from engine.law.vocabulary import Fact, Vocabulary
from engine.values.dates import Window
from engine.values.money import Money

if TYPE_CHECKING:
    from engine.decision.governing.law import Law

Told = dict[str, Any]

_PATH: Final = re.compile(r"(\w+)\.([a-z][a-z0-9+-]*)\.(\w+)(?:\.(\w+))?(?:\[([^\]]+)\])?")
_FIGURE: Final = re.compile(r"statistics\[([^\]]+)\]")
_FIGURE_KEY: Final = ("series", "concept", "status", "level", "place", "year")

_ENDS: Final = {
    "from": ("起", "from"),
    "until": ("止", "until"),
    "established": ("能否查明", "can it be established"),
}
_BASES: Final = {"year": "number", "from": "date", "until": "date", "place": "place"}
"""The types of the keys of an entry that are the same for every fact."""


class Place(NamedTuple):
    """Where a fact stands in a case: the section, the entity, the fact, a field of its entries, the
    year or the entity it is for."""

    section: str
    entity: str
    name: str
    field: str | None
    of: str | None


def place_of(path: str) -> Place | None:
    """The parts of a path to a fact of an entity; None if it is something else."""
    found = _PATH.fullmatch(path)
    return None if found is None else Place(*found.groups())


def fact_at(law: Law, path: str) -> Fact | None:
    """What the vocabulary says of a fact; None for a figure, a setting, a list."""
    place = place_of(path)
    kind = None if place is None else _kind(law.vocabulary, place.section)
    return None if place is None else law.vocabulary.facts.get(f"{kind}.{place.name}")


def is_of_case(law: Law, case: Case, path: str) -> bool:
    """Whether a path can be that of a fact of the case, a figure, a place, a list or a setting."""
    place = place_of(path)
    if place is not None:
        made_up = "+" in place.entity or place.entity.startswith("supposed-")
        return fact_at(law, path) is not None and (made_up or place.entity in case.by_id)
    section, _, name = path.partition(".")
    if section == "settings":
        return name in law.vocabulary.names
    return path.startswith(("statistics[", "places[")) or name == "listed"


def _kind(vocabulary: Vocabulary, section: str) -> str | None:
    kinds = vocabulary.kinds.values()
    return next((kind.name for kind in kinds if kind.section == section), None)


def evidence_of(law: Law, path: str) -> tuple[str, ...]:
    """The kinds of evidence that prove a fact."""
    fact = fact_at(law, path)
    return () if fact is None else fact.evidence


def is_settled(case: Case, path: str) -> bool:
    """Whether the file already says that a fact is not established, or not applicable: it was
    asked."""
    place = place_of(path)
    record = None if place is None else case.by_id.get(place.entity)
    found = (
        None if record is None or place is None else record.facts.get(f"{record.kind}.{place.name}")
    )
    return isinstance(found, Found) and found.state in (State.UNESTABLISHED, State.NOT_APPLICABLE)


# --- how it is asked ------------------------------------------------------------------------------
def told_fact(law: Law, case: Case, path: str) -> Told:
    """A question: the fact, the words, the values it may have, the papers that prove it."""
    words, fact = law.vocabulary, fact_at(law, path)
    papers = [
        {"kind": kind, "zh": words.evidence[kind].zh, "en": words.evidence[kind].en}
        for kind in evidence_of(law, path)
        if kind in words.evidence
    ]
    text = _question(law, case, path, fact)
    told: Told = {"fact": path, "text": {"zh": text.zh, "en": text.en}, "evidence": papers}
    if fact is not None:
        type_ = _asked_type(path, fact)
        told["type"] = str(type_)
        told["varies"] = fact.info.varies
        told["values"] = _values(words, type_)
    return told


def _asked_type(path: str, fact: Fact) -> Type:
    """The type of what a path asks for: of a field of a fact, where it says one, its own."""
    place = place_of(path)
    field = place.field if place is not None else None
    return next((of for name, of in fact.fields if name == field), fact.info.type)


def _question(law: Law, case: Case, path: str, fact: Fact | None) -> Bilingual:
    place = place_of(path)
    if fact is None or place is None:
        return _other_question(law, case, path)
    field = fact_said(path, law.vocabulary) if place.field else None
    if field is not None and fact.down_to_county:
        return Bilingual(f"{field.zh}在哪个县（市、区）？", f"In which county is {field.en}?")
    if field is not None:
        return Bilingual(f"{field.zh}是哪一个？", f"Which is {field.en}?")
    asked = fact.question or Bilingual(f"{fact.info.zh}？", f"{fact.info.en}?")
    of = f" [{place.of}]" if place.of else ""
    return Bilingual(f"{place.entity}{of}：{asked.zh}", f"{place.entity}{of}: {asked.en}")


def _other_question(law: Law, case: Case, path: str) -> Bilingual:
    words = law.vocabulary
    section, _, name = path.partition(".")
    for kind in words.kinds.values():
        if kind.section == section and kind.listed == name:
            zh, en = kind.label.zh, kind.label.en
            return Bilingual(f"{zh}是否已经全部列出？", f"Is every {en} listed?")
    if section == "settings":
        for versions in law.registry.by_instrument.values():
            for ask in (ask for version in versions for ask in version.asks):
                if ask.name == name:
                    of = words.names[name]
                    zh, en = f"{of.zh}：取哪一个？", f"{of.en}: which one is to be taken?"
                    return Bilingual(f"{zh}（{ask.text.zh}）", f"{en} ({ask.text.en})")
    figure = figure_said(path, words)
    if figure is not None:
        return Bilingual(f"{figure.zh}是多少？", f"How much is the {figure.en}?")
    place = place_below_said(path)
    if place is not None:
        return Bilingual(f"是{place.zh}？", f"Please find out {place.en}.")
    return Bilingual(f"{path}？", f"{path}?")


def _values(words: Vocabulary, type: Type) -> list[Told]:
    """The values that a fact may have, where they can be listed."""
    labels: Mapping[str, Bilingual]
    of = type.item if type.base == "list" and type.item else type
    match of:
        case Type(base="boolean"):
            return [
                {"value": True, "zh": "是", "en": "yes"},
                {"value": False, "zh": "否", "en": "no"},
            ]
        case Type(base="code", about=str() as name):
            labels = {code: _label(words, name, code) for code in words.codes(name)}
        case Type(base="step", about=str() as name):
            labels = words.ladders[name]
        case _:
            return []
    return [{"value": key, "zh": label.zh, "en": label.en} for key, label in labels.items()]


def _label(words: Vocabulary, enumeration: str, code: str) -> Bilingual:
    return Bilingual(
        words.code_label(enumeration, code, "zh"), words.code_label(enumeration, code, "en")
    )


# --- what an answer is ----------------------------------------------------------------------------
def told_answer(law: Law, path: str, said: Iterable[tuple[str, Any]]) -> list[Told]:
    """An answer as a world has it: values, parts of a range, days from and to, codes that a list
    has."""
    return [_told_option(law, path, name, option) for name, option in said]


def answer_order(law: Law, path: str, said: Iterable[tuple[str, Any]]) -> tuple[Any, ...]:
    """A key that puts answers in order: smaller and earlier first, codes as they are declared."""
    fact = fact_at(law, path)
    values = [] if fact is None else [v["value"] for v in _values(law.vocabulary, fact.info.type)]
    return tuple((name, _option_order(option, values)) for name, option in said)


def _option_order(option: Any, values: list[Any]) -> tuple[int, Any]:
    """Where an option stands among others; "from 0 on" before "more than 0".

    >>> zero, more = Bounds((0, True), (0, True)), Bounds((0, False), None)
    >>> _option_order(zero, []) < _option_order(more, [])
    True
    """
    match option:
        case Bounds(low=None):
            return 0, 0
        case Bounds(low=low):
            value: Any
            value, included = low if isinstance(low, tuple) else (low, True)
            return 1, (Fraction(value.fen if isinstance(value, Money) else value), not included)
        case Window(first, _):
            return 1, first.toordinal()
        case _:
            return (1, values.index(option)) if option in values else (2, str(option))


def _told_option(law: Law, path: str, name: str, option: Any) -> Told:
    part = name.removeprefix(path).lstrip(".#?")
    told: Told = {"of": part, "of_text": _part(law, path, part)} if part else {}
    match option:
        case Bounds(low, high):
            ends = {"low": _end(low), "high": _end(high)}
            fact = fact_at(law, path)
            money = fact is not None and fact.info.type.base == "money"
            zh, en = _range(low, high)
            if money and (low, high) != (None, None):
                zh, en = f"{zh} 元", f"{en} yuan"
            return told | ends | {"text": {"zh": zh, "en": en}}
        case Window(first, last):
            days = {"from": first.isoformat(), "until": last.isoformat()}
            text = first.isoformat() if first == last else f"{first.isoformat()}…{last.isoformat()}"
            return told | days | {"text": {"zh": text, "en": text}}
        case bool():
            zh, en = shown(option)
            return told | {"value": option, "text": {"zh": zh, "en": en}}
        case _:
            zh, en = _named(law, path, option)
            return told | {"value": plain(option), "text": {"zh": zh, "en": en}}


def _part(law: Law, path: str, part: str) -> dict[str, str]:
    """Of which part of a fact an answer is: a code of a list, an end of a time, by its label."""
    fact = fact_at(law, path)
    for one in [] if fact is None else _values(law.vocabulary, fact.info.type):
        if one["value"] == part:
            return {"zh": one["zh"], "en": one["en"]}
    zh, en = _ENDS.get(part, (part, part))
    return {"zh": zh, "en": en}


def said_answer(answer: Mapping[str, Any], lang: str) -> str:
    """One part of an answer in words, with what it is of."""
    text = str(answer["text"][lang])
    return f"{answer['of_text'][lang]}: {text}" if "of_text" in answer else text


def said_together(answers: Iterable[Mapping[str, Any]], lang: str) -> str:
    """The parts of an answer in one line."""
    comma = {"zh": "，", "en": ", "}[lang]
    return comma.join(said_answer(one, lang) for one in answers)


def _named(law: Law, path: str, option: Any) -> tuple[str, str]:
    fact = fact_at(law, path)
    if fact is not None and isinstance(option, str):
        for one in _values(law.vocabulary, fact.info.type):
            if one["value"] == option:
                return one["zh"], one["en"]
    setting = law.vocabulary.names.get(path.removeprefix("settings."))
    if setting is not None and setting.type.base == "place" and isinstance(option, str):
        said = place_said(option, date.max)
        return said.zh, said.en
    return shown(option)


def _end(limit: Any) -> Told | None:
    """An end of a range: the value, and whether it is in the range."""
    if limit is None:
        return None
    value, included = limit if isinstance(limit, tuple) else (limit, True)
    return {"value": plain(value), "included": included}


def _range(low: Any, high: Any) -> tuple[str, str]:
    """A range in words; equal ends are one value."""
    lower, upper = _end(low), _end(high)
    least, most = (shown(one[0] if isinstance(one, tuple) else one) for one in (low, high))
    if lower and upper and lower["value"] == upper["value"]:
        return least
    parts = []
    if lower and not (lower["included"] and lower["value"] in ("0", "0.00")):
        zh, en = ("不少于", "at least") if lower["included"] else ("超过", "more than")
        parts.append((f"{zh} {least[0]}", f"{en} {least[1]}"))
    if upper:
        zh, en = ("不超过", "at most") if upper["included"] else ("少于", "less than")
        parts.append((f"{zh} {most[0]}", f"{en} {most[1]}"))
    if not parts:
        return "任意", "any"
    return "，".join(zh for zh, _ in parts), ", ".join(en for _, en in parts)


# --- how it is entered ----------------------------------------------------------------------------
def answered(
    case: Mapping[str, Any], vocabulary: Vocabulary, path: str, answer: Any
) -> dict[str, Any]:
    """A case, as plain JSON, with the answer to a question entered; the case stays as it was.

    An answer has the form of the case; for a fact with a history one value stands for all times.
    """
    plain: dict[str, Any] = json.loads(json.dumps(case, default=date.isoformat))
    figure = _FIGURE.fullmatch(path)
    place = place_of(path)
    section, _, name = path.partition(".")
    if figure is not None:
        key: dict[str, Any] = dict(zip(_FIGURE_KEY, figure[1].split("/"), strict=True))
        key["year"] = int(key["year"])
        plain.setdefault("statistics", []).append(key | {"value": answer})
    elif section == "settings":
        plain.setdefault("settings", {})[name] = answer
    elif place is None:
        words = {True: "all", False: "some"}
        plain.setdefault(section, {})[name] = words.get(answer, answer)
    else:
        fact = vocabulary.facts[f"{_kind(vocabulary, section)}.{place.name}"]
        facts = plain.setdefault(section, {}).setdefault(place.entity, {})
        facts[place.name] = _entered(facts.get(place.name), fact, place, answer)
    return plain


def _entered(before: Any, fact: Fact, place: Place, answer: Any) -> Any:
    match fact.info.varies:
        case "year" if place.of is not None:
            kept = [one for one in before or () if one.get("year") != int(place.of)]
            value = answer if isinstance(answer, dict) else {"value": answer}
            return [*kept, {"year": int(place.of), **value}]
        case "each" if place.of is not None:
            return {**(before or {}), place.of: answer}
        case "history" if place.field is not None and not isinstance(answer, dict | list):
            entries = before if isinstance(before, list) else [{}]
            return [{**entry, place.field: answer} for entry in entries]
        case "history":
            return _history(fact, answer)
    return answer


def _history(fact: Fact, answer: Any) -> Any:
    """The entries of a history: as they are given, or one value that always held."""
    if isinstance(answer, dict):
        return answer if "state" in answer else [answer]
    if isinstance(answer, list) and all(isinstance(one, dict) for one in answer):
        return answer
    if fact.main == "true":
        return [{}] if answer else []
    values = answer if isinstance(answer, list) else [answer]
    return [{fact.main: value} for value in values]


def typed_answer(law: Law, path: str, said: Any) -> Any:
    """An answer that was read from YAML, where every value is text, as JSON would have it.

    `said` may be a value, an entry or a list of entries; texts that are no value of the fact stay
    as they are, for the reader of cases to refuse.
    """
    fact = fact_at(law, path)
    type = None if fact is None else fact.info.type
    base = None if type is None else type.item.base if type.item else type.base
    if base is None and path.startswith("settings."):
        base = "number"
    return _typed(said, "boolean" if fact is not None and fact.main == "true" else base)


def _typed(said: Any, base: str | None) -> Any:
    match said:
        case dict():
            return {key: _typed(of, _BASES.get(key, base)) for key, of in said.items()}
        case list():
            return [_typed(one, base) for one in said]
        case "true" | "false" if base == "boolean":
            return said == "true"
        case str() if base == "number" and re.fullmatch("-?[0-9]{1,15}", said):
            return int(said)
    return said
