"""`POST /v1/assessments`: the same as on the command line; another question is a problem."""

from __future__ import annotations

import json

from fastapi.testclient import TestClient

from api.assessments import AssessmentDocument
from api.examples import ASSESSMENTS, Case
from engine.decision.assessing.assess import assess
from engine.decision.case.reading import read_case
from engine.decision.record.record import read_record, verify
from tests.real import real_law

YAML = {"Content-Type": "application/yaml"}


def test_the_service_assesses_as_the_engine_does(client: TestClient) -> None:
    law, text = real_law(), ASSESSMENTS[0].read_bytes()
    expected = assess(read_case(text, law.vocabulary, file="x.yaml"), law, traced=False).as_json()
    response = client.post("/v1/assessments", content=text, headers=YAML)
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(expected))
    AssessmentDocument.model_validate_json(response.content)


def test_one_row_comes_with_its_trace(client: TestClient) -> None:
    text = ASSESSMENTS[0].read_bytes()
    response = client.post("/v1/assessments?row=t2", content=text, headers=YAML)
    found = AssessmentDocument.model_validate_json(response.content)
    assert [row.id for row in found.rows] == ["t2"]
    assert found.rows[0].trace


def test_a_row_that_is_none_is_refused_and_those_there_are_named(client: TestClient) -> None:
    text = ASSESSMENTS[0].read_bytes()
    response = client.post("/v1/assessments?row=nobody", content=text, headers=YAML)
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["code"] == "not-a-row"
    assert "t2 | t3" in error["expected"]["en"]


def test_an_assessment_is_kept_with_a_letter_of_each_unit(client: TestClient) -> None:
    posted = client.post("/v1/assessments", content=ASSESSMENTS[0].read_bytes(), headers=YAML)
    at = posted.headers["location"]
    assert at.startswith("/v1/assessments/")
    assert client.get(f"/v1/assessments/{posted.json()['id']}").status_code == 200
    kept = AssessmentDocument.model_validate_json(client.get(at).content)
    assert all(row.trace for row in kept.rows)
    verify(read_record(client.get(f"{at}/record").content))
    assert client.get(f"{at}/replay").json()["same"]
    assert len(client.get(f"{at}/trace").json()["children"]) > len(kept.rows)
    whole = client.get(f"{at}/notice?format=text").text
    one = client.get(f"{at}/notice?format=text&row=t2&lang=en").text
    assert "考评结果通知书" in whole and "Unit: t2" in one and "Unit: t3" not in one
    pdf = client.get(f"{at}/notice?format=pdf&row=t2")
    assert pdf.content.startswith(b"%PDF")
    refused = client.get(f"{at}/notice?row=nobody")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not-a-row")
    assert client.get("/v1/assessments/none/notice").status_code == 404


def test_a_question_that_is_no_assessment_is_a_problem(client: TestClient, case: Case) -> None:
    response = client.post("/v1/assessments", json=case)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
