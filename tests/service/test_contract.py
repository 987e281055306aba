"""Whatever is sent, the service keeps to its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
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

from api.examples import REVIEWS, load_examples

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
    ("GET", "/metrics"),
    ("GET", "/v1/audit"),
    ("GET", "/v1/cases/{id}"),
    ("GET", "/v1/decisions/{id}"),
    ("GET", "/v1/decisions/{id}/notice"),
    ("GET", "/v1/decisions/{id}/record"),
    ("GET", "/v1/decisions/{id}/replay"),
    ("GET", "/v1/decisions/{id}/trace"),
    ("GET", "/v1/reviews/{id}"),
    ("GET", "/v1/reviews/{id}/notice"),
    ("GET", "/v1/reviews/{id}/record"),
    ("GET", "/v1/reviews/{id}/replay"),
    ("GET", "/v1/reviews/{id}/trace"),
    ("GET", "/v1/assessments/{id}"),
    ("GET", "/v1/assessments/{id}/notice"),
    ("GET", "/v1/assessments/{id}/record"),
    ("GET", "/v1/assessments/{id}/replay"),
    ("GET", "/v1/assessments/{id}/trace"),
    ("GET", "/v1/entitlements/{id}"),
    ("GET", "/v1/entitlements/{id}/notice"),
    ("GET", "/v1/entitlements/{id}/record"),
    ("GET", "/v1/entitlements/{id}/replay"),
    ("GET", "/v1/entitlements/{id}/trace"),
    ("POST", "/v1/assessments"),
    ("POST", "/v1/cases"),
    ("POST", "/v1/cases/{id}/choices"),
    ("POST", "/v1/cases/{id}/decisions"),
    ("POST", "/v1/decisions"),
    ("POST", "/v1/entitlements"),
    ("POST", "/v1/explanations"),
    ("POST", "/v1/questions"),
    ("POST", "/v1/reviews"),
    ("POST", "/v1/rulesets/check"),
]
FOLDER = Path(__file__).parents[2] / "examples"
CASES = load_examples(
    [FOLDER / f"{name}.yaml" for name in ("w01", "daye-2014", "w06", "w11", "w15")]
)
REVIEWED = load_examples(REVIEWS)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.dates().map(str)
    | st.sampled_from(["unknown", "k1", "k2", "wife", "mother", "420000", "0.00", "2009", "rural"])
    | st.sampled_from(
        ["-1.00", "0.001", "1e9", "2014-02-30", "9999-12-31", "2014-13", "k2+k3", "*"]
    )
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
    keeps(document, "POST", "/v1/reviews", GenerationMode.NEGATIVE)


@pytest.mark.parametrize(
    ("address", "name"),
    [("/v1/decisions", name) for name in CASES] + [("/v1/reviews", name) for name in REVIEWED],
)
def test_a_case_with_anything_in_any_place_is_answered_or_refused(
    client: TestClient, address: str, name: str
) -> None:
    plain = (CASES | REVIEWED)[name]

    # A review asks six questions.
    examples = 100 if address == "/v1/decisions" else 30

    @settings(max_examples=examples, deadline=None, database=None, derandomize=True)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        case = deepcopy(plain)
        for _ in range(data.draw(st.integers(1, 3))):
            holder, key = data.draw(st.sampled_from(list(places(case))))
            match data.draw(st.sampled_from(["gone", "other", "moved", "more"])):
                case "gone":
                    del holder[key]
                case "other":
                    holder[key] = data.draw(VALUES)
                case "moved":  # what stands in another place
                    there, name = data.draw(st.sampled_from(list(places(plain))))
                    holder[key] = deepcopy(there[name])
                case _ if isinstance(holder, dict):  # a word of another place, or no word at all
                    names = [name for there, name in places(plain) if isinstance(there, dict)]
                    name = data.draw(st.sampled_from(names) | st.text(max_size=8))
                    holder[name] = data.draw(VALUES)
                case _:
                    holder.append(data.draw(VALUES))
        response = client.post(address, json=case)
        assert response.status_code in (200, 422), (case, response.status_code)

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
