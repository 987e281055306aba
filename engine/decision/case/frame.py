"""What stands around the facts of a case: its question, evidence, figures, choices."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from engine.decision.case.model import ChoiceMade, EntityRecord, Evidence, Question
from engine.decision.case.problems import Report, child
from engine.decision.case.values import NAME, Reader
from engine.language.diagnostics import Bilingual
from engine.law.places import PlaceError, level_of
from engine.law.statistics import Figure, Key
from engine.law.vocabulary import Vocabulary
from engine.values.dates import DateError, Window, parse_date

SCHEMA: Final = "case/1"
STATUSES: Final = ("verified", "submitted", "rejected")
"""How far a paper has come; only a verified one proves anything."""
LISTED: Final = ("all", "some")
AROUND: Final = (
    "schema", "reference", "as_of", "question", "evidence", "statistics", "settings", "choices",
)  # fmt: skip
"""The keys of a case beside the sections of its entities."""
ALWAYS_ALLOWED: Final = ("decisions", "payments")
"""Sections that may stand empty where the vocabulary has no such entities."""

_REFERENCE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:/-]{0,63})")


def read_as_of(raw: object, report: Report) -> date | None:
    """The day of the decision, which must be known to the day."""
    if not isinstance(raw, str):
        code = "date-not-text" if isinstance(raw, int | float) else "not-a-date"
        report.add(code, "/as_of", raw)
        return None
    try:
        day = parse_date(raw)
    except DateError as error:
        report.add(error.code, "/as_of", raw)
        return None
    if isinstance(day, Window):
        report.add("not-a-day", "/as_of", raw)
        return None
    return day


def read_reference(raw: object, report: Report) -> str | None:
    """The opaque reference of the case."""
    if isinstance(raw, str) and _REFERENCE.fullmatch(raw):
        return raw
    report.add("bad-reference", "/reference", raw)
    return None


def check_schema(raw: object, report: Report) -> None:
    """The form of the case is the one that is read here."""
    if raw != SCHEMA:
        report.add("wrong-schema", "/schema", raw)


def entity_ids(
    plain: Mapping[str, object], vocabulary: Vocabulary, report: Report
) -> Mapping[str, str]:
    """The kind of each entity, by its id. Ids are of the form `NAME` and unique over all kinds."""
    kinds: dict[str, str] = {}
    for section, kind in vocabulary.sections.items():
        listing = plain.get(section)
        if not isinstance(listing, dict):
            continue
        for id in listing:
            if id == vocabulary.kinds[kind].listed:
                continue
            pointer = child(f"/{section}", id)
            if not NAME.fullmatch(id):
                label = vocabulary.kinds[kind].label
                more = Bilingual(f"{label.zh}的编号", f"the id of the entity ({label.en})")
                report.add("bad-name", pointer, on_key=True, more=more)
            elif id in kinds:
                report.add("duplicate-id", pointer, on_key=True)
            else:
                kinds[id] = kind
    return kinds


def read_listed(
    plain: Mapping[str, object], vocabulary: Vocabulary, reader: Reader
) -> Mapping[str, bool]:
    """By kind, whether the case lists all there are. Where the vocabulary lets a case list only
    some, what is not said to be all is some."""
    complete = {}
    for kind in vocabulary.kinds.values():
        complete[kind.name] = kind.listed is None
        listing = plain.get(kind.section or "")
        if kind.listed is not None and isinstance(listing, dict) and kind.listed in listing:
            pointer = f"/{kind.section}/{kind.listed}"
            said = reader.one_of(listing[kind.listed], pointer, LISTED, "unknown-code")
            complete[kind.name] = said == "all"
    return complete


def read_evidence(reader: Reader, raw: object) -> Mapping[str, Evidence]:
    """The papers in the file."""
    read: dict[str, Evidence] = {}
    if not isinstance(raw, dict):
        reader.wrong_type("/evidence", raw, Bilingual("证据的映射", "a mapping of evidence"))
        return read
    for id, paper in raw.items():
        pointer = child("/evidence", id)
        if not NAME.fullmatch(id):
            more = Bilingual("证据的编号", "the id of a paper")
            reader.report.add("bad-name", pointer, on_key=True, more=more)
        fields = reader.open(paper, pointer, ("kind", "status"), ("issuer", "date", "illustrative"))
        if fields is not None:
            read[id] = _paper(reader, id, fields, pointer)
    return read


def _paper(reader: Reader, id: str, fields: Mapping[str, object], pointer: str) -> Evidence:
    vocabulary = reader.vocabulary
    kind = status = issuer = day = None
    if "kind" in fields:
        kind = reader.one_of(fields["kind"], f"{pointer}/kind", vocabulary.evidence, "unknown-code")
    if "status" in fields:
        status = reader.one_of(fields["status"], f"{pointer}/status", STATUSES, "unknown-code")
    if "issuer" in fields:
        issuer = reader.one_of(
            fields["issuer"], f"{pointer}/issuer", vocabulary.issuers, "unknown-code"
        )
    if "date" in fields:
        day = reader.day(fields["date"], f"{pointer}/date")
    illustrative = False
    if "illustrative" in fields:
        illustrative = reader.boolean(fields["illustrative"], f"{pointer}/illustrative") is True
    return Evidence(id, kind or "", issuer, day, status or "", illustrative)


def read_statistics(
    reader: Reader, raw: object, evidence: Mapping[str, Evidence]
) -> tuple[Figure, ...]:
    """The figures that the case brings. One that a verified paper proves is confirmed, and any
    other unconfirmed; one that rests on an illustrative paper is illustrative. Two of one key are
    two values, unless each names another source."""
    if not isinstance(raw, list):
        reader.wrong_type("/statistics", raw, Bilingual("数字的列表", "a list of figures"))
        return ()
    figures: dict[tuple[Key, str | None, str], Figure] = {}
    for index, row in enumerate(raw):
        pointer = f"/statistics/{index}"
        if reader.report.full:
            break
        figure = _figure(reader, row, pointer, evidence)
        if figure is None:
            continue
        address = (figure.key, figure.survey, figure.source)
        if address in figures:
            reader.report.add("two-figures", pointer, row)
        figures[address] = figure
    return tuple(
        sorted(figures.values(), key=lambda one: (one.key.path, one.survey or "", one.source))
    )


def _figure(
    reader: Reader, row: object, pointer: str, evidence: Mapping[str, Evidence]
) -> Figure | None:
    required = ("series", "concept", "status", "level", "place", "year", "value")
    fields = reader.open(row, pointer, required, ("survey", "source", "evidence"))
    if fields is None or not set(required) <= fields.keys():
        return None
    key = _key(reader, fields, pointer)
    value = reader.money(fields["value"], f"{pointer}/value")
    survey = None
    if "survey" in fields:
        survey = reader.name(fields["survey"], f"{pointer}/survey")
    source = reader.text(fields["source"], f"{pointer}/source") if "source" in fields else None
    ids: tuple[str, ...] = ()
    if "evidence" in fields:
        ids = reader.evidence_ids(fields["evidence"], f"{pointer}/evidence")
    if key is None or value is None:
        return None
    papers = [evidence[id] for id in ids if id in evidence]
    proved = any(paper.status == "verified" for paper in papers)
    return Figure(
        key=key,
        value=value,
        survey=survey,
        source=source or "case",
        confidence="confirmed" if proved else "unconfirmed",
        evidence=ids,
        illustrative=any(paper.illustrative for paper in papers),
        brought=True,
    )


def _key(reader: Reader, fields: Mapping[str, object], pointer: str) -> Key | None:
    known = reader.vocabulary.series
    name = reader.one_of(fields["series"], f"{pointer}/series", known, "unknown-code")
    year = reader.year(fields["year"], f"{pointer}/year")
    place = level = None
    if year is not None:
        place = reader.place(fields["place"], f"{pointer}/place", (year, year), country=True)
    if name is None:
        return None
    series = known[name]
    concept = reader.one_of(
        fields["concept"], f"{pointer}/concept", series.concepts, "unknown-code"
    )
    status = reader.one_of(fields["status"], f"{pointer}/status", series.statuses, "unknown-code")
    level = reader.one_of(fields["level"], f"{pointer}/level", series.levels, "unknown-code")
    if level is not None and place is not None and _level(place) != level:
        reader.report.add("wrong-level", f"{pointer}/level", fields["level"], level=_level(place))
        return None
    if concept is None or status is None or level is None or place is None or year is None:
        return None
    return Key(name, concept, status, level, place, year)


def _level(place: str) -> str:
    try:
        return level_of(place)
    except PlaceError:
        return ""


def read_choices(reader: Reader, raw: object) -> tuple[ChoiceMade, ...]:
    """What was chosen, at most once for each point."""
    if not isinstance(raw, list):
        reader.wrong_type("/choices", raw, Bilingual("选择的列表", "a list of choices"))
        return ()
    made: dict[str, ChoiceMade] = {}
    for index, item in enumerate(raw):
        pointer = f"/choices/{index}"
        fields = reader.open(item, pointer, ("point", "value"), ("by", "reasons"))
        if fields is None or not {"point", "value"} <= fields.keys():
            continue
        point = reader.text(fields["point"], f"{pointer}/point")
        value = _choice(reader, fields["value"], f"{pointer}/value")
        by = reader.name(fields["by"], f"{pointer}/by") if "by" in fields else None
        reasons = None
        if "reasons" in fields:
            reasons = reader.text(fields["reasons"], f"{pointer}/reasons")
        if point is None or value is None:
            continue
        if point in made:
            reader.report.add("two-values", pointer, item)
        made[point] = ChoiceMade(point, value, by, reasons)
    return tuple(made[point] for point in sorted(made))


def _choice(reader: Reader, raw: object, pointer: str) -> bool | str | tuple[str, ...] | None:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        if not reader.typed and raw in ("true", "false"):
            return raw == "true"
        return reader.text(raw, pointer)
    if type(raw) is int:
        return str(raw)
    if isinstance(raw, list) and len(raw) == 2:
        ends = [str(end) if type(end) is int else end for end in raw]
        texts = [reader.text(end, f"{pointer}/{place}") for place, end in enumerate(ends)]
        return tuple(text for text in texts if text is not None)
    expected = Bilingual(
        "true、false、一种理解，或一个数（两端）", "true, false, a reading, a number or two ends"
    )
    reader.wrong_type(pointer, raw, expected)
    return None


def read_question(reader: Reader, raw: object) -> Question | None:
    """The one question; what it is about is checked by `check_about`."""
    fields = reader.open(raw, "/question", ("ask",), ("about",))
    if fields is None or "ask" not in fields:
        return None
    known = reader.vocabulary.questions
    ask = reader.one_of(fields["ask"], "/question/ask", known, "unknown-question")
    if ask is None:
        return None
    about = fields.get("about", [])
    if "about" not in fields and known[ask].about:
        reader.report.add("missing-field", "/question", raw, field="about")
    if not isinstance(about, list):
        reader.wrong_type("/question/about", about, Bilingual("编号的列表", "a list of ids"))
        return None
    ids = []
    for index, id in enumerate(about):
        if isinstance(id, str):
            ids.append(id)
        else:
            pointer = f"/question/about/{index}"
            reader.wrong_type(pointer, id, Bilingual("编号", "the id of an entity"))
    if len(set(ids)) < len(ids):
        reader.report.add("duplicate-item", "/question/about", about)
    return Question(ask, tuple(sorted(set(ids))))


def check_about(
    question: Question,
    by_id: Mapping[str, EntityRecord],
    group_of: Mapping[str, EntityRecord],
    raw: Collection[object],
    reader: Reader,
) -> None:
    """Each entity asked about is of a kind that the question is about. A member stands for its
    group, and a group for its members.

    Where none of them is in the case the question is about nobody, which has an answer; where
    some are, or a past decision is to be looked at, the others are slips.
    """
    asks_of_nobody = not any(isinstance(id, str) and (id in by_id or id in group_of) for id in raw)
    vocabulary = reader.vocabulary
    asked = vocabulary.questions[question.ask].about
    allowed = set(asked)
    for kind, grouping in vocabulary.grouped:
        if kind.name in asked or grouping.of in asked:
            allowed |= {kind.name, grouping.of}
    labels = [vocabulary.kinds[kind].label for kind in asked]
    kinds = Bilingual("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
    for index, id in enumerate(raw):
        if not isinstance(id, str):
            continue
        record = by_id.get(id) or group_of.get(id)
        pointer = f"/question/about/{index}"
        if record is None:
            reviews = vocabulary.questions[question.ask].reviews is not None
            if not asks_of_nobody or reviews or not NAME.fullmatch(id):
                reader.report.add("unknown-entity", pointer, id, kinds=kinds)
        elif record.kind not in allowed:
            reader.report.add("wrong-entity", pointer, id, kinds=kinds)
