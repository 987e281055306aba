"""The service with the rulesets of the project, started once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.examples import EXAMPLES, Case, load_examples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def service() -> FastAPI:
    return create_app(ROOT / "rulesets")


@pytest.fixture(scope="session")
def client(service: FastAPI) -> Iterator[TestClient]:
    with TestClient(service, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def case() -> Case:
    """A case that is determined; each test has its own copy."""
    return load_examples(EXAMPLES)["w01"]


@pytest.fixture
def text(case: Case) -> str:
    return json.dumps(case, ensure_ascii=False)
