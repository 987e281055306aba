"""What letters say is decided: each thing in a line of its own, and nothing that says nothing."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.assurance.letters import faults
from engine.assurance.scenarios import Scenario, prepare, read_scenarios
from engine.decision.letter.notice import Notice, written
from engine.decision.letter.saying import READERS, Reader
from engine.decision.record.sealing import answer_in, form_of
from engine.language.diagnostics import Language
from tests.real import real_law

FEATURES = Path(__file__).resolve().parents[4] / "features"


@cache
def scenarios(folder: str) -> tuple[Scenario, ...]:
    return read_scenarios(FEATURES / folder)


@cache
def answered(file: str, name: str, row: int = 0) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first answer of a scenario, named by its file and what its name begins with; `row`: which
    of several."""
    folder = file.rpartition("/")[0]
    found = [
        one
        for one in scenarios(folder)
        if one.file == f"{file.rpartition('/')[2]}.feature" and one.name.startswith(name)
    ][row]
    case = prepare(found, real_law().vocabulary).asked[0].case
    answer = answer_in(form_of(case, real_law()), case, real_law())
    return answer.result, answer.material or {}


def letter(file: str, name: str, reader: Reader = "party", lang: Language = "zh") -> Notice:
    """The letter of a scenario, which has no fault."""
    found = written(*answered(file, name), reader=reader, lang=lang)
    assert faults(found.as_json(), found.document) == []
    return found


def lines_of(found: Notice, section: str) -> list[str]:
    return [line.text for one in found.sections if one.id == section for line in one.lines]


SANCTION = ("cn/national/discipline/sanctions-law", "可以从轻或者减轻、免予处分的")
CLINIC = ("cn/national/penalties/two-illegals", "第三项逐步缩小")
FLAT = ("cn/anhui/pfp-regulations/fee-2002-flat", "一方的收入不详")
RATES = ("cn/figures/checks", "不符的待核实")
LEAVE = ("cn/heilongjiang/leave/leave", "产假")


def test_what_there_is_none_of_stands_in_one_line_at_the_end() -> None:
    told = lines_of(letter(*SANCTION), "result")
    assert told[-1] == (
        "ann：以下各项均无：待遇调整、解除劳动合同、事业单位处分、党纪处分、单位纪律处分"
    )
    assert len([line for line in told if "党纪处分" in line]) == 1
    english = lines_of(letter(*SANCTION, lang="en"), "result")
    assert english[-1].startswith("ann: none of the following: benefits adjusted")


def test_alternatives_are_told_as_such_and_each_once() -> None:
    (told, _) = lines_of(letter(*SANCTION), "result")
    assert told == (
        "ann　政务处分：档次 免予处分至记大过；或者档次 记过至记大过"
        "；期间 6个月至18个月；或者期间 12个月至18个月"
    )


def test_an_amount_says_for_what_it_is_due() -> None:
    told = lines_of(letter(*CLINIC), "result")
    assert "c1应当缴纳10,000.00元（没收违法所得）" in told
    assert "c1应当缴纳20,000.00元至60,000.00元（行政罚款）" in told
    assert "c1　警告或者资格罚：档次 警告" in told


def test_an_amount_of_a_benefit_has_its_unit() -> None:
    told = lines_of(letter(*LEAVE), "result")
    assert "mother　生育津贴：数额 4,000.00元；发放周期 每月；支付人 生育保险基金" in told
    english = lines_of(letter(*LEAVE, lang="en"), "result")
    assert any("amount 4,000.00 yuan; paid every month" in line for line in english)


@pytest.mark.parametrize("reader", READERS)
def test_a_bound_that_says_nothing_is_not_told_but_what_is_missing(reader: Reader) -> None:
    told = lines_of(letter(*FLAT, reader=reader), "result")
    assert not any("不低于0.00" in line for line in told)
    assert any("数额现在还不能得出（尚缺：" in line for line in told)


def test_what_is_not_known_is_not_said_to_be_withheld() -> None:
    found = letter(*RATES)
    assert not any("隐去" in line.text for one in found.sections for line in one.lines)
    told = lines_of(found, "result")
    assert any("数值现在还不能得出（尚缺：t1 的已建协会的企业（2010年）" in one for one in told)
    assert any("以下各项均无：" in line and "没有没有" not in line for line in told)


