"""What is no case gets a problem that names the place; nothing of it is said again or logged."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

import api.app
from api.body import LIMIT, PATIENCE
from api.examples import Case

# A number with a valid check digit, made up for these tests: no such place in that year.
IDENTITY = "11010519491231002X"
MOBILE = "13800138000"

Change = Callable[[Any], object]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        (lambda c: c.update(colour="red"), "/colour", "unknown-field"),
        (lambda c: c["persons"]["wife"].update(shoe=1), "/persons/wife/shoe", "unknown-field"),
        (lambda c: c["persons"]["wife"].update(sex=1), "/persons/wife/sex", None),
        (lambda c: c.update(persons=[]), "/persons", "wrong-type"),
        (
            lambda c: c["persons"]["wife"].update(born="1977-02-30"),
            "/persons/wife/born",
            "impossible-date",
        ),
        (
            lambda c: c["children"]["k2"].update(born="2010-06-01"),
            "/children/k2/born",
            "later-than-as-of",
        ),
        (
            lambda c: c["children"]["k2"].update(born="1970-06-01"),
            "/children/k2/born",
            "not-younger",
        ),
        (
            lambda c: c["statistics"][0].update(value="-1.00"),
            "/statistics/0/value",
            "negative-money",
        ),
        (
            lambda c: c["statistics"][0].update(value="1.005"),
            "/statistics/0/value",
            "fractional-fen",
        ),
        (
            lambda c: c["events"]["v1"].update(place="999999"),
            "/events/v1/place",
            "unknown-place",
        ),
        (
            lambda c: c["persons"]["wife"].update(
                annual_income=[{"year": 2009, "value": "1.00"}, {"year": 2009, "value": "2.00"}]
            ),
            "/persons/wife/annual_income",
            "two-values",
        ),
        (lambda c: c["question"].update(ask="weather"), "/question/ask", "unknown-question"),
        (lambda c: c["question"].update(about=["k2", "k9"]), "/question/about/1", "unknown-entity"),
        (lambda c: c.pop("as_of"), "", "missing-field"),
        (lambda c: c.update(schema="case/2"), "/schema", "wrong-schema"),
    ],
)
def test_a_bad_case_is_a_problem_that_names_the_place(
    client: TestClient, case: Case, change: Change, pointer: str, code: str | None
) -> None:
    change(case)
    response = client.post("/v1/decisions", json=case)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    errors = response.json()["errors"]
    found = [error for error in errors if error["pointer"].startswith(pointer)]
    assert found
    assert code is None or code in [error["code"] for error in found]
    assert all(error["message"]["zh"] and error["message"]["en"] for error in errors)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"7", b'"case"', b"{", b"{]", b"\xff\xfe", b'{"a": 1, "a": 2}', b"NaN"],
)
def test_what_is_no_json_object_is_a_problem(client: TestClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/decisions", content=body, headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"]


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b"[" * 500 + b"]" * 500], ids=["[", "{", "[]"]
)
@pytest.mark.parametrize("media_type", ["application/json", "application/yaml"])
def test_deep_nesting_is_a_problem(client: TestClient, body: bytes, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    response = client.post("/v1/decisions", content=body, headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "too-deep"


def test_a_yaml_bomb_is_a_problem(client: TestClient) -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    headers = {"Content-Type": "application/yaml"}
    response = client.post("/v1/decisions", content="\n".join(lines), headers=headers)
    assert response.status_code == 422
    assert {error["code"] for error in response.json()["errors"]} == {"alias"}
    assert response.json()["errors"][0]["line"] == 1


def test_a_yaml_tag_runs_nothing(client: TestClient) -> None:
    headers = {"Content-Type": "application/yaml"}
    body = "schema: !!python/object/apply:os.system ['exit 1']\n"
    response = client.post("/v1/decisions", content=body, headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "tag"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=gb18030"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "json"},
        {"Content-Type": "application/json, text/plain"},
    ],
)
def test_other_media_types_are_a_problem_415(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post("/v1/decisions", content=b"{}", headers=headers)
    assert response.status_code == 415
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["code"] == "unsupported-media-type"
    assert "application/json" in response.headers["accept"]


# --- too large ---------------------------------------------------------------------------------
def test_a_case_at_the_limit_is_read_and_one_byte_more_is_not(
    client: TestClient, text: str
) -> None:
    headers = {"Content-Type": "application/json"}
    body = text.encode()
    body += b" " * (LIMIT - len(body))
    assert client.post("/v1/decisions", content=body, headers=headers).status_code == 200
    response = client.post("/v1/decisions", content=body + b" ", headers=headers)
    assert response.status_code == 413
    assert response.json()["errors"][0]["code"] == "too-large"


def test_a_body_that_says_it_is_huge_is_not_read_at_all(service: FastAPI) -> None:
    status, taken = exchange(service, [(b"content-length", str(PATIENCE + 1).encode())])
    assert (status, taken) == (413, 0)


def test_who_asks_before_sending_too_much_is_told_at_once(service: FastAPI) -> None:
    headers = [(b"content-length", str(LIMIT + 1).encode()), (b"expect", b"100-continue")]
    assert exchange(service, headers) == (413, 0)


def test_an_endless_body_is_answered(service: FastAPI) -> None:
    status, taken = exchange(service, [])
    assert status == 413
    assert taken <= PATIENCE + 2 * LIMIT


def exchange(service: FastAPI, headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """The status for a body without end, and how many bytes of it were taken."""
    taken = 0
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += LIMIT
        return {"type": "http.request", "body": b" " * LIMIT, "more_body": True}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/decisions",
        "raw_path": b"/v1/decisions",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), *headers],
    }
    asyncio.run(service(scope, receive, send))
    assert len(statuses) == 1
    return statuses[0], taken


@pytest.fixture
def address(service: FastAPI) -> Iterator[str]:
    """The service behind a real server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(service, log_config=None, access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("media_type", ["application/json", "application/yaml"])
def test_a_client_that_sends_ten_megabytes_gets_to_read_the_answer(
    address: str, media_type: str
) -> None:
    body = b"a: b\n" * (2 * 1024 * 1024)
    headers = {"Content-Type": media_type}
    response = httpx.post(f"{address}/v1/decisions", content=body, headers=headers, trust_env=False)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["code"] == "too-large"


# --- nothing of the content --------------------------------------------------------------------
PLACES: list[tuple[str, Change]] = [
    ("reference", lambda c: c.update(reference=IDENTITY)),
    ("key", lambda c: c.update({IDENTITY: 1})),
    ("entity", lambda c: c["persons"].update({IDENTITY: {}})),
    ("fact", lambda c: c["persons"]["wife"].update({IDENTITY: 1})),
    ("value", lambda c: c["persons"]["wife"].update(sex=IDENTITY)),
    ("part of a text", lambda c: c["persons"]["wife"].update(sex=f"id {IDENTITY}")),
    ("date", lambda c: c.update(as_of=IDENTITY)),
    ("number", lambda c: c["children"].update(k3=110105194912310021)),
    ("question", lambda c: c["question"].update(ask=IDENTITY)),
    ("about", lambda c: c["question"].update(about=[IDENTITY])),
    ("schema", lambda c: c.update(schema=IDENTITY)),
    ("setting", lambda c: c.update(settings={"x": IDENTITY})),
    ("evidence", lambda c: c["evidence"].update({IDENTITY: {}})),
    ("choice", lambda c: c.update(choices=[{"point": IDENTITY, "value": True}])),
    ("figure", lambda c: c["statistics"][0].update(place=IDENTITY)),
]


@pytest.fixture
def output(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    """Everything logged and printed so far, by whatever library."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "change", [change for _, change in PLACES], ids=[name for name, _ in PLACES]
)
def test_an_identity_number_anywhere_is_refused_and_never_repeated(
    client: TestClient, case: Case, change: Change, output: Callable[[], str]
) -> None:
    change(case)
    response = client.post("/v1/decisions", json=case)
    assert response.status_code == 422
    said = response.text + str(response.headers) + output()
    assert IDENTITY not in said
    assert "110105194912310021" not in said


def test_a_mobile_number_is_refused_and_never_repeated(
    client: TestClient, case: Case, output: Callable[[], str]
) -> None:
    case["reference"] = MOBILE
    response = client.post("/v1/decisions", json=case)
    assert response.status_code == 422
    assert "personal-identifier" in [error["code"] for error in response.json()["errors"]]
    assert MOBILE not in response.text + output()


@pytest.mark.parametrize("media_type", ["application/json", "application/yaml"])
@pytest.mark.parametrize("body", ['{{"{0}": 1, "{0}": 2}}', "{0}: [", '{{"a": {0} }}', "@{0}"])
def test_a_text_that_cannot_be_read_is_not_repeated(
    client: TestClient, media_type: str, body: str, output: Callable[[], str]
) -> None:
    headers = {"Content-Type": media_type}
    content = body.format(IDENTITY)
    response = client.post("/v1/decisions", content=content, headers=headers)
    assert response.status_code == 422
    assert IDENTITY not in response.text + output()


def test_an_identity_number_in_the_address_is_not_logged(
    client: TestClient, output: Callable[[], str]
) -> None:
    for path in (f"/{IDENTITY}", f"/v1/rulesets/cn/{IDENTITY}", f"/healthz?id={IDENTITY}"):
        with structlog.testing.capture_logs() as logged:
            response = client.get(path)
        assert len(logged) == 1
        # The client of these tests logs its own requests.
        assert IDENTITY not in response.text + str(logged)


def test_a_request_is_logged_with_its_template_status_and_duration(
    client: TestClient, text: str
) -> None:
    headers = {"Content-Type": "application/json"}
    with structlog.testing.capture_logs() as logged:
        client.post("/v1/questions?skip=persons.wife.register", content=text, headers=headers)
        client.get("/v1/rulesets/cn/pfpl/2002-09-01")
        client.get("/nowhere")
        client.request("BREW", "/healthz")
    assert [{**line, "duration_us": int} for line in logged] == [
        {**each, "event": "request", "log_level": "info", "duration_us": int}
        for each in (
            {"method": "POST", "path": "/v1/questions", "status": 200},
            {"method": "GET", "path": "/v1/rulesets/{instrument}/{version}", "status": 200},
            {"method": "GET", "path": None, "status": 404},
            {"method": "other", "path": "/healthz", "status": 405},
        )
    ]
    assert all(isinstance(line["duration_us"], int) for line in logged)


def test_a_failure_of_the_engine_is_a_problem_and_its_message_is_not_logged(
    client: TestClient, text: str, monkeypatch: pytest.MonkeyPatch, output: Callable[[], str]
) -> None:
    def fail(*_: object, **__: object) -> object:
        raise RuntimeError(IDENTITY)

    monkeypatch.setattr(api.app, "read_case", fail)
    headers = {"Content-Type": "application/json"}
    with structlog.testing.capture_logs() as logged:
        response = client.post("/v1/decisions", content=text, headers=headers)
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"][0]["code"] == "internal-error"
    assert [line["event"] for line in logged] == ["failed", "request"]
    assert logged[0]["error"] == "RuntimeError"
    assert any(line.startswith("app.py:") for line in logged[0]["at"])
    assert IDENTITY not in response.text + json.dumps(logged) + output()


@pytest.mark.parametrize(
    ("method", "address", "code", "expected"),
    [
        ("POST", "/v1/explanations?kind=changes&sise=3", "unknown-parameter", "kind | conclusion"),
        ("POST", "/v1/explanations?kind=changes&kind=why", "repeated-parameter", "once"),
        ("POST", "/v1/questions?fact=persons.wife.register", "unknown-parameter", "skip"),
        ("POST", "/v1/decisions?as_of=2010-01-01", "unknown-parameter", "no parameter"),
        ("GET", "/v1/vocabulary?lang=en", "unknown-parameter", "no parameter"),
        ("GET", "/openapi.json?format=yaml", "unknown-parameter", "no parameter"),
    ],
)
def test_a_query_that_the_document_does_not_list_is_refused(
    client: TestClient, case: Case, method: str, address: str, code: str, expected: str
) -> None:
    response = client.request(method, address, json=case if method == "POST" else None)
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["code"] == code
    assert error["expected"]["en"].startswith(expected)
    assert "sise" not in response.text


def test_a_misspelt_fact_is_not_passed_over(client: TestClient, case: Case) -> None:
    response = client.post("/v1/questions?skip=persons.wife.registr", json=case)
    assert response.status_code == 422
    assert [one["code"] for one in response.json()["errors"]] == ["not-a-fact"]
    assert "registr" not in response.text


def test_a_fact_may_be_skipped_with_another(client: TestClient, case: Case) -> None:
    address = "/v1/questions?skip=persons.wife.register&skip=persons.husband.register"
    assert client.post(address, json=case).status_code == 200
