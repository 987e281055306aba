"""Expressions, values and rules in words: in both languages, every one of them."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import get_args

import pytest

from engine.language import expression, ruleset
from engine.language.diagnostics import LANGUAGES, Bilingual, Language
from engine.language.expression import Expression
from engine.language.parse import parse, parse_value, walk
from engine.language.phrases import PHRASES
from engine.language.render import render_expression, render_rule, render_value
from engine.language.ruleset import (
    Between,
    Charge,
    Competence,
    Define,
    Duty,
    Effect,
    Finding,
    Forbid,
    Governs,
    Grant,
    Lapse,
    OverrideConclusion,
    OverrideRule,
    Pattern,
    Permit,
    Plain,
    Postpone,
    Readings,
    Refuse,
    Refused,
    Row,
    Rule,
    Sanction,
    Status,
    Subject,
    Table,
    TimeLimit,
    Value,
)
from tests.unit.language.library import HERE, LIBRARY, VARIABLES, WELL_TYPED, Library


def read(text: str) -> Expression:
    found, problems = parse(text, LIBRARY, VARIABLES, HERE)
    assert found is not None, problems
    return found


def value(text: str) -> Value:
    found, problems = parse_value(text, LIBRARY, VARIABLES, HERE)
    assert found is not None, problems
    return found


def rule(
    *effects: Effect,
    when: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    may: bool = False,
    overrides: tuple[OverrideRule | OverrideConclusion, ...] = (),
    opens: tuple[str, ...] = (),
    subject: Subject | None = None,
) -> Rule:
    return Rule(
        name="library/rules/2001-01-01/7/late",
        local="7/late",
        instrument="library/rules",
        rank="rule",
        article="7",
        gist=None,
        confidence="confirmed",
        sources=(),
        subject=subject,
        when=tuple(read(text) for text in when),
        unless=tuple(read(text) for text in unless),
        may=may,
        overrides=overrides,
        effects=effects,
        opens=opens,
        at=HERE,
        effect_at=HERE,
    )


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("loan.late", "该借阅符合“逾期”", '"late" applies to the loan'),
        ("not loan.late", "该借阅不符合“逾期”", '"late" does not apply to the loan'),
        ("closed", "“闭馆”成立", '"the library is closed" is true'),
        (
            "loan.days_late >= 30",
            "该借阅的逾期天数不少于30",
            "the days late of the loan is at least 30",
        ),
        (
            "30 < loan.days_late",
            "该借阅的逾期天数超过30",
            "the days late of the loan is more than 30",
        ),
        (
            "loan.returned <= date(2014, 3, 27)",
            "该借阅的归还日不晚于2014年3月27日",
            "the day of return of the loan is not later than 2014-03-27",
        ),
        (
            "loan.returned >= loan.date + months(3)",
            "该借阅的归还日不早于该借阅的借出日 + 3个月",
            "the day of return of the loan is not earlier than the day of the loan + 3 months",
        ),
        (
            "reader.deposit > yuan(60000)",
            "该读者的押金超过60,000.00 元",
            "the deposit of the reader is more than 60,000.00 yuan",
        ),
        (
            "at(reader.card, loan.date) == junior_plus",
            "该读者在该借阅的借出日的读者卡是少年卡",
            "the card of the reader on the day of the loan is junior card",
        ),
        (
            "reader.measure > reminder",
            "该读者的处理措施重于提醒",
            "the measure of the reader is heavier than reminder",
        ),
        (
            "closed or loan.late and reader.staff",
            "“闭馆”成立，或者（该借阅符合“逾期”，并且该读者符合“馆员”）",
            '"the library is closed" is true or ("late" applies to the loan and '
            '"member of staff" applies to the reader)',
        ),
        (
            "any(r.staff for r in loan.readers)",
            "该借阅的共同借阅人中至少有一个符合“馆员”",
            '"member of staff" applies to at least one of the joint borrowers of the loan',
        ),
        (
            "all(r.deposit > yuan(5) for r in loan.readers)",
            "该借阅的共同借阅人中每一个的押金超过5.00 元",
            "the deposit of every one of the joint borrowers of the loan is more than 5.00 yuan",
        ),
        (
            "not any(loan in r.loans for r in loan.readers)",
            "该借阅的共同借阅人中没有一个满足（该读者的借阅包括该借阅）",
            "for none of the joint borrowers of the loan, (the loans of that reader include"
            " the loan)",
        ),
        (
            "not any(r.staff for r in loan.readers)",
            "该借阅的共同借阅人中没有一个符合“馆员”",
            '"member of staff" applies to none of the joint borrowers of the loan',
        ),
        (
            "all(r in loan.readers for r in every_reader)",
            "该借阅的共同借阅人包括全体读者中每一个",
            "the joint borrowers of the loan include every one of all readers",
        ),
        (
            "all(r not in loan.readers for r in every_reader)",
            "全体读者全都满足（该借阅的共同借阅人不包括该读者）",
            "for every one of all readers, (the joint borrowers of the loan do not include"
            " that reader)",
        ),
        (
            "max(l.date for l in loans)",
            "本案的借阅的（该借阅的借出日）中最晚的一日",
            "the latest of (the day of that loan) over the loans of the case",
        ),
        (
            "count(l for l in loans if l.late) >= 2",
            "本案的借阅中满足（该借阅符合“逾期”）者的个数不少于2",
            'the number of those of the loans of the case for which ("late" applies to that loan)'
            " is at least 2",
        ),
        (
            "percent(20) * (loan.book.price - yuan(5))",
            "20% × （该借阅的所借图书的书价 − 5.00 元）",
            "20% × (the price of the book of the loan − 5.00 yuan)",
        ),
        (
            "statistic(prices, concept=list, status=new, level=city, place=branch, year=2013)",
            "分馆所在地在2013年的书价（定价，新书，市级）",
            "the book price (list price, new, city level) of the place of the branch for 2013",
        ),
        (
            "verified(at(reader.grant, 2013), by_all=[front_desk, archive])",
            "该读者在2013年的补助经前台、档案室全部核实",
            "the grant of the reader in 2013 is verified by all of the front desk and the archive",
        ),
    ],
)
def test_an_expression_reads_as_a_sentence(text: str, zh: str, en: str) -> None:
    assert render_expression(read(text), LIBRARY, "zh") == zh
    assert render_expression(read(text), LIBRARY, "en") == en


def test_readers_of_one_kind_are_told_apart_by_their_variables() -> None:
    text = "any(any(s.staff and s == r for s in loan.readers) for r in every_reader)"
    said = render_expression(read(text), LIBRARY, "en")
    assert "that reader (s) is that reader" in said


def test_every_kind_of_node_is_among_the_examples() -> None:
    nodes = {
        member
        for _, member in inspect.getmembers(expression, inspect.isclass)
        if issubclass(member, Expression) and member is not Expression
    }
    assert {type(part) for text in WELL_TYPED for part in walk(read(text))} == nodes


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", WELL_TYPED)
def test_every_expression_is_rendered_with_and_without_labels(text: str, lang: Language) -> None:
    found = read(text)
    said = render_expression(found, LIBRARY, lang)
    assert said and "{" not in said
    assert said == render_expression(found, LIBRARY, lang)
    bare = Library(infos={}, labelled=False)
    assert render_expression(found, bare, lang)


def test_phrases_have_the_same_gaps_in_both_languages() -> None:
    from string import Formatter

    for key, phrase in PHRASES.items():
        gaps = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (phrase.zh, phrase.en)
        ]
        assert gaps[0] == gaps[1], key


def test_a_range_names_both_ends() -> None:
    ends = value("between(yuan(2), yuan(5))")
    assert isinstance(ends, Between)
    assert render_value(ends, LIBRARY, "zh") == "2.00 元至5.00 元之间"
    assert render_value(ends, LIBRARY, "en") == "between 2.00 yuan and 5.00 yuan"


def test_a_table_says_its_rows_and_a_row_may_refuse() -> None:
    table = Table(
        (read("reader.favourite"), read("loan.days_late"), read("loan.late")),
        (
            Row((Pattern(("chess",)), Pattern(low=3), Pattern(truth=True)), value("1"), HERE),
            Row(
                (
                    Pattern(("chess", "reading-circle")),
                    Pattern(low=1, high=2),
                    Pattern(truth=False),
                ),
                value("2"),
                HERE,
            ),
            Row(
                (Pattern(anything=True), Pattern(high=9), Pattern(anything=True)),
                Refused(Bilingual("没有规定", "nothing is said")),
                HERE,
            ),
        ),
        "unique",
        HERE,
    )
    assert render_value(table, LIBRARY, "zh") == (
        "按该读者的常去社团、该借阅的逾期天数、该借阅是否符合“逾期”："
        "棋社、3以上、是的，1；棋社或读书会、1至2、否的，2；任意、9以下、任意的，没有数值（没有规定）"
    )
    assert "chess club or reading circle, 1 to 2 and false, 2" in render_value(table, LIBRARY, "en")


def test_readings_are_said_with_their_labels() -> None:
    said = Readings((("each", value("loan.readers")), ("borrower", value("loan.borrower"))))
    assert render_value(said, LIBRARY, "en") == (
        'read as "each", the joint borrowers of the loan; '
        'read as "borrower", the borrower of the loan'
    )


def test_a_rule_is_one_sentence() -> None:
    late = rule(
        Charge("late-fee", value("loan.borrower"), value("yuan(1) * loan.days_late"), None),
        when=("loan.late", "loan.days_late > 3 or closed"),
        unless=("any(r.staff for r in loan.readers)",),
        subject=Subject("loan", "loan", read("loans")),
        overrides=(OverrideRule("7/base"), OverrideConclusion("renewal", "law")),
        opens=("permit renewal", "loan.multiple"),
    )
    assert render_rule(late, LIBRARY, "zh") == (
        "对本案的借阅中的每个借阅：该借阅符合“逾期”，并且"
        "（该借阅的逾期天数超过3，或者“闭馆”成立）的，"
        "由该借阅的借阅人缴纳“逾期费”，数额为1.00 元 × 该借阅的逾期天数"
        "；但该借阅的共同借阅人中至少有一个符合“馆员”的除外"
        "；取代7/base；取代位阶低于“law”的“续借”；“续借”、“倍数”由下级规定。"
    )
    assert render_rule(late, LIBRARY, "en") == (
        'For each loan of the loans of the case: where "late" applies to the loan and '
        '(the days late of the loan is more than 3 or "the library is closed" is true), '
        'the borrower of the loan pays "late fee" of 1.00 yuan × the days late of the loan; '
        'unless "member of staff" applies to at least one of the joint borrowers of the loan; '
        'in place of 7/base; in place of "renewal" of a rank below "law"; '
        'leaves "renewal" and "multiple" to lower law.'
    )


def test_a_rule_for_every_entity_of_a_kind_says_so_once() -> None:
    found = rule(Permit("renewal"), subject=Subject("loan", "loan", read("every_loan")))
    assert render_rule(found, LIBRARY, "zh") == "对每个借阅：准许“续借”。"
    assert render_rule(found, LIBRARY, "en") == 'For each loan: permits "renewal".'


def test_a_choice_says_that_it_may() -> None:
    found = rule(Define("reader.fee_base", read("reader"), value("reader.deposit")), may=True)
    assert render_rule(found, LIBRARY, "zh") == "可以：该读者的计费基数为该读者的押金。"
    assert render_rule(found, LIBRARY, "en") == (
        "It may be that the fee base of the reader is the deposit of the reader."
    )


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("true", "认定该借阅符合“逾期”。"),
        ("false", "认定该借阅不符合“逾期”。"),
        ("loan.days_late > 0", "该借阅是否符合“逾期”，取决于：该借阅的逾期天数超过0。"),
    ],
)
def test_a_condition_that_is_defined_reads_as_one(text: str, zh: str) -> None:
    found = rule(Define("loan.late", read("loan"), value(text)))
    assert render_rule(found, LIBRARY, "zh") == zh


EFFECTS: tuple[Effect, ...] = (
    Define("closed", None, value("true")),
    Define("closed", None, value("loan.late")),
    Define("branch", None, value("place(420281)")),
    Define("unheard.of", None, value("3")),
    Permit("renewal"),
    Forbid("renewal", ()),
    Postpone("renewal", ("9.1", "9.2")),
    Charge("late-fee", value("loan.borrower"), value("yuan(1)"), "late-fee"),
    Lapse("late-fee", "wholly", None),
    Lapse("late-fee", "unpaid-rest", None),
    Lapse("late-fee", "from-day", read("loan.returned")),
    Refuse(None, Bilingual("没有依据", "no basis")),
    Refuse("late-fee", Bilingual("没有依据", "no basis")),
    Sanction("discipline", read("reader"), value("reader.measure"), None),
    Sanction(
        "discipline",
        read("reader"),
        value("between(reader.measure, step(reader.measure, 1))"),
        value("months(6)"),
    ),
    Grant("renewal", read("reader"), *[None] * 8, ()),
    Grant(
        what="renewal",
        to=read("reader"),
        amount=value("yuan(5)"),
        per="month",
        total=value("yuan(20)"),
        duration=value("days(98)"),
        start=read("loan.date"),
        until=read("loan.date"),
        payer="library",
        authority="library",
        papers=(),
    ),
    Duty(read("reader"), "late-fee"),
    TimeLimit(
        "renewal",
        read("loan.date"),
        value("days(60)"),
        "working",
        read("loan.days_late"),
        "next-working-day",
        Bilingual("视为续借", "it counts as renewed"),
    ),
    TimeLimit("renewal", read("loan.date"), value("days(60)"), "calendar", None, "stands", None),
    TimeLimit(
        "renewal", read("loan.date"), value("days(60)"), "from-the-day", None, "stands", None
    ),
    Competence("late-fee", "front desk", read("branch")),
    Governs((), (), read("branch"), read("loan.date"), "readings"),
    Governs(("charge late-fee", "lapse"), ("fee",), read("branch"), read("loan.date"), "lightest"),
    Governs(("charge late-fee",), (), read("branch"), read("loan.date"), "most-favourable"),
    Governs(("charge late-fee",), (), read("branch"), read("loan.date"), "bearer"),
    Governs(
        ("charge late-fee", "sanction"),
        (),
        read("branch"),
        read("loan.date"),
        "lightest",
        together=("late-fee", "discipline"),
    ),
    Governs((), (), read("branch"), read("loan.date"), "readings", ranks=("rule", "law")),
    Finding("warned", value("loan.late")),
    Status("warned", None, None),
    Status("warned", read("loan.date"), read("years(1)")),
)


def test_every_kind_of_effect_and_value_is_among_the_examples() -> None:
    assert {type(effect) for effect in EFFECTS} == set(get_args(ruleset.Effect))
    tested = {Plain, Between, Refused, Readings, Table}
    assert tested == set(get_args(ruleset.Value))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_is_rendered(effect: Effect, lang: Language) -> None:
    said = render_rule(rule(effect), LIBRARY, lang)
    assert said.endswith("。" if lang == "zh" else ".")
    assert "{" not in said
    assert render_rule(rule(effect), Library(infos={}, labelled=False), lang)


def test_the_wording_of_some_effects() -> None:
    said = [render_rule(rule(effect), LIBRARY, "zh") for effect in EFFECTS]
    assert "暂缓“续借”（限于理由 9.1、9.2）。" in said
    assert "“逾期费”、“消灭”、“应否缴费”适用分馆所在地在该借阅的借出日的规定（取最轻者）。" in said
    assert "“逾期费”自该借阅的归还日起终止。" in said
    assert (
        "“续借”的期限自该借阅的借出日起60日（工作日），中止该借阅的逾期天数不计入，末日为节假日的顺延，"
        "期满后：视为续借。" in said
    )
    assert (
        "给予该读者“续借”，数额为5.00 元（每月），合计20.00 元，期间为98日，自该借阅的借出日起，"
        "至该借阅的借出日止，由“library”支付，由“library”办理。" in said
    )


@pytest.mark.parametrize(
    ("lang", "label", "said"),
    [
        ("zh", "该借阅的借出日", "该借阅的借出日"),
        ("zh", "借出日", "该借阅的借出日"),
        ("en", "day of the loan", "the day of the loan"),
        ("en", "the day of the loan", "the day of the loan"),
        ("en", "day", "the day of the loan"),
    ],
)
def test_a_label_that_names_its_subject_does_not_name_it_twice(
    lang: Language, label: str, said: str
) -> None:
    info = replace(LIBRARY.infos["loan.date"], zh=label, en=label)
    library = Library({**LIBRARY.infos, "loan.date": info})
    assert render_expression(read("loan.date"), library, lang) == said
