"""Letters made from a decision or a review: every sentence has its place in it.

    decision, material = decide_for_letter(case, law)
    notice(decision.as_json(), material, reader="party", lang="zh").as_json()
    notice_of_review(review(case, law).as_json(), material_of_review(case, …), reader="lawyer")

A letter (`notice/1`) has sections of lines, and each line names the places (JSON pointers) of its
values in the document it was made from: `decision` or `review`, and `material`. The same document
gives the same letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.decision.assessing.assess import NoSuchRow
from engine.decision.letter.cited import (
    provisions,
    provisions_at,
    titles_of,
    titles_of_review,
)
from engine.decision.letter.discretion import choices
from engine.decision.letter.findings import findings, periods, standing
from engine.decision.letter.matter import facts, foot, head, papers, title
from engine.decision.letter.redress import remedies
from engine.decision.letter.results import kind_of, results, warnings
from engine.decision.letter.rows import (
    assessed,
    entitled,
    granting,
    notes,
    rules_in,
    shares,
    texts,
    to_bring,
    totals_of_units,
    warnings_of_rows,
)
from engine.decision.letter.saying import Line, Pointer, Reader, Said, phrases
from engine.decision.letter.steps import (
    asked,
    calculation,
    calculation_as_chosen,
    of_rows,
    reasons,
    reasons_in,
    sums_in,
    versions,
)
from engine.decision.letter.titled import titled
from engine.decision.letter.totals import totals
from engine.language.diagnostics import Language

SCHEMA: Final = "notice/1"
CONTESTED: Final = frozenset({"due", "measure", "granted", "refusal", "allowed", "refused", "none"})
"""Kinds of letters by which something is decided: what can be done against it is told."""

RESULTS: Final = {
    "request": "so-far", "open": "so-far", "entitled": "entitled", "assessed": "assessed"
}  # fmt: skip
"""What the result is called in letters by which nothing is decided (yet)."""


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
    row: str | None = None
    """The unit that it is about, where it is about one of many."""

    def as_json(self) -> dict[str, Any]:
        """The form `notice/1`, without the document."""
        of_row = {} if self.row is None else {"row": self.row}
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "reader": self.reader,
            "lang": self.lang,
            "title": self.title.as_json(),
            "of": self.of,
            **of_row,
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
    day = f"{at}/as_of"
    titles = titles_of(said, at)
    why = list(titled(said, titles, reasons(said, at, reader)))
    cited = provisions_at(said, at, titles)
    as_chosen = () if reader == "party" else calculation_as_chosen(said, at)
    found: list[tuple[str, Iterable[Line]]] = [
        ("head", head(said, f"{at}/question/about", day)),
        ("facts", facts(said, reader)),
        ("evidence", papers(said)),
        ("provisions", provisions(said, cited, reader, why)),
        ("reasons", why),
        ("calculation", [*calculation(said, at, reader), *as_chosen]),
        ("choice", choices(said, at, reader)),
        ("result", [*results(said, at), *totals(said)]),
        ("missing", asked(said, [f"{at}/trace"])),
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
    about, day = f"{at}/question/about", f"{at}/as_of"
    judged, titles = list(findings(said, reader)), titles_of_review(said)
    why = list(titled(said, titles, reasons(said, basis, reader)))
    cited = provisions_at(said, at, titles)
    found: list[tuple[str, Iterable[Line]]] = [
        (
            "head",
            [
                *head(said, about, day),
                said.line("reviewed", about=about, day=f"{at}/decided/day"),
            ],
        ),
        ("facts", facts(said, reader)),
        ("evidence", papers(said)),
        ("findings", judged),
        ("provisions", provisions(said, cited, reader, [*judged, *why])),
        ("basis", results(said, basis)),
        ("reasons", why),
        ("calculation", calculation(said, basis, reader)),
        ("versions", versions(said, basis) if reader != "party" else ()),
        ("warnings", warnings(said, basis)),
        ("standing", standing(said)),
        ("missing", asked(said, [f"{basis}/trace"])),
        ("remedies", periods(said)),
        ("foot", foot(said, f"{at}/id", day)),
    ]
    return _notice("review", reader, said, f"{at}/id", found)


def notice_of_assessment(
    assessment: Mapping[str, Any],
    material: Mapping[str, Any],
    *,
    reader: Reader = "party",
    lang: Language = "zh",
    row: str | None = None,
) -> Notice:
    """The letter of an assessment (`assessment/1`, traced) for a reader: of all units, or of one
    with its facts and reasons. Raises NoSuchRow."""
    said, at = Said.of({"assessment": assessment, "material": material}, lang), "/assessment"
    places = [
        f"{at}/rows/{index}"
        for index, one in enumerate(assessment["rows"])
        if row in (None, one["id"])
    ]
    if row is not None and not places:
        raise NoSuchRow(row, [str(one["id"]) for one in assessment["rows"]])
    in_short = row is None and reader == "party"
    traces = [
        f"{place}/trace/{index}"
        for place in places
        for index in range(len(said.at(place).get("trace", ())))
    ]
    told = [] if in_short else of_rows(said, traces)
    titles = titles_of(said, at)
    rules = None if row is None else rules_in(said, traces)
    cited = [
        (place, title)
        for place, title in provisions_at(said, at, titles)
        if rules is None or said.at(place)["rule"] in rules
    ]
    result = [line for place in places for line in assessed(said, place, in_short=in_short)]
    if row is None:
        result += totals_of_units(said, at)
        if in_short:
            result.append(said.line("each-row", rows=[f"{place}/id" for place in places]))
    why = list(titled(said, titles, reasons_in(said, told, reader)))
    day = f"{at}/as_of"
    head_lines = list(head(said, f"{at}/question/about", day))
    if row is not None:
        head_lines.append(said.line("unit", row=f"{places[0]}/id"))
    found: list[tuple[str, Iterable[Line]]] = [
        ("head", head_lines),
        ("facts", () if in_short else facts(said, reader, row)),
        ("evidence", papers(said)),
        ("provisions", provisions(said, cited, reader, why)),
        ("reasons", why),
        ("calculation", sums_in(said, told) if reader == "party" else ()),
        ("result", result),
        ("missing", () if in_short else asked(said, traces)),
        ("versions", texts(said, at, reader)),
        ("warnings", warnings_of_rows(said, at, rules)),
        ("foot", foot(said, f"{at}/id", day)),
    ]
    return replace(_notice("assessed", reader, said, f"{at}/id", found), row=row)


def notice_of_entitlements(
    entitlements: Mapping[str, Any],
    material: Mapping[str, Any],
    *,
    reader: Reader = "party",
    lang: Language = "zh",
) -> Notice:
    """The letter of what a family is entitled to (`entitlements/1`, traced) for a reader."""
    said, at = Said.of({"entitlements": entitlements, "material": material}, lang), "/entitlements"
    rows = [f"{at}/rows/{index}" for index in range(len(entitlements["rows"]))]
    traces = [f"{row}/trace/0" for row in rows]
    told = of_rows(said, traces)
    why = list(titled(said, titles_of(said, at), reasons_in(said, told, reader)))
    day = f"{at}/as_of"
    found: list[tuple[str, Iterable[Line]]] = [
        (
            "head",
            [
                *head(said, f"{at}/question/about", day),
                said.line("years", start=f"{at}/from", end=f"{at}/until"),
            ],
        ),
        ("facts", facts(said, reader)),
        ("evidence", papers(said)),
        ("provisions", provisions(said, granting(said, at), reader, why)),
        ("reasons", why),
        ("calculation", [*shares(said, at), *(sums_in(said, told) if reader == "party" else ())]),
        ("result", entitled(said, at)),
        ("missing", [*asked(said, traces), *to_bring(said, at)]),
        ("versions", texts(said, at, reader)),
        ("warnings", notes(said, at)),
        ("remedies", remedies(said, reader)),
        ("foot", foot(said, f"{at}/id", day)),
    ]
    return _notice("entitled", reader, said, f"{at}/id", found)


WRITERS: Final[Mapping[str, Callable[..., Notice]]] = {
    "decision/1": notice,
    "review/1": notice_of_review,
    "assessment/1": notice_of_assessment,
    "entitlements/1": notice_of_entitlements,
}
"""The letter of each form of answer."""


def written(
    result: Mapping[str, Any],
    material: Mapping[str, Any],
    *,
    reader: Reader,
    lang: Language,
    row: str | None = None,
) -> Notice:
    """The letter of an answer in any form; `row`: of one unit of an assessment. Raises NoSuchRow,
    also where the answer has no rows of units."""
    write = WRITERS[result["schema"]]
    if row is None:
        return write(result, material, reader=reader, lang=lang)
    if write is not notice_of_assessment:
        raise NoSuchRow(row)
    return write(result, material, reader=reader, lang=lang, row=row)


def _notice(
    kind: str, reader: Reader, said: Said, id: Pointer, found: list[tuple[str, Iterable[Line]]]
) -> Notice:
    """The letter of what was found; a section without a line is left out."""
    sections = []
    for name, lines in found:
        kept = tuple(lines)
        if kept:
            called = RESULTS.get(kind, name) if name == "result" else name
            words = phrases()["headings"][called]
            sections.append(Section(name, words[said.lang], kept))
    line = title(said, phrases()["titles"][kind][said.lang])
    return Notice(kind, reader, said.lang, line, str(said.at(id)), tuple(sections), said.document)
