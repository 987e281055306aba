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
from engine.decision.notice_remedies import remedies_told
from engine.decision.notice_rules import provisions, titles_of, titles_of_review
from engine.decision.notice_steps import Reader, asked, facts, reasons, versions
from engine.decision.remedies import Remedies
from engine.decision.saying import Line, Said, words
from engine.language.diagnostics import Language

SCHEMA: Final = "notice/1"
CONTESTED: Final = frozenset({"due", "granted", "refusal", "allowed", "decided"})
"""Kinds of letters by which something is decided: what can be done against it is told."""


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
    said, at, kind = Said(document, lang), "/decision", title_of(decision)
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
    if remedies is not None and kind in CONTESTED:
        found.append(("remedies", remedies_told(said)))
    found.append(("source", [said.line("from", id=f"{at}/id")]))
    return _notice(kind, reader, said, str(decision["id"]), found)


def notice_of_review(
    review: Mapping[str, Any], *, reader: Reader = "party", lang: Language = "zh"
) -> Notice:
    """The letter of a review (`review/1`) for a reader: findings, and what had to be decided."""
    said, at = Said({"review": review}, lang), "/review"
    basis = f"{at}/basis"
    titles = titles_of_review(said)
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
