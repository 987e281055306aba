"""In which text an article stands: said with it wherever the article before stands in another.

titled(said, titles_of(said, at), reasons(said, at, reader))
# 《…》第…条：…
# 第…条：…
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.decision.letter.cited import Titles
from engine.decision.letter.saying import Line, Pointer, Said
from engine.decision.words.written import article_in, in_letter

_STEP: Final = re.compile(r"(.*/trace\b.*?)/(?:article|gist|text)(?:/(?:zh|en))?")
_CITING: Final = frozenset({"rule", "not-applied"})
"""Kinds of steps that name a rule by its article."""


def titled(said: Said, titles: Titles, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines, each article in them with the title of its text if that of the line before is another;
    a line that is not set in begins anew."""
    last = None
    for line in lines:
        if line.level == 0:
            last = None
        number, rule = _rule_in(said, line)
        title = _title_of(titles, rule)
        if title is not None and said.at(title) != last:
            line = with_title(said, line, number, title, rule)
            last = said.at(title)
        yield line


def titled_warning(said: Said, titles: Titles, line: Line, at: Pointer) -> Line:
    """A warning about rules of one text, with its title."""
    found = {_title_of(titles, rule) for rule in said.at(at).get("rules") or ()}
    title = found.pop() if len(found) == 1 else None
    return line if title is None else with_title(said, line, 0, title, said.at(at)["rules"][0])


def with_title(said: Said, line: Line, number: int, title: Pointer, rule: str) -> Line:
    """A line with a title before the article of a rule, as the article is called in it, or before
    what it says; `number`: of the source that names it."""
    source = line.sources[number]
    is_gist = "/gist/" in source
    names = [in_letter(str(said.at(source)), said.lang)] if is_gist else _names(said, source, rule)
    place = next((at for name in names if (at := line.text.find(name)) >= 0), None)
    if place is None:
        return line
    told = said.line("in-text-namely" if is_gist else "in-text", title=title)
    return Line(
        line.text[:place] + told.text + line.text[place:],
        line.sources[:number] + told.sources + line.sources[number:],
        line.level,
    )


def _names(said: Said, source: Pointer, rule: str) -> Iterator[str]:
    """How the article of a rule may be called: in the middle of a sentence, with its item, without
    it. A step tells in which article a text that was renumbered has the rule."""
    article, name = rule.split("/")[-2:]
    step = _STEP.fullmatch(source)
    if step is not None and source.endswith("/article"):
        yield article_in(str(said.at(source)), said.lang)
        return
    if step is not None:
        article = str(said.at(step[1]).get("article", article))
    if (called := said.rules.get(f"{article}/{name}")) is not None:
        yield called
    yield article_in(article, said.lang)
    yield article_in(article.split(".")[0], said.lang)


def _rule_in(said: Said, line: Line) -> tuple[int, str]:
    """The first rule that a line names by its article, and which of its sources does."""
    for number, source in enumerate(line.sources):
        found = _STEP.fullmatch(source)
        step = None if found is None else said.at(found[1])
        if step is not None and step["kind"] in _CITING:
            return number, str(step["rule"])
    return 0, ""


def _title_of(titles: Titles, rule: str) -> Pointer | None:
    instrument, *version = rule.rsplit("/", 3)[:2]
    return titles.get((instrument, "".join(version)), titles.get((instrument, "")))
