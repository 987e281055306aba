"""Letters made from a decision or a review: every sentence has its place in it.

    notice(decide(case, law).as_json(), reader="party", lang="zh").as_json()
    notice_of_review(review(case, law).as_json(), reader="lawyer", lang="en")

A letter (`notice/1`) has sections of lines, and each line names the places (JSON pointers) of its
values in the documents it was made from: `decision`, `remedies` (what can be done against it, itself
a decision) or `review`. The same documents give the same letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.decision.notice_results import choices, results, title_of, warnings
from engine.decision.notice_review import findings, overview, periods
from engine.decision.notice_rules import provisions, titles_of
from engine.decision.notice_steps import Reader, asked, facts, reasons, versions
from engine.decision.remedies import Remedies
from engine.decision.saying import Line, Said, words
from engine.language.diagnostics import Language

SCHEMA: Final = "notice/1"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; its id is a key of the headings in `templates/notice.yaml`."""

    id: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter. `kind`: a key of the titles in `templates/notice.yaml`."""

    kind: str
    reader: Reader
    lang: Language
    title: str
    of: str
    """The id of the decision or review it was made from."""
    sections: tuple[Section, ...]
    document: Mapping[str, Any]
    """What the places of its lines lead into."""

    def as_json(self) -> dict[str, Any]:
        """The form `notice/1`, without the documents."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "reader": self.reader,
            "lang": self.lang,
            "title": self.title,
            "of": self.of,
            "sections": [
                {
                    "id": section.id,
                    "heading": section.heading,
                    "lines": [line.as_json() for line in section.lines],
                }
                for section in self.sections
            ],
        }


def notice(
    decision: Mapping[str, Any],
    *,
    reader: Reader = "party",
    lang: Language = "zh",
    remedies: Remedies | None = None,
) -> Notice:
    """The letter of a decision (`decision/1`, traced) for a reader."""
    document: dict[str, Any] = {"decision": decision}
    if remedies is not None:
        document["remedies"] = remedies.as_json()
    said, at = Said(document, lang), "/decision"
    titles = titles_of(said, at)
    found: list[tuple[str, Iterable[Line]]] = [
        ("matter", _matter(said)),
        ("result", results(said, at)),
        ("facts", facts(said, at)),
        ("provisions", provisions(said, at, titles, reader)),
        ("reasons", reasons(said, at, reader)),
        ("discretion", choices(said, at)),
        ("missing", asked(said, at)),
        ("versions", versions(said, at, reader) if reader != "party" else ()),
        ("warnings", warnings(said, at)),
    ]
    if remedies is not None:
        found.append(("remedies", periods_of_remedies(said)))
    found.append(("source", [said.line("from", id=f"{at}/id")]))
    return _notice(title_of(decision), reader, said, str(decision["id"]), found)


def notice_of_review(
    review: Mapping[str, Any], *, reader: Reader = "party", lang: Language = "zh"
) -> Notice:
    """The letter of a review (`review/1`) for a reader: findings, and what had to be decided."""
    said, at = Said({"review": review}, lang), "/review"
    basis = f"{at}/basis"
    titles = titles_of(said, basis) | titles_of_later(said)
    found: list[tuple[str, Iterable[Line]]] = [
        ("matter", overview(said)),
        ("findings", findings(said, reader)),
        ("provisions", provisions(said, at, titles, reader)),
        ("reasons", reasons(said, basis, reader)),
        ("versions", versions(said, basis, reader) if reader != "party" else ()),
        ("warnings", warnings(said, basis)),
        ("periods", periods(said)),
        ("source", [said.line("from", id=f"{at}/id")]),
    ]
    return _notice("review", reader, said, str(review["id"]), found)


def titles_of_later(said: Said) -> dict[str, str]:
    """The titles of the instruments that stand in the further decisions of a review."""
    found: dict[str, str] = {}
    review = said.at("/review")
    places = [f"/review/later/{index}" for index in range(len(review["later"]))]
    if "found" in review:
        places.append("/review/found")
    for place in places:
        found = titles_of(said, place) | found
    return found


def periods_of_remedies(said: Said) -> Iterator[Line]:
    """What can be done against the decision: until when, and before whom."""
    at = "/remedies/decision"
    assumed = said.at("/remedies/assumed")
    if assumed:
        yield said.line("assumed", facts="/remedies/assumed", day="/remedies/day")
    gists = {
        one["rule"]: f"{at}/provisions/{index}/gist"
        for index, one in enumerate(said.at(f"{at}/provisions"))
        if one["gist"]
    }
    for index, part in enumerate(said.at(f"{at}/parts")):
        for number, told in enumerate(part["conclusions"]):
            rules = [gists[rule] for rule in part["rules"] if rule in gists]
            details = f"{at}/parts/{index}/conclusions/{number}/details"
            if part["outcome"] == "determined" and rules:
                yield from _remedy(said, told, rules, details)


def _remedy(said: Said, told: Mapping[str, Any], rules: list[str], details: str) -> Iterator[Line]:
    known = told.get("details", {})
    if told["effect"] == "time":
        if known.get("start") and known.get("end"):
            yield said.line(
                "period", label=rules[:1], start=f"{details}/start", end=f"{details}/end"
            )
        elif known.get("length"):
            yield said.line("length", label=rules[:1], length=f"{details}/length")
    elif told["effect"] == "competence" and known.get("authority"):
        yield said.line("body", text=rules[:1], authority=f"{details}/authority")
    elif told["effect"] == "competence":
        yield said.line("step", text=rules[:1])


def _matter(said: Said) -> Iterator[Line]:
    yield said.line("matter", text="/decision/trace/text")
    yield said.line("day", day="/decision/as_of")
    bearers: set[str] = set()
    for index, part in enumerate(said.at("/decision/parts")):
        if part["bearer"] not in bearers:
            bearers.add(part["bearer"])
            yield said.line("party", bearer=f"/decision/parts/{index}/bearer")


def _notice(
    kind: str,
    reader: Reader,
    said: Said,
    id: str,
    found: list[tuple[str, Iterable[Line]]],
) -> Notice:
    """The letter of what was found; a section without a line is left out."""
    sections = []
    for name, lines in found:
        kept = tuple(lines)
        if kept:
            sections.append(Section(name, words()["headings"][name][said.lang], kept))
    title = words()["titles"][kind][said.lang]
    return Notice(kind, reader, said.lang, title, id, tuple(sections), said.document)
