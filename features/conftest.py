"""Runs every scenario under pytest: each sentence means what `engine.assurance.sentences` says.

The case is decided with both inferences, which must agree. README.md beside this file lists the
sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from engine.assurance.answers import answer_to, without_ids
from engine.assurance.draft import Draft, Table
from engine.assurance.sentences import ask, expect, tell
from engine.decision.decide import Law, LawError, load_law
from engine.inference.program import Inference

RULESETS = Path(__file__).parent.parent / "rulesets"
INFERENCES: tuple[Inference, ...] = ("rete", "reference")
SENTENCE = parsers.re("(?P<sentence>.+)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "article(id): the article that a scenario is about")


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool:
    """A tag is an article or a worked example: `pytest -m 'article(id="41")'` selects it."""
    pytest.mark.article(id=tag)(function)
    return True


@pytest.fixture(scope="session")
def law() -> Law:
    """The rulesets as they stand, loaded once."""
    try:
        return load_law(RULESETS)
    except LawError as error:
        problems = (f"{one.at}: {one.code}: {one.message.zh}" for one in error.diagnostics)
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def draft(law: Law) -> Draft:
    return Draft(law.vocabulary)


@pytest.fixture
def datatable() -> list[list[str]]:
    """The table of a sentence that has none."""
    return []


@given(SENTENCE)
def _told(draft: Draft, sentence: str, datatable: list[list[str]]) -> None:
    tell(draft, sentence, _table(datatable))


@when(SENTENCE, target_fixture="answer")
def _asked(draft: Draft, law: Law, sentence: str) -> Mapping[str, Any]:
    """What both inferences conclude of the case; they may differ in nothing but the id."""
    case = ask(draft, sentence)
    answer, other = (
        without_ids(answer_to(case, law, inference=inference, traced=True))
        for inference in INFERENCES
    )
    assert answer == other
    return answer


@then(SENTENCE)
def _expected(
    answer: Mapping[str, Any], draft: Draft, sentence: str, datatable: list[list[str]]
) -> None:
    check = expect(draft, sentence, _table(datatable))
    if not check.holds(answer):
        pytest.fail(check.failure(answer), pytrace=False)


def _table(rows: list[list[str]]) -> Table:
    return tuple(tuple(row) for row in rows)
