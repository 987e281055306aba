"""Questions and explanations over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.examples import EXAMPLES, Case, load_examples
from api.explanations import (
    EXAMPLES as EXPLANATIONS,
)
from api.explanations import (
    ChangesDocument,
    ExplanationDocument,
    PossibleDocument,
    QuestionsDocument,
)
from engine.cli import app as command_line

ROOT = Path(__file__).resolve().parents[2]
CASES = [
    ROOT / f"examples/{name}.yaml"
    for name in ("w01", "daye-2014", "w07-eligibility", "townships-2010")
]
DOCUMENTS = {"changes": ChangesDocument, "possible": PossibleDocument}


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


def test_what_would_change_it_is_explained(client: TestClient, case: Case) -> None:
    told = client.post("/v1/explanations?kind=changes&size=1", json=case).json()
    assert told["size"] == 1
    for part in told["parts"]:
        assert part["complete"]
        assert part["sets"]
        for found in part["sets"]:
            assert len(found["changes"]) == 1
            assert found["then"] != part["now"]


def test_what_is_still_possible_is_explained_with_the_state_of_proof(
    client: TestClient, daye: Case
) -> None:
    told = client.post("/v1/explanations?kind=possible", json=daye).json()
    _, mother = told["parts"]
    assert mother["missing"] == [["persons.mother.register"]]
    (register,) = mother["facts"]
    decided = [
        {band["low"] for part in one["parts"] for band in part["bands"]}
        for one in register["answers"]
    ]
    assert decided == [{"63000.00"}, {"29400.00"}]
    alleged = {one["fact"]: one for one in told["proof"]}
    assert alleged["persons.mother.annual_income[2013]"]["stands"]
    assert not alleged["children.k2.ground"]["stands"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [(path, "changes") for path in CASES] + [(path, "possible") for path in CASES[:3]],
    ids=str,
)
def test_the_service_and_the_command_line_say_the_same(
    client: TestClient, path: Path, kind: str
) -> None:
    printed = CliRunner().invoke(command_line, ["explain", str(path), f"--{kind}", "--json"])
    told = client.post(f"/v1/explanations?kind={kind}", json=load_examples([path])[path.stem])
    assert printed.exit_code == 0
    assert told.json() == json.loads(printed.stdout)
    DOCUMENTS[kind].model_validate_json(told.content)


def test_the_document_answers_a_real_case_in_every_way(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/v1/explanations"]["post"]
    told = operation["responses"]["200"]["content"]["application/json"]["examples"]
    bodies = operation["requestBody"]["content"]["application/json"]["examples"]
    for kind, sought in EXPLANATIONS.items():
        query = {"kind": kind, "conclusion": sought.conclusion, "size": str(sought.size)}
        again = client.post("/v1/explanations", params=query, json=bodies["daye-2014"]["value"])
        assert again.json() == told[f"daye-2014-{kind}"]["value"]


@pytest.mark.parametrize(
    ("query", "code"),
    [("?kind=wherefore", "not-a-kind"), ("?kind=changes&size=4", "not-a-size")],
)
def test_what_cannot_be_asked_is_a_problem_422(
    client: TestClient, case: Case, query: str, code: str
) -> None:
    response = client.post(f"/v1/explanations{query}", json=case)
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["code"] == code


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


def test_who_is_not_in_the_answer_is_refused_with_what_may_be_said(client: TestClient) -> None:
    case = load_examples(CASES[:1])[CASES[0].stem]
    response = client.post(
        "/v1/explanations?kind=why&conclusion=social-maintenance-fee&bearer=nobody", json=case
    )
    (error,) = response.json()["errors"]
    assert response.status_code == 422
    assert error["expected"]["en"] == "the id of an entity of the case whom the answer concerns"
