"""The HTTP service: reads a case, asks the engine, answers. It knows no law and computes nothing.

    uvicorn api.app:app                                  # the rulesets of this project
    client = TestClient(create_app(Path("rulesets")))    # those of a folder
    client.post("/v1/decisions", json=case).json()["outcome"]
    client.post("/v1/reviews", json=case).json()["findings"]

A decision is answered with 200 whatever its outcome; what is no case is a problem (RFC 9457).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from api.assessments import ROW, AssessmentDocument
from api.body import FORMATS, LIMIT, TooLarge, UnsupportedMediaType, read_body, read_format
from api.cases import add_audit, add_cases
from api.documents import DecisionDocument, case_schema
from api.entitlements import EntitlementsDocument, add_entitlements
from api.examples import ASSESSMENTS, EXAMPLES, REVIEWS, Case, load_examples
from api.explanations import EXPLAINED, SKIP, ExplanationDocument, QuestionsDocument
from api.kept import add_records, decision
from api.log import RequestLog, configure_logging
from api.metrics import Metrics, RequestMetrics
from api.problems import (
    MEDIA_TYPE,
    Problem,
    answer,
    errors_of_case,
    not_explained,
    not_found,
    not_tabulated,
    of_routing,
    too_large,
    unsupported_media_type,
)
from api.reviews import ReviewDocument
from api.rulesets import Ruleset, Rulesets, find_version, list_rulesets, show_ruleset
from api.sealing import Office
from api.store.store import IN_MEMORY, StoredRecord, open_store
from api.vocabulary import VocabularyDocument, show_vocabulary
from engine.decision.assess import NotTabulated, assess
from engine.decision.case import CaseError, read_case
from engine.decision.case_input import Format
from engine.decision.decide import Law, decide, load_law
from engine.decision.explain import explain
from engine.decision.inputs import inputs_of
from engine.decision.questions import next_question
from engine.decision.review import review
from engine.decision.signature import read_private_key
from engine.decision.targets import ExplainError
from engine.language.diagnostics import Bilingual

RULESETS: Final = Path(__file__).resolve().parents[1] / "rulesets"
"""Where `app` finds the law, unless TIAOLI_RULESETS names another folder."""

DATABASE: Final = f"sqlite:///{RULESETS.parent / 'var' / 'tiaoli.sqlite3'}"
"""Where `app` keeps decisions, unless TIAOLI_DATABASE names another one."""

_REFERENCE: Final = "#/components/schemas/{model}"

Work: TypeAlias = Callable[[bytes, Format, Law], dict[str, Any]]
"""What answers a body that is read."""


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """The law is loaded and without errors: so much of it."""

    status: Literal["ready"]
    instruments: int
    versions: int


def create_app(
    rulesets: Path,
    examples: Sequence[Path] = EXAMPLES,
    reviews: Sequence[Path] = REVIEWS,
    database: str = IN_MEMORY,
    key: Ed25519PrivateKey | None = None,
) -> FastAPI:
    """The service for a folder of rulesets.

    `database`: where decisions are kept, by its URL; in memory they last as long as the service.
    `key`: what signs them.
    `examples` and `reviews` are cases (YAML) for its OpenAPI document, the first of each answered
    there as well. Raises LawError if the rulesets have errors, CaseError if they do not fit these.
    """
    law = load_law(rulesets, cache=True)
    office = Office(law, inputs_of(rulesets), open_store(database), key, Metrics())
    app = FastAPI(
        title="tiaoli 条例",
        version="1",
        summary="Decides individual cases under dated law.",
        # Added below with its examples; the pages that show it would load scripts from elsewhere.
        openapi_url=None,
        redirect_slashes=False,
        responses={"default": _problem("a problem")},
    )
    app.add_middleware(RequestLog)
    app.add_middleware(RequestMetrics, metrics=office.metrics)
    app.add_exception_handler(HTTPException, of_routing)
    # Deciding is pure computation: one case at a time, and the event loop stays free.
    turn = CapacityLimiter(1)
    _add_decisions(app, office, turn)
    add_records(app, office, turn, _problem)
    add_cases(app, office, turn, _problem)
    add_audit(app, office)
    add_entitlements(app, law, turn, _problem, _schema("EntitlementsDocument"))
    _add_law(app, law)
    _add_health(app, law)
    _add_document(app, law, load_examples(examples), load_examples(reviews))
    return app


def _add_decisions(app: FastAPI, office: Office, turn: CapacityLimiter) -> None:
    problems: dict[int | str, dict[str, Any]] = {
        413: _problem(f"the body has more than {LIMIT} bytes"),
        415: _problem("the body is of another media type"),
        422: _problem("the body is no case"),
    }

    async def answered(request: Request, work: Work | None) -> Response:
        """The answer of work; without any a decision that is kept."""
        try:
            format = read_format(request)
            body = await read_body(request)
            if work is None:
                return decision(await run_sync(_kept, body, format, office, limiter=turn))
            found = await run_sync(work, body, format, office.law, limiter=turn)
        except UnsupportedMediaType:
            return unsupported_media_type(FORMATS)
        except TooLarge:
            return too_large(LIMIT)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))
        except ExplainError as error:
            return not_explained(error.message)
        except NotTabulated as error:
            return not_tabulated(error.message)
        return JSONResponse(found)

    @app.post("/v1/decisions", summary="Decide a case and keep the decision", responses=problems)
    async def post_decision(request: Request) -> Response:
        return await answered(request, None)

    @app.post("/v1/reviews", summary="Review a past decision", responses=problems)
    async def post_review(request: Request) -> Response:
        return await answered(request, _review)

    @app.post("/v1/assessments", summary="Assess many units at once", responses=problems)
    async def post_assessment(request: Request) -> Response:
        return await answered(request, partial(_assessment, row=request.query_params.get("row")))

    @app.post("/v1/questions", summary="What to find out next", responses=problems)
    async def post_question(request: Request) -> Response:
        skip = frozenset(request.query_params.getlist("skip"))
        return await answered(request, partial(_question, skip=skip))

    @app.post("/v1/explanations", summary="Why, and why not", responses=problems)
    async def post_explanation(request: Request) -> Response:
        said = request.query_params
        work = partial(
            _explanation,
            conclusion=said.get("conclusion", ""),
            why=said.get("kind") == "why",
            rule=said.get("rule"),
        )
        return await answered(request, work)


def _add_law(app: FastAPI, law: Law) -> None:
    # The law does not change while the service runs.
    rulesets, vocabulary = list_rulesets(law.registry), show_vocabulary(law.vocabulary)

    @app.get("/v1/rulesets", summary="All instruments and their versions")
    async def get_rulesets() -> Rulesets:
        return rulesets

    @app.get(
        "/v1/rulesets/{instrument:path}/{version}",
        summary="One version of an instrument",
        response_model=Ruleset,
        responses={404: _problem("there is no such instrument or version")},
    )
    async def get_ruleset(instrument: str, version: str) -> Ruleset | Response:
        found = find_version(law.registry, instrument, version)
        if found is None:
            return not_found(
                Bilingual("没有这个文本。", "There is no such text."),
                Bilingual(
                    "/v1/rulesets 中的文件和版本", "an instrument and a version of /v1/rulesets"
                ),
            )
        return show_ruleset(law.registry, found)

    @app.get("/v1/vocabulary", summary="The words of a case")
    async def get_vocabulary() -> VocabularyDocument:
        return vocabulary


def _add_health(app: FastAPI, law: Law) -> None:
    versions = [law.registry.versions(instrument) for instrument in law.registry.instruments]
    ready = Readiness(
        status="ready", instruments=len(versions), versions=sum(len(one) for one in versions)
    )

    @app.get("/healthz", summary="Whether the process answers")
    async def get_health() -> Health:
        return Health(status="ok")

    @app.get("/readyz", summary="Whether it can decide")
    async def get_readiness() -> Readiness:
        return ready


def _kept(body: bytes, format: Format, office: Office) -> StoredRecord:
    return office.decide(read_case(body, office.law.vocabulary, format=format))


def _decide(body: bytes, format: Format, law: Law) -> dict[str, Any]:
    decision: dict[str, Any] = decide(read_case(body, law.vocabulary, format=format), law).as_json()
    return decision


def _review(body: bytes, format: Format, law: Law) -> dict[str, Any]:
    return review(read_case(body, law.vocabulary, format=format), law).as_json()


def _assessment(body: bytes, format: Format, law: Law, row: str | None = None) -> dict[str, Any]:
    case = read_case(body, law.vocabulary, format=format)
    found = assess(case, law, traced=row is not None).as_json()
    if row is not None:
        found["rows"] = [one for one in found["rows"] if one["id"] == row]
    return found


def _question(
    body: bytes, format: Format, law: Law, skip: frozenset[str] = frozenset()
) -> dict[str, Any]:
    return next_question(read_case(body, law.vocabulary, format=format), law, skip=skip).as_json()


def _explanation(
    body: bytes, format: Format, law: Law, *, conclusion: str, why: bool, rule: str | None = None
) -> dict[str, Any]:
    case = read_case(body, law.vocabulary, format=format)
    return explain(case, law, conclusion, why=why, rule=rule).as_json()


def _add_document(
    app: FastAPI, law: Law, examples: dict[str, Case], reviews: dict[str, Case]
) -> None:
    """The OpenAPI document: what FastAPI knows, with bodies and real examples."""
    _, models = models_json_schema(
        [
            (Problem, "serialization"),
            (DecisionDocument, "validation"),
            (ReviewDocument, "validation"),
            (AssessmentDocument, "validation"),
            (QuestionsDocument, "validation"),
            (ExplanationDocument, "validation"),
            (EntitlementsDocument, "validation"),
        ],
        ref_template=_REFERENCE,
    )
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    schemas.update(models["$defs"])
    schemas["Case"] = case_schema(law.vocabulary)
    document["paths"]["/v1/questions"]["post"]["parameters"] = [SKIP]
    document["paths"]["/v1/explanations"]["post"]["parameters"] = EXPLAINED
    document["paths"]["/v1/assessments"]["post"]["parameters"] = ROW
    undetermined = dict(list(examples.items())[1:])
    example = partial(_explanation, conclusion=str(EXPLAINED[0]["example"]), why=False)
    answers: tuple[tuple[str, dict[str, Case], Work, str, str], ...] = (
        ("/v1/decisions", examples, _decide, "DecisionDocument", "the decision"),
        ("/v1/reviews", reviews, _review, "ReviewDocument", "the review"),
        (
            "/v1/assessments",
            load_examples(ASSESSMENTS),
            _assessment,
            "AssessmentDocument",
            "the assessment",
        ),
        ("/v1/questions", undetermined, _question, "QuestionsDocument", "the next question"),
        ("/v1/explanations", examples, example, "ExplanationDocument", "the explanation"),
    )
    for path, cases, work, model, description in answers:
        operation = document["paths"][path]["post"]
        operation["requestBody"] = {
            "required": True,
            "content": {
                media_type: {
                    "schema": _schema("Case"),
                    "examples": {name: {"value": case} for name, case in cases.items()},
                }
                for media_type in FORMATS
            },
        }
        first = {
            name: {"value": work(json.dumps(case).encode(), "json", law)}
            for name, case in list(cases.items())[:1]
        }
        operation["responses"]["200"] = {
            "description": f"{description}, whatever its outcome",
            "content": {"application/json": {"schema": _schema(model), "examples": first}},
        }

    @app.get("/openapi.json", include_in_schema=False)
    async def get_document() -> Response:
        return JSONResponse(document)


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": _schema("Problem")}},
    }


def _schema(model: str) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model)}


def _signing_key() -> Ed25519PrivateKey | None:
    """The key in the file that TIAOLI_SIGNING_KEY names; none: decisions are not signed."""
    path = os.environ.get("TIAOLI_SIGNING_KEY")
    return None if path is None else read_private_key(Path(path).read_bytes())


def __getattr__(name: str) -> FastAPI:
    """`app`, made when a server first asks for it: importing this module loads no law."""
    if name != "app":
        raise AttributeError(name)
    configure_logging()
    app = create_app(
        Path(os.environ.get("TIAOLI_RULESETS", RULESETS)),
        database=os.environ.get("TIAOLI_DATABASE", DATABASE),
        key=_signing_key(),
    )
    globals()["app"] = app
    return app
