"""How long letters are: what is the same is told once, and nothing that decides is lost by it."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from engine.assurance.letters import faults
from engine.decision.case.reading import read_case
from engine.decision.letter.notice import Notice, written
from engine.decision.letter.pdf import letter_pdf
from engine.decision.letter.saying import READERS, Reader
from engine.decision.record.sealing import Answer, answer_in
from engine.language.diagnostics import Language
from tests.real import real_law

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"


@cache
def answer(example: str, form: str = "decision/1", register: str = "") -> Answer:
    plain: Any = yaml.load((EXAMPLES / f"{example}.yaml").read_text("utf-8"), yaml.BaseLoader)
    if register:
        known = [{"from": "1977-11-20", "value": register, "place": "350102"}]
        plain["persons"]["mother"]["register"] = known
    case = read_case(yaml.safe_dump(plain, allow_unicode=True).encode(), real_law().vocabulary)
    return answer_in(form, case, real_law())


def letter(
    of: Answer, reader: Reader = "party", lang: Language = "zh", row: str | None = None
) -> Notice:
    return written(of.result, of.material or {}, reader=reader, lang=lang, row=row)


def lines_of(found: Notice, section: str) -> list[str]:
    return [line.text for one in found.sections if one.id == section for line in one.lines]


def pages(found: Notice) -> int:
    document = pypdfium2.PdfDocument(letter_pdf(found))
    number = len(document)
    document.close()
    return number


@pytest.mark.parametrize(
    ("example", "form", "row", "party", "caseworker"),
    [
        ("family", "decision/1", None, 3, 8),
        ("w06", "decision/1", None, 2, 4),
        ("review-clinic-2022", "review/1", None, 4, 8),
        ("county-2010", "assessment/1", "n2", 6, 15),
    ],
)
def test_letters_have_few_pages_and_no_fault(
    example: str, form: str, row: str | None, party: int, caseworker: int
) -> None:
    of = answer(example, form)
    assert pages(letter(of, row=row)) <= party
    assert pages(letter(of, "caseworker", row=row)) <= caseworker
    for reader in READERS:
        found = letter(of, reader, row=row)
        assert faults(found.as_json(), found.document) == []


def test_what_is_set_in_begins_on_the_page_of_the_line_above() -> None:
    document = pypdfium2.PdfDocument(letter_pdf(letter(answer("family"))))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    (page,) = (text for text in texts if "可以选择：第三十九条（father）" in text)
    assert "否：40,000.00元至60,000.00元" in page


def test_each_point_of_choice_is_told_once_with_what_each_value_leads_to() -> None:
    told = lines_of(letter(answer("family", register="rural")), "choice")
    (multiple,) = (line for line in told if "征收倍数" in line)
    assert multiple.endswith("征收倍数，2至3")
    at = next(place for place, line in enumerate(told) if "（father）" in line)
    assert told[at + 1 : at + 3] == [
        "否：40,000.00元至60,000.00元",
        "是：160,000.00元至240,000.00元",
    ]
    assert len([line for line in told if line.startswith("应当考虑")]) == 1


def test_what_all_worlds_suppose_is_not_supposed_in_each() -> None:
    worlds = [line for line in lines_of(letter(answer("family")), "reasons") if "如果" in line]
    assert len(worlds) == 4 and all("征收倍数取" in line for line in worlds)
    assert not any("文本" in line for line in worlds)


def test_steps_that_stood_above_are_named_only() -> None:
    told = lines_of(letter(answer("family"), "caseworker"), "reasons")
    assert any(line.endswith("（见上）") for line in told)
    assert len([one for one in told if one == "计征年度（上一年度） = 2008 − 1 = 2007"]) == 1


def test_a_text_has_its_title_once_and_a_gist_that_is_told_elsewhere_is_not_told_there() -> None:
    found = letter(answer("review-clinic-2022", "review/1"))
    cited = lines_of(found, "provisions")
    assert len([line for line in cited if "《中华人民共和国行政处罚法》" in line]) == 1
    gist = "应当制作行政处罚决定书"
    assert any(gist in line for line in lines_of(found, "findings"))
    assert not any(gist in line for line in cited)
    lawyer = letter(answer("review-clinic-2022", "review/1"), "lawyer")
    assert any(gist in line for line in lines_of(lawyer, "provisions"))


def test_a_gist_behind_another_article_is_found() -> None:
    found = letter(answer("w01"), "lawyer")
    document = found.as_json()
    (section,) = (one for one in document["sections"] if one["id"] == "provisions")
    lines = [one for one in section["lines"] if any("/gist/" in at for at in one["sources"])]
    first, other = (
        next(one for one in lines if article in one["text"])
        for article in ("第十八条", "第四十一条")
    )
    gist = next(at for at in other["sources"] if "/gist/" in at)
    first["sources"] = [gist if "/gist/" in at else at for at in first["sources"]]
    assert "mixed" in {fault.code for fault in faults(document, found.document)}


def test_a_fact_that_many_lack_is_asked_for_once() -> None:
    found = letter(answer("county-2010", "assessment/1"), row="n2")
    missing = lines_of(found, "missing")
    births = [line for line in missing if line.startswith("尚缺出生人数")]
    assert len(births) == 1 and births[0].endswith("n5、s1、s2、s3")
    assert births[0].startswith("尚缺出生人数（2010年1月至6月、")
    assert len(missing) == 4  # two facts, and a question for each


@pytest.mark.parametrize("part", ["of", "over"])
def test_whoever_is_left_out_of_those_that_lack_a_fact_is_found(part: str) -> None:
    found = letter(answer("county-2010", "assessment/1"), row="n2")
    document = found.as_json()
    (section,) = (one for one in document["sections"] if one["id"] == "missing")
    line = section["lines"][0]
    last = [at for at in line["sources"] if f"/{part}" in at][-1]
    said = {"of": "、s3", "over": "、2010年10月至12月"}[part]
    assert said in line["text"]
    line["text"] = line["text"].replace(said, "")
    line["sources"].remove(last)
    found_out = {fault.code for fault in faults(document, found.document)}
    assert found_out == {"left-out"}


def test_a_fact_that_is_said_to_be_missing_of_somebody_and_is_not_is_found() -> None:
    found = letter(answer("county-2010", "assessment/1"), row="n2")
    document = copy.deepcopy(dict(found.document))
    lacking = document["material"]["lacking"]
    lacking[:] = [one for one in lacking if "h1" not in one["path"] or one["of"] != "s3"]
    codes = {fault.code for fault in faults(found.as_json(), document)}
    assert "mixed" in codes or "altered" in codes


def test_words_of_a_step_are_never_taken_for_a_code() -> None:
    why = lines_of(letter(answer("county-2010", "assessment/1"), lang="en", row="n2"), "reasons")
    assert any(line.endswith(" — stands") for line in why)
    assert not any("not moved" in line for line in why)


def test_what_comes_to_the_same_in_a_row_is_told_together() -> None:
    why = lines_of(letter(answer("county-2010", "assessment/1"), row="n2"), "reasons")
    (none,) = (line for line in why if line.endswith(" —— 没有"))
    assert "街道指标：确定；" in none and "责任书不完整：确定；" in none


def test_last_days_are_told_in_their_order() -> None:
    told = lines_of(letter(answer("family", register="rural")), "remedies")
    ends = [line.partition("截止日为")[2][:10] for line in told if "截止日为" in line]
    assert len(ends) == 5
    assert [line[:4] for line in ends] == sorted(line[:4] for line in ends)
    assert "申请法院强制执行的期限" in told[-1]


@cache
def open_review() -> Notice:
    """A review of a fee whose lawful amount hangs on a figure that is not there."""
    told: Any = yaml.load((EXAMPLES / "review-daye-2014.yaml").read_text("utf-8"), yaml.BaseLoader)
    told["statistics"] = []
    case = read_case(yaml.safe_dump(told, allow_unicode=True).encode(), real_law().vocabulary)
    return letter(answer_in("review/1", case, real_law()))


def test_a_review_asks_for_what_its_lawful_amounts_hang_on() -> None:
    found = open_review()
    assert any("人均纯收入" in line for line in lines_of(found, "missing"))
    assert faults(found.as_json(), found.document) == []


def test_an_open_end_of_what_was_lawful_is_a_bound_and_not_withheld() -> None:
    told = [line.text for section in open_review().sections for line in section.lines]
    assert not any("隐去" in line for line in told)
    assert any(line.startswith("合法的是：不低于") for line in told)
