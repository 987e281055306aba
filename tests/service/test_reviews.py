"""`POST /v1/reviews`: the same as on the command line; what cannot be reviewed is a problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.examples import REVIEWS, Case, load_examples
from api.reviews import ReviewDocument
from engine.decision.case.reading import read_case
from engine.decision.record.record import read_record, verify
from engine.decision.reviewing.review import review
from tests.real import real_law

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def past() -> dict[str, Any]:
    """A decision with a multiple of four where the law says three."""
    case: dict[str, Any] = load_examples(REVIEWS)["review-daye-2014"]
    return case


def test_the_service_finds_what_the_engine_finds(client: TestClient) -> None:
    law = real_law()
    text = REVIEWS[0].read_bytes()
    expected = review(read_case(text, law.vocabulary, file=REVIEWS[0].name), law)
    headers = {"Content-Type": "application/yaml"}
    response = client.post("/v1/reviews", content=text, headers=headers)
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(expected.as_json()))


def test_a_review_has_the_form_that_the_document_gives(
    client: TestClient, past: dict[str, Any]
) -> None:
    response = client.post("/v1/reviews", json=past)
    found = ReviewDocument.model_validate_json(response.content)
    assert found.outcome == "unlawful"
    assert [(one.payer, one.low, one.high) for one in found.overcharged] == [
        ("father", "70000.00", "70000.00")
    ]


def test_an_open_review_is_answered_with_200_and_what_is_missing(
    client: TestClient, past: dict[str, Any]
) -> None:
    del past["decisions"]["d1"]["written"]
    past["decisions"]["d1"]["amounts"]["father"] = "210000.00"
    past["decisions"]["d1"]["multiple"] = 3
    response = client.post("/v1/reviews", json=past)
    assert response.status_code == 200
    assert (response.json()["outcome"], response.json()["exit"]) == ("open", 3)
    missing = [facts for one in response.json()["findings"] for facts in one.get("missing", ())]
    assert missing == [["decisions.d1.written"]]


def test_another_question_is_a_problem_of_the_case(client: TestClient, case: Case) -> None:
    response = client.post("/v1/reviews", json=case)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    (problem,) = response.json()["errors"]
    assert (problem["code"], problem["pointer"]) == ("no-review", "/question/ask")


def test_a_payment_before_the_decision_is_a_problem_of_the_case(
    client: TestClient, past: dict[str, Any]
) -> None:
    past["payments"]["p1"]["date"] = "2014-07-19"
    response = client.post("/v1/reviews", json=past)
    assert response.status_code == 422
    (problem,) = response.json()["errors"]
    assert (problem["code"], problem["pointer"]) == ("before-other-day", "/payments/p1/date")


def test_a_body_of_another_media_type_is_refused(client: TestClient) -> None:
    headers = {"Content-Type": "text/plain"}
    assert client.post("/v1/reviews", content="no", headers=headers).status_code == 415


def test_a_review_is_sealed_and_kept_as_a_decision_is(
    client: TestClient, past: dict[str, Any]
) -> None:
    posted = client.post("/v1/reviews", json=past)
    at = posted.headers["location"]
    assert at.startswith("/v1/reviews/")
    assert client.get(at).json() == posted.json()
    record = read_record(client.get(f"{at}/record").content)
    verify(record)
    assert record.content["result"] == posted.json()
    assert client.get(f"{at}/replay").json()["same"]
    assert client.get(f"{at}/trace").json()["kind"] == "decision"
    letter = client.get(f"{at}/notice?format=text")
    assert letter.status_code == 200
    assert "审查意见书" in letter.text
    for other in (f"/v1/decisions/{posted.json()['id']}", "/v1/reviews/none"):
        assert client.get(other).status_code == 404
