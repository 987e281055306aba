"""What answers a body: a case in JSON or YAML goes in, plain data comes out.

    answered = partial(explanation, sought=Sought("possible"))
    answered(body, "json", law)["parts"]

All raise CaseError for what is no case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.decision.asking.questions import next_question
from engine.decision.assessing.assess import assess
from engine.decision.case.input import Format
from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.explaining.explaining import Sought, explained
from engine.decision.governing.law import Law
from engine.decision.reviewing.review import review
from engine.decision.words.answering import is_of_case

Work: TypeAlias = Callable[[bytes, Format, Law], dict[str, Any]]
"""What answers a body that is read."""


class NoSuchFact(Exception):
    """A fact is to be skipped that the case cannot have."""


def decided(body: bytes, format: Format, law: Law) -> dict[str, Any]:
    """A decision, not kept."""
    return decide(read_case(body, law.vocabulary, format=format), law).as_json()


def reviewed(body: bytes, format: Format, law: Law) -> dict[str, Any]:
    """A review of a past decision."""
    return review(read_case(body, law.vocabulary, format=format), law).as_json()


def assessment(body: bytes, format: Format, law: Law) -> dict[str, Any]:
    """Units assessed at once, not kept. Raises NotTabulated."""
    return assess(read_case(body, law.vocabulary, format=format), law, traced=False).as_json()


def question(
    body: bytes, format: Format, law: Law, skip: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The next question; facts of `skip` are not asked for. Raises NoSuchFact."""
    case = read_case(body, law.vocabulary, format=format)
    if not all(is_of_case(law, case, one) for one in skip):
        raise NoSuchFact
    return next_question(case, law, skip=skip).as_json()


def explanation(body: bytes, format: Format, law: Law, sought: Sought) -> dict[str, Any]:
    """An explanation. Raises ExplainError if there is no such conclusion or rule."""
    return explained(read_case(body, law.vocabulary, format=format), law, sought)
