"""What a decision cites: by the names of this project, or in the words of a decision.

    citation_of("river/harbour-rules/2002-09-01/3.2", registry)
    citation_of("《码头管理办法》第三条第二项", registry)

A citation by name is `instrument/article` or `instrument/version/article`; an item may follow the
article: `river/harbour-rules/3.2`. In words it is the title of a text and the number of the
article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.decision.words.written import in_chinese
from engine.law.registry import Registry

_VERSION: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_STATE: Final = "中华人民共和国"
_NUMBER: Final = r"[（(]?(\d+|[零一二三四五六七八九十百千]+)[)）]?"
_WORDS: Final = re.compile(
    rf"《?([^《》第]+?)》?(?:[（(][^()（）]*[)）])?第{_NUMBER}条(?:第{_NUMBER}款)?(?:第{_NUMBER}项)?"
)
_FIGURES: Final = {in_chinese(number): str(number) for number in range(1000)}


@dataclass(frozen=True, slots=True)
class Citation:
    """A text that is cited: its instrument, its version if that is said, and the article."""

    instrument: str
    version: str | None
    article: str


def citation_of(text: str, registry: Registry) -> Citation | None:
    """The parts of a citation; None if its words name no text that is known. A text without an
    article has none (`""`)."""
    if "/" not in text:
        return _in_words(text, registry)
    above, _, article = text.rpartition("/")
    instrument, _, version = above.rpartition("/")
    if _VERSION.fullmatch(version):
        return Citation(instrument, version, article)
    return Citation(above, None, article)


def _in_words(text: str, registry: Registry) -> Citation | None:
    said = _WORDS.fullmatch(text.replace(" ", ""))
    title, article, item = said.group(1, 2, 4) if said else (text, None, None)
    for name, one in registry.instruments.items():
        if _plain(title) in (_plain(one.title.zh), _plain(one.title.en)):
            numbers = [_FIGURES.get(figures, figures) for figures in (article, item) if figures]
            return Citation(name, None, ".".join(numbers))
    return None


def _plain(title: str) -> str:
    """A title without what is said or left out at will."""
    return title.strip("《》").casefold().removeprefix("the ").removeprefix(_STATE)
