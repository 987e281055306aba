"""The HTTP service: reads a case, asks the engine, answers. It knows no law and computes nothing.

    uvicorn api.app:app                                  # the rulesets of this project
    client = TestClient(create_app(Path("rulesets")))    # those of a folder
    client.post("/v1/decisions", json=case).json()["outcome"]
    client.post("/v1/reviews", json=case).json()["findings"]

A decision is answered with 200 whatever its outcome; what is no case is a problem (RFC 9457).
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.answers import NoSuchFact, Work, explanation, question
from api.asked import NotAsked, not_asked, only_documented
from api.body import FORMATS, LIMIT, TooLarge, UnsupportedMediaType, read_body, read_format
from api.cases import add_audit, add_cases
from api.checks import add_check
from api.entitlements import add_entitlements
from api.examples import EXAMPLES, REVIEWS, load_examples
from api.explanations import sought_in
from api.kept import KINDS, add_records, answer_of
from api.log import RequestLog, configure_logging
from api.metrics import Metrics, RequestMetrics
from api.openapi import document_of, problem_answer, schema_of
from api.problems import (
    answer,
    errors_of_case,
    not_a_fact,
    not_explained,
    not_found,
    not_tabulated,
    of_routing,
    too_large,
    unsupported_media_type,
)
from api.rulesets import Ruleset, Rulesets, find_version, list_rulesets, show_ruleset
from api.sealing import Office
from api.store.store import IN_MEMORY, StoredRecord, StoreError, open_store
from api.vocabulary import VocabularyDocument, show_vocabulary
from engine.decision.assessing.assess import NotTabulated
from engine.decision.case.input import Format
from engine.decision.case.reading import CaseError, read_case
from engine.decision.explaining.targets import BearerError, ExplainError
from engine.decision.governing.law import Law, LawError, load_law
from engine.decision.record.inputs import inputs_of
from engine.decision.record.signature import KeyFileError, read_private_key
from engine.language.diagnostics import Bilingual
from engine.law.undisturbed import search_rarely

RULESETS: Final = Path(__file__).resolve().parents[1] / "rulesets"
"""Where `app` finds the law, unless TIAOLI_RULESETS names another folder."""

DATABASE: Final = f"sqlite:///{RULESETS.parent / 'var' / 'tiaoli.sqlite3'}"
"""Where `app` keeps decisions, unless TIAOLI_DATABASE names another one."""


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
    there as well. Raises LawError if the rulesets have errors, CaseError if they do not fit these,
    NotADirectoryError if there is no such folder, StoreError for a database that cannot be used.
    """
    if not rulesets.is_dir():
        raise NotADirectoryError(f"没有这个文件夹 no such folder: {rulesets}")
    law = load_law(rulesets, cache=True)
    office = Office(law, inputs_of(rulesets), open_store(database), key, Metrics())

    @asynccontextmanager
    async def serving(_: FastAPI) -> AsyncIterator[None]:
        law.prepare()
        search_rarely()
        yield

    app = FastAPI(
        title="tiaoli 条例",
        version="1",
        summary="Decides individual cases under dated law.",
        # Added below with its examples; the pages that show it would load scripts from elsewhere.
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(only_documented)],
        responses={"default": problem_answer("a problem")},
        lifespan=serving,
    )
    app.add_middleware(RequestLog)
    app.add_middleware(RequestMetrics, metrics=office.metrics)
    app.add_exception_handler(HTTPException, of_routing)
    app.add_exception_handler(NotAsked, not_asked)
    # Deciding is pure computation: one case at a time, and the event loop stays free.
    turn = CapacityLimiter(1)
    _add_decisions(app, office, turn)
    for kind in KINDS:
        add_records(app, office, turn, problem_answer, kind)
    add_cases(app, office, turn, problem_answer)
    add_audit(app, office)
    add_entitlements(app, office, turn, problem_answer, schema_of("EntitlementsDocument"))
    _add_law(app, law)
    add_check(app, rulesets)
    _add_health(app, law)
    document = document_of(app, law, load_examples(examples), load_examples(reviews))
    app.state.document = document

    @app.get("/openapi.json", include_in_schema=False)
    async def get_document() -> Response:
        return JSONResponse(document)

    return app


