"""Expressions from text: what they become, and what is said of those that are wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.language.diagnostics import Diagnostic
from engine.language.expression import (
    And,
    Arithmetic,
    At,
    Call,
    Collect,
    Compare,
    Expression,
    Literal,
    Member,
    PlacePart,
    Quantify,
    Read,
    Statistic,
    Variable,
    Verified,
)
from engine.language.node import Position, Text
from engine.language.parse import dependencies, parse, parse_value, walk
from engine.language.ruleset import Between, Plain
from engine.language.types import BOOLEAN, MONEY, Type, code, number
from engine.values.dates import Period
from engine.values.ladder import Step
from engine.values.money import Money
from tests.unit.language.library import HERE, LIBRARY, VARIABLES, WELL_TYPED


def read(text: str, expected: Type | None = None) -> Expression:
    found, problems = parse(text, LIBRARY, VARIABLES, HERE, expected)
    assert problems == []
    assert found is not None
    return found


def wrong(text: str, expected: Type | None = None) -> list[Diagnostic]:
    found, problems = parse(text, LIBRARY, VARIABLES, HERE, expected, "7/late")
    assert found is None
    assert all(one.rule == "7/late" for one in problems)
    return problems


def codes(text: str, expected: Type | None = None) -> list[str]:
    return [one.code for one in wrong(text, expected)]


@pytest.mark.parametrize(("text", "type"), WELL_TYPED.items())
def test_well_typed_expressions_have_their_type(text: str, type: str) -> None:
    assert str(read(text).type) == type


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.6", Fraction(3, 5)),
        ("0.1", Fraction(1, 10)),
        ("3.0", 3),
        ("-2", -2),
        ("percent(20)", Fraction(1, 5)),
        ("percent(0.5)", Fraction(1, 200)),
        ("percent(100)", 1),
        ("yuan(7000)", Money.yuan(7000)),
        ("yuan('7000.50')", Money(700050)),
        ("yuan(0.01)", Money(1)),
        ("years(4)", Period(months=48)),
        ("place(000000)", "000000"),
        ("true", True),
    ],
)
def test_literals_are_exact(text: str, value: object) -> None:
    literal = read(text)
    assert isinstance(literal, Literal)
    assert literal.value == value
    assert type(literal.value) is type(value)


def test_a_name_of_a_role_is_canonical() -> None:
    found, problems = parse("borrower.staff", LIBRARY, {"borrower": Type("entity", "reader")}, HERE)
    assert problems == []
    assert isinstance(found, Read)
    assert found.key == "reader.staff"
    assert isinstance(found.subject, Variable)


def test_a_name_of_the_case_has_no_subject() -> None:
    found = read("assessment.date")
    assert isinstance(found, Read)
    assert (found.key, found.subject) == ("assessment.date", None)


def test_a_chain_of_names_reads_one_from_the_other() -> None:
    price = read("loan.book.price")
    assert isinstance(price, Read)
    assert isinstance(price.subject, Read)
    assert (price.key, price.subject.key) == ("book.price", "loan.book")


def test_a_bare_word_is_a_code_where_its_neighbour_says_so() -> None:
    for text in ("reader.favourite == reading_circle", "reading_circle == reader.favourite"):
        compared = read(text)
        assert isinstance(compared, Compare)
        word = compared.right if isinstance(compared.right, Literal) else compared.left
        assert isinstance(word, Literal)
        assert (word.value, word.type) == ("reading-circle", code("club"))
    for text in ("reading_circle", "'reading-circle'"):
        expected = read(text, code("club"))
        assert isinstance(expected, Literal)
        assert expected.value == "reading-circle"


def test_a_bare_word_is_a_step_of_the_ladder() -> None:
    compared = read("reader.measure >= suspension")
    assert isinstance(compared, Compare)
    assert isinstance(compared.right, Literal)
    assert isinstance(compared.right.value, Step)
    assert compared.right.value.index == 1


def test_brackets_round_one_option_change_nothing() -> None:
    member = read("reader.favourite in (chess)")
    assert isinstance(member, Member)
    assert [option.source for option in member.options] == ["chess"]


def test_a_fact_that_varies_is_read_at_a_day_and_its_place_afterwards() -> None:
    county = read("at(reader.home, loan.date).county")
    assert isinstance(county, PlacePart)
    assert isinstance(county.place, At)
    assert county.place.fact.key == "reader.home"


def test_a_further_field_of_a_fact_is_a_name_of_its_own() -> None:
    found = read("at(reader.card.branch, loan.date)")
    assert isinstance(found, At)
    assert found.fact.key == "reader.card.branch"
    assert isinstance(found.fact.subject, Variable)


def test_a_chain_of_comparisons_is_all_of_its_pairs() -> None:
    chain = read("1 <= loan.days_late < 30")
    assert isinstance(chain, And)
    assert [part.source for part in chain.operands] == [
        "1 <= loan.days_late",
        "loan.days_late < 30",
    ]


def test_first_may_be_written_with_and_without_brackets() -> None:
    plain = read("first(l for l in loans if l.late, by=l.date)")
    bracketed = read("first((l for l in loans if l.late), by=l.date)")
    for found in (plain, bracketed):
        assert isinstance(found, Quantify)
        assert found.where is not None and found.by is not None and found.body is None
        assert (found.where.source, found.by.source) == ("l.late", "l.date")
    assert isinstance(plain, Quantify) and plain.by is not None
    assert plain.source == "first(l for l in loans if l.late, by=l.date)"
    assert (plain.by.span.column, plain.by.span.end_column) == (46, 51)


def test_first_may_stand_inside_first() -> None:
    text = "first(l for l in first(r for r in every_reader, by=r.born).loans, by=l.date).late"
    assert read(text).type == BOOLEAN


def test_several_conditions_of_a_list_hold_together() -> None:
    found = read("[l for l in loans if l.late if l.days_late > 3]")
    assert isinstance(found, Collect)
    assert isinstance(found.where, And)
    assert found.where.source == "l.late if l.days_late > 3"


def test_words_in_functions_have_hyphens() -> None:
    verified = read("verified(reader.deposit, by_all=[front_desk])")
    assert isinstance(verified, Verified)
    assert (verified.issuers, verified.all_of_them) == (("front-desk",), True)
    figure = read("statistic(prices, concept=street_price, status=new, place=branch, year=2013)")
    assert isinstance(figure, Statistic)
    assert isinstance(figure.concept, Literal)
    assert (figure.concept.value, figure.level) == ("street-price", None)


def test_a_status_may_be_an_expression() -> None:
    text = "statistic(prices, concept=list, status=reader.favourite, place=branch, year=2013)"
    figure = read(text)
    assert isinstance(figure, Statistic)
    assert isinstance(figure.status, Read)


def test_min_and_max_of_several_values_are_calls() -> None:
    found = read("min(loan.days_late, 0)")
    assert isinstance(found, Call)
    assert (found.function, found.type) == ("min", number("day"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("loan.lat", ["unknown-name"]),
        ("lona.late", ["unknown-name"]),
        ("book.price > yuan(3)", ["unknown-name"]),
        ("branch.village", ["unknown-name"]),
        ("reader.favourite == ches", ["unknown-code"]),
        ("reader.favourite in (chess, foo)", ["unknown-code"]),
        ("reader.measure > chess", ["unknown-code"]),
        ("reader.favourit == ches", ["unknown-name"]),
        ("len(loans)", ["unknown-function"]),
        ("loan.days_late > loan.renewals", ["unit-mismatch"]),
        ("loan.days_late + loan.renewals", ["unit-mismatch"]),
        ("loan.date - reader.born", ["type-mismatch"]),
        ("loan.date + 3", ["type-mismatch"]),
        ("loan.book.price * reader.deposit", ["type-mismatch"]),
        ("2 / loan.book.price", ["type-mismatch"]),
        ("loan.book.price > 5", ["type-mismatch"]),
        ("loan.book.price + 5", ["type-mismatch"]),
        ("loan.late + 1", ["type-mismatch"]),
        ("-loan.date", ["type-mismatch"]),
        ("loan.late > reader.staff", ["type-mismatch"]),
        ("loans == reader.loans", ["type-mismatch"]),
        ("loan.book == reader", ["type-mismatch"]),
        ("not loan.days_late", ["type-mismatch"]),
        ("loan.late and 1", ["type-mismatch"]),
        ("reader.favourite == at(reader.card, loan.date)", ["type-mismatch"]),
        ("reader.card == adult", ["type-mismatch"]),
        ("reader.home.county", ["type-mismatch"]),
        ("at(loan.date, loan.date)", ["type-mismatch"]),
        ("at(reader.card, 2013)", ["type-mismatch"]),
        ("at(reader.grant, loan.date)", ["type-mismatch"]),
        ("at(1, loan.date)", ["wrong-arguments"]),
        ("established(loan.days_late)", ["type-mismatch"]),
        ("verified(loan.days_late, by_all=[archive])", ["type-mismatch"]),
        ("verified(reader.deposit, by_all=[tax_office])", ["unknown-code"]),
        ("verified(reader.deposit)", ["wrong-arguments"]),
        ("any(l.late for l in loan)", ["type-mismatch"]),
        ("sum(l.date for l in loans)", ["type-mismatch"]),
        ("first(l for l in loans, by=l.late)", ["type-mismatch"]),
        ("first(l for l in loans)", ["wrong-arguments"]),
        ("count(l.late for l in loans)", ["wrong-arguments"]),
        ("count(loans)", ["wrong-arguments"]),
        ("any(loan.late for loan in loans)", ["forbidden-expression"]),
        ("any(l.late for l in loans for r in l.readers)", ["forbidden-expression"]),
        ("any(b.x for b in about)", ["type-mismatch"]),
        ("step(reader.measure, loan.days_late)", ["wrong-arguments"]),
        ("loan.book.price / 0", ["division-by-zero"]),
        ("loan.days_late ** 5", ["forbidden-expression"]),
        ("loan.days_late ** loan.renewals", ["forbidden-expression"]),
        ("date(2014, 2, 30)", ["wrong-arguments"]),
        ("date(2014, 03, 27)", ["expression-syntax"]),
        ("yuan('1,000')", ["wrong-arguments"]),
        ("yuan(0.001)", ["wrong-arguments"]),
        ("place(42)", ["wrong-arguments"]),
        ("days(1.5)", ["wrong-arguments"]),
        ("year(loan.date, 1)", ["wrong-arguments"]),
        ("between(1, 2) * 3", ["range-misuse"]),
        ("statistic(prices, concept=lst, status=new, place=branch, year=1)", ["unknown-code"]),
        ("loan.date.isoformat()", ["forbidden-expression"]),
        ("loan.__class__", ["unknown-name"]),
        ("().__class__", ["forbidden-expression"]),
        ("__import__('os')", ["unknown-function"]),
        ("loans[0]", ["forbidden-expression"]),
        ("lambda: 1", ["forbidden-expression"]),
        ("1 if loan.late else 2", ["forbidden-expression"]),
        ("f'{loan}'", ["forbidden-expression"]),
        ("(x := 3)", ["forbidden-expression"]),
        ("loan.late is true", ["forbidden-expression"]),
        ("loan.days_late % 2", ["forbidden-expression"]),
        ("~1", ["forbidden-expression"]),
        ("True", ["forbidden-expression"]),
        ("None", ["forbidden-expression"]),
        ("1e5", ["forbidden-expression"]),
        ("0x10", ["forbidden-expression"]),
        ("1_000", ["forbidden-expression"]),
        ("1j", ["forbidden-expression"]),
        ("reader.favourite in ()", ["forbidden-expression"]),
        ("loan.late # always", ["forbidden-expression"]),
        ("", ["expression-syntax"]),
        ("loan.late\nor closed", ["expression-syntax"]),
        ("loan.late and", ["expression-syntax"]),
        ("loan.late = true", ["expression-syntax"]),
        ("loan.late)", ["expression-syntax"]),
        ("loan.late\x00", ["expression-syntax"]),
        ("'\ud800'", ["expression-syntax"]),
        ("1 + " * 400 + "1", ["expression-too-long"]),
        ("1 + " * 30 + "1", ["expression-too-deep"]),
        ("not " * 200 + "closed", ["expression-too-deep"]),
        ("(" * 400 + "1" + ")" * 400, ["expression-syntax"]),
        ("-" * 900 + "1", ["expression-too-deep"]),
    ],
)
def test_what_is_wrong_has_its_code(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_a_list_of_thirty_conditions_is_not_deep() -> None:
    assert read(" or ".join(["closed"] * 60)).type == BOOLEAN


def test_a_nested_expression_of_thirty_levels_is_read() -> None:
    assert read("not " * 29 + "closed").type == BOOLEAN


def test_every_problem_is_reported_at_once_in_order() -> None:
    text = "reader.bron and loan.days_late > loan.renewals and any(l.lat for l in loans)"
    found = wrong(text)
    assert [one.code for one in found] == ["unknown-name", "unit-mismatch", "unknown-name"]
    assert [one.at.column for one in found] == sorted(one.at.column for one in found)


def test_an_unknown_name_is_shown_with_the_nearest() -> None:
    (found,) = wrong("loan.lat")
    assert "loan.late" in found.remedy.en
    assert (found.at.column, found.at.end_column) == (9, 16)


def test_a_kind_that_is_not_bound_says_so() -> None:
    (found,) = wrong("book.price > yuan(3)")
    assert "for: book in" in found.remedy.en


def test_a_fact_that_varies_shows_how_it_is_read() -> None:
    (found,) = wrong("reader.card == adult")
    assert "at(reader.card, date)" in found.message.en
    assert "at(reader.card, 日期)" in found.message.zh


def test_two_dates_are_not_subtracted_but_the_function_is_named() -> None:
    (found,) = wrong("loan.date - reader.born")
    assert "years_between" in found.message.zh
    assert "years_between" in found.message.en


def test_full_width_characters_are_reported_and_the_rest_is_read() -> None:
    found = wrong("loan.days_late > ３ and（loan.lat）")
    assert [one.code for one in found] == [
        "full-width-character",
        "full-width-character",
        "unknown-name",
        "full-width-character",
    ]
    assert "Write ( instead." in found[1].remedy.en


def test_full_width_characters_in_a_text_are_its_own() -> None:
    assert read("reader.note == '借书（续借）'").type == BOOLEAN


def test_the_expected_type_is_enforced_and_a_bare_number_has_any_unit() -> None:
    assert read("3", number("day")).type == number()
    assert codes("loan.renewals", number("day")) == ["unit-mismatch"]
    assert codes("loan.late", MONEY) == ["type-mismatch"]
    assert codes("chess", MONEY) == ["unknown-name"]


def test_a_deprecated_name_is_a_warning_beside_its_expression() -> None:
    found, problems = parse("loan.book.cost", LIBRARY, VARIABLES, HERE)
    assert found is not None
    assert [one.code for one in problems] == ["deprecated-name"]
    assert 'Write "book.price"' in problems[0].remedy.en


@pytest.mark.parametrize("quoted", [False, True])
def test_places_point_into_the_file(quoted: bool) -> None:
    text = "  loan.late and 'é借' == reader.note"
    margin = 2 if quoted else 0
    at = Position("a.yaml", 5, 11, 5, 10 + len(text) + margin)
    found, problems = parse(text, LIBRARY, VARIABLES, at)
    assert problems == [] and isinstance(found, And)
    for part in walk(found):
        start = text.index(part.source)
        expected = Text(text, at, quoted).part(start, start + len(part.source))
        assert (part.span.column, part.span.end_column) == (expected.column, expected.end_column)


def test_text_over_several_lines_is_placed_as_a_whole() -> None:
    at = Position("a.yaml", 5, 11, 6, 20)
    found, _ = parse("loan.late and closed", LIBRARY, VARIABLES, at)
    assert found is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (5, 11, 11)
    _, problems = parse("loan.lat and closed", LIBRARY, VARIABLES, at)
    assert problems[0].at == at


def test_a_value_is_an_expression_or_a_range() -> None:
    plain, _ = parse_value("3 * yuan(5)", LIBRARY, VARIABLES, HERE, MONEY)
    assert isinstance(plain, Plain) and isinstance(plain.expression, Arithmetic)
    ends, problems = parse_value("between(yuan(2), yuan(5))", LIBRARY, VARIABLES, HERE, MONEY)
    assert problems == []
    assert isinstance(ends, Between)
    assert (ends.low.source, ends.high.source) == ("yuan(2)", "yuan(5)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("between(5, 2)", ["range-misuse"]),
        ("between(yuan(5), yuan(2))", ["range-misuse"]),
        ("between(days(9), days(5))", ["range-misuse"]),
        ("between(days(9), months(1))", ["range-misuse"]),
        ("between(1, between(2, 3))", ["range-misuse"]),
        ("between(1, yuan(2))", ["type-mismatch"]),
        ("between(closed, loan.late)", ["type-mismatch"]),
        ("between(loan.days_late, loan.renewals)", ["unit-mismatch"]),
        ("between(1)", ["wrong-arguments"]),
        ("between(loan.lat, loan.dat)", ["unknown-name", "unknown-name"]),
    ],
)
def test_a_range_has_two_ends_in_order(text: str, found: list[str]) -> None:
    value, problems = parse_value(text, LIBRARY, VARIABLES, HERE)
    assert value is None
    assert [one.code for one in problems] == found


def test_a_range_of_steps_takes_their_words() -> None:
    measure = Type("step", "measures")
    value, problems = parse_value("between(reminder, exclusion)", LIBRARY, VARIABLES, HERE, measure)
    assert problems == []
    assert isinstance(value, Between)


def test_dependencies_are_names_and_what_rules_conclude() -> None:
    found = read(
        "permitted(loan) and at(reader.card, assessment.date) == adult"
        " and count(m for m in results_of(discipline, of=loan.borrower)) > 1"
    )
    assert dependencies(found) == {
        "permitted",
        "reader.card",
        "assessment.date",
        "results_of:discipline",
        "loan.borrower",
    }


def test_walk_goes_from_the_whole_to_its_parts() -> None:
    whole = read("loan.late or closed")
    sources = [part.source for part in walk(whole)]
    assert sources == ["loan.late or closed", "loan.late", "loan", "closed"]
