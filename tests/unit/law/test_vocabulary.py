"""The vocabulary: names resolve, labels exist, and every problem of its files is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language.types import BOOLEAN, PLACE, Range, code, entity, list_of, number
from engine.law.vocabulary import Vocabulary, load_vocabulary
from tests.unit.law.lending import VOCABULARY, write


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = write(tmp_path_factory.mktemp("rulesets"), {})
    vocabulary, problems = load_vocabulary(folder / "vocabulary")
    assert problems == []
    assert vocabulary is not None
    return vocabulary


def problems_of(folder: Path, text: str) -> list[tuple[str, int]]:
    write(folder, {}, text)
    return [(one.code, one.at.line) for one in load_vocabulary(folder / "vocabulary")[1]]


def test_a_role_names_its_kind(words: Vocabulary) -> None:
    assert words.kind_of("borrower") == words.kind_of("reader") == "reader"
    assert words.kind_of("books") is None


def test_a_name_declared_with_a_role_belongs_to_the_kind(words: Vocabulary) -> None:
    info = words.of_kind("reader", "total")
    assert info is not None
    assert (info.key, info.origin) == ("reader.total", "defined")


def test_further_fields_of_a_fact_are_names_that_vary_like_it(words: Vocabulary) -> None:
    info = words.of_kind("reader", "card.branch")
    assert info is not None
    assert (info.key, info.type, info.varies) == ("reader.card.branch", PLACE, "history")


def test_a_fact_with_many_values_is_a_list(words: Vocabulary) -> None:
    assert words.facts["reader.clubs"].info.type == list_of(code("card"))


def test_a_unit_may_stand_on_its_own(words: Vocabulary) -> None:
    fact = words.facts["loan.days_late"]
    assert fact.info.type == number("day")
    assert fact.unit == "day"


@pytest.mark.parametrize(
    ("said", "least", "most", "whole"),
    [("least: 0, whole: true", 0, None, True), ("least: -2, most: 9", -2, 9, False)],
)
def test_a_number_may_say_its_range(
    said: str, least: int, most: int | None, whole: bool, tmp_path: Path
) -> None:
    line = f"  reader.x: {{type: number, range: {{{said}}}, zh: 甲, en: a}}\n"
    folder = write(tmp_path, {}, VOCABULARY.replace("facts:\n", f"facts:\n{line}"))
    found, _ = load_vocabulary(folder / "vocabulary")
    assert found is not None
    assert found.names["reader.x"].type == number()
    assert found.names["reader.x"].type.range == Range(least, most, whole)


def test_a_reference_names_its_kind(words: Vocabulary) -> None:
    assert words.names["loan.reader"].type == entity("reader")


def test_a_derived_kind_brings_its_names(words: Vocabulary) -> None:
    assert words.names["visit.loans"].type == list_of(entity("loan"))
    assert words.names["visit.reader"].type == entity("reader")
    assert words.names["visit.date"].origin == "built-in"


@pytest.mark.parametrize("declared", ["joins: made", "party: borrower"])
def test_the_day_of_joining_and_the_party_are_facts_of_the_kind(
    declared: str, tmp_path: Path
) -> None:
    text = VOCABULARY.replace("section: loans", f"section: loans, {declared}")
    assert text != VOCABULARY
    assert [code for code, _ in problems_of(tmp_path, text)] == ["unknown-name"]


def test_names_of_the_case_are_built_in(words: Vocabulary) -> None:
    for name in ("about", "assessment.date", "every_reader", "every_visit"):
        info = words.of_case(name)
        assert info is not None
        assert info.origin == "built-in"
    assert words.of_case("loan.late") is None
    assert "assessment.date" in words.names_of(None)


def test_formulas_are_parsed_with_the_words_of_their_subject(words: Vocabulary) -> None:
    late = words.formulas["loan.late"]
    assert (late.info.type, late.kind, late.variables) == (BOOLEAN, "loan", ("loan",))
    assert words.formulas["loans"].kind is None


def test_codes_come_in_the_order_of_the_text_also_those_of_series(words: Vocabulary) -> None:
    assert words.codes("card") == ("adult", "junior-plus")
    assert words.codes("prices.concept") == ("list",)
    assert words.codes("prices.status") == ("new", "used")
    assert words.codes("prices.level") == ("city",)
    assert words.codes("issuers") == ("front-desk",)
    assert words.codes("nothing") == words.codes("prices.colour") == ()


def test_steps_of_a_ladder_come_lightest_first(words: Vocabulary) -> None:
    assert words.ladder("measures") == ("reminder", "exclusion")
    assert words.ladder_of("discipline") == "measures"
    assert words.ladder_of("late-fee") is None


def test_everything_has_labels_in_both_languages(words: Vocabulary) -> None:
    assert words.code_label("card", "adult", "zh") == "成人卡"
    assert words.step_label("measures", "reminder", "en") == "reminder"
    assert words.kind_label("borrower", "en") == "reader"
    assert words.conclusion_label("late-fee", "zh") == "逾期费"
    assert words.name_label("loan.late", "zh") == "逾期"
    assert words.issuer_label("front-desk", "en") == "front desk"
    assert words.evidence_label("card-copy", "en") == "copy of the card"
    assert words.question_label("fee", "zh") == "逾期费"


def test_a_question_may_suppose_an_entity(words: Vocabulary) -> None:
    question = words.questions["again"]
    assert question.about == ("reader",)
    assert question.supposes is not None
    assert question.supposes.values == (("lent", "date"), ("reader", "self"))
    assert question.seeks == (("permit", "extension"),)


@pytest.mark.parametrize(
    ("contested", "codes"),
    [
        ("{ask: fee, of: loan, facts: {reader: about, days_late: date}}", []),
        ("{ask: again, of: loan, facts: {reader: late-fee.place}}", []),
        ("{ask: fee, of: loan, facts: {}, tells: [late-fee]}", []),
        ("{ask: fee, of: loan, facts: {}, tells: [latest-fee]}", ["unknown-name"]),
        ("{ask: nothing, of: loan, facts: {}}", ["unknown-name"]),
        ("{ask: fee, of: laon, facts: {}}", ["unknown-name"]),
        ("{ask: fee, of: loan, facts: {colour: red}}", ["unknown-name"]),
        ("{ask: fee, of: loan, facts: {reader: later-fee.place}}", ["unknown-name"]),
        ("{ask: fee, of: loan, fact: {}}", ["unknown-keyword"]),
    ],
)
def test_how_an_answer_is_contested_names_what_there_is(
    tmp_path: Path, contested: str, codes: list[str]
) -> None:
    body = f"about: [reader], seeks: charge late-fee, contested: {contested}, zh: 三, en: c"
    text = VOCABULARY.replace("questions:\n", f"questions:\n  third: {{{body}}}\n")
    assert [code for code, _ in problems_of(tmp_path, text)] == codes


def test_what_is_excluded_carries_its_reason_and_exceptions(words: Vocabulary) -> None:
    barred = words.excluded["reading_habits"]
    assert barred.reason.en == "what is read is not recorded"
    assert [one.en for one in barred.exceptions] == ["fines"]


def test_chinese_keywords_load_alike(tmp_path: Path) -> None:
    text = VOCABULARY.replace("facts:\n", "事实:\n").replace("type: borrower", "类型: borrower")
    assert problems_of(tmp_path, text) == []


def test_terms_that_mean_each_other_are_a_cycle(tmp_path: Path) -> None:
    terms = "  loan.a: {means: loan.b, zh: 甲, en: a}\n  loan.b: {means: loan.a, zh: 乙, en: b}\n"
    text = VOCABULARY.replace("terms:\n", "terms:\n" + terms)
    assert [code for code, _ in problems_of(tmp_path, text)] == ["cycle"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  reader.sex: {type: card, zh: 甲, en: a}", "duplicate-key"),
        ("  borrower.sex: {type: card, zh: 甲, en: a}", "duplicate-name"),
        ("  reader.x: {type: sex, zh: 性别, en: a}", "same-label"),
        ("  reader.x: {type: money, range: {least: 0}, zh: 甲, en: a}", "wrong-value"),
        ("  reader.x: {type: number, range: {least: a}, zh: 甲, en: a}", "wrong-value"),
        ("  reader.x: {type: number, range: {least: 3, most: 2}, zh: 甲, en: a}", "wrong-value"),
        ("  reader.x: {type: number, range: {lowest: 2}, zh: 甲, en: a}", "unknown-keyword"),
        ("  reader.x: {type: crad, zh: 甲, en: a}", "unknown-name"),
        ("  writer.x: {type: card, zh: 甲, en: a}", "unknown-name"),
        ("  reader.x: {type: card, zh: 甲}", "missing-field"),
        ("  reader.x: {zh: 甲, en: a}", "missing-field"),
        ("  reader.x: {type: card, zh: 甲, en: a, vary: year}", "unknown-keyword"),
        ("  reader.x: {type: card, zh: 甲, en: a, varies: often}", "wrong-value"),
        ("  reader.x: {type: card, zh: 甲, en: a, evidence: [ticket]}", "unknown-name"),
        ("  reader.x: card", "not-a-mapping"),
        (
            "  reader.x: {type: boolean, zh: 甲, en: a, turned-by: {day: y, before: 'true'}}",
            "wrong-value",
        ),
        (
            "  reader.x: {type: boolean, zh: 甲, en: a, turned-by: {day: card, before: 'true'}}",
            "wrong-value",
        ),
        (
            "  reader.x: {type: card, zh: 甲, en: a, closes: {value: none, conclusion: permit a}}",
            "unknown-name",
        ),
    ],
)
def test_a_fact_that_is_wrong_is_reported_where_it_stands(
    tmp_path: Path, line: str, code: str
) -> None:
    text = VOCABULARY.replace("facts:\n", f"facts:\n{line}\n")
    found = problems_of(tmp_path, text)
    assert [one for one, _ in found] == [code]
    assert load_vocabulary(tmp_path / "vocabulary")[0] is None


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("  sex: {", "x: {zh: 女, en: x}, "),
        ("issuers: {", "hall: {zh: 前台, en: x}, "),
        ("relations:\n", "  x: {type: list of loan, means: every_loan, zh: 各读者, en: x}\n"),
    ],
)
def test_of_one_kind_each_has_a_label_of_its_own(before: str, line: str, tmp_path: Path) -> None:
    text = VOCABULARY.replace(before, before + line, 1)
    assert [code for code, _ in problems_of(tmp_path, text)] == ["same-label"]


def test_another_kind_may_use_the_same_label(tmp_path: Path) -> None:
    text = VOCABULARY.replace("facts:\n", "facts:\n  loan.x: {type: boolean, zh: 性别, en: x}\n")
    assert problems_of(tmp_path, text) == []


def test_a_defined_name_goes_with_an_effect_that_there_is(tmp_path: Path) -> None:
    text = VOCABULARY.replace("  loan.rate: {", "  loan.rate: {goes-with: chrage, ")
    assert [code for code, _ in problems_of(tmp_path, text)] == ["wrong-value"]


def test_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "vocabulary/more.yaml").write_text("kinds:\n  loan: {section: x, zh: 甲, en: a}\n")
    (tmp_path / "vocabulary/none.yaml").write_text("kidns: {}\n")
    found = load_vocabulary(tmp_path / "vocabulary")[1]
    assert [(one.at.file, one.code) for one in found] == [
        ("vocabulary/none.yaml", "unknown-keyword"),
        ("vocabulary/words.yaml", "duplicate-name"),
    ]
