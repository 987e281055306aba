"""The provisions in a letter: instrument, text, article and gist; for the lawyer also each rule,
how sure it is, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.decision.letter.saying import Line, Pointer, Reader, Said


def titles_of(said: Said, at: Pointer) -> dict[str, Pointer]:
    """Where the title of each instrument stands in a decision."""
    found: dict[str, Pointer] = {}
    for index, version in enumerate(said.at(f"{at}/versions")):
        found.setdefault(str(version["instrument"]), f"{at}/versions/{index}/title")
    return found


def titles_of_review(said: Said) -> dict[str, Pointer]:
    """Where the titles of the instruments of a review stand, in any of the decisions in it."""
    found = titles_of(said, "/review/found") | titles_of(said, "/review/basis")
    for index in range(len(said.at("/review/later"))):
        found = titles_of(said, f"/review/later/{index}") | found
    return found


def provisions_at(
    said: Said, at: Pointer, titles: Mapping[str, Pointer]
) -> Iterator[tuple[Pointer, Pointer]]:
    """Where each provision of an answer stands, and where its title does."""
    for index, one in enumerate(said.at(f"{at}/provisions")):
        place = f"{at}/provisions/{index}"
        yield place, titles.get(str(one["instrument"]), f"{place}/instrument")


def provisions(
    said: Said,
    cited: Iterable[tuple[Pointer, Pointer]],
    reader: Reader,
    told_below: frozenset[str] = frozenset(),
) -> Iterator[Line]:
    """Each article once with each gist; the lawyer is told each rule. What stands among the reasons
    (`told_below`: gists) is cited by text and articles alone."""
    told: set[tuple[str, ...]] = set()
    bare: dict[tuple[str, str], tuple[Pointer, Pointer, dict[str, Pointer]]] = {}
    lines: list[Line] = []
    for place, title in cited:
        one = said.at(place)
        gist = str(one["gist"]["zh"]) if one["gist"] else ""
        of = str(said.at(title)), str(one["version"])
        key = (*of, str(one["article"]), gist)
        where = {"title": title, "version": f"{place}/version"}
        if gist in told_below:
            group = bare.setdefault(of, (title, where["version"], {}))
            group[2].setdefault(str(one["article"]), f"{place}/article")
        elif key not in told:
            where["article"] = f"{place}/article"
            if gist:
                lines.append(said.line("provision", **where, gist=f"{place}/gist"))
            else:
                lines.append(said.line("provision-bare", **where))
        told.add(key)
        if reader == "lawyer":
            slots = {name: f"{place}/{name}" for name in ("rule", "confidence", "sources")}
            lines.append(said.line("cited", 1, **slots))
    for title, version, articles in bare.values():
        places = list(articles.values())
        yield said.line("provision-bare", title=title, version=version, article=places)
    yield from lines


def gists_in(said: Said, lines: Iterable[Line]) -> frozenset[str]:
    """The gists of rules that lines tell."""
    return frozenset(
        str(said.at(f"{place.removesuffix('/zh').removesuffix('/en')}/zh"))
        for line in lines
        for place in line.sources
        if place.removesuffix("/zh").removesuffix("/en").endswith("/gist")
    )
