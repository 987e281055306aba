"""What can be done against a decision: its periods and bodies, asked of the law like anything else.

    remedies = remedies_of(case, law)
    remedies.decision["parts"]

A vocabulary that reviews decisions about a question says how a case records them, and which
questions follow. Where the case records the decision already, those are asked about it. Otherwise
one made on the day of the case is supposed, and days that are then still missing, such as that of
service, are taken to be the same day: the letter says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.decision.case import read_case_data
from engine.decision.case_canonical import canonical_case
from engine.decision.case_model import Case
from engine.decision.case_problems import CaseError
from engine.decision.decide import Law, decide, evaluation_of, sought_of
from engine.decision.results import of_bearer
from engine.inference.program import Inference
from engine.inference.undecided import Undecided
from engine.law.vocabulary import Question, Reviewed

SUPPOSED: Final = "supposed-decision"
"""The id of a decision that is supposed."""
_FACT: Final = re.compile(r"(\w+)\.([a-z][a-z0-9-]*)\.(\w+)")


@dataclass(frozen=True, slots=True)
class Remedies:
    """Periods and bodies, as a decision (`decision/1`); what was assumed to be on `day`."""

    decision: Mapping[str, Any]
    assumed: tuple[str, ...]
    day: str

    def as_json(self) -> dict[str, Any]:
        """As a letter points into it."""
        return {"decision": self.decision, "assumed": list(self.assumed), "day": self.day}


def remedies_of(case: Case, law: Law, *, inference: Inference = "rete") -> Remedies | None:
    """What can be done against the decision of a case; None where the law of the vocabulary has no
    question about such decisions."""
    for name, question, code in _reviewing(case, law):
        plain: dict[str, Any] = dict(canonical_case(case, law.vocabulary))
        section = next(
            kind.section for kind in law.vocabulary.kinds.values() if kind.name in question.about
        )
        if section is None or question.reviews is None:
            continue
        recorded = _recorded(plain.get(section, {}), question.reviews, code, case)
        id = recorded or SUPPOSED
        day = case.as_of.isoformat()
        if recorded is None:
            plain[section] = plain.get(section, {}) | {
                id: {
                    question.reviews.by.partition(".")[2]: code,
                    question.reviews.day.partition(".")[2]: day,
                    question.reviews.about.partition(".")[2]: list(case.question.about),
                }
            }
        plain |= {"question": {"ask": name, "about": [id]}, "choices": []}
        found = _asked(plain, law, inference, id, day)
        if found is not None:
            return found
    return None


def _reviewing(case: Case, law: Law) -> Iterator[tuple[str, Question, str]]:
    """The questions about a decision of what the case asks that have periods."""
    questions = law.vocabulary.questions
    for reviewing in questions.values():
        if reviewing.reviews is None:
            continue
        for code, asked in reviewing.reviews.questions.items():
            if asked == case.question.ask:
                for name in reviewing.reviews.then:
                    if any(effect == "time" for effect, _ in questions[name].seeks):
                        yield name, reviewing, code


def _recorded(
    decisions: Mapping[str, Any], reviewed: Reviewed, code: str, case: Case
) -> str | None:
    """The decision that the case records on its question, if there is one."""
    by, about = (name.partition(".")[2] for name in (reviewed.by, reviewed.about))
    for id, facts in sorted(decisions.items()):
        if (
            isinstance(facts, dict)
            and facts.get(by) == code
            and sorted(facts.get(about) or ()) == sorted(case.question.about)
        ):
            return id
    return None


def _asked(
    plain: dict[str, Any], law: Law, inference: Inference, id: str, day: str
) -> Remedies | None:
    """What is asked about the decision; days that it lacks are taken to be `day`."""
    assumed: list[str] = []
    try:
        case = read_case_data(plain, law.vocabulary)
        while lacking := [p for p in _days_needed(case, law, inference, id) if p not in assumed]:
            for path in lacking:
                section, _, fact = path.split(".")
                plain[section] = plain[section] | {id: plain[section][id] | {fact: day}}
                assumed.append(path)
            case = read_case_data(plain, law.vocabulary)
    except CaseError:
        return None
    found = decide(case, law, inference=inference).as_json()
    return Remedies(found, tuple(assumed), day)


def _days_needed(case: Case, law: Law, inference: Inference, id: str) -> list[str]:
    """The days of the decision without which it cannot be told which law governs, or what its parts
    come to."""
    evaluation = evaluation_of(case, law, inference)
    try:
        world = evaluation.world({})
    except Undecided as stop:
        return _days_of(stop.point.facts, law, id)
    needed: set[str] = set()
    for bearer, sought in sought_of(evaluation):
        try:
            of_bearer(world, evaluation.question, bearer, sought)
        except Undecided as stop:
            needed |= stop.point.facts
    return _days_of(needed, law, id)


def _days_of(paths: Iterable[str], law: Law, id: str) -> list[str]:
    """The facts among those named that are days of the decision."""
    found: set[str] = set()
    for path in paths:
        match = _FACT.fullmatch(path)
        for kind in law.vocabulary.kinds.values() if match and match[2] == id else ():
            if kind.section == match[1]:
                fact = law.vocabulary.facts.get(f"{kind.name}.{match[3]}")
                if fact is not None and fact.info.type.base == "date":
                    found.add(path)
    return sorted(found)
