"""Letters of the examples: what each says to whom, in text, HTML and PDF."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from reportlab.lib.textsplit import wordSplit

from engine.assurance.letters import faults
from engine.decision.assessing.assess import NoSuchRow
from engine.decision.case.reading import Case, read_case
from engine.decision.choosing.choosing import choose
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from engine.decision.letter.html import letter_html
from engine.decision.letter.material import decide_for_letter, material_of_review
from engine.decision.letter.notice import (
    Notice,
    notice,
    notice_of_review,
    written,
)
from engine.decision.letter.pdf import FONT, LACKING, letter_pdf, printing_font
from engine.decision.letter.saying import READERS, Reader
from engine.decision.letter.text import letter_text
from engine.decision.record.sealing import Answer, answer_in
from engine.decision.reviewing.review import review
from engine.language.diagnostics import Language

PROJECT = Path(__file__).resolve().parents[4]
MM = 72 / 25.4


@cache
def law() -> Law:
    return load_law(PROJECT / "rulesets", cache=True)


def plain(example: str) -> dict[str, Any]:
    """An example as it is written, with days as text."""
    text = (PROJECT / f"examples/{example}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


def case_of(plain: dict[str, Any]) -> Case:
    """A case as YAML has it: every scalar a text."""
    return read_case(yaml.safe_dump(plain, allow_unicode=True).encode(), law().vocabulary)


@cache
def decided(example: str) -> tuple[dict[str, Any], dict[str, Any]]:
    data = (PROJECT / f"examples/{example}.yaml").read_bytes()
    return decide_for_letter_of(read_case(data, law().vocabulary))


def decide_for_letter_of(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    decision, material = decide_for_letter(case, law())
    return decision.as_json(), material


def letter(example: str, reader: Reader = "party", lang: Language = "zh") -> Notice:
    return notice(*decided(example), reader=reader, lang=lang)


def lines_of(letter: Notice, section: str) -> list[str]:
    return [line.text for one in letter.sections if one.id == section for line in one.lines]


def test_the_decision_of_a_letter_is_the_decision() -> None:
    data = (PROJECT / "examples/w01.yaml").read_bytes()
    case = read_case(data, law().vocabulary)
    assert decided("w01")[0] == decide(case, law()).as_json()


def test_only_facts_that_were_looked_at_are_told() -> None:
    told = {fact["path"] for fact in decided("w01")[1]["facts"]}
    assert "persons.husband.register" in told and "children.k2.approved" in told
    assert "persons.husband.born" not in told and "persons.wife.sex" not in told


def test_a_decision_on_a_fee_says_who_pays_how_much_and_why() -> None:
    found = letter("w01")
    assert found.kind == "due" and found.title.text == "社会抚养费决定书"
    assert "husband应当缴纳60,000.00元（社会抚养费）" in lines_of(found, "result")
    sums = lines_of(found, "calculation")
    assert any(line.startswith("征收标准 = 3 × 20,000.00 = 60,000.00；") for line in sums)
    assert any("第四十一条" in line for line in lines_of(found, "provisions"))
    assert any(line.startswith("e3　") for line in lines_of(found, "evidence"))


def test_the_last_days_and_the_bodies_of_redress_are_computed() -> None:
    found = "\n".join(lines_of(letter("w01"), "remedies"))
    assert "申请行政复议的期限：自2010年5月14日起，截止日为2010年7月13日" in found
    assert "起诉期限：自2010年5月14日起，截止日为2010年8月16日" in found  # the 14th is a Saturday
    assert "行政复议机关：县级人民政府，大冶市（420281）" in found
    english = "\n".join(lines_of(letter("w01", lang="en"), "remedies"))
    assert "time to ask for reconsideration: from 14 May 2010, last day 13 July 2010" in english


def test_a_decision_that_the_case_records_has_its_own_days() -> None:
    recorded = plain("w01")
    recorded["as_of"] = "2010-06-01"
    recorded["decisions"] = {
        "d1": {
            "kind": "fee", "authority": "county-department", "level": "county", "place": "420281",
            "date": "2010-05-14", "served": "2010-05-20", "about": ["k2"],
        }
    }  # fmt: skip
    case = case_of(recorded)
    decision, material = decide_for_letter(case, law())
    assert material["remedies"]["assumed"] == []
    assert material["remedies"]["decision"]["question"]["about"] == ["d1"]
    ends = [
        one.get("details", {}).get("start")
        for one in material["remedies"]["decision"]["conclusions"]
    ]
    assert "2010-05-20" in ends and decision.outcome == "refused"  # it was decided already


def test_a_refusal_says_what_stands_in_the_way_and_how_to_contest_it() -> None:
    found = letter("w06")
    assert found.kind == "refusal"
    assert any("第十七条第4项（款）　只有一个女孩" in line for line in lines_of(found, "reasons"))
    assert any("起诉期限" in line for line in lines_of(found, "remedies"))
    assert not any("强制执行的期限" in line for line in lines_of(found, "remedies"))


def test_a_request_asks_for_what_settles_the_case_and_decides_nothing() -> None:
    found = letter("daye-2014", lang="en")
    assert found.kind == "request"
    missing = lines_of(found, "missing")
    assert missing[0] == "missing: household register of mother"
    assert "proved by: household register" in missing[1]
    mother = lines_of(found, "result")[1]
    assert mother.startswith("mother: not determined yet, social maintenance fee: it may be 29")
    assert lines_of(found, "remedies") == []


def test_a_request_does_not_tell_the_one_known_amount_as_if_there_were_no_other() -> None:
    born = {"she": "1981-07-19", "he": "1979-04-02"}
    family = plain("w01") | {"as_of": "2012-05-10", "statistics": [
        {"series": "income", "concept": "disposable", "status": "urban", "level": level,
         "place": place, "year": "2010", "value": "28000.00", "evidence": ["e3"]}
        for level, place in (("city", "320100"), ("county", "320116"))
    ]}  # fmt: skip
    family["persons"] = {
        name: {"born": born[name], "sex": sex, "register": {"state": "unknown"}}
        | {"annual_income": [{"year": "2010", "value": "27000.00"}]}
        for name, sex in (("he", "male"), ("she", "female"))
    }
    family["couples"]["c1"]["partners"] = ["he", "she"]
    for child in ("k1", "k2"):
        family["children"][child]["parents"] = ["he", "she"]
    family["children"]["k2"]["born"] = "2011-10-03"
    family["events"]["v1"] |= {"date": "2012-02-15", "place": "320116"}
    urban = [{"from": born["he"], "value": "urban", "place": "320116"}]
    family["persons"]["he"] |= {"register": urban}
    found = notice(*decide_for_letter_of(case_of(family)), reader="party", lang="zh")
    told = lines_of(found, "result")
    assert "he应当缴纳112,000.00元（社会抚养费）" in told
    assert told[1].endswith("可能是112,000.00元，也可能是现在还算不出的数额")


def test_what_an_open_part_may_be_refused_for_is_told_as_possible() -> None:
    family = plain("entitlements-daye") | {"as_of": "2023-03-03"}
    family["question"]["about"] = ["c1"]
    del family["leaves"], family["couples"]["c1"]["certificate_held"], family["children"]["k2"]
    family["children"]["k1"]["living"] = "false"
    family["persons"]["mother"]["born"] = "1970-11-20"
    found = notice(*decide_for_letter_of(case_of(family)), reader="party", lang="en")
    told = lines_of(found, "result")
    assert any(": possibly no legal basis (" in line for line in told)


def test_a_review_says_what_was_unlawful_and_by_how_much() -> None:
    data = (PROJECT / "examples/review-daye-2014.yaml").read_bytes()
    case = read_case(data, law().vocabulary)
    answer = review(case, law()).as_json()
    found = notice_of_review(answer, material_of_review(case, answer, law()))
    told = lines_of(found, "findings")
    assert any(line.startswith("决定采用的倍数　k2：不合法") for line in told)
    assert "对father多收70,000.00元" in told
    assert any("已过期" in line for line in lines_of(found, "remedies"))


def review_letter(told: dict[str, Any], lang: Any = "zh") -> Notice:
    case = case_of(told)
    answer = review(case, law()).as_json()
    return notice_of_review(answer, material_of_review(case, answer, law()), lang=lang)


def test_a_review_says_what_is_given_back_today() -> None:
    told = plain("review-clinic-2022")
    assert "返还多收的部分　c1：10,000.00元" in lines_of(review_letter(told), "standing")
    english = lines_of(review_letter(told, "en"), "standing")
    assert any(line.endswith("c1: 10,000.00 yuan") for line in english)
    told["payments"]["p1"]["amount"] = "120000.00"
    lines = lines_of(review_letter(told), "standing")
    assert not any(line.startswith("返还") for line in lines)


def test_a_review_says_what_is_lacking_of_what_is_given_back() -> None:
    told = plain("review-clinic-2022")
    told["breaches"]["b1"]["gains"] = {"state": "unknown"}
    lines = lines_of(review_letter(told), "standing")
    place = lines.index("返还多收的部分　c1：待查")
    assert "违法所得" in lines[place + 1]


def test_a_review_says_which_text_was_not_read_and_what_was_paid_beyond_the_demand() -> None:
    told = plain("review-clinic-2022")
    told["breaches"]["b1"] |= {"date": "2016-03-10", "discovered": "2016-03-10"}
    told["decisions"]["d1"] |= {"date": "2016-06-15", "served": "2016-06-20"}
    told["payments"]["p1"]["amount"] = "150000.01"
    lines = lines_of(review_letter(told), "findings")
    assert "管辖　d1：待查" in lines
    assert "缺少的文本：行政处罚法关于处罚管辖的条文没有读到" in lines
    assert "c1缴纳超过决定0.01元" in lines


@pytest.mark.parametrize("section", ["standing", "findings"])
def test_a_review_that_leaves_out_what_is_given_back_or_lacking_has_a_fault(section: str) -> None:
    found = review_letter(plain("review-clinic-2022"))
    letter = found.as_json()
    assert faults(letter, found.document) == []
    letter["sections"] = [one for one in letter["sections"] if one["id"] != section]
    wanted = {"standing": "/review/standing/", "findings": "/review/findings/"}[section]
    left = {one.where for one in faults(letter, found.document) if one.code == "left-out"}
    assert any(where.startswith(wanted) for where in left)


@pytest.mark.parametrize("figures", [True, False])
def test_a_letter_tells_no_period_of_which_it_is_open_whether_it_began(figures: bool) -> None:
    told = plain("review-daye-2014")
    told["payments"]["p1"]["amount"] = "280000.00"
    told["statistics"] = told["statistics"] if figures else []
    case = case_of(told)
    answer = review(case, law()).as_json()
    (period,) = (one for one in answer["periods"] if one["period"] == "excess-claim-term")
    assert bool(period.get("missing")) is not figures
    found = notice_of_review(answer, material_of_review(case, answer, law()))
    lines = [line for line in lines_of(found, "remedies") if line.startswith("就多收的部分")]
    assert len(lines) == figures


@cache
def tabled(example: str, form: str) -> Answer:
    data = (PROJECT / f"examples/{example}.yaml").read_bytes()
    return answer_in(form, read_case(data, law().vocabulary), law())


@pytest.mark.parametrize("reader", READERS)
def test_what_the_law_does_not_allow_was_not_chosen(reader: Reader) -> None:
    made = plain("w08")
    made["choices"] = [
        {"point": "39.2/extra:birth.multiple@k2", "value": "9", "by": "o1", "reasons": "困难"},
        {"point": "41/charge@husband", "value": "true", "by": "o1", "reasons": "困难"},
    ]
    decision, material = decide_for_letter_of(case_of(made))
    written = notice(decision, material, reader=reader)
    assert not any("选择9" in one or "选择是" in one for one in lines_of(written, "choice"))
    assert any("征收倍数，2至3" in one for one in lines_of(written, "choice"))
    assert any("只能选：2–3" in one for one in lines_of(written, "warnings"))
    assert faults(written.as_json(), {"decision": decision, "material": material}) == []


def letter_of_rows(
    example: str,
    form: str,
    row: str | None = None,
    reader: Reader = "party",
    lang: Language = "zh",
) -> Notice:
    answer = tabled(example, form)
    assert answer.material is not None
    return written(answer.result, answer.material, reader=reader, lang=lang, row=row)


def test_benefits_are_told_with_their_days_amounts_and_redress() -> None:
    found = letter_of_rows("entitlements-daye", "entitlements/1")
    assert (found.kind, found.title.text) == ("entitled", "历年待遇告知书（待遇）")
    told = lines_of(found, "result")
    assert "mother　产假：2023年5月10日至2023年10月14日，时长158日，地方大冶市（420281）" in told
    assert any("2026年1月1日至2026年5月14日，数额1,500.00元，发放周期每年" in one for one in told)
    assert "mother　产假，相加：98日、60日" in lines_of(found, "calculation")
    summed = "育儿补贴的合计 = 300.00 × (1 + 16) = 5,100.00；"
    assert any(line.startswith(summed) for line in lines_of(found, "calculation"))
    assert any("起诉期限" in one for one in lines_of(found, "remedies"))
    assert any("用人单位上年度职工月平均工资" in one for one in lines_of(found, "facts"))
    assert not any(
        re.search(r"P\d+[MD]", line.text) for one in found.sections for line in one.lines
    )


def test_an_assessment_tells_all_units_in_short_and_one_in_full() -> None:
    every = letter_of_rows("county-2010", "assessment/1")
    one = letter_of_rows("county-2010", "assessment/1", "n2")
    assert (every.kind, every.title.text) == ("assessed", "考评结果通知书（目标责任考评）")
    assert "事由：目标责任考评（city）" in lines_of(every, "head")
    told = lines_of(every, "result")
    assert "n2（近郊乡镇组）" in told and "d1（部门组）" in told
    assert "各单位合计，责任押金：18,000.00元" in told
    assert lines_of(every, "reasons") == lines_of(every, "facts") == []
    assert one.row == "n2" and one.as_json()["row"] == "n2"
    told = lines_of(one, "result")
    assert "一票否决（n2），起始日2010年11月1日" in told and "d1（部门组）" not in told
    assert "政策符合率（n2 2010年），数值8900/103（约 86.41）" in told
    facts = lines_of(one, "facts")
    for whose in ("n2（单位）", "i3（考核事项）", "q1（考核期）"):
        assert any(line.startswith(f"{whose}：") for line in facts)
    assert not any(line.startswith(("m3（单位）", "i1（考核事项）")) for line in facts)
    reasons = "\n".join(lines_of(one, "reasons"))
    assert "第一次通报批评并整改，第二次黄牌警告，第三次一票否决" in reasons
    assert "('number'" not in reasons and "应缴 未知" not in reasons


def test_readers_of_rows_are_told_the_same_result_at_different_length() -> None:
    for example, form, row in (
        ("county-2010", "assessment/1", "n2"),
        ("entitlements-daye", "entitlements/1", None),
    ):
        told = {reader: letter_of_rows(example, form, row, reader) for reader in READERS}
        assert len({tuple(lines_of(one, "result")) for one in told.values()}) == 1
        length = {reader: len(letter_text(one)) for reader, one in told.items()}
        assert length["party"] < length["caseworker"] < length["lawyer"]
        assert any("来源" in line for line in lines_of(told["lawyer"], "provisions"))
        assert lines_of(told["lawyer"], "versions") and not lines_of(told["party"], "versions")


def test_a_unit_that_is_none_has_no_letter() -> None:
    for example, form in (("county-2010", "assessment/1"), ("entitlements-daye", "entitlements/1")):
        with pytest.raises(NoSuchRow):
            letter_of_rows(example, form, "nobody")


def test_three_readers_are_told_the_same_result_at_different_length() -> None:
    told = {reader: letter("w01", reader) for reader in READERS}
    results = {reader: tuple(lines_of(one, "result")) for reader, one in told.items()}
    assert len(set(results.values())) == 1
    length = {reader: len(letter_text(one)) for reader, one in told.items()}
    assert length["party"] < length["caseworker"] < length["lawyer"]
    assert any("来源" in line for line in lines_of(told["lawyer"], "provisions"))
    assert lines_of(told["party"], "versions") == []
    assert any("未用" in line for line in lines_of(told["lawyer"], "versions"))


def test_a_recorded_choice_stands_in_the_letter_with_its_reasons() -> None:
    chosen = plain("w08")
    reasons = "<script>alert(1)</script> 家庭困难 & 失业"
    chosen["choices"] = [
        {"point": "39/base.actual@wife", "value": "true", "by": "officer", "reasons": reasons}
    ]
    decision, material = decide_for_letter(case_of(chosen), law())
    found = notice(decision.as_json(), material)
    assert any(reasons in line for line in lines_of(found, "choice"))
    page = letter_html(found)
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert reasons.replace(" ", "") in read_pdf(letter_pdf(found))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_stands_in_the_page_and_on_paper(lang: Language) -> None:
    found = letter("daye-2014", "caseworker", lang)
    page, paper = html.unescape(letter_html(found)), read_pdf(letter_pdf(found))
    for section in found.sections:
        for line in section.lines:
            assert line.text in page
            assert "".join(line.text.split()) in paper


def test_the_pdf_is_a4_with_its_font_inside_and_always_the_same() -> None:
    found = letter("w01")
    written = letter_pdf(found)
    assert written == letter_pdf(found)
    document = pypdfium2.PdfDocument(written)
    width, height = document[0].get_size()
    document.close()
    assert (round(width / MM), round(height / MM)) == (210, 297)
    assert b"/FontFile2" in written


def test_a_character_that_the_font_lacks_is_printed_as_such() -> None:
    rare = plain("w08")
    point = "39/base.actual@wife"
    rare["choices"] = [{"point": point, "value": "true", "by": "officer", "reasons": "𠮷某"}]
    decision, material = decide_for_letter(case_of(rare), law())
    assert f"{LACKING}某" in read_pdf(letter_pdf(notice(decision.as_json(), material)))


@pytest.mark.parametrize("mark", ["）；", "：", "，", "）：", "”）。"])
def test_no_line_of_the_pdf_begins_with_a_mark_that_may_not(mark: str) -> None:
    printing_font()
    lines = [line for _, line in wordSplit(f"{'甲' * 10}{mark}乙", 110, FONT, 11)]
    assert lines == [f"{'甲' * 10}{mark}", "乙"]


@pytest.mark.parametrize("mark", ["（", "《", "：“", "（《"])
def test_no_line_of_the_pdf_ends_with_a_mark_that_opens(mark: str) -> None:
    printing_font()
    text = f"{'甲' * (10 - len(mark))}{mark}{'乙' * 14}"
    lines = [line for _, line in wordSplit(text, 110, FONT, 11)]
    assert "".join(lines) == text and len(lines) == 3
    assert not any(line[-1] in "（《“" for line in lines)
    assert all(len(line) <= 10 for line in lines)


def test_lines_with_marks_of_markup_and_wide_spaces_are_split_like_any_other() -> None:
    found = letter("daye-2014")
    document = pypdfium2.PdfDocument(letter_pdf(found))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    lines = [line.strip() for page in pages for line in page.splitlines() if line.strip()]
    assert any(">" in line for line in lines)
    assert not any(line[0] in "，。；：）》”" or line[-1] in "（《“" for line in lines)


_PAGE = re.compile(r"\A(?:第\s*\d+\s*页|page \d+)")


def read_pdf(written: bytes) -> str:
    """The text of a PDF without spaces, ends of lines and numbers of pages, which stand first."""
    document = pypdfium2.PdfDocument(written)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    text = "".join(_PAGE.sub("", page) for page in pages)
    return "".join(text.replace("\u00a0", "").replace("\ufffe", "").split())


def test_a_letter_tells_what_choices_settle_how_it_is_calculated_and_what_the_law_allows() -> None:
    case = case_of(_family_of_known_register())
    for point, value in (
        ("39.2/extra:birth.multiple@k2", "2.5"),
        ("39/base.actual@father", "true"),
        ("39/base.actual@mother", "false"),
    ):
        case = choose(case, law(), point, value, reasons="一次性缴纳有困难").case
    decision, material = decide_for_letter(case, law())
    letter = notice(decision.as_json(), material)
    result, sums = lines_of(letter, "result"), lines_of(letter, "calculation")
    at = result.index("按所作的选择，father应当缴纳200,000.00元")
    assert result[at + 1] == "法律允许对father征收：40,000.00元至60,000.00元"
    assert "按所作的选择，mother应当缴纳20,000.00元" in result
    assert not any(line.startswith("father应当缴纳") for line in result)
    at = sums.index("father（按所作的选择）：")
    assert sums[at + 1].startswith("社会抚养费 = 80,000.00 × ")
    assert sums[at + 1].endswith(" = 200,000.00")
    assert not faults(letter.as_json(), letter.document)


def test_the_party_is_told_no_world_that_the_choices_exclude_and_each_gist_once() -> None:
    case = case_of(_family_of_known_register())
    open_yet = notice(*_told(case))
    for point, value in (
        ("39.2/extra:birth.multiple@k2", "2.5"),
        ("39/base.actual@father", "true"),
        ("39/base.actual@mother", "false"),
    ):
        case = choose(case, law(), point, value, reasons="一次性缴纳有困难").case
    party, lawyer = (notice(*_told(case), reader=reader) for reader in ("party", "lawyer"))
    why, cited = lines_of(party, "reasons"), lines_of(party, "provisions")
    assert "father（按所作的选择）：应缴 200,000.00 元" in why
    assert "mother（按所作的选择）：应缴 20,000.00 元（理由见上）" in why
    assert not any("如果" in line or "240,000.00" in line for line in why)
    assert any("如果" in line for line in lines_of(lawyer, "reasons"))
    gist = "个人年实际收入高于人均收入的，可以以实际收入为基数"
    assert any(gist in line for line in why) and not any(gist in line for line in cited)
    at = cited.index("《福建省人口与计划生育条例》（2002年7月26日文本）")
    assert any(line.startswith("第三十九条：") for line in cited[at:])
    assert not any(line.startswith("可以选择") for line in lines_of(party, "choice"))
    assert any(line.startswith("可以选择") for line in lines_of(open_yet, "choice"))
    assert len(letter_text(party).splitlines()) < len(letter_text(open_yet).splitlines())
    for found in (open_yet, party, lawyer):
        assert not faults(found.as_json(), found.document)
    worlds = party.document["material"]["chosen"][0]["trace"]
    shorter = [s for s in party.as_json()["sections"] if s["id"] != "reasons"]
    assert worlds["outcome"] == "determined"
    assert faults(party.as_json() | {"sections": shorter}, party.document)


def _told(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    decision, material = decide_for_letter(case, law())
    return decision.as_json(), material


def test_a_letter_says_where_more_has_to_be_chosen() -> None:
    case = case_of(_family_of_known_register())
    case = choose(case, law(), "39.2/extra:birth.multiple@k2", "2.5", reasons="一次性困难").case
    decision, material = decide_for_letter(case, law())
    letter = notice(decision.as_json(), material)
    result = lines_of(letter, "result")
    at = result.index("按所作的选择，father应当缴纳50,000.00元")
    assert result[at + 1 : at + 3] == [
        "或者200,000.00元",
        "father：尚有可以选择之处没有作出选择，数额未定",
    ]
    assert not faults(letter.as_json(), letter.document)


def test_amounts_of_which_one_is_due_are_told_as_alternatives() -> None:
    decision, material = decide_for_letter(case_of(_family_of_known_register()), law())
    result = lines_of(notice(decision.as_json(), material), "result")
    at = result.index("father应当缴纳40,000.00元至60,000.00元（社会抚养费）")
    assert result[at + 1] == "或者，father应当缴纳160,000.00元至240,000.00元"


def _family_of_known_register() -> dict[str, Any]:
    family = plain("family")
    register = [{"from": "1977-11-20", "value": "rural", "place": "350102"}]
    family["persons"]["mother"]["register"] = register
    return family


def test_a_letter_of_benefits_says_which_fact_wants_which_paper() -> None:
    family = plain("entitlements-daye") | {"question": {"ask": "entitlements", "about": ["c1"]}}
    family["persons"]["mother"] |= {"complication_grade": "second", "complication_cured": "false"}
    answer = answer_in("entitlements/1", case_of(family), law())
    assert answer.result["unproved"] == ["persons.mother.complication_grade"]
    assert answer.material is not None
    zh, en = (
        lines_of(written(answer.result, answer.material, reader="party", lang=lang), "missing")
        for lang in ("zh", "en")
    )
    at = zh.index("mother 的手术并发症等级（本人提交）没有经核实的证明，以其为条件的待遇没有计入")
    assert zh[at + 1] == "带上医学证明，由医学鉴定机构出具"
    assert "bring medical certificate, issued by medical appraisal body" in en
    letter = written(answer.result, answer.material, reader="party", lang="zh")
    shorter = letter.as_json()
    for section in shorter["sections"]:
        section["lines"] = [one for one in section["lines"] if "带上" not in one["text"]]
    assert faults(letter.as_json(), letter.document) == []
    left_out = {fault.where for fault in faults(shorter, letter.document)}
    assert "/material/unproved/0/papers/0/zh" in left_out


def test_a_party_is_somebody_and_a_unit_in_a_period_is_called_by_both() -> None:
    benefits = letter_of_rows("entitlements-daye", "entitlements/1", lang="en")
    assert "Parties: mother, father" in lines_of(benefits, "head")
    county = letter_of_rows("county-2010", "assessment/1", "n2", "lawyer")
    text = letter_text(county)
    assert "n2 2010年1月至3月" in text and "（2009年）：" in text
    assert "n2+q1" not in text and "（q1）" not in text
    english = letter_text(letter_of_rows("county-2010", "assessment/1", "n2", lang="en"))
    assert "n2 in January 2010 to March 2010" in english


def test_the_party_is_told_in_short_and_what_is_the_same_once() -> None:
    party, caseworker = letter("w01"), letter("w01", "caseworker")
    assert len(letter_text(party).splitlines()) * 3 < len(letter_text(caseworker).splitlines()) * 2
    assert lines_of(party, "reasons")[-1] == "wife（社会抚养费）：与前项相同"
    assert lines_of(party, "calculation")[-1] == "wife（社会抚养费）：与前项相同"
    assert not any("成立：" in line for line in lines_of(party, "reasons"))
    assert any("成立：" in line for line in lines_of(caseworker, "reasons"))
    facts = lines_of(party, "facts")
    assert "k1（子女）：父母：husband、wife；出生日期：2004年5月6日；存活：是；收养的：否" in facts
    suit = "截止日为2010年8月16日（《中华人民共和国行政诉讼法》第三十九条）；届满后："
    assert any(suit in line for line in lines_of(party, "remedies"))


def test_the_letter_of_a_county_is_short_for_the_party_and_each_unit_has_its_line() -> None:
    every = letter_of_rows("county-2010", "assessment/1")
    assert len(letter_text(every).splitlines()) < 200
    told = lines_of(every, "result")
    assert "责任押金（d1）：3,000.00元；第一责任人承担的押金（d1-a）：1,000.00元" in told
    assert faults(every.as_json(), every.document) == []
    shorter = every.as_json()
    for section in shorter["sections"]:
        section["lines"] = [one for one in section["lines"] if "（d1-a）" not in one["text"]]
    assert "left-out" in {fault.code for fault in faults(shorter, every.document)}


def test_parties_are_those_whose_matter_it_is_and_no_decision_or_child() -> None:
    payment = plain("review-daye-2014") | {"question": {"ask": "refund", "about": ["d1"]}}
    _, material = decide_for_letter(case_of(payment), law())
    assert material["concerned"] == ["father"]  # who paid
    refused = plain("family") | {"as_of": "2026-01-01"}
    _, material = decide_for_letter(case_of(refused), law())
    assert material["concerned"] == ["father", "mother"]


def test_each_text_is_cited_by_the_title_that_it_has() -> None:
    """The provinces renamed their regulations in 2002; the text before governs the first birth."""
    cited = [
        line for reader in READERS for line in lines_of(letter("family", reader), "provisions")
    ]
    assert [line for line in cited if line.startswith("《福建省人口与计划生育条例》（2002")]
    assert not [line for line in cited if line.startswith("《福建省计划生育条例》（2002")]


def test_why_a_text_was_chosen_is_told_by_what_the_rules_say() -> None:
    zh, en = (lines_of(letter("family", "caseworker", lang), "versions") for lang in ("zh", "en"))
    assert zh[0].endswith("（适用日 2002年10月6日）：每次生育依生育之日施行的文本；新法不溯及既往")
    assert zh[-2].endswith("（适用日 2002年10月6日、2008年3月10日），理由同上")
    assert en[-2].endswith(", for the same reasons")
    assert not [line for line in (*zh, *en) if "规则" in line or "rule" in line]


def test_a_text_that_no_list_of_texts_names_has_the_title_of_its_instrument() -> None:
    case = read_case((PROJECT / "examples/review-clinic-2022.yaml").read_bytes(), law().vocabulary)
    answer = review(case, law()).as_json()
    told = notice_of_review(answer, material_of_review(case, answer, law()))
    cited = lines_of(told, "provisions")
    assert "《中华人民共和国人口与计划生育法》（2016年1月1日文本）第三十六条" in cited
    assert not [line for line in cited if "cn/" in line]
    assert any("采用的倍数：6.5" in line for line in lines_of(told, "facts"))
