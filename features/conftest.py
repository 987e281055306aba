"""Runs every scenario under pytest-bdd: each sentence means what `engine.assurance.sentences` says.

The case is decided with both inferences, which must agree in everything but the id; each finding
of a review names on what it rests or what it lacks. README.md beside this file lists the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when
from pytest_bdd.scenario import scenario_wrapper_template_registry

from engine.assurance.answers import Answer, answer_to, without_ids
from engine.assurance.draft import Draft, Table
from engine.assurance.sentences import ask, expect, tell
from engine.decision.case.reading import Case
from engine.decision.governing.law import Law, LawError, load_law
from engine.inference.program import Inference
from tests import real
from tests.real import real_law

FEATURES = Path(__file__).parent
REAL = Path(real.__file__).parent.parent / "features"
INFERENCES: tuple[Inference, ...] = ("rete", "reference")
ARITHMETIC = "payment.amount"
"""What was paid is held against what was demanded, and against no text."""
SENTENCE = parsers.re("(?P<sentence>.+)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "article(id): the article that a scenario is about")


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool:
    """A tag is an article or a worked example: `pytest -m 'article(id="41")'` selects it."""
    pytest.mark.article(id=tag)(function)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The scenarios of a file run in one process, which compiles their law; `pytest -k` finds
    them by a part of the file's path."""
    for item in items:
        function = getattr(item, "function", None)  # a doctest has none
        scenario = scenario_wrapper_template_registry.get(function) if function else None
        if scenario is not None:
            file = Path(scenario.feature.filename).relative_to(FEATURES).as_posix()
            item.add_marker(pytest.mark.xdist_group(file))
            item.extra_keyword_matches.add(file)


@pytest.fixture(scope="session")
def law() -> Law:
    """The rulesets beside these scenarios; in a copy, those of the copy."""
    try:
        return real_law() if FEATURES == REAL else load_law(FEATURES.parent / "rulesets")
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


@dataclass
class Answers:
    """What both inferences conclude of a case. The years ahead are looked through only where a
    sentence is about them."""

    case: Case
    law: Law
    known: dict[bool, Mapping[str, Any]] = field(default_factory=dict)

    def answer(self, *, ahead: bool) -> Mapping[str, Any]:
        if ahead not in self.known:
            answer, other = (
                without_ids(
                    answer_to(self.case, self.law, inference=inference, traced=True, ahead=ahead)
                )
                for inference in INFERENCES
            )
            assert answer == other
            for one in answer.get("findings", ()):
                assert _is_founded(one), one
            self.known[ahead] = answer
        return self.known[ahead]


def _is_founded(finding: Answer) -> bool:
    """Whether a finding of a review names on what it rests, or in words what it lacks."""
    gaps = finding.get("gaps", [])
    if not all(gap["text"]["zh"] and gap["text"]["en"] for gap in gaps):
        return False
    if finding["finding"] == "open":
        return bool(finding.get("missing") or gaps or finding.get("conflicts"))
    return finding["point"] == ARITHMETIC or bool(finding["provisions"])


@given(SENTENCE)
def _told(draft: Draft, sentence: str, datatable: list[list[str]]) -> None:
    tell(draft, sentence, _table(datatable))


@when(SENTENCE, target_fixture="answers")
def _asked(draft: Draft, law: Law, sentence: str) -> Answers:
    return Answers(ask(draft, sentence), law)


@then(SENTENCE)
def _expected(answers: Answers, draft: Draft, sentence: str, datatable: list[list[str]]) -> None:
    check = expect(draft, sentence, _table(datatable))
    answer = answers.answer(ahead=check.ahead)
    if not check.holds(answer):
        pytest.fail(check.failure(answer), pytrace=False)


def _table(rows: list[list[str]]) -> Table:
    return tuple(tuple(row) for row in rows)
