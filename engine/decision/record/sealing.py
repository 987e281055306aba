"""What a case is answered with, in each form that is sealed: the answer, and what letters tell
beside it.

    answer = answer_in("review/1", case, law)
    answer.result["findings"], answer.material
    form_of(case, law)          # "review/1" if it asks about a past decision, else "decision/1"

The same answer comes of the same case and law, so that a record can be replayed whatever its form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from engine.decision.assessing.assess import assess
from engine.decision.case.model import Case
from engine.decision.deciding.decide import decide
from engine.decision.entitlements.entitlements import entitlements, years_of
from engine.decision.governing.law import Law
from engine.decision.letter.material import (
    assess_for_letter,
    decide_for_letter,
    entitlements_for_letter,
    material_of_review,
)
from engine.decision.reviewing.review import review
from engine.inference.program import Inference
from engine.values.dates import Window

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as plain data, its exit code, and the material of its letters, if it has any."""

    result: Json
    exit: int
    material: Json | None = None

    def as_json(self) -> Json:
        """The answer itself."""
        return self.result


def form_of(case: Case, law: Law) -> str:
    """The form in which a case is answered unless another one is asked for."""
    reviews = law.vocabulary.questions[case.question.ask].reviews
    return "decision/1" if reviews is None else "review/1"


def answer_in(
    form: str,
    case: Case,
    law: Law,
    *,
    inference: Inference = "rete",
    window: Window | None = None,
    lettered: bool = True,
) -> Answer:
    """The answer of a case in a form. `window`: the days that entitlements are told for;
    `lettered`: with the material of letters.

    Raises what the form raises for a case that does not ask for it: CaseError, NotTabulated,
    QuestionError.
    """
    return FORMS[form](case, law, inference, window, lettered)


def window_of(result: Mapping[str, Any]) -> Window | None:
    """The days that a recorded answer was given for, if it says so."""
    if "from" not in result or "until" not in result:
        return None
    return Window(date.fromisoformat(result["from"]), date.fromisoformat(result["until"]))


def texts_of(result: Any) -> Iterator[str]:
    """The texts that an answer of any form names as those that govern, as `instrument/version`."""
    if isinstance(result, dict):
        versions = result.get("versions")
        for one in versions if isinstance(versions, list) else ():
            yield f"{one['instrument']}/{one['version']}"
        for key, inner in result.items():
            if key not in ("versions", "trace"):
                yield from texts_of(inner)
    elif isinstance(result, list):
        for inner in result:
            yield from texts_of(inner)


def _decision(
    case: Case, law: Law, inference: Inference, window: Window | None, lettered: bool
) -> Answer:
    if not lettered:
        bare = decide(case, law, inference=inference)
        return Answer(bare.as_json(), bare.exit)
    decision, material = decide_for_letter(case, law, inference=inference)
    return Answer(decision.as_json(), decision.exit, material)


def _review(
    case: Case, law: Law, inference: Inference, window: Window | None, lettered: bool
) -> Answer:
    found = review(case, law, inference=inference)
    content = found.as_json()
    material = material_of_review(case, content, law) if lettered else None
    return Answer(content, found.exit, material)


def _assessment(
    case: Case, law: Law, inference: Inference, window: Window | None, lettered: bool
) -> Answer:
    if not lettered:
        bare = assess(case, law, inference=inference, traced=True)
        return Answer(bare.as_json(), bare.exit)
    found, material = assess_for_letter(case, law, inference=inference)
    return Answer(found.as_json(), found.exit, material)


def _entitlements(
    case: Case, law: Law, inference: Inference, window: Window | None, lettered: bool
) -> Answer:
    years = window or years_of(case, law, None, None)
    if not lettered:
        bare = entitlements(case, law, years, inference=inference, traced=True)
        return Answer(bare.as_json(), 0)
    found, material = entitlements_for_letter(case, law, years, inference=inference)
    return Answer(found.as_json(), 0, material)


FORMS: Final[Mapping[str, Callable[[Case, Law, Inference, Window | None, bool], Answer]]] = {
    "decision/1": _decision,
    "review/1": _review,
    "assessment/1": _assessment,
    "entitlements/1": _entitlements,
}
"""Every form that is sealed."""
