"""The words of a case, for whoever builds a form: kinds, facts, codes, questions, evidence.

    show_vocabulary(vocabulary).facts[0].type      # 'code of register'

The models are the form of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from api.problems import Text, text
from engine.language.diagnostics import Bilingual
from engine.language.types import Varies
from engine.law.vocabulary import Fact, Vocabulary
from engine.law.vocabulary_questions import Question

Words = dict[str, Text]
"""Codes with their labels, in the vocabulary's order."""


class KindEntry(BaseModel):
    """A kind of entity and where a case lists it; no section: it follows from others."""

    name: str
    section: str | None
    listed: str | None
    roles: list[str]
    label: Text


class FactEntry(BaseModel):
    """A fact that a case can state, and what proves it."""

    name: str
    kind: str
    label: Text
    type: str
    varies: Varies
    main: str
    fields: dict[str, str]
    many: bool
    question: Text | None
    evidence: list[str]
    burden: Literal["party", "authority"]


class QuestionEntry(BaseModel):
    """A question that a case can ask, and the kinds of entities it is about."""

    name: str
    about: list[str]
    label: Text


class ConclusionEntry(BaseModel):
    """What a decision can conclude."""

    name: str
    effect: str
    label: Text


class ExcludedName(BaseModel):
    """What no case may hold, and why."""

    name: str
    reason: Text
    exceptions: list[Text]


class SeriesEntry(BaseModel):
    """A series of statistics, and what a figure of it is addressed by."""

    name: str
    label: Text
    concepts: Words
    statuses: Words
    levels: list[str]


class VocabularyDocument(BaseModel):
    """Everything a case may speak of."""

    kinds: list[KindEntry]
    facts: list[FactEntry]
    enumerations: dict[str, Words]
    ladders: dict[str, Words]
    questions: list[QuestionEntry]
    conclusions: list[ConclusionEntry]
    evidence: Words
    issuers: Words
    excluded: list[ExcludedName]
    series: list[SeriesEntry]


def show_vocabulary(vocabulary: Vocabulary) -> VocabularyDocument:
    """The vocabulary as it stands in an answer."""
    return VocabularyDocument(
        kinds=[
            KindEntry(
                name=one.name,
                section=one.section,
                listed=one.listed,
                roles=list(one.roles),
                label=text(one.label),
            )
            for one in vocabulary.kinds.values()
        ],
        facts=[_fact(one) for one in vocabulary.facts.values()],
        enumerations={name: _words(codes) for name, codes in vocabulary.enumerations.items()},
        ladders={name: _words(steps) for name, steps in vocabulary.ladders.items()},
        questions=[_question(one) for one in vocabulary.questions.values()],
        conclusions=[
            ConclusionEntry(name=one.name, effect=one.effect, label=text(one.label))
            for one in vocabulary.conclusions.values()
        ],
        evidence=_words(vocabulary.evidence),
        issuers=_words(vocabulary.issuers),
        excluded=[
            ExcludedName(
                name=one.name,
                reason=text(one.reason),
                exceptions=[text(exception) for exception in one.exceptions],
            )
            for one in vocabulary.excluded.values()
        ],
        series=[
            SeriesEntry(
                name=one.name,
                label=text(one.label),
                concepts=_words(one.concepts),
                statuses=_words(one.statuses),
                levels=list(one.levels),
            )
            for one in vocabulary.series.values()
        ],
    )


def _fact(fact: Fact) -> FactEntry:
    kind, _, name = fact.info.key.partition(".")
    return FactEntry(
        name=name,
        kind=kind,
        label=Text(zh=fact.info.zh, en=fact.info.en),
        type=str(fact.info.type),
        varies=fact.info.varies,
        main=fact.main,
        fields={field: str(type) for field, type in fact.fields},
        many=fact.many,
        question=None if fact.question is None else text(fact.question),
        evidence=list(fact.evidence),
        burden=fact.burden,
    )


def _question(question: Question) -> QuestionEntry:
    return QuestionEntry(name=question.name, about=list(question.about), label=text(question.label))


def _words(labels: Mapping[str, Bilingual]) -> Words:
    return {code: text(label) for code, label in labels.items()}
