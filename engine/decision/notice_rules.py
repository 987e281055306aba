"""The provisions in a letter: instrument, text, article and gist; for the lawyer also the rule, how
sure it is, and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.decision.notice_steps import Reader
from engine.decision.saying import Line, Pointer, Said


def titles_of(said: Said, at: Pointer) -> dict[str, Pointer]:
    """Where the title of each instrument stands."""
    found: dict[str, Pointer] = {}
    for index, version in enumerate(said.at(f"{at}/versions")):
        found.setdefault(version["instrument"], f"{at}/versions/{index}/title")
    return found


def titles_of_review(said: Said) -> dict[str, Pointer]:
    """Where the titles of the instruments of a review stand, in any of the decisions in it."""
    review = said.at("/review")
    found: dict[str, Pointer] = {}
    for name in ("basis", "found"):
        if name in review:
            found = titles_of(said, f"/review/{name}") | found
    for index in range(len(review["later"])):
        found = titles_of(said, f"/review/later/{index}") | found
    return found


def provisions(
    said: Said, at: Pointer, titles: Mapping[str, Pointer], reader: Reader
) -> Iterator[Line]:
    """Each article once, except that the lawyer is told each rule."""
    told: set[tuple[str, ...]] = set()
    for index, one in enumerate(said.at(f"{at}/provisions")):
        place = f"{at}/provisions/{index}"
        gist = one["gist"]["zh"] if one["gist"] else ""
        key = (one["instrument"], one["version"], one["article"], gist)
        if key in told and reader != "lawyer":
            continue
        told.add(key)
        title = titles.get(one["instrument"], f"{place}/instrument")
        where = {
            "title": title, "version": f"{place}/version", "article": f"{place}/article",
        }  # fmt: skip
        if gist:
            yield said.line("provision", **where, gist=f"{place}/gist")
        else:
            yield said.line("provision-bare", **where)
        if reader == "lawyer":
            yield said.line(
                "cited", 1,
                rule=f"{place}/rule", confidence=f"{place}/confidence", sources=f"{place}/sources",
            )  # fmt: skip
