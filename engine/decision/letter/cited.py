"""The provisions in a letter: instrument, text, article and gist; for the lawyer also each rule,
how sure it is, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from engine.decision.letter.saying import Line, Pointer, Reader, Said
from engine.decision.words.written import has_number

Titles: TypeAlias = dict[tuple[str, str], Pointer]
"""Where the title of each text stands, by its instrument and version, for a text may have another
title than that before it; without a version, where any title of the instrument does."""


def titles_of(said: Said, at: Pointer) -> Titles:
    """Where the titles of the texts of a decision stand."""
    found: Titles = {}
    for index, version in enumerate(said.at(f"{at}/versions")):
        for text in (str(version["version"]), ""):
            found.setdefault((str(version["instrument"]), text), f"{at}/versions/{index}/title")
    return found


def titles_of_review(said: Said) -> Titles:
    """Where the titles of the texts of a review stand, in any of the decisions in it."""
    found = titles_of(said, "/review/found") | titles_of(said, "/review/basis")
    for index in range(len(said.at("/review/later"))):
        found = titles_of(said, f"/review/later/{index}") | found
    return found


def provisions_at(said: Said, at: Pointer, titles: Titles) -> Iterator[tuple[Pointer, Pointer]]:
    """Where each provision of an answer stands, and where its title does."""
    for index, one in enumerate(said.at(f"{at}/provisions")):
        place = f"{at}/provisions/{index}"
        instrument = str(one["instrument"])
        known = titles.get((instrument, ""), f"{place}/instrument")
        yield place, titles.get((instrument, str(one["version"])), known)


@dataclass(frozen=True, slots=True)
class _Article:
    """An article of a text, with the gists that are told of it and the rules that stand in it."""

    place: Pointer
    gists: tuple[Pointer, ...]
    rules: tuple[Pointer, ...]


def provisions(
    said: Said, cited: Iterable[tuple[Pointer, Pointer]], reader: Reader, told: Iterable[Line] = ()
) -> Iterator[Line]:
    """Each text with its articles and what they say. A gist that stands in other lines of the
    letter (`told`) or above is not said again; the lawyer is told each rule."""
    texts: dict[tuple[str, str], dict[str, list[Pointer]]] = {}
    titles: dict[tuple[str, str], Pointer] = {}
    for place, title in cited:
        one = said.at(place)
        key = str(said.at(title)), str(one["version"])
        titles.setdefault(key, title)
        texts.setdefault(key, {}).setdefault(str(one["article"]), []).append(place)
    known = "" if reader == "lawyer" else "\n".join(line.text for line in told)
    above: set[str] = set()
    for key, places in texts.items():
        articles = [_article(said, of, known, above) for of in places.values()]
        yield from _text(said, titles[key], articles, reader)


def _article(said: Said, rules: list[Pointer], known: str, above: set[str]) -> _Article:
    gists: dict[str, Pointer] = {}
    for place in rules:
        gist = said.at(place)["gist"]
        if gist and str(gist[said.lang]) not in known and gist[said.lang] not in above:
            gists.setdefault(gist[said.lang], f"{place}/gist")
    above |= set(gists)
    return _Article(f"{rules[0]}/article", tuple(gists.values()), tuple(rules))


def _text(said: Said, title: Pointer, articles: list[_Article], reader: Reader) -> Iterator[Line]:
    """The articles of a text: a line each below its title, or the only line beside it."""
    slots = {"title": title, "version": f"{articles[0].rules[0]}/version"}
    beside = [one.place for one in articles if not one.gists or not _has_number(said, one)]
    below = [line for one in articles for line in _lines(said, one, reader)]
    if len(articles) == len(below) == 1 and not beside:
        first, *others = articles[0].gists
        line = said.line("provision", **slots, article=articles[0].place, gist=first)
        yield _and_more(said, line, others)
        return
    if beside:
        yield said.line("provision-bare", **slots, article=beside)
    else:
        yield said.line("text", **slots)
    yield from below


def _lines(said: Said, article: _Article, reader: Reader) -> Iterator[Line]:
    """What an article says, in a line; if it has no number, a line for each gist."""
    if not _has_number(said, article):
        yield from (said.line("gist", 1, gist=gist) for gist in article.gists)
    elif article.gists:
        first, *others = article.gists
        line = said.line("applied", 1, article=article.place, gist=first)
        yield _and_more(said, line, others)
    if reader == "lawyer":
        for place in article.rules:
            slots = {name: f"{place}/{name}" for name in ("rule", "confidence", "sources")}
            yield said.line("cited", 2, **slots)


def _and_more(said: Said, line: Line, gists: list[Pointer]) -> Line:
    """A line and what else the article says."""
    for gist in gists:
        line += said.line("next", gist=gist)
    return line


def _has_number(said: Said, article: _Article) -> bool:
    return has_number(str(said.at(article.place)))
