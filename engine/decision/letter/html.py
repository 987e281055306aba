"""A letter as one HTML page that needs nothing else and prints on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from engine.decision.letter.form import form_of
from engine.decision.letter.notice import Notice


def letter_html(notice: Notice) -> str:
    """The letter; what stands in a case is escaped."""
    form = form_of(notice)
    names = ("lang", "title", "draft", "number", "copy", "sections", "seal", "foot")
    return _template().render({name: getattr(form, name) for name in names})


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("letter.html.jinja")
