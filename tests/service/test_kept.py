"""Decisions and cases that the service keeps: read, explained, written out, replayed, chosen in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.examples import Case, load_examples
from engine.decision.record.record import read_record, verify
from engine.decision.record.signature import make_keys, read_private_key, read_public_key

ROOT = Path(__file__).resolve().parents[2]
POINT = "39.2/extra:birth.multiple@k2"


@pytest.fixture
def kept(client: TestClient, case: Case) -> str:
    return str(client.post("/v1/decisions", json=case).json()["id"])


@pytest.fixture(scope="module")
def w08() -> Case:
    return load_examples([ROOT / "examples/w08.yaml"])["w08"]


def problem(response: Any, status: int) -> str:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["errors"][0]["code"])


def test_a_decision_is_kept_and_found_by_its_id(client: TestClient, case: Case) -> None:
    posted = client.post("/v1/decisions", json=case)
    found = client.get(f"/v1/decisions/{posted.json()['id']}")
    assert found.status_code == 200 and found.json() == posted.json()
    # Another case may have the same answer: its record is found by the answer's id, too.
    for location in (posted.headers["location"], found.headers["location"]):
        assert client.get(location).json() == posted.json()


def test_posting_it_again_keeps_nothing_new(client: TestClient, case: Case, kept: str) -> None:
    before = client.get("/v1/audit").json()["entries"]
    assert client.post("/v1/decisions", json=case).json()["id"] == kept
    assert client.get("/v1/audit").json()["entries"] == before


def test_two_cases_with_one_answer_are_two_records(client: TestClient, case: Case) -> None:
    other = case | {"reference": "another"}
    one, two = (client.post("/v1/decisions", json=each) for each in (case, other))
    assert one.json()["id"] == two.json()["id"]
    assert one.headers["location"] != two.headers["location"]


def test_its_trace_is_told_in_json_and_in_text(client: TestClient, kept: str) -> None:
    told = client.get(f"/v1/decisions/{kept}/trace")
    assert told.json()["kind"] == "decision"
    text = client.get(f"/v1/decisions/{kept}/trace?lang=en", headers={"Accept": "text/plain"})
    assert text.text.startswith("social maintenance fee: k2 (date of birth ")
    assert problem(client.get(f"/v1/decisions/{kept}/trace?lang=fr"), 422) == "not-a-lang"


@pytest.mark.parametrize(
    ("accept", "query", "begins"),
    [
        ("application/pdf", "", b"%PDF"),
        ("text/html", "", b"<!doctype html>"),
        ("text/plain", "", "社会抚养费决定书".encode()),
        ("*/*", "", b'{"schema": "notice/1"'),
        ("*/*", "?format=pdf", b"%PDF"),
        ("text/html", "?format=text&lang=en", b"Decision: social maintenance fee"),
    ],
)
def test_its_letter_comes_as_it_is_asked_for(
    client: TestClient, kept: str, accept: str, query: str, begins: bytes
) -> None:
    found = client.get(f"/v1/decisions/{kept}/notice{query}", headers={"Accept": accept})
    assert found.status_code == 200 and found.content.startswith(begins)


def test_what_is_no_reader_or_format_is_a_problem(client: TestClient, kept: str) -> None:
    for name in ("reader", "format", "lang"):
        found = client.get(f"/v1/decisions/{kept}/notice?{name}=nobody")
        assert problem(found, 422) == f"not-a-{name}"


def test_it_replays_to_the_same_bytes(client: TestClient, kept: str) -> None:
    assert client.get(f"/v1/decisions/{kept}/replay").json()["same"] is True


def test_its_seal_can_be_verified_anywhere(client: TestClient, kept: str) -> None:
    record = read_record(client.get(f"/v1/decisions/{kept}/record").content)
    verify(record)
    assert record.content["result"]["id"] == kept


@pytest.mark.parametrize("rest", ["", "/trace", "/notice", "/replay", "/record"])
def test_what_is_not_kept_is_not_found(client: TestClient, rest: str) -> None:
    for id in ("sha256:" + "0" * 64, "d1", "x" * 500):
        assert problem(client.get(f"/v1/decisions/{id}{rest}"), 404) == "not-found"


def test_a_case_is_kept_once_and_decided(client: TestClient, case: Case, kept: str) -> None:
    fresh = case | {"reference": "kept-once"}
    first, again = (client.post("/v1/cases", json=fresh) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    id = first.json()["id"]
    assert again.json() == {"id": id} and first.headers["location"] == f"/v1/cases/{id}"
    found = client.get(f"/v1/cases/{id}")
    assert found.json()["reference"] == "kept-once" and found.headers["etag"] == f'"{id}"'
    assert client.post(f"/v1/cases/{id}/decisions").json()["id"] == kept
    assert problem(client.post("/v1/cases/none/decisions"), 404) == "not-found"
    assert problem(client.get("/v1/cases/none"), 404) == "not-found"
    assert client.post("/v1/cases", json={"schema": "case/1"}).status_code == 422


def test_a_choice_makes_a_case_that_follows(client: TestClient, w08: Case) -> None:
    id = client.post("/v1/cases", json=w08).json()["id"]
    made = {"point": POINT, "value": "2.5", "reasons": "家庭困难", "by": "officer"}
    found = client.post(f"/v1/cases/{id}/choices", json=made)
    assert found.status_code == 201
    assert found.json()["like_cases"] == {"fewer_than": 5}
    following = client.get(found.headers["location"]).json()
    assert following["choices"] == [made]
    letter = client.post(f"/v1/cases/{found.json()['case']}/decisions").headers["location"]
    text = client.get(f"{letter}/notice?format=text").text
    assert "officer选择2.5；理由：家庭困难" in text


def test_a_choice_is_compared_with_those_of_like_cases(client: TestClient, w08: Case) -> None:
    made = {"point": POINT, "reasons": "难"}
    for number, value in enumerate(("2", "2", "2.4", "3", "2.6")):
        id = client.post("/v1/cases", json=w08 | {"reference": f"like-{number}"}).json()["id"]
        chosen = client.post(f"/v1/cases/{id}/choices", json=made | {"value": value}).json()
        client.post(f"/v1/cases/{chosen['case']}/decisions")
    id = client.post("/v1/cases", json=w08 | {"reference": "like-5"}).json()["id"]
    like = client.post(f"/v1/cases/{id}/choices", json=made | {"value": "2"}).json()["like_cases"]
    assert like["count"] >= 5 and (like["low"], like["high"]) == ("2", "3")


def test_a_choice_that_is_not_allowed_is_refused(client: TestClient, w08: Case) -> None:
    id = client.post("/v1/cases", json=w08).json()["id"]
    at = f"/v1/cases/{id}/choices"
    good = {"point": POINT, "value": "2", "reasons": "难"}
    for change, code, pointer in (
        ({"reasons": " "}, "no-reasons", "/reasons"),
        ({"value": "4"}, "outside", "/value"),
        ({"value": "many"}, "not-a-value", "/value"),
        ({"point": "1/x@k2"}, "no-such-point", "/point"),
        ({"value": 4}, "not-a-choice", ""),
        ({"more": 1}, "not-a-choice", ""),
    ):
        answer = client.post(at, json=good | change)
        assert problem(answer, 422) == code
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert client.post(at, json=good | {"by": "张三 李四"}).status_code == 422
    assert problem(client.post(at, content=b"[", headers={"Content-Type": "application/json"}), 422)
    assert client.post(at, content=b"x").status_code == 415
    assert client.post("/v1/cases/none/choices", json=good).status_code == 404


def test_what_was_done_stands_in_the_audit_trail(client: TestClient, kept: str) -> None:
    told = client.get("/v1/audit").json()
    assert told["broken_at"] is None and told["entries"][0]["number"] == 1
    after = client.get("/v1/audit?after=1").json()["entries"]
    assert after == told["entries"][1:]
    later = client.get(f"/v1/audit?after={told['entries'][-1]['number']}").json()
    assert later == {"entries": [], "broken_at": None}
    for wrong in ("x", "-1", "1.5", "99999999999"):
        assert problem(client.get(f"/v1/audit?after={wrong}"), 422) == "not-a-number"


def test_requests_and_decisions_are_counted_without_content(client: TestClient, kept: str) -> None:
    text = client.get("/metrics").text
    assert 'tiaoli_decisions_total{outcome="determined"}' in text
    assert 'path="/v1/decisions/{id}"' in text or 'path="/v1/decisions"' in text
    assert kept not in text


def test_decisions_are_signed_with_the_key_of_the_service(case: Case, tmp_path: Path) -> None:
    private, public = make_keys()
    database = f"sqlite:///{tmp_path}/store.sqlite3"
    app = create_app(ROOT / "rulesets", database=database, key=read_private_key(private))
    with TestClient(app) as client:
        at = client.post("/v1/decisions", json=case).headers["location"]
        data = client.get(f"{at}/record").content
    verify(read_record(data), read_public_key(public))
    with TestClient(create_app(ROOT / "rulesets", database=database)) as again:
        assert again.get(f"{at}/record").content == data
        assert json.loads(again.get(at).content)["outcome"] == "determined"