def test_a_thing_that_there_is_may_not_stand_among_those_that_there_are_none_of() -> None:
    """Nor may one be left out, nor what another bearer has none of be told of this one."""
    found = letter(*SANCTION)
    plain = found.as_json()
    where = next(number for number, one in enumerate(plain["sections"]) if one["id"] == "result")
    line = plain["sections"][where]["lines"][-1]
    parts = found.document["decision"]["parts"]
    stands = next(number for number, part in enumerate(parts) if part["bands"])

    more = copy.deepcopy(plain)
    more["sections"][where]["lines"][-1]["sources"].append(f"/decision/parts/{stands}/object")
    less = copy.deepcopy(plain)
    less["sections"][where]["lines"][-1]["sources"] = line["sources"][:-1]
    assert "mixed" in {fault.code for fault in faults(more, found.document)}
    assert [fault.code for fault in faults(less, found.document)] == ["left-out"]
    other = copy.deepcopy(dict(found.document))
    other["decision"]["parts"][0]["bearer"] = "bob"
    assert "mixed" in {fault.code for fault in faults(plain, other)}


FORGED = ("cn/national/penalties/certificates", "机构买卖证明同样处罚")


@pytest.mark.parametrize("reader", READERS)
def test_a_point_of_choice_is_called_by_its_article(reader: Reader) -> None:
    """Its instrument has a short name, and the article could be taken for the day of a text."""
    (told,) = lines_of(letter(*FORGED, reader=reader), "choice")[:1]
    assert told.startswith("可以选择：《中华人民共和国人口与计划生育法》第三十七条（b2）：")


def test_what_a_choice_leads_to_is_told_by_the_value_and_with_what_it_is() -> None:
    told = lines_of(letter(*SANCTION), "choice")
    assert "是：档次 免予处分至记大过；期间 6个月至18个月" in told
    assert not any(line.startswith("免予处分至记大过：免予处分") for line in told)


def test_that_the_reasons_stand_above_is_said_once_in_a_line() -> None:
    told = lines_of(letter(*CLINIC), "reasons")
    assert any(line.endswith("（理由见上）") for line in told)
    assert not any("（理由见上）（理由见上）" in line for line in told)


@pytest.mark.parametrize("reader", READERS)
def test_rules_with_one_gist_are_warned_of_once(reader: Reader) -> None:
    told = lines_of(letter(*FLAT, reader=reader), "warnings")
    assert len(told) == len(set(told))


def test_whose_facts_are_supposed_is_said_once_and_days_stand_close() -> None:
    found = letter("cn/liaoning/pfp-regulations/fee-2003-items", "经办人采用", "caseworker")
    (supposed,) = (line for line in lines_of(found, "remedies") if "为此假定" in line)
    assert supposed.count("本决定") == 1 and "、送达日期、" in supposed
    text = "\n".join(line.text for one in found.sections for line in one.lines)
    assert "2004年6月30日的一次修改未读到" in text and "）是示例数字" in text
    english = letter("cn/liaoning/pfp-regulations/fee-2003-items", "经办人采用", "caseworker", "en")
    (supposed,) = (line for line in lines_of(english, "remedies") if "assumed for this" in line)
    assert supposed.count("of this decision") == 1


def test_a_text_of_a_year_is_called_so_and_an_open_lawful_amount_is_no_bound() -> None:
    found = letter("cn/review/sichuan-2012", "多生育第一个，六至八倍", "caseworker")
    assert any("（2012年文本）" in line for line in lines_of(found, "provisions"))
    told = lines_of(found, "findings")
    assert "合法的是多少，现在还不能得出" in told and "合法的是：不低于0.00" not in told


@pytest.mark.parametrize("reader", READERS)
def test_who_owes_nothing_is_told_no_day_to_pay_on(reader: Reader) -> None:
    found = letter("cn/liaoning/pfp-regulations/fee-2016", "第二个子女，不需要批准", reader)
    assert found.kind == "none" and "father无须缴纳（社会抚养费）" in lines_of(found, "result")
    assert lines_of(found, "remedies") == []


def test_an_article_is_told_with_its_text_where_it_is_another_than_before() -> None:
    """The refusal rests on articles of a regulation that none of its provisions named, and two laws
    have an article of the same number."""
    minority = "cn/fujian/pfp-regulations/eligibility-2002-minority"
    refused = letter(minority, "壮族除外", "lawyer")
    told = lines_of(refused, "reasons")
    (titled,) = (at for at, line in enumerate(told) if "《福建省人口与计划生育条例》第" in line)
    items = [at for at, line in enumerate(told) if re.search("第(九|十|十一)条第.项", line)]
    assert items and min(items) >= titled
    found = letter(*CLINIC)
    why = "".join(lines_of(found, "reasons"))
    assert "《中华人民共和国行政处罚法》第" in why and "《中华人民共和国人口与计划生育法》第" in why
    warned = lines_of(
        letter("cn/liaoning/pfp-regulations/fee-2003-items", "经办人采用"), "warnings"
    )
    assert any("可能涉及《辽宁省人口与计划生育条例》（未编号条款）" in line for line in warned)


