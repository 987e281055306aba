"""Whatever is sent, the service keeps to its OpenAPI document."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app

# Not asked: that whatever keeps the schema is accepted. What is right in a case, the engine says.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

schema = schemathesis.openapi.from_asgi(
    "/openapi.json", create_app(Path(__file__).resolve().parents[2] / "rulesets")
)


@schema.parametrize()
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_keeps_the_document(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS)
