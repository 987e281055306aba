"""What a letter tells beside the decision itself, as plain data: who, which facts, which papers,
what can be done against it, and the words for codes.

    decision, material = decide_for_letter(case, law)
    material["facts"][0]["label"], material["remedies"]

It is made once, when the case is decided, and sealed with the decision, so that a letter follows
from a record alone: neither rulesets nor vocabulary are needed to write it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from engine.decision.assessing.assess import Assessment, Belonging, assess
from engine.decision.case.model import (
    Case,
    EntityRecord,
    Entry,
    Evidence,
    Found,
    Scalar,
    State,
    Value,
)
from engine.decision.case.watched import watch
from engine.decision.choosing.choosing import comes_to
from engine.decision.deciding.bands_told import iso_duration
from engine.decision.deciding.decide import decide
from engine.decision.deciding.outcome import Decision
from engine.decision.entitlements.entitlements import Entitlements, entitlements
from engine.decision.governing.law import Law
from engine.decision.letter.bringing import to_bring
from engine.decision.letter.called import called, concerned
from engine.decision.letter.naming import name_all
from engine.decision.letter.remedies import remedies_of
from engine.decision.letter.totals import totals_of
from engine.decision.words.paths_said import place_said
from engine.decision.words.shown import shown
from engine.decision.words.suppositions import Suppositions
from engine.decision.words.written import both
from engine.inference.program import Inference
from engine.language.diagnostics import LANGUAGES, Bilingual
from engine.language.types import Type
from engine.law.vocabulary import Vocabulary
from engine.values.dates import Period, Window
from engine.values.money import Money, format_yuan

Json = dict[str, Any]

STATES: Final[Mapping[State, Bilingual]] = {
    State.UNKNOWN: Bilingual("不详", "not known"),
    State.UNESTABLISHED: Bilingual("未能证明", "not established"),
    State.NOT_APPLICABLE: Bilingual("不适用", "does not apply"),
}
PAPERS: Final[Mapping[str, Bilingual]] = {
    "verified": Bilingual("已核实", "verified"),
    "submitted": Bilingual("已提交，未核实", "submitted, not verified"),
    "rejected": Bilingual("不采信", "rejected"),
}


def decide_for_letter(
    case: Case, law: Law, *, inference: Inference = "rete"
) -> tuple[Decision, Json]:
    """The decision of a case, the same as `decide` makes, and the material of its letters."""
    watched = watch(case)
    decision = decide(watched.case, law, inference=inference)
    remedies = remedies_of(case, law, decision, inference=inference)
    material = _material(case, law.vocabulary, watched.read)
    answer = decision.as_json()
    material["concerned"] = _concerned(case, law, answer["parts"])
    summed = [] if case.choices else totals_of(answer)
    if summed:
        material["totals"] = summed
    told: list[object] = [answer]
    if remedies is not None:
        material["remedies"] = remedies
        told.append(remedies)
    if case.choices:
        versions = decision.content["versions"]
        material["chosen"] = comes_to(case, law, inference=inference, versions=versions)
        told.append(material["chosen"])
    name_all(material, told, case, law, Suppositions(law, decision.content["versions"]))
    return decision, material


def material_of_review(case: Case, review: Mapping[str, Any], law: Law) -> Json:
    """The material of the letters of a review: every fact of the case was looked at."""
    material = _material(case, law.vocabulary, None)
    material["concerned"] = _concerned(case, law, review["basis"]["parts"])
    versions = review["basis"]["versions"]
    name_all(material, [review], case, law, Suppositions(law, versions))
    return material


def assess_for_letter(
    case: Case, law: Law, *, inference: Inference = "rete"
) -> tuple[Assessment, Json]:
    """The assessment of a case, the same as `assess` makes, and the material of its letters."""
    watched = watch(case)
    found = assess(watched.case, law, inference=inference, traced=True)
    material = _material(case, law.vocabulary, watched.read)
    table = law.vocabulary.questions[case.question.ask].tabulates
    assert table is not None
    belongs = Belonging(case, law.vocabulary, table)
    for fact in material["facts"]:
        fact["row"] = belongs.of(fact["entity"])[0]
    name_all(material, [found.as_json()], case, law, Suppositions(law, found.content["versions"]))
    return found, material


def entitlements_for_letter(
    case: Case, law: Law, window: Window, *, inference: Inference = "rete"
) -> tuple[Entitlements, Json]:
    """What a family is entitled to, as `entitlements` tells it, and the material of its letters:
    every fact of the case was looked at on some day."""
    found = entitlements(case, law, window, inference=inference, traced=True)
    decision = decide(case, law, inference=inference, traced=False)
    remedies = remedies_of(case, law, decision, inference=inference)
    material = _material(case, law.vocabulary, None)
    answer = found.as_json()
    material["concerned"] = _concerned(case, law, answer["rows"])
    material["unproved"] = to_bring(case, law, answer["unproved"])
    told: list[object] = [answer]
    if remedies is not None:
        material["remedies"] = remedies
        told.append(remedies)
    name_all(material, told, case, law, Suppositions(law, found.content["versions"]))
    return found, material


def _concerned(case: Case, law: Law, told: list[Json]) -> list[str]:
    return concerned(case, law.vocabulary, [one["bearer"] for one in told])


def _material(case: Case, vocabulary: Vocabulary, read: set[str] | None) -> Json:
    material: Json = {
        "question": both(vocabulary.questions[case.question.ask].label),
        "parties": [
            _party(record, vocabulary)
            for kind in vocabulary.kinds.values()
            for record in (case.entities.get(kind.name, ()) if kind.section else ())
        ],
        "facts": list(_facts(case, vocabulary, read)),
        "evidence": [_paper(case.evidence[id], vocabulary) for id in sorted(case.evidence)],
    }
    if case.reference is not None:
        material["reference"] = case.reference
    return material


def _party(record: EntityRecord, vocabulary: Vocabulary) -> Json:
    return {"id": record.id, "kind": both(vocabulary.kinds[record.kind].label)}


def _paper(paper: Evidence, vocabulary: Vocabulary) -> Json:
    told: Json = {
        "id": paper.id,
        "kind": both(vocabulary.evidence[paper.kind]),
        "status": both(PAPERS[paper.status]),
    }
    if paper.issuer is not None:
        told["issuer"] = both(vocabulary.issuers[paper.issuer])
    if paper.date is not None:
        told["date"] = _day(paper.date)
    return told


# --- facts ----------------------------------------------------------------------------------------
def _facts(case: Case, vocabulary: Vocabulary, read: set[str] | None) -> Iterator[Json]:
    """The facts that were read, in the order of the vocabulary and of the ids, whatever the order
    in the case."""
    words_of = called(case, vocabulary)
    order = {key: number for number, key in enumerate(vocabulary.facts)}
    for kind in vocabulary.kinds.values():
        for record in case.entities.get(kind.name, ()) if kind.section else ():
            if record.implied:
                continue
            for key in sorted(record.facts, key=order.__getitem__):
                fact = record.facts[key]
                for entry in (fact,) if isinstance(fact, Found) else fact:
                    found = entry if isinstance(entry, Found) else entry.found
                    if read is None or found.path in read:
                        yield _fact(case, vocabulary, record, key, entry, words_of)


def _fact(
    case: Case,
    vocabulary: Vocabulary,
    record: EntityRecord,
    key: str,
    entry: Found | Entry,
    words_of: Mapping[str, Bilingual],
) -> Json:
    found = entry if isinstance(entry, Found) else entry.found
    info = vocabulary.names[key]
    told: Json = {
        "entity": record.id,
        "path": found.path,
        "label": {"zh": info.zh, "en": info.en},
        "state": found.state.value,
        "text": _value(found, info.type, vocabulary, case.as_of),
    }
    if isinstance(entry, Entry):
        for name, day in (("from", entry.start), ("until", entry.until)):
            if day is not None:
                told[name] = _day(day)
        if entry.year is not None:
            told["year"] = str(entry.year)
        if entry.of is not None:
            told["of"] = both(words_of[entry.of]) if entry.of in words_of else entry.of
        told["fields"] = [
            {
                "label": _label_of(vocabulary, f"{key}.{name}"),
                "text": _value(field, _type(vocabulary, f"{key}.{name}"), vocabulary, case.as_of),
            }
            for name, field in entry.fields.items()
        ]
    told["evidence"] = list(found.evidence)
    told["claims"] = [
        {
            "by": claim.by,
            "text": _texts(claim.value, info.type, vocabulary, case.as_of),
            "evidence": list(claim.evidence),
        }
        for claim in found.claims
    ]
    return told


def _label_of(vocabulary: Vocabulary, key: str) -> Json:
    info = vocabulary.names[key]
    return {"zh": info.zh, "en": info.en}


def _type(vocabulary: Vocabulary, key: str) -> Type:
    return vocabulary.names[key].type


def _value(found: Found, type: Type, vocabulary: Vocabulary, as_of: date) -> Json:
    if found.value is None:
        return both(STATES[found.state])
    return _texts(found.value, type, vocabulary, as_of)


def _texts(value: Value, type: Type, vocabulary: Vocabulary, as_of: date) -> Json:
    """A value in both languages, with days as ISO 8601 writes them."""
    item = type.item or type
    values = value if isinstance(value, tuple) else (value,)
    if not values:
        return {"zh": "无", "en": "(none)"}  # not a code that an enumeration may have
    texts = [_scalar(one, item, vocabulary, as_of) for one in values]
    return {"zh": "、".join(one.zh for one in texts), "en": ", ".join(one.en for one in texts)}


def _scalar(value: Scalar, type: Type, vocabulary: Vocabulary, as_of: date) -> Bilingual:
    match value:
        case bool():
            return Bilingual("是", "yes") if value else Bilingual("否", "no")
        case Money():
            text = format_yuan(value, grouped=True)
            return Bilingual(f"{text} 元", f"{text} yuan")
        case Window() | date():
            text = _day(value)
        case Period():
            text = iso_duration(value)
        case str() if type.base == "code" and type.about is not None:
            labels = {lang: vocabulary.code_label(type.about, value, lang) for lang in LANGUAGES}
            return Bilingual(labels["zh"], labels["en"])
        case str() if type.base == "step" and type.about is not None:
            return vocabulary.ladders[type.about][value]
        case str() if type.base == "place":
            return place_said(value, as_of)
        case Fraction():
            text, _ = shown(value)
        case _:
            text = str(value)
    return Bilingual(text, text)


def _day(day: date | Window) -> str:
    """A day; of a month or a year that is known to no day, the month or the year."""
    if isinstance(day, Window):
        return day.first.isoformat()[: 7 if day.first.month == day.last.month else 4]
    return day.isoformat()
