"""The answer to a case: a decision, or the review of one where that is what is asked.

answer = answer_to(case, law)
[one["outcome"] for one in decisions_in(answer)]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.decision.case.reading import Case
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law
from engine.decision.reviewing.review import review
from engine.inference.program import Inference

Answer: TypeAlias = Mapping[str, Any]
"""A decision in the form `decision/1`, or a review in the form `review/1`."""


def answer_to(
    case: Case,
    law: Law,
    *,
    inference: Inference = "reference",
    traced: bool = False,
    ahead: bool = True,
) -> dict[str, Any]:
    """What the engine says of a case; raises CaseError for a review of what cannot be reviewed.

    `ahead`: whether the first day on which a decision would be another one is looked for, too.
    """
    if law.vocabulary.questions[case.question.ask].reviews is not None:
        return review(case, law, inference=inference).as_json()
    return decide(case, law, inference=inference, traced=traced, ahead=ahead).as_json()


def decisions_in(answer: Answer) -> list[dict[str, Any]]:
    """The decisions that an answer is made of; of a decision, itself."""
    if "findings" not in answer:
        return [dict(answer)]
    return [answer["basis"], answer["found"], *answer["later"]]


def without_ids(answer: Answer) -> dict[str, Any]:
    """An answer without the seals of its parts: they say which inference found it.

    >>> without_ids({"id": "sha256:…", "outcome": "determined"})
    {'outcome': 'determined'}
    """
    kept = {key: one for key, one in answer.items() if key != "id"}
    if "findings" in kept:
        for key in ("basis", "found"):
            kept[key] = without_ids(kept[key])
        kept["later"] = [without_ids(one) for one in kept["later"]]
    return kept
