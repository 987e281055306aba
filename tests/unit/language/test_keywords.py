"""Chinese and English keywords mean the same, and names are left alone."""

import pytest

from engine.language.keywords import KEYWORDS, canonical, canonicalise, chinese
from engine.language.node import walk
from engine.language.source import SourceError, load, to_plain


def test_the_table_leads_both_ways_without_a_doubt() -> None:
    assert len({zh for zh, _ in KEYWORDS}) == len({en for _, en in KEYWORDS}) == len(KEYWORDS)
    assert not {zh for zh, _ in KEYWORDS} & {en for _, en in KEYWORDS}
    for zh, en in KEYWORDS:
        assert canonical(zh) == canonical(en) == en
        assert chinese(en) == zh


def test_what_is_no_keyword_is_told_so() -> None:
    assert canonical("birth.order") is None
    with pytest.raises(KeyError):
        chinese("birth.order")


def test_a_rule_in_chinese_is_the_rule_in_english() -> None:
    zh = """
    条文:
    - 条: 41
      要旨: {中文: 甲, 英文: a}
      对: parent in parents
      规则:
      - 标识: base
        可以: true
        当:
        - parent.income > parent.average
        除外: parent.exempt
        取代: other
        征收:
          事项: fee
          缴纳人: parent
          金额:
            介于: [1, 2]
    """
    en = """
    articles:
    - article: 41
      gist: {zh: 甲, en: a}
      for: parent in parents
      rules:
      - id: base
        may: true
        when:
        - parent.income > parent.average
        unless: parent.exempt
        overrides: other
        charge:
          what: fee
          payer: parent
          amount:
            between: [1, 2]
    """
    assert to_plain(canonicalise(load(zh, "f"))) == to_plain(load(en, "f"))


def test_names_below_define_stay_as_they_are() -> None:
    node = load("定义:\n  状态:\n    按: 项\n    行: 1\n    3+: {不予: {中文: 无}}\n", "f")
    assert to_plain(canonicalise(node)) == {
        "define": {"状态": {"by": "项", "行": "1", "3+": {"refuse": {"zh": "无"}}}}
    }


def test_names_of_readings_questions_and_terms_stay_as_they_are() -> None:
    node = load("解读: {自: 甲}\n待问: {日期: {候选: 一}}\n术语: {状态: {含义: 乙}}", "f")
    assert to_plain(canonicalise(node)) == {
        "readings": {"自": "甲"},
        "asks": {"日期": {"candidates": "一"}},
        "terms": {"状态": {"means": "乙"}},
    }


@pytest.mark.parametrize("head", ["表:\n", "表:\n  命中: unique\n  行:\n"])
def test_a_row_of_a_table_has_names_and_a_few_words(head: str) -> None:
    node = load(head + "  - {状态: a, 值: 1}\n  - {状态: b, 不予: x}\n", "f")
    rows = [{"状态": "a", "value": "1"}, {"状态": "b", "refuse": "x"}]
    table = to_plain(canonicalise(node))
    assert table in ({"table": rows}, {"table": {"policy": "unique", "rows": rows}})


def test_the_top_of_the_vocabulary_has_names() -> None:
    node = load("状态:\n  中文: 甲\n  类型: code\n", "f")
    assert to_plain(canonicalise(node, names=True)) == {"状态": {"zh": "甲", "type": "code"}}


def test_a_list_of_conclusions_may_name_its_effect_in_chinese() -> None:
    node = load("填补: [准许 further-birth, charge fee]\n留待: 征收 fee\n当: 对 x\n", "f")
    assert to_plain(canonicalise(node)) == {
        "fills": ["permit further-birth", "charge fee"],
        "open": "charge fee",
        "when": "对 x",
    }


def test_every_node_stays_where_it_was() -> None:
    node = load("条文:\n- 条: 1\n  定义: {a: 1}\n- 甲: [b]\n", "f")
    assert [found.at for _, found in walk(canonicalise(node))] == [
        found.at for _, found in walk(node)
    ]


def test_an_unknown_key_is_left_for_the_reader() -> None:
    assert to_plain(canonicalise(load("除外了: a", "f"))) == {"除外了": "a"}


def test_one_keyword_in_both_languages_is_a_duplicate() -> None:
    with pytest.raises(SourceError) as caught:
        canonicalise(load("- when: a\n  当: b\n- {x: {id: 1, 标识: 2}}\n", "f"))
    assert [f"{found.at}: {found.code}" for found in caught.value.diagnostics] == [
        "f:2:3: duplicate-key",
        "f:3:15: duplicate-key",
    ]
