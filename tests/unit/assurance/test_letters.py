"""Letters of scenarios: what they say stands in the decision, and every slip is found."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from engine.assurance.letter_tokens import tokens
from engine.assurance.letters import Proof, faults, parties_of
from engine.assurance.scenarios import Scenario, prepare, read_scenarios
from engine.decision.case.reading import read_case
from engine.decision.governing.law import Law, load_law
from engine.decision.letter.material import decide_for_letter, material_of_review
from engine.decision.letter.notice import Notice, notice, notice_of_review, written
from engine.decision.letter.saying import READERS, phrases
from engine.decision.record.sealing import Answer, answer_in
from engine.decision.reviewing.review import review

PROJECT = Path(__file__).resolve().parents[3]
LETTERS = 100
EVERY = 61
"""Of the scenarios every so many are written out: a prime, so that no instrument is left out."""
FIGURES = "零一二三四五六七八九"


@cache
def law() -> Law:
    return load_law(PROJECT / "rulesets", cache=True)


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(read_scenarios(PROJECT / "features"))


TABLED = (
    ("entitlements-daye", "entitlements/1", None),
    ("townships-2010", "assessment/1", None),
    ("townships-2010", "assessment/1", "t2"),
)
"""Answers that are told as rows: which example, in which form, of which row."""


@cache
def letters() -> tuple[Notice, ...]:
    """A hundred letters: for each case one of each reader, in both languages by turns."""
    languages = cycle(("zh", "en"))
    found = [
        written(answer.result, answer.material or {}, reader=reader, lang=lang, row=row)
        for answer, row in map(tabled, TABLED)
        for reader, lang in zip(READERS, languages, strict=False)
    ]
    reviews = [
        next(one for one in scenarios() if one.file.endswith(f"/review/{file}.feature"))
        for file in ("anhui", "overcharge", "penalties")
    ]
    for scenario in (*reviews, *scenarios()[::EVERY]):
        for asked in prepare(scenario, law().vocabulary).asked[:1]:
            case = asked.case
            if law().vocabulary.questions[case.question.ask].reviews is not None:
                answer = review(case, law()).as_json()
                material = material_of_review(case, answer, law())
                write = notice_of_review
            else:
                decision, material = decide_for_letter(case, law())
                answer, write = decision.as_json(), notice
            found += [
                write(answer, material, reader=reader, lang=lang)
                for reader, lang in zip(READERS, languages, strict=False)
            ]
        if len(found) >= LETTERS:
            break
    return tuple(found)


def tabled(of: tuple[str, str, str | None]) -> tuple[Answer, str | None]:
    example, form, row = of
    case = read_case((PROJECT / f"examples/{example}.yaml").read_bytes(), law().vocabulary)
    return answer_in(form, case, law()), row


def test_a_hundred_letters_of_all_kinds_have_no_fault() -> None:
    assert len(letters()) >= LETTERS
    wrong = {str(fault) for one in letters() for fault in faults(one.as_json(), one.document)}
    assert wrong == set()
    kinds = {one.kind for one in letters()}
    assert {"due", "refusal", "allowed", "review", "assessed", "entitled"} <= kinds
    assert len(kinds) >= 8


def test_every_altered_number_date_article_and_party_is_found() -> None:
    kinds: Counter[str] = Counter()
    for one in letters():
        proof = Proof(one.document, one.lang)
        for altered, where in alterations(one, kinds):
            found = {fault.where for fault in proof.faults(altered)}
            assert where <= found, (one.kind, sorted(where - found)[:3])
    assert kinds["number"] > 5_000 and kinds["figure"] > 200
    assert kinds["party"] > 1_000 and kinds["month"] > 50 and kinds["word"] > 50


def alterations(letter: Notice, kinds: Counter[str]) -> Iterator[tuple[Any, set[str]]]:
    """Copies of a letter: in the first the first thing of each line is altered, in the second the
    second, and so on; with the lines in which something is."""
    parties = parties_of(letter.document)
    document = letter.as_json()
    lines = [("title", document["title"])] + [
        (f"{section['id']}/{number}", line)
        for section in document["sections"]
        for number, line in enumerate(section["lines"])
    ]
    spans = {where: list(things(line["text"], parties)) for where, line in lines}
    for number in range(max(map(len, spans.values()))):
        altered = copy.deepcopy(document)
        touched = set()
        for where, found in spans.items():
            if number < len(found):
                start, end, kind, other = found[number]
                line = at(altered, where)
                line["text"] = line["text"][:start] + other + line["text"][end:]
                kinds[kind] += 1
                touched.add(where)
        yield altered, touched


def things(text: str, parties: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    """What can be wrong in a text: where it stands, what it is, and another in its place."""
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    pattern = rf"sha256:[0-9a-f]+|[a-z][a-z0-9-]*|(?:{months})(?= \d{{4}})|\d+|[{FIGURES}]"
    for found in re.finditer(pattern, text):
        start, end, said = found.start(), found.end(), found[0]
        if said.isascii() and said[-1].isdigit():
            yield end - 1, end, "number", str((int(said[-1]) + 1) % 10)
        elif said in FIGURES:
            yield start, end, "figure", FIGURES[FIGURES.index(said) % 9 + 1]
        elif said in parties:
            others = sorted(parties - {said})
            yield start, end, "party", others[0] if others else "somebody"
        elif said[0].isupper():
            yield start, end, "month", "May" if said != "May" else "June"
        elif said in ("two", "three", "four"):
            yield start, end, "word", "five"


def at(letter: Any, where: str) -> Any:
    section, _, number = where.partition("/")
    if section == "title":
        return letter["title"]
    found = next(one for one in letter["sections"] if one["id"] == section)
    return found["lines"][int(number)]


RAW = re.compile(r"(?<![\w-])[A-Za-z_][\w./:@\[\]-]+|[=!<>]=", re.ASCII)
"""What no Chinese sentence has but names for machines, and comparisons as programs write them."""
RAW_IN_ENGLISH = re.compile(
    r"\w*_\w*|\b(?:True|False|None)\b|[=!<>]=|\S+@\S+|[a-z]\w*\.[a-z]\w*|\b[\w.-]+/[a-z][\w.-]*",
    re.ASCII,
)


def test_no_letter_to_a_party_has_a_code_or_an_expression_in_it() -> None:
    found: set[tuple[str, str]] = set()
    for one in letters():
        if one.reader != "party":
            continue
        material = one.document["material"]
        names = {paper["id"] for paper in material["evidence"]} | parties_of(one.document)
        names.add(str(material.get("reference")))
        raw = RAW if one.lang == "zh" else RAW_IN_ENGLISH
        for section in one.sections:
            for line in section.lines:
                text = re.sub(r"sha256:[0-9a-f]+", "", line.text)
                found |= {(code, line.text) for code in raw.findall(text) if code not in names}
    assert found == set()


NOT_SAID = re.compile(
    r"(?<!/)unnumbered-|supposed-|stands: (?:True|yes)$|：True|paid each"
    r"|(?:place|地方)(?:: | = |：| )[1-9]\d{5}(?!\d)|[a-z]+\.listed",
    re.MULTILINE,
)
"""Names for machines that letters to whomever say in words; but a rule is called by its full name,
by which it can be looked up."""
IN_WORDS = (
    ("national/procedure/enforcement", "competence", "地方 = 大冶市（420281）"),
    ("national/penalties/two-illegals", "stands", "责令改正"),
    ("hubei/pfp-regulations/eligibility", "supposed", "（所问的生育）"),
)


@pytest.mark.parametrize(("part", "what", "said"), IN_WORDS)
def test_places_supposed_births_and_what_stands_are_told_in_words(
    part: str, what: str, said: str
) -> None:
    of = [one for one in scenarios() if f"/{part}.feature" in one.at]
    told = []
    for scenario in (*of[:2], *of[-2:]):
        for asked in prepare(scenario, law().vocabulary).asked[:1]:
            decision, material = decide_for_letter(asked.case, law())
            for lang in ("zh", "en"):
                one = notice(decision.as_json(), material, reader="lawyer", lang=lang)
                assert faults(one.as_json(), one.document) == []
                told += [line.text for section in one.sections for line in section.lines]
    assert [line for line in told if NOT_SAID.search(line)] == []
    assert any(said in line for line in told), what


@pytest.mark.parametrize("reader", READERS)
def test_a_deciding_step_that_is_left_out_is_found(reader: str) -> None:
    letter = next(one for one in letters() if one.kind == "due" and one.reader == reader)
    for name in ("facts", "evidence", "result", "remedies", "reasons"):
        shorter = letter.as_json()
        shorter["sections"] = [one for one in shorter["sections"] if one["id"] != name]
        if len(shorter["sections"]) < len(letter.sections):
            assert "left-out" in {fault.code for fault in faults(shorter, letter.document)}, name


@pytest.mark.parametrize("kind", ["assessed", "entitled"])
def test_a_row_that_is_left_out_or_moved_is_found(kind: str) -> None:
    letter = next(one for one in letters() if one.kind == kind and one.reader != "party")
    for name in ("facts", "provisions", "reasons", "result"):
        shorter = letter.as_json()
        shorter["sections"] = [one for one in shorter["sections"] if one["id"] != name]
        assert "left-out" in {fault.code for fault in faults(shorter, letter.document)}, name
    proof = Proof(letter.document, letter.lang)
    result = next(one for one in letter.as_json()["sections"] if one["id"] == "result")
    for line in result["lines"]:
        shorter = letter.as_json()
        told = next(one for one in shorter["sections"] if one["id"] == "result")
        told["lines"] = [one for one in told["lines"] if one != line]
        is_row = any(re.search(r"/rows/\d+/(?!id$|panel$)", one) for one in line["sources"])
        if is_row:
            assert "left-out" in {fault.code for fault in proof.faults(shorter)}, line["text"]


def test_a_line_without_a_source_or_about_two_bearers_is_found() -> None:
    letter = next(
        one for one in letters() if len(one.document.get("decision", {"parts": []})["parts"]) > 1
    )
    document = letter.as_json()
    first = document["sections"][0]["lines"][0]
    first["sources"] = []
    assert "unsourced" in {fault.code for fault in faults(document, letter.document)}
    first["sources"] = ["/decision/parts/99/bearer"]
    assert "unsourced" in {fault.code for fault in faults(document, letter.document)}
    first["sources"] = ["/decision/parts/0/bearer", "/decision/parts/1/bearer"]
    assert "mixed" in {fault.code for fault in faults(document, letter.document)}


def test_the_fixed_words_say_no_number_of_their_own() -> None:
    for group, entries in phrases().items():
        for name, texts in entries.items():
            for text in texts.values():
                fixed = re.sub(r"\{\w+\}", " ", text)
                assert tokens(fixed, frozenset()) == [], (group, name)


def test_arithmetic_that_does_not_come_to_what_it_says_is_found() -> None:
    letter = next(one for one in letters() if one.kind == "entitled" and one.reader == "party")
    document = letter.as_json()
    lines = [line for section in document["sections"] for line in section["lines"]]
    summed = next(line for line in lines if "300.00 × (1 + 16) = 5,100.00" in line["text"])
    assert faults(document, letter.document) == []
    summed["text"] = summed["text"].replace("(1 + 16)", "1 + 16")
    assert "wrong-sum" in {fault.code for fault in faults(document, letter.document)}


def test_figures_that_are_no_number_are_not_taken_for_one() -> None:
    nobody: frozenset[str] = frozenset()
    assert tokens("共一百零五日", nobody) == tokens("共105日", nobody)
    assert tokens("共一百一五日", nobody) != tokens("共105日", nobody)
