"""What can be asked of a kept decision beside its id: for whom, in which language and format."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from api.problems import not_chosen
from engine.decision.letter.saying import READERS
from engine.language.diagnostics import LANGUAGES, Bilingual

Format = Literal["json", "text", "html", "pdf"]
FORMATS: Final[dict[Format, str]] = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}
"""The formats of a letter; each is given for its media type in `Accept` too."""
Known = TypeVar("Known", bound=str)


def parameter(name: str, known: tuple[str, ...], description: str) -> dict[str, Any]:
    """A parameter of the query, for the OpenAPI document; the first value is the default."""
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"enum": list(known), "default": known[0]},
    }


LANG: Final = parameter("lang", LANGUAGES, "the language")
READER: Final = parameter("reader", READERS, "for whom the letter is written")
FORMAT: Final = parameter("format", tuple(FORMATS), "the format; else as `Accept` asks")
ROW: Final[dict[str, Any]] = {
    "name": "row",
    "in": "query",
    "required": False,
    "description": "of one unit, with its facts and reasons",
    "schema": {"type": "string"},
}
AFTER: Final[dict[str, Any]] = {
    "name": "after",
    "in": "query",
    "required": False,
    "description": "entries that follow this number",
    "schema": {"type": "integer", "minimum": 0, "default": 0},
}


class NotAsked(Exception):
    """The query has a name that the address does not know, or one twice that it takes once."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


async def only_documented(request: Request) -> None:
    """Raises NotAsked: a misspelt name, passed over, would bring an answer to another question."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    methods = request.app.state.document["paths"].get(route.path_format, {})
    listed = methods.get(request.method.lower(), {}).get("parameters", [])
    known = {one["name"]: one["schema"] for one in listed if one["in"] == "query"}
    said = [name for name, _ in request.query_params.multi_items()]
    for name in said:
        if name not in known or (said.count(name) > 1 and known[name].get("type") != "array"):
            raise NotAsked(name, list(known))


async def not_asked(request: Request, error: Exception) -> JSONResponse:
    """422: the handler of NotAsked. The name is not said again."""
    assert isinstance(error, NotAsked)
    if error.name in error.known:
        told = f"{error.name} 只能写一次。", f"{error.name} is taken only once."
        return not_chosen("repeated-parameter", Bilingual(*told), Bilingual("一次", "once"))
    listed = " | ".join(error.known)
    return not_chosen(
        "unknown-parameter",
        Bilingual("此地址没有这样的参数。", "This address has no such parameter."),
        Bilingual(listed or "没有参数", listed or "no parameter"),
    )


def one_of(
    request: Request, name: str, known: tuple[Known, ...], default: Known | None = None
) -> Known | None:
    """What the query says under a name; None if that is none of those known."""
    said = request.query_params.get(name, default or known[0])
    return next((one for one in known if one == said), None)


def accepts(request: Request, media_type: str) -> bool:
    """Whether a client asks for a media type by name."""
    return media_type in request.headers.get("accept", "").lower()


def accepted(request: Request) -> Format:
    """The format that a client asks for; JSON if it takes anything."""
    order: tuple[Format, ...] = ("pdf", "html", "text")
    wanted = (one for one in order if accepts(request, FORMATS[one].partition(";")[0]))
    return next(wanted, "json")


def unknown(name: str, known: tuple[str, ...]) -> Response:
    """422: the query says something else than is known under a name."""
    listed = " | ".join(known)
    return not_chosen(
        f"not-a-{name}",
        Bilingual(f"没有这样的 {name}。", f"There is no such {name}."),
        Bilingual(listed, listed),
    )
