"""Every address of the service answers as it says it does."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import jsonschema_rs
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api.app
from api.documents import DecisionDocument
from api.examples import EXAMPLES, Case, load_examples
from api.rulesets import Ruleset, Rulesets
from api.vocabulary import VocabularyDocument
from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import LawError
from tests.real import real_law

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "examples").glob("*.yaml"))


def test_a_case_in_json_is_decided(client: TestClient, case: Case) -> None:
    response = client.post("/v1/decisions", json=case)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.json()["outcome"] == "determined"
    assert response.json()["exit"] == 0
    assert {(band["payer"], band["low"], band["high"]) for band in response.json()["bands"]} == {
        ("husband", "60000.00", "60000.00"),
        ("wife", "60000.00", "60000.00"),
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_service_answers_what_the_engine_decides(client: TestClient, path: Path) -> None:
    law = real_law()
    expected = decide(read_case(path.read_bytes(), law.vocabulary, file=path.name), law)
    headers = {"Content-Type": "application/yaml"}
    response = client.post("/v1/decisions", content=path.read_bytes(), headers=headers)
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(expected.as_json()))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_decision_has_the_form_that_the_document_gives(
    client: TestClient, path: Path
) -> None:
    response = client.post("/v1/decisions", json=load_examples([path])[path.stem])
    assert response.status_code == 200
    DecisionDocument.model_validate_json(response.content)


def test_an_undetermined_case_is_answered_with_200_and_what_is_missing(client: TestClient) -> None:
    response = client.post("/v1/decisions", json=load_examples(EXAMPLES)["daye-2014"])
    assert response.status_code == 200
    assert response.json()["outcome"] == "undetermined"
    assert ["persons.mother.register"] in response.json()["missing"]


def test_the_same_case_gets_the_same_bytes(client: TestClient, text: str) -> None:
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    first = client.post("/v1/decisions", content=text, headers=headers)
    assert client.post("/v1/decisions", content=text, headers=headers).content == first.content


def test_every_version_that_is_listed_can_be_read(client: TestClient) -> None:
    response = client.get("/v1/rulesets")
    assert response.status_code == 200
    rulesets = Rulesets.model_validate_json(response.content)
    assert "cn/hubei/pfp-regulations" in [one.id for one in rulesets.instruments]
    for instrument in rulesets.instruments:
        assert instrument.versions
        for version in instrument.versions:
            found = client.get(f"/v1/rulesets/{instrument.id}/{version.version}")
            assert found.status_code == 200
            ruleset = Ruleset.model_validate_json(found.content)
            assert (ruleset.instrument, ruleset.version) == (instrument.id, version.version)
            assert len(ruleset.rules) == version.rules
            assert all(rule.sentence.zh and rule.sentence.en for rule in ruleset.rules)
            named = {source for rule in ruleset.rules for source in rule.sources}
            assert named <= {source.id for source in ruleset.sources}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/rulesets/cn/hubei/pfp-regulations/1999-01-01",
        "/v1/rulesets/cn/nowhere/2009-03-01",
        "/v1/rulesets/",
        "/v1/rulesets//",
        "/v1/rulesets/..%2f..%2fetc/passwd",
        "/v1/decision",
        "/docs",
        "/",
    ],
)
def test_what_is_not_there_is_a_problem_404(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert_problem(response, 404, "not-found")


def test_the_vocabulary_names_every_fact_in_two_languages(client: TestClient) -> None:
    response = client.get("/v1/vocabulary")
    assert response.status_code == 200
    vocabulary = VocabularyDocument.model_validate_json(response.content)
    facts = {f"{fact.kind}.{fact.name}": fact for fact in vocabulary.facts}
    assert facts["person.register"].type == "code of register"
    assert "urban" in vocabulary.enumerations["register"]
    assert all(fact.label.zh and fact.label.en for fact in vocabulary.facts)
    assert {"fee", "eligibility"} <= {question.name for question in vocabulary.questions}


def test_the_service_says_that_it_lives_and_that_it_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    listed = client.get("/v1/rulesets").json()["instruments"]
    assert ready == {
        "status": "ready",
        "instruments": len(listed),
        "versions": sum(len(one["versions"]) for one in listed),
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/decisions", "POST"),
        ("PUT", "/v1/decisions", "POST"),
        ("OPTIONS", "/v1/decisions", "POST"),
        ("POST", "/v1/rulesets", "GET"),
        ("HEAD", "/v1/vocabulary", "GET"),
        ("DELETE", "/v1/rulesets/cn/pfpl/2002-09-01", "GET"),
        ("POST", "/healthz", "GET"),
        ("POST", "/readyz", "GET"),
    ],
)
def test_only_the_declared_methods_are_served(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    if method != "HEAD":
        assert_problem(response, 405, "method-not-allowed")


def test_the_first_example_of_the_document_is_determined(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    operation = document["paths"]["/v1/decisions"]["post"]
    body = operation["requestBody"]["content"]["application/json"]
    first = next(iter(body["examples"]))
    decided = client.post("/v1/decisions", json=body["examples"][first]["value"])
    assert decided.status_code == 200
    assert decided.json()["outcome"] == "determined"
    shown = operation["responses"]["200"]["content"]["application/json"]["examples"]
    assert shown[first]["value"] == decided.json()


def test_every_example_of_the_document_keeps_the_schemas_of_the_document(
    client: TestClient,
) -> None:
    document = client.get("/openapi.json").json()
    operation = document["paths"]["/v1/decisions"]["post"]
    for content in (
        operation["requestBody"]["content"]["application/json"],
        operation["responses"]["200"]["content"]["application/json"],
    ):
        # The schemas point into the document, so it is the root of what is checked.
        validator = jsonschema_rs.Draft202012Validator({**document, **content["schema"]})
        for example in content["examples"].values():
            validator.validate(example["value"])


def test_the_document_lists_all_addresses(client: TestClient) -> None:
    assert set(client.get("/openapi.json").json()["paths"]) == {
        "/metrics",
        "/v1/assessments",
        "/v1/assessments/{id}",
        "/v1/assessments/{id}/notice",
        "/v1/assessments/{id}/record",
        "/v1/assessments/{id}/replay",
        "/v1/assessments/{id}/trace",
        "/v1/reviews/{id}",
        "/v1/reviews/{id}/notice",
        "/v1/reviews/{id}/record",
        "/v1/reviews/{id}/replay",
        "/v1/reviews/{id}/trace",
        "/v1/audit",
        "/v1/cases",
        "/v1/cases/{id}",
        "/v1/cases/{id}/choices",
        "/v1/cases/{id}/decisions",
        "/v1/decisions",
        "/v1/decisions/{id}",
        "/v1/decisions/{id}/notice",
        "/v1/decisions/{id}/record",
        "/v1/decisions/{id}/replay",
        "/v1/decisions/{id}/trace",
        "/v1/entitlements",
        "/v1/entitlements/{id}",
        "/v1/entitlements/{id}/notice",
        "/v1/entitlements/{id}/record",
        "/v1/entitlements/{id}/replay",
        "/v1/entitlements/{id}/trace",
        "/v1/explanations",
        "/v1/questions",
        "/v1/reviews",
        "/v1/rulesets",
        "/v1/rulesets/check",
        "/v1/rulesets/{instrument}/{version}",
        "/v1/vocabulary",
        "/healthz",
        "/readyz",
    }


def test_rulesets_with_errors_do_not_start(tmp_path: Path) -> None:
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    (folder / "wrong.yaml").write_text("kinds: [", encoding="utf-8")
    with pytest.raises(LawError):
        api.app.create_app(tmp_path)


def test_a_server_finds_the_service_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    # Undone at the end, as the configuration of the log is global.
    monkeypatch.setattr(api.app, "configure_logging", lambda: None)
    monkeypatch.setenv("TIAOLI_RULESETS", str(ROOT / "rulesets"))
    found = api.app.app
    monkeypatch.delitem(vars(api.app), "app")
    assert isinstance(found, FastAPI)
    with pytest.raises(AttributeError):
        _ = api.app.other


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIAOLI_DATABASE", ""),
        ("TIAOLI_RULESETS", "nowhere"),
        ("TIAOLI_SIGNING_KEY", "nowhere.pem"),
        ("TIAOLI_SIGNING_KEY", str(ROOT / "pyproject.toml")),
    ],
)
def test_a_server_that_cannot_start_says_why(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.app, "configure_logging", lambda: None)
    monkeypatch.setenv(name, value)
    monkeypatch.delitem(vars(api.app), "app", raising=False)  # what an earlier test has started
    with pytest.raises(SystemExit, match=r"did not start: .+"):
        _ = api.app.app


def assert_problem(response: httpx.Response, status: int, code: str) -> None:
    """A problem as RFC 9457 says, with one error of that code."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert code in [error["code"] for error in problem["errors"]]
    for error in problem["errors"]:
        assert set(error) == {"pointer", "kind", "expected", "code", "message", "line", "column"}
        assert set(error["message"]) == set(error["expected"]) == {"zh", "en"}
