"""Letters made from a decision or a review: every sentence has its place in it.

    decision, material = decide_for_letter(case, law)
    notice(decision.as_json(), material, reader="party", lang="zh").as_json()
    notice_of_review(review(case, law).as_json(), material_of_review(case, …), reader="lawyer")

A letter (`notice/1`) has sections of lines, and each line names the places (JSON pointers) of its
values in the document it was made from: `decision` or `review`, and `material`. The same document
gives the same letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.decision.letter.cited import provisions, titles_of, titles_of_review
from engine.decision.letter.findings import findings, periods
from engine.decision.letter.matter import facts, foot, head, papers, title
from engine.decision.letter.redress import remedies
from engine.decision.letter.results import choices, chosen, kind_of, results, warnings
from engine.decision.letter.saying import Line, Pointer, Reader, Said, phrases
from engine.decision.letter.steps import asked, calculation, reasons, versions
from engine.language.diagnostics import Language

SCHEMA: Final = "notice/1"
CONTESTED: Final = frozenset({"due", "measure", "granted", "refusal", "allowed", "refused", "none"})
"""Kinds of letters by which something is decided: what can be done against it is told."""

OPEN: Final = frozenset({"request", "open"})
"""Kinds of letters by which nothing is decided yet."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; its id is a key of the headings in `phrases.yaml`."""

    id: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter. `kind`: a key of the titles in `phrases.yaml`."""

    kind: str
    reader: Reader
    lang: Language
    title: Line
    of: str
    """The id of the decision or review it was made from."""
    sections: tuple[Section, ...]
    document: Mapping[str, Any]
    """What the places of its lines lead into."""

    def as_json(self) -> dict[str, Any]:
        """The form `notice/1`, without the document."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "reader": self.reader,
            "lang": self.lang,
            "title": self.title.as_json(),
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
    material: Mapping[str, Any],
    *,
    reader: Reader = "party",
    lang: Language = "zh",
) -> Notice:
    """The letter of a decision (`decision/1`, traced) for a reader."""
    said, at = Said.of({"decision": decision, "material": material}, lang), "/decision"
    kind = kind_of(decision)
    bearers = [f"{at}/parts/{index}/bearer" for index in range(len(decision["parts"]))]
    day = f"{at}/as_of"
    found: list[tuple[str, Iterable[Line]]] = [
        ("head", head(said, bearers, f"{at}/question/about", day)),
        ("facts", facts(said)),
        ("evidence", papers(said)),
        ("provisions", provisions(said, at, titles_of(said, at), reader)),
        ("reasons", reasons(said, at, reader)),
        ("calculation", calculation(said, at, reader)),
        ("choice", choices(said, at)),
        ("result", [*results(said, at), *chosen(said)]),
        ("missing", asked(said, at)),
        ("versions", versions(said, at) if reader != "party" else ()),
        ("warnings", warnings(said, at)),
        ("remedies", remedies(said, reader) if kind in CONTESTED else ()),
        ("foot", foot(said, f"{at}/id", day)),
    ]
    return _notice(kind, reader, said, f"{at}/id", found)


def notice_of_review(
    review: Mapping[str, Any],
    material: Mapping[str, Any],
    *,
    reader: Reader = "party",
    lang: Language = "zh",
) -> Notice:
    """The letter of a review (`review/1`) for a reader: findings, and what had to be decided."""
    said, at = Said.of({"review": review, "material": material}, lang), "/review"
    basis = f"{at}/basis"
    bearers = [f"{basis}/parts/{index}/bearer" for index in range(len(review["basis"]["parts"]))]
    about, day = f"{at}/question/about", f"{at}/as_of"
    found: list[tuple[str, Iterable[Line]]] = [
        (
            "head",
            [
                *head(said, bearers, about, day),
                said.line("reviewed", about=about, day=f"{at}/decided/day"),
            ],
        ),
        ("facts", facts(said)),
        ("evidence", papers(said)),
        ("findings", findings(said, reader)),
        ("provisions", provisions(said, at, titles_of_review(said), reader)),
        ("basis", results(said, basis)),
        ("reasons", reasons(said, basis, reader)),
        ("calculation", calculation(said, basis, reader)),
        ("versions", versions(said, basis) if reader != "party" else ()),
        ("warnings", warnings(said, basis)),
        ("remedies", periods(said)),
        ("foot", foot(said, f"{at}/id", day)),
    ]
    return _notice("review", reader, said, f"{at}/id", found)


def _notice(
    kind: str, reader: Reader, said: Said, id: Pointer, found: list[tuple[str, Iterable[Line]]]
) -> Notice:
    """The letter of what was found; a section without a line is left out."""
    sections = []
    for name, lines in found:
        kept = tuple(lines)
        if kept:
            open_yet = name == "result" and kind in OPEN
            words = phrases()["headings"]["so-far" if open_yet else name]
            sections.append(Section(name, words[said.lang], kept))
    line = title(said, phrases()["titles"][kind][said.lang])
    return Notice(kind, reader, said.lang, line, str(said.at(id)), tuple(sections), said.document)
