"""Whatever is sent, the service keeps to its OpenAPI document."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

# Not asked: that whatever keeps the schema is accepted. What is right in a case, the engine says.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
ADDRESSES = [
    ("GET", "/v1/rulesets"),
    ("GET", "/v1/rulesets/{instrument}/{version}"),
    ("GET", "/v1/vocabulary"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/v1/decisions"),
]


@pytest.fixture(scope="session")
def document(service: FastAPI) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", service)


def test_every_address_of_the_document_is_tried(document: BaseSchema) -> None:
    listed = [found.ok() for found in document.get_all_operations()]
    assert sorted((one.method.upper(), one.path) for one in listed) == ADDRESSES


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_every_answer_keeps_the_document(document: BaseSchema, method: str, path: str) -> None:
    keeps(document, method, path, GenerationMode.POSITIVE)


def test_what_breaks_the_schema_of_a_case_is_refused(document: BaseSchema) -> None:
    keeps(document, "POST", "/v1/decisions", GenerationMode.NEGATIVE)


def keeps(document: BaseSchema, method: str, path: str, mode: GenerationMode) -> None:
    """Sends what the document describes (or what it forbids) and checks the answers."""

    @settings(
        max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=document[path][method].as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    check()
