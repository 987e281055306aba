"""What every format of a letter has beside its lines: marks at its head, headings, a foot."""

from __future__ import annotations

from dataclasses import dataclass

from engine.decision.letter.notice import Notice
from engine.decision.letter.saying import Line, phrases
from engine.decision.words.written import in_chinese

FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Headed:
    """A section with its numbered heading."""

    id: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A letter as it is laid out, whatever the format."""

    lang: str
    title: str
    draft: str
    number: str
    copy: str
    sections: tuple[Headed, ...]
    seal: str
    foot: tuple[Line, ...]
    page: str
    """The words at the foot of a page, with `{page}`."""


def form_of(notice: Notice) -> Form:
    """The layout of a letter."""
    form, lang = phrases()["form"], notice.lang
    body = [section for section in notice.sections if section.id != FOOT]
    return Form(
        lang="zh-CN" if lang == "zh" else "en",
        title=notice.title.text,
        draft=form["draft"][lang],
        number=form["number"][lang],
        copy=form["copy"][lang] + phrases()["readers"][notice.reader][lang],
        sections=tuple(
            Headed(section.id, heading(number, section.heading, lang), section.lines)
            for number, section in enumerate(body, 1)
        ),
        seal=form["seal"][lang],
        foot=tuple(
            line for section in notice.sections if section.id == FOOT for line in section.lines
        ),
        page=form["page"][lang],
    )


def heading(number: int, text: str, lang: str) -> str:
    """A heading with its number, as letters number them.

    >>> heading(3, "证据", "zh"), heading(3, "Evidence", "en")
    ('三、证据', '3. Evidence')
    """
    return f"{in_chinese(number)}、{text}" if lang == "zh" else f"{number}. {text}"
