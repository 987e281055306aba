"""`POST /v1/entitlements`: the same rows as the engine's; what is no period is a problem."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.entitlements import EntitlementsDocument
from engine.decision.case.reading import read_case
from engine.decision.entitlements.entitlements import entitlements
from engine.values.dates import Window
from tests.real import real_law

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "entitlements-daye.yaml"
YAML = {"Content-Type": "application/yaml"}


def asked(client: TestClient, query: str, text: bytes | None = None) -> Any:
    body = EXAMPLE.read_bytes() if text is None else text
    return client.post(f"/v1/entitlements{query}", content=body, headers=YAML)


def test_the_service_tells_what_the_engine_tells(client: TestClient) -> None:
    law = real_law()
    case = read_case(EXAMPLE.read_bytes(), law.vocabulary)
    window = Window(date(2025, 1, 1), date(2026, 12, 31))
    response = asked(client, "?from=2025-01-01&to=2026-12-31")
    assert response.status_code == 200
    told = response.json()
    assert told.pop("versions")
    assert told == json.loads(json.dumps(entitlements(case, law, window).as_json()))
    found = EntitlementsDocument.model_validate_json(response.content)
    assert [(one.object, one.since, one.amount) for one in found.rows if one.amount] == [
        ("childcare-subsidy", "2025-01-01", "3600.00"),
        ("childcare-subsidy", "2026-01-01", "1500.00"),
    ]


def test_what_is_told_is_kept_with_its_letter(client: TestClient) -> None:
    posted = asked(client, "?from=2025-01-01&to=2026-12-31")
    at = posted.headers["location"]
    assert at.startswith("/v1/entitlements/")
    assert client.get(f"/v1/entitlements/{posted.json()['id']}").status_code == 200
    kept = EntitlementsDocument.model_validate_json(client.get(at).content)
    assert all(row.trace for row in kept.rows)
    assert client.get(f"{at}/replay").json()["same"]
    letter = client.get(f"{at}/notice?format=text&lang=en").text
    assert "Notice of benefits" in letter and "amount: 3,600.00 yuan" in letter
    assert client.get(f"{at}/notice?row=t2").status_code == 422
    assert client.get(at.replace("entitlements", "decisions")).status_code == 404


@pytest.mark.parametrize("query", ["?from=2026-01-01&to=2025-01-01", "?from=soon"])
def test_days_that_are_no_period_are_a_problem(client: TestClient, query: str) -> None:
    response = asked(client, query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "not-a-period"


def test_a_case_that_asks_something_else_is_a_problem(client: TestClient) -> None:
    text = EXAMPLE.with_name("w01.yaml").read_bytes()
    response = asked(client, "", text)
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "not-asked"
