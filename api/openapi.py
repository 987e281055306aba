"""The OpenAPI document: what FastAPI knows, with bodies and real examples."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Final, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.answers import Work, assessment, decided, explanation, question, reviewed
from api.assessments import ROW, AssessmentDocument
from api.body import FORMATS
from api.documents import DecisionDocument, case_schema
from api.entitlements import EntitlementsDocument
from api.examples import ASSESSMENTS, Case, load_examples
from api.explanations import EXAMPLES as EXPLANATIONS
from api.explanations import (
    EXPLAINED,
    SKIP,
    ChangesDocument,
    ExplanationDocument,
    PossibleDocument,
    QuestionsDocument,
)
from api.problems import MEDIA_TYPE, Problem
from api.reviews import ReviewDocument
from engine.decision.governing.law import Law

_REFERENCE: Final = "#/components/schemas/{model}"
_MODELS: Final[tuple[type[BaseModel], ...]] = (
    DecisionDocument,
    ReviewDocument,
    AssessmentDocument,
    QuestionsDocument,
    ExplanationDocument,
    ChangesDocument,
    PossibleDocument,
    EntitlementsDocument,
)


def document_of(
    app: FastAPI, law: Law, examples: dict[str, Case], reviews: dict[str, Case]
) -> dict[str, Any]:
    """The document of a service. The first example of each address is answered, too; where one
    address answers in several forms, in each of them."""
    forms: list[tuple[type[BaseModel], Literal["validation"]]]
    forms = [(model, "validation") for model in _MODELS]
    _, models = models_json_schema([(Problem, "serialization"), *forms], ref_template=_REFERENCE)
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes
    )
    schemas = document["components"]["schemas"]
    schemas.update(models["$defs"])
    schemas["Case"] = case_schema(law.vocabulary)
    posts = {
        path: methods["post"] for path, methods in document["paths"].items() if "post" in methods
    }
    posts["/v1/questions"]["parameters"] = [SKIP]
    posts["/v1/explanations"]["parameters"] = EXPLAINED
    posts["/v1/assessments"]["parameters"] = ROW
    undetermined = dict(list(examples.items())[1:])
    assessed = load_examples(ASSESSMENTS)
    explanations: dict[str, Work] = {
        kind: partial(explanation, sought=sought) for kind, sought in EXPLANATIONS.items()
    }
    _describe(posts["/v1/decisions"], law, examples, {"": decided}, [DecisionDocument])
    _describe(posts["/v1/reviews"], law, reviews, {"": reviewed}, [ReviewDocument])
    _describe(posts["/v1/assessments"], law, assessed, {"": assessment}, [AssessmentDocument])
    _describe(posts["/v1/questions"], law, undetermined, {"": question}, [QuestionsDocument])
    _describe(
        posts["/v1/explanations"],
        law,
        undetermined,
        explanations,
        [ExplanationDocument, ChangesDocument, PossibleDocument],
    )
    return document


def _describe(
    operation: dict[str, Any],
    law: Law,
    cases: dict[str, Case],
    works: dict[str, Work],
    models: list[type[BaseModel]],
) -> None:
    """Says what an address takes and answers; `works` by what tells them apart in the query."""
    operation["requestBody"] = {
        "required": True,
        "content": {
            media_type: {
                "schema": schema_of("Case"),
                "examples": {name: {"value": case} for name, case in cases.items()},
            }
            for media_type in FORMATS
        },
    }
    answers = {
        "-".join(part for part in (name, said) if part): {
            "value": work(json.dumps(case).encode(), "json", law)
        }
        for name, case in list(cases.items())[:1]
        for said, work in works.items()
    }
    forms = [schema_of(model.__name__) for model in models]
    operation["responses"]["200"] = {
        "description": "the answer, whatever its outcome",
        "content": {
            "application/json": {
                "schema": forms[0] if len(forms) == 1 else {"oneOf": forms},
                "examples": answers,
            }
        },
    }


def problem_answer(description: str) -> dict[str, Any]:
    """How a problem is documented."""
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": schema_of("Problem")}},
    }


def schema_of(model: str) -> dict[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": _REFERENCE.format(model=model)}
