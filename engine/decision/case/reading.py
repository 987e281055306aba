"""A case: read, checked against the vocabulary, and held for the evaluator.

    case = read_case(path.read_bytes(), vocabulary, file="case.yaml")
    case.by_id["mother"].facts["person.born"].value     # datetime.date(1981, 2, 11)
    case.entities["birth"]                              # derived: twins are one

Nothing is filled in and nothing is guessed: what is absent is unknown, and what is wrong is an
error. All the problems come at once, and none repeats what stands in the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from engine.decision.case.apart import check_apart
from engine.decision.case.canonical import canonical_case as canonical_case
from engine.decision.case.facts import read_entity
from engine.decision.case.frame import (
    ALWAYS_ALLOWED,
    AROUND,
    check_about,
    check_schema,
    entity_ids,
    read_as_of,
    read_choices,
    read_evidence,
    read_listed,
    read_question,
    read_reference,
    read_statistics,
)
from engine.decision.case.groups import check_pairs
from engine.decision.case.groups import group_entities as group_entities
from engine.decision.case.input import Document, Format, read_document, report_suspects, scan
from engine.decision.case.model import EARLIEST, LATEST
from engine.decision.case.model import Case as Case
from engine.decision.case.model import ChoiceMade as ChoiceMade
from engine.decision.case.model import Claim as Claim
from engine.decision.case.model import EntityRecord as EntityRecord
from engine.decision.case.model import Entry as Entry
from engine.decision.case.model import Evidence as Evidence
from engine.decision.case.model import Fact as Fact
from engine.decision.case.model import Found as Found
from engine.decision.case.model import Question as Question
from engine.decision.case.model import State as State
from engine.decision.case.model import Value as Value
from engine.decision.case.order import (
    check_fits,
    check_instead,
    check_order,
    check_ruled_out,
)
from engine.decision.case.problems import MISSING, Report
from engine.decision.case.problems import CaseError as CaseError
from engine.decision.case.problems import CaseProblem as CaseProblem
from engine.decision.case.settings import read_settings
from engine.decision.case.values import Reader
from engine.language.diagnostics import Bilingual
from engine.law.vocabulary import Grouping, Vocabulary
from engine.values.dates import Window, compare_dates
from engine.values.truth import TRUE

MOST_PAIRS: Final = 20_000
"""At most so many entities of a kind follow from the pairs of two others."""


def read_case(
    data: bytes | str,
    vocabulary: Vocabulary,
    *,
    format: Format | None = None,
    file: str = "<input>",
    as_of: date | None = None,
) -> Case:
    """The case that a text of YAML or JSON holds.

    Without `format`, the end of `file` decides, or else an opening brace means JSON. `as_of` goes
    before the day that the case says; without it, a case must say one. Raises CaseError.
    """
    return _read(read_document(data, format, file), vocabulary, as_of)


def read_case_data(plain: object, vocabulary: Vocabulary, *, as_of: date | None = None) -> Case:
    """As `read_case`, for JSON that is already parsed; problems then have no line and column."""
    return _read(Document(plain, typed=True, tree=None), vocabulary, as_of)


def _read(document: Document, vocabulary: Vocabulary, as_of: date | None) -> Case:
    report = Report()
    suspects = scan(document.plain, report)
    amounts: set[str] = set()
    case: Case | None = None
    if report:
        # Beyond the bounds: nothing more is read.
        pass
    elif isinstance(document.plain, dict):
        case = _read_content(document.plain, document.typed, vocabulary, as_of, report, amounts)
    else:
        expected = Bilingual("一个案件（字段的映射）", "a case: a mapping of fields")
        report.add("wrong-type", "", document.plain, expected=expected)
    report_suspects(suspects, amounts, report)
    if report or case is None:
        raise CaseError(report.problems(document.tree))
    return case


def _read_content(
    plain: dict[str, object],
    typed: bool,
    vocabulary: Vocabulary,
    as_of: date | None,
    report: Report,
    amounts: set[str],
) -> Case | None:
    if "as_of" in plain:
        said = read_as_of(plain["as_of"], report)
        as_of = as_of or said
    elif as_of is None:
        report.add("missing-field", "", field="as_of")
    if as_of is not None and not EARLIEST <= as_of <= LATEST:
        report.add(
            "out-of-time", "/as_of", plain.get("as_of"), first=str(EARLIEST), last=str(LATEST)
        )
        as_of = None
    papers = plain.get("evidence", {})
    reader = Reader(
        vocabulary,
        report,
        typed,
        # Without its day nothing is later than the decision.
        as_of or date.max,
        entity_ids(plain, vocabulary, report),
        frozenset(papers) if isinstance(papers, dict) else frozenset(),
        amounts,
    )
    _check_keys(plain, reader)
    evidence = read_evidence(reader, papers)
    records = _read_entities(plain, reader)
    question = read_question(reader, plain["question"]) if "question" in plain else None
    reference = None
    if "reference" in plain:
        reference = read_reference(plain["reference"], report)
    statistics = read_statistics(reader, plain.get("statistics", []), evidence)
    settings = read_settings(reader, plain.get("settings", {}))
    choices = read_choices(reader, plain.get("choices", []))
    complete = read_listed(plain, vocabulary, reader)
    if as_of is None or question is None:
        return None
    case = Case(
        reference=reference,
        as_of=as_of,
        question=question,
        entities={},
        by_id=records,
        group_of={},
        complete=complete,
        evidence=evidence,
        statistics=statistics,
        settings=settings,
        choices=choices,
    )
    if _too_many_pairs(records, vocabulary, report):
        return None
    case = group_entities(case, vocabulary)
    _check_ages(case, vocabulary, report)
    check_order(case, vocabulary, report)
    check_fits(case, vocabulary, report)
    check_instead(case, vocabulary, report)
    check_ruled_out(case, vocabulary, report)
    check_pairs(case, vocabulary, report)
    check_apart(case, vocabulary, report)
    asked = plain["question"]
    about = asked.get("about") if isinstance(asked, dict) else None
    if isinstance(about, list):
        check_about(question, case.by_id, case.group_of, about, reader)
    return case


def _too_many_pairs(
    records: Mapping[str, EntityRecord], vocabulary: Vocabulary, report: Report
) -> bool:
    """Whether entities would pair into more than an answer can tell; it is reported then."""
    listed = Counter(record.kind for record in records.values())
    for kind in vocabulary.kinds.values():
        if kind.pairs is not None:
            first, second = kind.made_of
            if listed[first] * listed[second] > MOST_PAIRS:
                section = vocabulary.kinds[second].section
                report.add("too-many-pairs", f"/{section}", {}, limit=MOST_PAIRS)
                return True
    return False


def _check_keys(plain: Mapping[str, object], reader: Reader) -> None:
    """The keys of the whole case: those around the entities, and a section for each kind."""
    known = reader.vocabulary.sections
    for key, value in plain.items():
        if key in known or key in AROUND:
            continue
        if key in ALWAYS_ALLOWED:
            if value not in ({}, []):
                expected = Bilingual("空", "nothing: the vocabulary has no such entities")
                reader.wrong_type(f"/{key}", value, expected)
        else:
            reader.unknown_key("", key, (*AROUND, *known))
    check_schema(plain.get("schema", MISSING), reader.report)
    if "question" not in plain:
        reader.report.add("missing-field", "", field="question")


def _read_entities(plain: Mapping[str, object], reader: Reader) -> dict[str, EntityRecord]:
    records: dict[str, EntityRecord] = {}
    for section, name in reader.vocabulary.sections.items():
        if section not in plain:
            continue
        kind = reader.vocabulary.kinds[name]
        listing = plain[section]
        if not isinstance(listing, dict):
            expected = Bilingual("编号到事实的映射", "a mapping of ids to facts")
            reader.wrong_type(f"/{section}", listing, expected)
            continue
        for id, raw in listing.items():
            if reader.report.full:
                return records
            if reader.kinds.get(id) == name:
                records[id] = read_entity(reader, kind, id, raw, f"/{section}/{id}")
    return records


def _check_ages(case: Case, vocabulary: Vocabulary, report: Report) -> None:
    """What is grouped is younger than those it has in common: a child than its parents."""
    for _, grouping in vocabulary.grouped:
        for record in case.entities.get(grouping.of, ()):
            _check_age(record, grouping, case, vocabulary, report)


def _check_age(
    record: EntityRecord, grouping: Grouping, case: Case, vocabulary: Vocabulary, report: Report
) -> None:
    born = record.facts.get(f"{record.kind}.{grouping.near}")
    parents = record.facts.get(f"{record.kind}.{grouping.same}")
    if not isinstance(born, Found) or not isinstance(parents, Found):
        return
    for id in parents.value if isinstance(parents.value, tuple) else ():
        parent = case.by_id.get(str(id))
        if parent is None:
            continue
        earlier = parent.facts.get(f"{parent.kind}.{grouping.near}")
        if not isinstance(earlier, Found):
            continue
        if (
            isinstance(born.value, date | Window)
            and isinstance(earlier.value, date | Window)
            and compare_dates("<=", born.value, earlier.value) is TRUE
        ):
            report.add(
                "not-younger",
                born.pointer,
                born.value.isoformat() if isinstance(born.value, date) else "",
                kind=vocabulary.kinds[record.kind].label,
                fact=Bilingual(
                    vocabulary.name_label(f"{record.kind}.{grouping.same}", "zh"),
                    vocabulary.name_label(f"{record.kind}.{grouping.same}", "en"),
                ),
            )
            return
