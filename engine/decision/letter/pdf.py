"""A letter as PDF on A4, with the font inside it, so that it prints the same everywhere.

The font holds the characters of GB/T 2312 (`fonts/README.md`); one that it lacks is printed as 〓,
as Chinese printers do. The same letter gives the same bytes.
A line that is not set in stands on the page of the first line below it that is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib import textsplit
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus.flowables import Flowable

from engine.decision.letter.form import Form, form_of
from engine.decision.letter.notice import Notice

FONT: Final = "NotoSerifSC-GB2312"
FILE: Final = Path(__file__).parent / "fonts" / f"{FONT}.ttf"
LACKING: Final = "〓"
_WIDE: Final = "\u3000"
"""A space as wide as a character, which paragraphs would swallow."""
_NO_START: Final = "，：；！？》〉〕”’"
_NO_END: Final = "“‘（〔《〈「『【"
_INDENT: Final = 12
_DEEPEST: Final = 12
"""Beyond that many steps a line is set in no further: it would have no room."""


def letter_pdf(notice: Notice) -> bytes:
    """The letter."""
    form = form_of(notice)
    font = printing_font()
    written = io.BytesIO()
    document = SimpleDocTemplate(
        written, pagesize=A4, title=form.title, author="tiaoli", lang=form.lang,
        leftMargin=28 * mm, rightMargin=26 * mm, topMargin=30 * mm, bottomMargin=28 * mm,
        invariant=1,
    )  # fmt: skip
    foot = partial(_foot, form.page)
    document.build(list(_flow(form, frozenset(font.face.charToGlyph))), foot, foot)
    return written.getvalue()


@cache
def printing_font() -> Any:
    """The font, known to reportlab, which then breaks Chinese lines by its marks."""
    # reportlab knows the full stop and the brackets, but not these marks that begin no line either,
    # and lets the first of several hang in the margin alone.
    vars(textsplit)["ALL_CANNOT_START"] += _NO_START
    vars(textsplit)["dumbSplit"] = partial(_split, textsplit.dumbSplit)
    font = TTFont(FONT, FILE)
    pdfmetrics.registerFont(font)
    return font


def _split(split: Any, word: str, widths: Any, most: Any) -> list[list[Any]]:
    """Lines as reportlab splits them (the space that is left, the text), where no line begins with
    a mark that may not, nor ends with one that opens: what follows a mark that hangs in the margin
    hangs there, too, and what would open at the end of a line begins the next."""
    lines: list[list[Any]] = split(word, widths, most)
    for line, after in pairwise(lines):
        rest = after[1].lstrip(textsplit.ALL_CANNOT_START)
        if rest and line[1] and line[1][-1] in textsplit.ALL_CANNOT_START:
            line[1] += after[1][: len(after[1]) - len(rest)]
            after[1] = rest
    for line in lines:
        line[0] = max(line[0], 0)  # what hangs is no reason to draw spaces closer
    at = 0
    for number, (space, text) in enumerate(lines[:-1]):
        start = word.find(text, at)
        at = start + len(text)
        kept = text.rstrip(_NO_END)
        if start >= 0 and kept and kept != text:
            cut = start + len(kept)
            limits = most if isinstance(most, list | tuple) else [most]
            below = limits[number + 1 :] or limits[-1:]
            ended = [space + sum(widths[cut:at]), kept]
            return [*lines[:number], ended, *_split(split, word[cut:], widths[cut:], below)]
    return lines


def _flow(form: Form, known: frozenset[int]) -> Iterator[Flowable]:
    wrap = "CJK" if form.lang.startswith("zh") else None
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=11, leading=17, wordWrap=wrap)
    title = ParagraphStyle(
        "title", plain, fontSize=19, leading=28, alignment=TA_CENTER, spaceAfter=10
    )
    draft = ParagraphStyle(
        "draft", plain, alignment=TA_CENTER, borderWidth=0.8, borderColor=black,
        borderPadding=4, spaceAfter=14,
    )  # fmt: skip
    right = ParagraphStyle("right", plain, alignment=TA_RIGHT)
    small = ParagraphStyle("small", right, fontSize=8, leading=14)
    headed = ParagraphStyle("headed", plain, fontSize=13, leading=22, spaceBefore=8, keepWithNext=1)

    def said(text: str, style: ParagraphStyle) -> Paragraph:
        printed = "".join(one if ord(one) in known else LACKING for one in text)
        made = Paragraph(escape(printed).replace(_WIDE, "\u00a0\u00a0"), style)
        # reportlab makes a fragment of each escaped mark, and splits several in a way of its own.
        made.frags[0].text = "".join(one.text for one in made.frags)
        del made.frags[1:]
        return made

    yield said(form.title, title)
    yield said(form.draft, draft)
    yield said(form.number, right)
    yield said(form.copy, right)
    levels = [
        ParagraphStyle(f"level{level}", plain, leftIndent=_INDENT * level)
        for level in range(_DEEPEST + 1)
    ]
    above = ParagraphStyle("above", plain, keepWithNext=1)
    for section in form.sections:
        yield said(section.heading, headed)
        for line, after in zip_longest(section.lines, section.lines[1:]):
            begins = line.level == 0 and after is not None and after.level > 0
            yield said(line.text, above if begins else levels[min(line.level, _DEEPEST)])
    *signed_by, made_from = (line.text for line in form.foot)
    signed = [said(text, right) for text in (form.seal, *signed_by)]
    signed.append(said(made_from, small))
    yield KeepTogether([Spacer(1, 18), *signed])


def _foot(words: str, canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 15 * mm, words.format(page=canvas.getPageNumber()))
    canvas.restoreState()
