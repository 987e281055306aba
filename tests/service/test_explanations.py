"""Questions and explanations over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.examples import EXAMPLES, Case, load_examples
from api.explanations import ExplanationDocument, QuestionsDocument

ROOT = Path(__file__).resolve().parents[2]
CASES = [ROOT / f"examples/{name}.yaml" for name in ("w01", "daye-2014", "w07-eligibility")]


@pytest.fixture
def daye() -> Case:
    return load_examples(EXAMPLES)["daye-2014"]


def test_the_next_question_says_what_each_answer_decides(client: TestClient, daye: Case) -> None:
    response = client.post("/v1/questions", json=daye)
    assert response.status_code == 200
    question = response.json()["question"]
    assert question["fact"] == "persons.mother.register"
    assert question["settles"]
    assert len(question["answers"]) == 2


def test_an_interview_ends_with_the_decision(client: TestClient, daye: Case, case: Case) -> None:
    settled = client.post("/v1/questions", json=case).json()
    assert settled["done"]
    assert settled["decision"]["outcome"] == "determined"
    skipped = client.post("/v1/questions?skip=persons.mother.register", json=daye).json()
    assert skipped["done"]
    assert skipped["decision"]["outcome"] == "undetermined"


def test_why_not_is_explained(client: TestClient, case: Case) -> None:
    response = client.post("/v1/explanations?conclusion=further-birth", json=case)
    assert response.status_code == 200
    assert response.json()["kind"] == "why-not"
    why = client.post("/v1/explanations?conclusion=social-maintenance-fee&kind=why", json=case)
    assert why.json()["follows"] == "true"


@pytest.mark.parametrize("query", ["", "?conclusion=no-such", "?conclusion=fine&rule=no/such"])
def test_what_cannot_be_explained_is_a_problem_422(
    client: TestClient, case: Case, query: str
) -> None:
    response = client.post(f"/v1/explanations{query}", json=case)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["code"] == "not-explained"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_answer_has_the_form_that_the_document_gives(client: TestClient, path: Path) -> None:
    case = load_examples([path])[path.stem]
    question = client.post("/v1/questions", json=case)
    QuestionsDocument.model_validate_json(question.content)
    for kind in ("why", "why-not"):
        for conclusion in ("further-birth", "social-maintenance-fee"):
            told = client.post(f"/v1/explanations?conclusion={conclusion}&kind={kind}", json=case)
            ExplanationDocument.model_validate_json(told.content)
