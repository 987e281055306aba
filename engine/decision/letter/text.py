"""A letter as plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from engine.decision.letter.form import Form, form_of
from engine.decision.letter.notice import Notice


def letter_text(notice: Notice) -> str:
    """The letter, a line for each of its lines."""
    return "\n".join(_lines(form_of(notice))) + "\n"


def _lines(form: Form) -> Iterator[str]:
    yield from (form.title, form.draft, form.number, form.copy)
    for section in form.sections:
        yield ""
        yield section.heading
        for line in section.lines:
            yield f"{'  ' * (line.level + 1)}{line.text}"
    yield ""
    yield form.seal
    yield from (line.text for line in form.foot)
