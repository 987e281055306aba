"""Reading a version: what stands in the text is in the model, what is inherited too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.language.read import FIRST_RECORDED, open_source, read_version
from engine.language.ruleset import (
    Between,
    Charge,
    Competence,
    Define,
    Duty,
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
    Rule,
    Sanction,
    Status,
    Table,
    TimeLimit,
    Version,
)
from engine.law.vocabulary import Vocabulary, load_vocabulary
from engine.values.money import Rounding
from tests.unit.law.lending import BASE, HEAD, write


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    vocabulary, _ = load_vocabulary(write(tmp_path_factory.mktemp("rulesets"), {}) / "vocabulary")
    assert vocabulary is not None
    return vocabulary


def read(words: Vocabulary, text: str) -> Version:
    node, problems = open_source(text, "a.yaml")
    assert problems == []
    assert node is not None
    version, wrong = read_version(node, words, "2001-01-01")
    assert [one for one in wrong if one.severity == "error"] == []
    assert version is not None
    return version


def rules(words: Vocabulary, text: str) -> dict[str, Rule]:
    return {one.local: one for one in read(words, text).rules}


def one(words: Vocabulary, body: str, subject: str = "loan in loans") -> Rule:
    lines = "".join(f"  {line}\n" for line in body.splitlines())
    text = f"{HEAD}articles:\n- article: 1\n  id: x\n  for: {subject}\n{lines}"
    return rules(words, text)["1/x"]


def test_rules_are_named_by_article_item_and_id(words: Vocabulary) -> None:
    found = rules(words, BASE)
    assert list(found)[:4] == ["3.1/junior", "3.2/fond", "4/interval", "7/rate"]
    assert found["3.1/junior"].name == "lending/rules/2001-01-01/3.1/junior"


def test_items_take_over_what_their_article_says(words: Vocabulary) -> None:
    found = rules(words, BASE)
    junior, fond = found["3.1/junior"], found["3.2/fond"]
    assert [condition.source for condition in junior.when] == [
        "loan.days_late < 10",
        "loan.by_junior",
    ]
    assert junior.effects == (Permit("extension"),)
    assert junior.subject is not None
    assert (junior.subject.variable, junior.subject.kind) == ("loan", "loan")
    assert junior.gist is not None
    assert (junior.confidence, fond.confidence) == ("confirmed", "probable")
    assert junior.sources == ("L1",)


def test_a_rule_of_an_item_stands_below_it(words: Vocabulary) -> None:
    text = HEAD + (
        "articles:\n- article: 1\n  items:\n  - item: 2\n    unless: reader.fond\n"
        "    for: reader in readers\n    rules:\n    - id: a\n      permit: extension\n"
        "      unless: reader.sex == male\n"
    )
    rule = rules(words, text)["1.2/a"]
    assert [condition.source for condition in rule.unless] == ["reader.fond", "reader.sex == male"]


def test_grounds_and_overrides_are_resolved(words: Vocabulary) -> None:
    found = rules(words, BASE)
    assert found["4/interval"].effects == (Postpone("extension", ("3.1/junior",)),)
    assert found["7/rate.junior"].overrides == (OverrideRule("7/rate"),)
    assert found["7/rate.junior"].may


def test_what_must_be_considered_is_of_the_rule_or_of_its_article(words: Vocabulary) -> None:
    text = HEAD + (
        "articles:\n- article: 1\n  for: loan in loans\n"
        "  factors:\n    zh: 情节\n    en: gravity\n  rules:\n"
        "  - id: a\n    may: true\n    permit: extension\n"
        "  - id: b\n    考虑:\n    - {zh: 收入, en: income}\n    - {zh: 困难, en: need}\n"
        "    permit: extension\n"
    )
    found = rules(words, text)
    assert [one.zh for one in found["1/a"].factors] == ["情节"]
    assert [one.en for one in found["1/b"].factors] == ["income", "need"]
    assert one(words, "permit: extension").factors == ()


def test_an_override_may_name_a_conclusion_of_lower_rank(words: Vocabulary) -> None:
    rule = one(words, "permit: extension\noverrides: {conclusion: late-fee, rank-below: law}")
    assert rule.overrides == (OverrideConclusion("late-fee", "law"),)


def test_a_definition_names_its_subject_and_the_canonical_key(words: Vocabulary) -> None:
    rule = one(words, "define:\n  borrower.total: yuan(3)", "borrower in readers")
    effect = rule.effects[0]
    assert isinstance(effect, Define)
    assert effect.key == "reader.total"
    assert effect.subject is not None


def test_one_rule_may_define_several_names(words: Vocabulary) -> None:
    rule = one(words, "define:\n  loan.rate: yuan(3)\n  loan.order: 1")
    assert [getattr(effect, "key", None) for effect in rule.effects] == ["loan.rate", "loan.order"]


def test_a_row_may_hold_a_range_a_number_or_a_refusal(words: Vocabulary) -> None:
    rule = one(
        words,
        "define:\n  loan.factor:\n    by: loan.order\n    1: between(1, 2)\n    2-3: 4\n"
        "    4+:\n      refuse: {zh: 没有倍数, en: no multiple}",
    )
    effect = rule.effects[0]
    assert isinstance(effect, Define)
    table = effect.value
    assert isinstance(table, Table)
    assert [row.patterns[0] for row in table.rows] == [
        Pattern(low=1, high=1),
        Pattern(low=2, high=3),
        Pattern(low=4, high=None),
    ]
    assert [type(row.value) for row in table.rows] == [Between, Plain, Refused]


def test_a_table_has_several_inputs_and_a_hit_policy(words: Vocabulary) -> None:
    rule = one(
        words,
        "define:\n  loan.factor:\n    table:\n      inputs:\n"
        "      - at(loan.reader.card, loan.lent)\n      - loan.late\n      policy: first\n"
        "      rows:\n      - when: [junior_plus, true]\n        value: 1\n"
        "      - when: [-, -]\n        refuse: 没有",
    )
    effect = rule.effects[0]
    assert isinstance(effect, Define)
    table = effect.value
    assert isinstance(table, Table)
    assert table.policy == "first"
    assert table.rows[0].patterns == (Pattern(codes=("junior-plus",)), Pattern(truth=True))
    assert table.rows[1].patterns == (Pattern(anything=True), Pattern(anything=True))


def test_a_charge_may_leave_open_who_pays(words: Vocabulary) -> None:
    rule = one(
        words,
        "charge:\n  what: late-fee\n  payer:\n    readings:\n      each: readers\n"
        "      one: loan.reader\n  amount: yuan(3)\n  adds-to: late-fee",
    )
    effect = rule.effects[0]
    assert isinstance(effect, Charge)
    assert isinstance(effect.payer, Readings)
    assert [label for label, _ in effect.payer.options] == ["each", "one"]
    assert effect.adds_to == "late-fee"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("forbid: extension", Forbid),
        ("lapse: late-fee", Lapse),
        ("lapse:\n  what: late-fee\n  extent: from-day\n  day: loan.lent", Lapse),
        ("refuse: {what: late-fee, zh: 没有, en: none}", Refuse),
        ("refuse: 没有", Refuse),
        (
            "sanction:\n  what: discipline\n  bearer: loan.reader\n  from: reminder\n"
            "  to: exclusion\n  period: months(6)",
            Sanction,
        ),
        (
            "grant:\n  what: book-token\n  to: loan.reader\n  amount: between(yuan(1), yuan(2))\n"
            "  duration: days(3)\n  payer: library",
            Grant,
        ),
        ("duty:\n  bearer: loan.reader\n  what: return-book", Duty),
        (
            "time:\n  what: return\n  start: loan.lent\n  length: days(30)\n  days: working\n"
            "  then: {zh: 逾期, en: late}",
            TimeLimit,
        ),
        (
            "competence:\n  what: fee\n  authority: desk\n"
            "  place: at(loan.reader.card.branch, loan.lent)",
            Competence,
        ),
        (
            "governs:\n  effects: [charge]\n  questions: [fee]\n"
            "  place: at(loan.reader.card.branch, loan.lent)\n  day: loan.lent\n"
            "  choose: lightest\n  ranks: [rule, law]",
            Governs,
        ),
        ("status:\n  what: barred\n  start: loan.lent\n  length: months(3)", Status),
    ],
)
def test_every_effect_has_its_model(words: Vocabulary, body: str, kind: type) -> None:
    assert [type(effect) for effect in one(words, body).effects] == [kind]


def test_a_rule_may_only_leave_something_open(words: Vocabulary) -> None:
    rule = one(words, "open: permit extension")
    assert (rule.effects, rule.opens) == ((), ("permit extension",))


def test_the_heading_of_a_version_is_read(words: Vocabulary) -> None:
    text = HEAD.replace("in-force: 2001-01-01", "in-force: 2001-01, until: 2003") + (
        "rounding: {to: jiao, mode: half-up, source: L1}\n"
        "gaps:\n- {kind: charge late-fee, zh: 甲, en: a}\n"
        "excluded:\n- {article: 9, id: b, zh: 乙, en: b}\n"
        "not-read:\n- {day: 2002-01-01, may-touch: [3-5, 7.1]}\n"
        "fills: [permit extension]\narticles: []\n"
    )
    version = read(words, text)
    assert version.in_force == (date(2001, 1, 1), date(2001, 1, 31))
    assert version.ends == (date(2003, 1, 1), date(2003, 12, 31))
    assert version.recorded == FIRST_RECORDED
    assert version.rounding == Rounding("half_up", 10)
    assert version.gaps[0].kind == "charge late-fee"
    assert version.excluded[0].id == "b"
    assert version.unread[0].may_touch == ("3", "4", "5", "7.1")
    assert version.instrument.territory == "000000"


def test_an_in_force_window_may_be_given_by_its_ends(words: Vocabulary) -> None:
    window = "\n  in-force: {from: 2001-01-16, to: 2001-04-01}\n  confidence: confirmed\n"
    text = HEAD.replace(" {in-force: 2001-01-01, confidence: confirmed, sources: [L1]}", window)
    version = read(words, text + "articles: []\n")
    assert version.in_force == (date(2001, 1, 16), date(2001, 4, 1))


def test_what_a_text_leaves_open_is_a_name_of_its_rules(words: Vocabulary) -> None:
    text = HEAD + (
        "asks:\n  base_year:\n    zh: 哪一年\n    candidates:\n    - year(loan.lent)\n"
        "    - year(assessment.date) - 1\n"
        "articles:\n- article: 1\n  id: a\n  for: loan in loans\n"
        "  when: base_year >= 2000\n  permit: extension\n"
    )
    version = read(words, text)
    assert [len(ask.candidates) for ask in version.asks] == [2]
    assert len(version.rules[0].when) == 1


def test_an_instrument_may_mean_a_term_in_its_own_way(words: Vocabulary) -> None:
    text = HEAD + "terms:\n  loan.late: loan.days_late > 60\narticles: []\n"
    assert [(key, formula.source) for key, formula in read(words, text).terms] == [
        ("loan.late", "loan.days_late > 60")
    ]


def test_chinese_keywords_say_the_same(words: Vocabulary) -> None:
    chinese = BASE.replace("  when: loan.late\n", "  当: loan.late\n").replace("unless:", "除外:")
    assert chinese != BASE
    first, second = read(words, BASE), read(words, chinese)
    assert first.text_hash == second.text_hash


def test_the_hash_is_of_the_text_and_not_of_its_layout(words: Vocabulary) -> None:
    assert read(words, BASE).text_hash == read(words, "# note\n" + BASE).text_hash
    assert read(words, BASE).text_hash != read(words, BASE.replace("yuan(2)", "yuan(3)")).text_hash


def test_a_version_without_a_date_cannot_be_read(words: Vocabulary, tmp_path: Path) -> None:
    node, _ = open_source(BASE.replace("in-force: 2001-01-01, ", ""), "a.yaml")
    assert node is not None
    version, problems = read_version(node, words, "2001-01-01")
    assert version is None
    assert [found.code for found in problems] == ["missing-field"]