def test_a_title_of_another_text_is_found() -> None:
    found = letter(*CLINIC)
    plain = found.as_json()
    lines = next(one for one in plain["sections"] if one["id"] == "reasons")["lines"]
    line = next(one for one in lines if "《中华人民共和国行政处罚法》" in one["text"])
    other = copy.deepcopy(dict(found.document))
    versions = other["decision"]["versions"]
    at = next(n for n, one in enumerate(line["sources"]) if one.endswith("/title/zh"))
    own = int(line["sources"][at].split("/")[3])
    versions[own]["instrument"] = versions[own - 1]["instrument"]
    assert "mixed" in {fault.code for fault in faults(plain, other)}
    line["text"] = line["text"].replace("行政处罚法", "行政强制法")
    assert "altered" in {fault.code for fault in faults(plain, found.document)}


def test_who_is_allowed_is_told_the_ground_that_stands_and_no_other() -> None:
    case = ("cn/fujian/pfp-regulations/eligibility-2002-minority", "壮族除外")
    found = letter(*case)
    assert found.kind == "allowed"
    why = lines_of(found, "reasons")
    assert any("第二个子女" in line for line in why)
    assert not any("不成立" in line for line in why)
    assert any("不成立" in line for line in lines_of(letter(*case, "caseworker"), "reasons"))


ARREARS = ("cn/national/procedure/surcharge", "缴清的没有欠缴")


@pytest.mark.parametrize("reader", READERS)
def test_what_is_due_for_several_things_is_added_up(reader: Reader) -> None:
    told = lines_of(letter(*ARREARS, reader=reader), "result")
    assert "mother应当缴纳50,000.00元（欠缴的社会抚养费）" in told
    assert "mother应当缴纳1,000.00元（滞纳金）" in told
    assert "mother合计应当缴纳51,000.00元" in told
    fined = lines_of(letter("cn/pfpl/end-of-the-fee", "终止的只是社会抚养费", reader), "result")
    assert "罚款合计1,000.00元" in fined


def test_a_total_that_is_wrong_or_left_out_is_found() -> None:
    found = letter(*ARREARS)
    plain = found.as_json()
    section = next(one for one in plain["sections"] if one["id"] == "result")
    at = next(n for n, one in enumerate(section["lines"]) if "合计" in one["text"])
    other = copy.deepcopy(dict(found.document))
    other["material"]["totals"][0]["low"] = "51000.01"
    section["lines"][at]["text"] = section["lines"][at]["text"].replace("51,000.00", "51,000.01")
    assert "wrong-sum" in {fault.code for fault in faults(plain, other)}
    del section["lines"][at]
    assert {fault.code for fault in faults(plain, found.document)} == {"left-out"}


def test_no_total_is_told_where_one_amount_of_several_is_due() -> None:
    told = lines_of(letter("cn/fujian/pfp-regulations/fee-2002", "查出在年末一日"), "result")
    assert "社会抚养费合计80,000.00元至120,000.00元" in told
    open_yet = letter(*FLAT)
    assert not any("合计" in line for line in lines_of(open_yet, "result"))


def test_a_reason_that_only_says_that_there_is_none_stands_with_the_decision() -> None:
    told = letter("cn/fujian/nanping-city/targets", "全市百分之七十五")
    assert not any("与前项相同" in line or "：没有" in line for line in lines_of(told, "reasons"))
    assert any("以下各项均无" in line for line in lines_of(told, "result"))


def test_what_stands_by_one_rule_of_a_candidate_law_is_told_in_words() -> None:
    lighter = ("cn/national/penalties/two-illegals", "从旧兼从轻，机构出具虚假证明文件")
    for row in range(3):
        result, material = answered(*lighter, row)
        found = written(result, material, reader="party", lang="zh")
        told = lines_of(found, "result")
        assert "c1：责令改正" in told and not any("结果确定" in line for line in told)
        assert not any("：yes" in line for line in lines_of(found, "reasons"))


def test_the_text_that_a_decision_cites_has_its_day_in_words() -> None:
    found = letter("cn/review/fujian", "第三个多生育子女起条文没有倍数")
    told = lines_of(found, "findings")
    assert "决定所载：《福建省人口与计划生育条例》（2002年7月26日文本）第三十九条" in told


@pytest.mark.parametrize("reader", READERS)
def test_an_article_that_was_renumbered_has_its_title_too(reader: Reader) -> None:
    case = ("cn/national/statistics/liability", "2010年起的统计法")
    folder, _, file = case[0].rpartition("/")
    rows = [one for one in scenarios(folder) if one.file == f"{file}.feature"]
    number = sum(one.name.startswith(case[1]) for one in rows)
    told = []
    for row in range(number):
        result, material = answered(*case, row)
        told += lines_of(written(result, material, reader=reader, lang="zh"), "reasons")
    assert any("《中华人民共和国统计法》第四十四条" in line for line in told)
