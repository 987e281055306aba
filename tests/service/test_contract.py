"""Whatever is sent, the service keeps to its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import BaseSchema, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.examples import EXAMPLES, load_examples

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
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.dates().map(str)
    | st.sampled_from(["unknown", "k1", "k2", "wife", "mother", "420000", "0.00", "2009", "rural"])
    | st.sampled_from([{"state": "unknown"}, {"state": "unestablished"}]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
"""What may stand anywhere."""


@pytest.fixture(scope="session")
def document(service: FastAPI) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", service)


def test_every_address_of_the_document_is_tried(document: BaseSchema) -> None:
    listed = [found.ok() for found in document.get_all_operations()]
    assert sorted((one.method.upper(), one.path) for one in listed) == sorted(ADDRESSES)


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_every_answer_keeps_the_document(document: BaseSchema, method: str, path: str) -> None:
    keeps(document, method, path, GenerationMode.POSITIVE)


def test_what_breaks_the_schema_of_a_case_is_refused(document: BaseSchema) -> None:
    keeps(document, "POST", "/v1/decisions", GenerationMode.NEGATIVE)


@pytest.mark.parametrize("name", ["w01", "daye-2014"])
def test_a_case_with_anything_in_any_place_is_decided_or_refused(
    client: TestClient, name: str
) -> None:
    @settings(max_examples=25, deadline=None, database=None, derandomize=True)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        case = load_examples(EXAMPLES)[name]
        holder, key = data.draw(st.sampled_from(list(places(case))))
        if data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(VALUES)
        response = client.post("/v1/decisions", json=case)
        assert response.status_code in (200, 422), (key, response.status_code)

    check()


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a case: what holds it, and the key or index there."""
    keys = value if isinstance(value, dict) else range(len(value) if type(value) is list else 0)
    for key in keys:
        yield value, key
        yield from places(value[key])


def keeps(document: BaseSchema, method: str, path: str, mode: GenerationMode) -> None:
    """Sends what the document describes (or what it forbids) and checks the answers."""

    @settings(
        max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=document[path][method].as_strategy(generation_mode=mode))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    check()
