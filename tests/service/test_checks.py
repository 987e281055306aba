"""A text of law is checked over HTTP as `tiaoli check` checks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

TEXTS = Path(__file__).resolve().parents[2] / "rulesets/cn/hubei/pfp-regulations"
YAML = {"Content-Type": "application/yaml"}
PATH = "/v1/rulesets/check"


def test_a_text_is_checked_in_the_place_that_it_names(client: TestClient) -> None:
    text = (TEXTS / "2009-03-01.yaml").read_bytes()
    sound = client.post(PATH, content=text, headers=YAML)
    assert sound.status_code == 200
    assert {one["severity"] for one in sound.json()} <= {"note", "warning"}

    broken = client.post(
        PATH, content=text.replace(b"define:", b"defines:", 1), headers=YAML
    ).json()
    first = next(one for one in broken if one["severity"] == "error")
    assert first["file"] == "cn/hubei/pfp-regulations/2009-03-01.yaml"
    assert first["line"] > 1
    assert first["code"] == "unknown-effect"


def test_a_text_that_amends_needs_to_be_told_what_it_amends(client: TestClient) -> None:
    text = (TEXTS / "2014-03-27.yaml").read_bytes().replace(b"[17.1, 17.3]", b"[99.9]")
    alone = client.post(PATH, content=text, headers=YAML).json()
    assert [one["code"] for one in alone] == ["no-instrument"]

    placed = client.post(f"{PATH}?instrument=cn/hubei/pfp-regulations", content=text, headers=YAML)
    errors = [one for one in placed.json() if one["severity"] == "error"]
    assert errors != []
    assert all(one["file"].endswith("pfp-regulations/2014-03-27.yaml") for one in errors)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"a: [1\nb: 2\n", ["not-yaml"]),
        (b"", ["not-a-mapping"]),
        (b"instrument: {id: ../../../tmp/x}\n", ["no-instrument"]),
    ],
)
def test_what_is_no_text_of_law_is_told_so(
    client: TestClient, content: bytes, codes: list[str]
) -> None:
    found = client.post(PATH, content=content, headers=YAML)
    assert [one["code"] for one in found.json()] == codes


@pytest.mark.parametrize(
    "query",
    ["instrument=../../etc", "instrument=/etc", "version=../x", "version=%00", "instrument=A"],
)
def test_what_cannot_be_a_name_is_refused(client: TestClient, query: str) -> None:
    found = client.post(f"{PATH}?{query}", content=b"a: 1", headers=YAML)
    assert found.status_code == 422
    assert found.json()["errors"][0]["code"] == "not-a-name"


def test_other_media_and_too_much_are_refused(client: TestClient) -> None:
    pdf = client.post(PATH, content=b"x", headers={"Content-Type": "application/pdf"})
    assert pdf.status_code == 415
    assert client.post(PATH, content=b"#" * 20_000_000, headers=YAML).status_code == 413
