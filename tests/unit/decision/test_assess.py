"""A county in one call: rows, ranks with ties, money, traces, what is open, and the picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.decision.assessing.assess import NotTabulated, assess
from engine.decision.assessing.assess_text import assessment_text, row_text
from engine.decision.assessing.ranking_picture import ranking_picture
from engine.decision.case.reading import CaseError, read_case
from engine.decision.deciding.decide import Evaluation, decide
from tests.real import real_law

EXAMPLES = Path(__file__).parents[3] / "examples"


def assessed(name: str, *, traced: bool = False) -> dict[str, Any]:
    law = real_law()
    case = read_case((EXAMPLES / name).read_bytes(), law.vocabulary, file=name)
    return assess(case, law, traced=traced).as_json()


def drawn(name: str) -> str:
    return ranking_picture(assessed(name), real_law().vocabulary)


def rows(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in content["rows"]}


def test_a_county_has_a_row_for_each_of_its_units_and_ranks_for_each_quarter() -> None:
    found = assessed("county-2010.yaml")
    assert len(found["rows"]) == 1 + 15 + 6
    assert found["periods"] == ["q1", "q2", "q3", "q4"]
    ranked = [row for row in found["rows"] if row["ranks"]]
    assert len(ranked) == 15
    assert all(set(row["ranks"]) == set(found["periods"]) for row in ranked)
    n2 = rows(found)["n2"]
    assert n2["marks"]["yellow-card"] == ["2010-06-15"]
    assert n2["marks"]["one-vote-veto"] == ["2010-11-01"]
    assert {"object": "deposit", "low": "18000.00", "high": "18000.00"} in found["totals"]
    assert found["illustrative"] == ["e1", "e2", "e3"]


def test_equal_scores_share_a_rank_and_an_unknown_one_leaves_only_its_quarter_open() -> None:
    found = rows(assessed("townships-2010.yaml"))
    assert [found[id]["ranks"]["q1"] for id in ("t1", "t2", "t3", "t4")] == ["1", "2", "3", "3"]
    assert {row["ranks"]["q2"] for row in found.values()} == {None}
    assert found["t2"]["marks"]["talk"] == ["q1", "q2"]  # last of all, whatever the other has


def test_the_trace_of_a_row_tells_only_of_that_row() -> None:
    found = rows(assessed("townships-2010.yaml", traced=True))
    told = str(found["t3"]["trace"])
    assert "rank@t3+q1" in told
    assert "rank@t4+q1" not in told


def test_why_of_a_row_is_told_in_words() -> None:
    content = rows(assessed("county-2010.yaml", traced=True))["n2"]
    for lang, supposed in (
        ("zh", "如果 由 n2 的符合政策的出生人数（h1）、n2 的出生人数（h1） 得出的数少于 92"),
        ("en", "is less than 92"),
    ):
        told = row_text(content, "zh" if lang == "zh" else "en")
        assert supposed in told
        assert not re.search(r"\('number'|应缴 未知|due: unknown|待定 …", told)
        asked = [line for line in told.splitlines() if "问：" in line or "ask:" in line]
        assert len(asked) == 2 * told.count("还缺" if lang == "zh" else "missing:")


def test_the_picture_is_the_same_each_time_and_has_a_line_for_each_ranked_row() -> None:
    picture = drawn("county-2010.yaml")
    assert picture == drawn("county-2010.yaml")
    assert picture.count("<polyline") == 15


def test_the_picture_and_the_table_name_groups_by_their_labels() -> None:
    content, words = assessed("county-2010.yaml"), real_law().vocabulary
    for told in (drawn("county-2010.yaml"), assessment_text(content, words, "zh")):
        assert all(label in told for label in ("街道组", "近郊乡镇组", "山区乡镇组"))
        assert not any(code in told for code in ("sub-districts", "near-suburb", "mountain"))
    assert "near-suburb townships" in ranking_picture(content, words, "en")


def test_a_question_without_a_table_is_told_so() -> None:
    law = real_law()
    case = read_case((EXAMPLES / "w01.yaml").read_bytes(), law.vocabulary, file="w01.yaml")
    with pytest.raises(NotTabulated):
        assess(case, law)


def plain() -> dict[str, Any]:
    text = (EXAMPLES / "townships-2010.yaml").read_text("utf-8")
    case: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return case


def codes(case: dict[str, Any]) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(yaml.safe_dump(case), real_law().vocabulary, file="case.yaml")
    return [problem.code for problem in caught.value.problems]


def test_a_period_that_is_counted_twice_is_refused() -> None:
    case = plain()
    case["periods"]["again"] = {"span": "quarter", "start": "2010-03-31", "end": "2010-05-31"}
    assert set(codes(case)) == {"counted-twice"}


def test_periods_of_another_span_may_overlap() -> None:
    case = plain()
    case["periods"]["h1"] = {"span": "half-year", "start": "2010-01-01", "end": "2010-06-30"}
    read_case(yaml.safe_dump(case), real_law().vocabulary, file="case.yaml")


def test_more_pairs_than_an_answer_can_tell_are_refused() -> None:
    case = plain()
    for number in range(250):
        day = f"{1900 + number // 12}-{number % 12 + 1:02}-01"
        case["periods"][f"p{number}"] = {"span": "month", "start": day, "end": day}
        case["units"][f"x{number}"] = {"kind": "department"}
    assert codes(case) == ["too-many-pairs"]


@pytest.mark.parametrize("name", ["iud", "tip-off", "pregnancy_checks", "key_person"])
def test_what_is_excluded_is_refused_wherever_it_stands(name: str) -> None:
    case = plain()
    case["units"]["t1"][name] = "3"
    assert codes(case) == ["excluded-fact"]


@pytest.mark.parametrize("name", ["townships-2010.yaml", "daye-2014.yaml", "w07-eligibility.yaml"])
def test_what_later_worlds_take_over_changes_no_answer(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = real_law()
    case = read_case((EXAMPLES / name).read_bytes(), law.vocabulary, file=name)
    expected = decide(case, law).as_json()
    settled = Evaluation._settled

    def anew(self: Evaluation, assignment: Any) -> Any:
        self.first = None
        return settled(self, assignment)

    monkeypatch.setattr(Evaluation, "_settled", anew)
    assert decide(case, law).as_json() == expected


def test_a_case_of_json_is_assessed_alike() -> None:
    law = real_law()
    case = plain()
    read = read_case(yaml.safe_dump(case), law.vocabulary, file="case.yaml")
    assert assess(read, law, traced=False).as_json() == assessed("townships-2010.yaml")


def test_a_trace_says_about_how_much_a_fraction_is_and_for_whom_a_duty_stands() -> None:
    law = real_law()
    case = read_case((EXAMPLES / "county-2010.yaml").read_bytes(), law.vocabulary, file="c.yaml")
    told = row_text(rows(assess(case, law).as_json())["city"], "zh")
    assert "105650/1133（约 93.25）" in told
    assert "成立：unnumbered-reports/quarter@city+q1；unnumbered-reports/quarter@city+q2；" in told
    assert "city+y0" not in told  # the speech of 2010 asks nothing of the year before
    assert "stands[" not in told
