"""What went wrong, as RFC 9457 problems: the place, what kind of value stands there, what should.

    answer(422, errors_of_case(error.problems))     # application/problem+json

No problem repeats a value: what a client sent is neither shown nor logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request

from engine.decision.case.reading import CaseProblem
from engine.decision.record.problems import RecordProblem
from engine.language.diagnostics import Bilingual, problem
from engine.language.node import Position

MEDIA_TYPE: Final = "application/problem+json"


class Text(BaseModel):
    """The same in Chinese and in English."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


class InputError(BaseModel):
    """One thing that is wrong. Never the value itself."""

    model_config = ConfigDict(extra="forbid")

    pointer: str = Field(description="JSON pointer (RFC 6901) into the body; empty: the whole")
    kind: str = Field(
        description="what stands there: text, number, boolean, list, mapping, null or nothing"
    )
    expected: Text
    code: str
    message: Text
    line: int | None = Field(description="of the body, from 1; null where there is no text")
    column: int | None = Field(description="of the body, from 1; null where there is no text")


class Problem(BaseModel):
    """A problem (RFC 9457). Its type is `about:blank`; the codes of `errors` say more."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    errors: list[InputError]


def text(bilingual: Bilingual) -> Text:
    """The two languages as they stand in an answer."""
    return Text(zh=bilingual.zh, en=bilingual.en)


def answer(
    status: int, errors: Iterable[InputError], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response with that status and those errors."""
    found = Problem(
        type="about:blank", title=HTTPStatus(status).phrase, status=status, errors=list(errors)
    )
    return JSONResponse(
        found.model_dump(), status_code=status, headers=headers, media_type=MEDIA_TYPE
    )


def errors_of_case(problems: Iterable[CaseProblem]) -> list[InputError]:
    """The problems of a case as they stand in an answer."""
    return [
        InputError(
            pointer=one.pointer,
            kind=one.kind,
            expected=text(one.expected),
            code=one.code,
            message=text(one.message),
            line=one.line,
            column=one.column,
        )
        for one in problems
    ]


def too_large(limit: int) -> JSONResponse:
    """413: the body has more bytes than a case may have."""
    found = problem("too-large", Position("", 1, 1, 1, 1), limit=limit)
    return _whole(413, "too-large", "text", found.message, found.remedy)


def unsupported_media_type(media_types: Iterable[str]) -> JSONResponse:
    """415: the body is of another media type, another charset, or compressed."""
    known = ", ".join(media_types)
    return _whole(
        415,
        "unsupported-media-type",
        "text",
        Bilingual("不接受这种格式的内容。", "Content of this form is not accepted."),
        Bilingual(
            f"UTF-8 编码、未经压缩的 {known}", f"one of {known}, in UTF-8 and not compressed"
        ),
        headers={"Accept": known, "Accept-Encoding": "identity"},
    )


def not_explained(message: Bilingual, *, of_bearer: bool) -> JSONResponse:
    """422: there is no such conclusion or rule; `of_bearer`: or no such entity in the answer."""
    expected = Bilingual(
        "/v1/vocabulary 中的结论或名称，或者某一文本中的规则",
        "a conclusion or a defined name of /v1/vocabulary, or a rule of a version",
    )
    if of_bearer:
        expected = Bilingual(
            "结果所涉及的案件对象的编号", "the id of an entity of the case whom the answer concerns"
        )
    return _whole(422, "not-explained", "text", message, expected)


def not_tabulated(message: Bilingual) -> JSONResponse:
    """422: the question of the case is not answered by a table."""
    expected = Bilingual("逐个单位考评的问题", "a question that is answered by a table")
    return _whole(422, "not-tabulated", "text", message, expected)


def not_chosen(
    code: str, message: Bilingual, expected: Bilingual, pointer: str = ""
) -> JSONResponse:
    """422: a choice, or a word of the query, that is none of those allowed."""
    return _whole(422, code, "text", message, expected, pointer=pointer)


def not_a_fact() -> JSONResponse:
    """422: a fact is to be skipped that the case cannot have. It is not said again."""
    return not_chosen(
        "not-a-fact",
        Bilingual("skip 中有案件没有的事实。", "skip names a fact that the case cannot have."),
        Bilingual("问题中 fact 的路径", "a path that a question gives as `fact`"),
    )


def not_kept(what: str) -> JSONResponse:
    """404: nothing is kept under this id."""
    zh, en = {
        "decision": ("决定", "decision"),
        "review": ("审查", "review"),
        "assessment": ("考评", "assessment"),
        "entitlements": ("待遇", "answer on entitlements"),
        "case": ("案件", "case"),
    }[what]
    return not_found(
        Bilingual(f"没有保存这个{zh}。", f"No such {en} is kept."),
        Bilingual(f"保存{zh}时所给的编号", f"the id that was given when the {en} was kept"),
    )


def refused_record(problems: Iterable[RecordProblem]) -> JSONResponse:
    """422: a sealed decision that cannot be replayed or written out."""
    expected = Bilingual("完整的、本程序作出的记录", "a full record that this program made")
    errors = [
        InputError(
            pointer="", kind="mapping", expected=text(expected), code=one.code,
            message=text(one.message), line=None, column=None,
        )
        for one in problems
    ]  # fmt: skip
    return answer(422, errors)


def failed() -> JSONResponse:
    """500: the service itself is at fault; what happened stands in its log."""
    return _whole(
        500,
        "internal-error",
        "nothing",
        Bilingual("服务内部出错，案件未被处理。", "The service failed; nothing was decided."),
        Bilingual("稍后重试，或报告维护人员", "another try later, or a word to those who run it"),
    )


def not_found(message: Bilingual, expected: Bilingual) -> JSONResponse:
    """404: there is no such thing."""
    return _whole(404, "not-found", "nothing", message, expected)


async def of_routing(request: Request, error: Exception) -> JSONResponse:
    """No such address, or no such method there: the handler of Starlette's own exceptions."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        return _whole(
            405,
            "method-not-allowed",
            "nothing",
            Bilingual("此地址没有这种方法。", "This address has no such method."),
            Bilingual(allowed, allowed),
            headers=error.headers,
        )
    return not_found(
        Bilingual("没有这个地址。", "There is no such address."),
        Bilingual("/openapi.json 中的地址", "an address that /openapi.json lists"),
    )


def _whole(
    status: int,
    code: str,
    kind: str,
    message: Bilingual,
    expected: Bilingual,
    headers: Mapping[str, str] | None = None,
    pointer: str = "",
) -> JSONResponse:
    """A problem with the request as a whole, or with one part of it."""
    found = InputError(
        pointer=pointer,
        kind=kind,
        expected=text(expected),
        code=code,
        message=text(message),
        line=None,
        column=None,
    )
    return answer(status, [found], headers)