def _add_decisions(app: FastAPI, office: Office, turn: CapacityLimiter) -> None:
    problems: dict[int | str, dict[str, Any]] = {
        413: problem_answer(f"the body has more than {LIMIT} bytes"),
        415: problem_answer("the body is of another media type"),
        422: problem_answer("the body is no case"),
    }

    async def answered(request: Request, work: Work | str) -> Response:
        """The answer of work; of a form (`decision/1`) one that is sealed and kept."""
        try:
            format = read_format(request)
            body = await read_body(request)
            if isinstance(work, str):
                kept = await run_sync(_kept, body, format, office, work, limiter=turn)
                return answer_of(kept, request.query_params.get("row"))
            found = await run_sync(work, body, format, office.law, limiter=turn)
        except UnsupportedMediaType:
            return unsupported_media_type(FORMATS)
        except TooLarge:
            return too_large(LIMIT)
        except CaseError as error:
            return answer(422, errors_of_case(error.problems))
        except ExplainError as error:
            of_bearer = isinstance(error, BearerError)
            return not_explained(error.message, of_bearer=of_bearer)
        except NotTabulated as error:
            return not_tabulated(error.message)
        except NoSuchFact:
            return not_a_fact()
        return JSONResponse(found)

    @app.post("/v1/decisions", summary="Decide a case and keep the decision", responses=problems)
    async def post_decision(request: Request) -> Response:
        return await answered(request, "decision/1")

    @app.post(
        "/v1/reviews", summary="Review a past decision and keep the review", responses=problems
    )
    async def post_review(request: Request) -> Response:
        return await answered(request, "review/1")

    @app.post(
        "/v1/assessments",
        summary="Assess many units at once and keep the assessment",
        responses=problems,
    )
    async def post_assessment(request: Request) -> Response:
        return await answered(request, "assessment/1")

    @app.post("/v1/questions", summary="What to find out next", responses=problems)
    async def post_question(request: Request) -> Response:
        skip = frozenset(request.query_params.getlist("skip"))
        return await answered(request, partial(question, skip=skip))

    @app.post(
        "/v1/explanations",
        summary="Why, and why not; what would change it; what is still possible",
        responses=problems,
    )
    async def post_explanation(request: Request) -> Response:
        sought = sought_in(request)
        if isinstance(sought, Response):
            return sought
        return await answered(request, partial(explanation, sought=sought))


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
        responses={404: problem_answer("there is no such instrument or version")},
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


def _kept(body: bytes, format: Format, office: Office, form: str) -> StoredRecord:
    return office.decide(read_case(body, office.law.vocabulary, format=format), form)


def _signing_key() -> Ed25519PrivateKey | None:
    """The key in the file that TIAOLI_SIGNING_KEY names; none: decisions are not signed."""
    path = os.environ.get("TIAOLI_SIGNING_KEY")
    return None if path is None else read_private_key(Path(path).read_bytes())


def __getattr__(name: str) -> FastAPI:
    """`app`, made when a server first asks for it: importing this module loads no law. Where the
    environment names what cannot be used, the server ends and says so."""
    if name != "app":
        raise AttributeError(name)
    configure_logging()
    try:
        app = create_app(
            Path(os.environ.get("TIAOLI_RULESETS", RULESETS)),
            database=os.environ.get("TIAOLI_DATABASE", DATABASE),
            key=_signing_key(),
        )
    except (CaseError, KeyFileError, LawError, OSError, StoreError) as error:
        raise SystemExit(f"服务没有启动 The service did not start: {error}") from None
    globals()["app"] = app
    return app
