"""Scenarios as a library: what is read, what the sentences write and check, what goes wrong."""

from pathlib import Path
from typing import Any

import pytest

from engine.assurance.draft import Draft, SentenceError, Table
from engine.assurance.scenarios import ScenarioError, prepare, read_scenarios, run_scenario
from engine.assurance.sentences import ask, expect, tell
from engine.decision.governing.law import Law
from tests.unit.assurance.apiary import (
    HEAD,
    LARGE,
    SMALL,
    WILD,
    prepared,
    write_features,
    write_law,
)
from tests.unit.decision.island import VOCABULARY


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    return write_law(tmp_path_factory.mktemp("law"))


@pytest.fixture
def draft(law: Law) -> Draft:
    """One keeper, one hive."""
    draft = Draft(law.vocabulary)
    tell(draft, '地点为"420281"')
    tell(draft, '有以下"蜂农"', (("编号",), ("ann",)))
    tell(draft, '有以下"蜂箱"', (("编号", "主人"), ("h1", "ann")))
    return draft


def facts(draft: Draft, *rows: tuple[str, ...], more: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the case says of `ann` after a table of facts."""
    tell(draft, "事实如下", (("对象", "事实", "值", *more), *rows))
    ann: dict[str, Any] = draft.plain["keepers"]["ann"]
    return ann


# --- reading -------------------------------------------------------------------------------------
def test_an_outline_is_one_scenario_for_each_row_and_the_background_comes_first(
    tmp_path: Path,
) -> None:
    found = read_scenarios(write_features(tmp_path, SMALL, WILD))
    assert [one.name for one in found] == ["三层起按大箱", "三层起按大箱", "野生的不征"]
    assert [one.at for one in found[:2]] == ["bees/tax.feature:24", "bees/tax.feature:25"]
    assert {one.tags for one in found} == {("3",)}
    assert found[0].steps[0].text == '地点为"420281"'
    assert found[1].steps[-1].text == '"ann"应缴"25.00"至"25.00"'
    parts = [step.part for step in found[0].steps]
    assert parts == ["telling"] * 5 + ["asking", "expecting"]


def test_a_file_that_is_no_feature_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.feature").write_text("# language: zh-CN\n功能: 甲\n  乙: 丙\n", "utf-8")
    (tmp_path / "worse.feature").write_text("# language: zh-CN\n场景: 无\n", "utf-8")
    with pytest.raises(ScenarioError, match=r"^worse\.feature: "):
        read_scenarios(tmp_path)


def test_a_scenario_that_holds_has_nothing_failed(tmp_path: Path, law: Law) -> None:
    for one in prepared(tmp_path, law, SMALL, LARGE, WILD):
        run = run_scenario(one, law)
        assert run.failed == ()
        assert run.answers[0]["outcome"] == "determined"


def test_what_is_not_as_expected_is_told_with_what_came_instead(tmp_path: Path, law: Law) -> None:
    (one,) = prepared(tmp_path, law, LARGE.replace("25.00", "24.00"))
    (failure,) = run_scenario(one, law).failed
    assert failure.startswith('"ann"应缴"24.00"至"24.00"\n结果为：确定\n  ann ')
    assert failure.splitlines()[2].endswith("：确定；25.00")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"蜂税"', '"蜜税"', "“蜜税”不是其中之一"),
        ("应缴", "应退", "没有这样的句子"),
    ],
)
def test_a_sentence_that_cannot_be_understood_is_named_with_its_place(
    tmp_path: Path, law: Law, old: str, new: str, said: str
) -> None:
    (one,) = read_scenarios(write_features(tmp_path, LARGE.replace(old, new)))
    with pytest.raises(ScenarioError, match=said) as raised:
        prepare(one, law.vocabulary)
    assert str(raised.value).startswith(f"bees/tax.feature:{HEAD.count(chr(10)) + 2}: ")


def test_an_answer_cannot_be_expected_before_the_question(tmp_path: Path, law: Law) -> None:
    text = '  场景: 甲\n    那么 结果为"确定"\n'
    (one,) = read_scenarios(write_features(tmp_path, text))
    with pytest.raises(ScenarioError, match="还没有提问"):
        prepare(one, law.vocabulary)


# --- telling -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("是", {"value": True}),
        ("不详", {"state": "unknown"}),
        ("未能证明", {"state": "unestablished"}),
        ("主张是", {"claims": [{"by": "claimant", "value": True}]}),
    ],
)
def test_a_cell_is_a_value_a_state_or_a_claim(draft: Draft, cell: str, said: object) -> None:
    assert facts(draft, ("ann", "年长", cell)) == {"old": said}


def test_a_fact_can_be_taken_out_of_the_case(draft: Draft) -> None:
    facts(draft, ("ann", "年长", "是"))
    assert facts(draft, ("ann", "年长", "未填写")) == {}


def test_the_first_row_of_a_table_replaces_what_was_said_and_further_rows_add(draft: Draft) -> None:
    rows = [
        ("ann", "外出", "是", "自2001-01-01至2002-01-01"),
        ("ann", "外出", "是", "自2003-01-01"),
    ]
    said = [{"from": "2001-01-01", "until": "2002-01-01"}, {"from": "2003-01-01"}]
    assert facts(draft, *rows, more=("时间",)) == {"away": said}
    assert facts(draft, rows[1], more=("时间",)) == {"away": said[1:]}
    assert facts(draft, ("ann", "外出", "否", ""), more=("时间",)) == {"away": []}


def test_a_day_moves_along_what_the_case_said_before() -> None:
    draft = Draft(VOCABULARY)
    tell(draft, '有以下"饲主"', (("编号", "出生日"), ("ann", "1979-05-01")))
    tell(draft, '有以下"蜥蜴"', (("编号", "走失"), ("z1", "否")))
    head = ("对象", "事实", "值", "时间")
    tell(draft, "事实如下", (head, ("ann", "岸", "北岸", "自1979-05-01")))
    tell(
        draft,
        "事实如下",
        (head, ("ann", "出生日", "1980-02-03", ""), ("z1", "走失日", "2014-06-01", "")),
    )
    assert draft.plain["keepers"]["ann"]["shore"][0]["from"] == "1980-02-03"
    assert draft.plain["lizards"]["z1"]["lost"] == {"value": True}


def test_what_a_table_itself_says_of_a_fact_is_not_moved_along() -> None:
    draft = Draft(VOCABULARY)
    head = ("编号", "走失", "走失日")
    tell(draft, '有以下"蜥蜴"', (head, ("z1", "否", "2014-06-01")))
    assert draft.plain["lizards"]["z1"]["lost"] == {"value": False}


def test_a_fact_by_years_has_its_year_and_its_evidence(draft: Draft) -> None:
    row = ("ann", "产蜜", "7.00", "2009年", "e1、e2")
    entry = {"value": "7.00", "evidence": ["e1", "e2"], "year": 2009}
    assert facts(draft, row, more=("时间", "证据")) == {"honey": [entry]}


def test_a_label_may_be_written_without_its_bracket(draft: Draft) -> None:
    tell(draft, "事实如下", (("对象", "事实", "值"), ("h1", "木料", "松木")))
    assert draft.plain["hives"]["h1"]["wood"] == {"value": "pine"}


def test_a_list_is_complete_until_a_sentence_says_otherwise(draft: Draft) -> None:
    assert draft.plain["hives"]["listed"] == "all"
    tell(draft, '"蜂箱"没有全部列出')
    assert draft.plain["hives"]["listed"] == "some"


def figure(value: str, *more: str) -> Table:
    head = ("指标", "居民", "级别", "年度", "数额", "证据")[: 5 + len(more)]
    return (head, ("鲜蜜", "北岸", "县", "2009", value, *more))


def test_a_figure_replaces_the_one_at_its_address_and_may_be_taken_out(draft: Draft) -> None:
    at = {"series": "price", "concept": "fresh", "status": "north", "level": "county"}
    at |= {"place": "420281", "year": "2009"}
    tell(draft, "统计数据如下", figure("1.00"))
    tell(draft, "统计数据如下", figure("2.00"))
    assert draft.plain["statistics"] == [{**at, "value": "2.00", "evidence": ["e-statistics"]}]
    tell(draft, "统计数据如下", figure("3.00", "无"))
    assert draft.plain["statistics"] == [{**at, "value": "3.00"}]
    tell(draft, "统计数据如下", figure("不详"))
    assert draft.plain["statistics"] == []


def test_what_is_asked_is_read_as_a_case_and_what_follows_does_not_change_it(draft: Draft) -> None:
    tell(draft, '决定日期为"2010-05-14"')
    case = ask(draft, '询问"h1"的"蜂税"')
    tell(draft, '决定日期为"2011-05-14"')
    assert case.question.ask == "tax"
    assert case.as_of.isoformat() == "2010-05-14"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("事实如下", ()),
        ('地点为"420281"', (("对象",), ("ann",))),
        ("事实如下", (("对象", "事实"), ("ann", "年长"))),
        ("事实如下", (("对象", "事实", "值"), ("zoe", "年长", "是"))),
        ("事实如下", (("对象", "事实", "值"), ("ann", "年长", "或许"))),
        ("事实如下", (("对象", "事实", "值"), ("ann", "产蜜", "7.00"))),
        ("事实如下", (("对象", "事实", "值", "时间"), ("ann", "外出", "是", "去年"))),
        ('"蜂农"没有全部列出', ()),
    ],
)
def test_a_sentence_that_says_nothing_clear_writes_nothing(
    draft: Draft, text: str, table: Table
) -> None:
    before = str(draft.plain)
    with pytest.raises(SentenceError):
        tell(draft, text, table)
    assert str(draft.plain) == before


# --- expecting -----------------------------------------------------------------------------------
ANSWER: dict[str, Any] = {
    "outcome": "undetermined",
    "parts": [
        {
            "bearer": "ann",
            "outcome": "determined",
            "confidence": "confirmed",
            "bands": [{"payer": "ann", "low": "1.00", "high": None}],
        },
        {
            "bearer": "bo",
            "outcome": "undetermined",
            "confidence": "probable",
            "missing": [["keepers.ann.honey[2009]"]],
            "bands": [],
        },
    ],
    "missing": [["settings.season"]],
    "bands": [],
    "conclusions": [],
    "provisions": [{"rule": "bees/rules/2001-01-01/3/tax"}],
    "versions": [{"instrument": "bees/rules", "version": "2001-01-01"}],
    "warnings": [{"code": "old", "text": {"zh": "文本很旧"}}],
    "choices": [{"point": "3/tax@ann", "value": True}],
    "gaps": [{"text": {"zh": "缺第九条"}}],
    "conflicts": [],
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('结果为"待定"', True),
        ('结果为"确定"', False),
        ('"ann"的结果为"确定"', True),
        ('"zoe"的结果为"确定"', False),
        ('"bo"无须缴纳', False),
        ("无须缴纳", False),
        ('尚缺事实"ann"的"产蜜"', True),
        ('尚缺事实"ann"的"年长"', False),
        ('尚缺"settings.season"', True),
        ('可靠程度为"较可能"', True),
        ('可靠程度为"确认"', False),
        ('依据包括"3/tax"', True),
        ('依据包括"tax"', True),
        ('依据包括"ax"', False),
        ('适用"bees/rules"的"2001-01-01"文本', True),
        ('拒绝的理由提到"旧"', False),
        ('提示提到"很旧"', True),
        ('在旁记下"3/tax@ann"选择"是"', True),
        ('在旁记下"3/tax@ann"选择"否"', False),
        ('指明缺少的文本提到"第九条"', True),
        ('理由包括"3/tax"', False),
        ('自"2014-03-27"起答案改变', False),
    ],
)
def test_a_check_holds_where_the_answer_is_so(draft: Draft, text: str, holds: bool) -> None:
    assert expect(draft, text).holds(ANSWER) is holds


@pytest.mark.parametrize(("high", "holds"), [("-", True), ("1.00", False)])
def test_bands_are_neither_more_nor_fewer(draft: Draft, high: str, holds: bool) -> None:
    check = expect(draft, '"ann"应缴以下之一', (("低", "高"), ("1.00", high)))
    assert check.holds(ANSWER) is holds


PERMIT = {"effect": "permit", "value": True, "grounds": ["3.1/old"], "postponed": [], "bars": []}


def test_grounds_postponements_and_bars_are_looked_up_by_their_rule(draft: Draft) -> None:
    answer = {**ANSWER, "conclusions": [{**PERMIT, "from": "2014-03-27"}]}
    expected = {
        '理由包括"3.1/old"': True,
        '理由不包括"3.1/old"': False,
        '暂缓不包括"3.1/old"': True,
        '禁止包括"3.1/old"': False,
        '自"2014-03-27"起答案改变': True,
    }
    assert {text: expect(draft, text).holds(answer) for text in expected} == expected


def test_what_is_permitted_must_be_a_conclusion_of_the_vocabulary(draft: Draft) -> None:
    with pytest.raises(SentenceError):
        expect(draft, '蜂税为"是"').holds(ANSWER)


@pytest.mark.parametrize(
    ("effects", "outcome", "holds"),
    [
        (("charge", "none"), "determined", True),
        (("charge", "none"), "undetermined", False),
        (("charge",), "determined", False),
        (("none",), "determined", False),
    ],
)
def test_what_a_choice_decides_is_there_and_is_not_there(
    draft: Draft, effects: tuple[str, ...], outcome: str, holds: bool
) -> None:
    (tax,) = (n for n, one in draft.vocabulary.conclusions.items() if one.label.zh == "蜂税")
    conclusions = [{"effect": effect} for effect in effects]
    part = {"bearer": "ann", "object": tax, "outcome": outcome, "conclusions": conclusions}
    check = expect(draft, '"ann"可以有也可以没有"蜂税"')
    assert check.holds({"parts": [part]}) is holds
    assert not check.holds({"parts": []})
