"""How the trace tells a condition that the governing texts say nothing about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.words.nodes import gists_once
from engine.decision.words.nodes import node as made
from tests.real import real_law

PLACE: Final = "420281"
PERSON: Final = {
    "sex": "male",
    "born": "1976-04-03",
    "register": [{"from": "1976-04-03", "value": "urban", "place": PLACE}],
    "statuses": [{"from": "1999-07-01", "value": "civil-servant"}],
}
ACT: Final = {
    "by": "f", "kind": "neglect", "date": "2010-08-01", "place": PLACE,
    "about": [], "gravity": "ordinary", "circumstances": [],
}  # fmt: skip


def exceptions(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    text = node["text"]["zh"]
    if "例外：" in text:
        yield node["truth"], text
    for child in node.get("children", ()):
        yield from exceptions(child)


def test_an_exception_of_a_later_law_is_no_doubt_under_the_earlier_one() -> None:
    law = real_law()
    plain = {
        "schema": "case/1", "as_of": "2018-05-10", "question": {"ask": "sanction", "about": ["f"]},
        "persons": {"f": PERSON}, "acts": {"a1": ACT},
    }  # fmt: skip
    answer = decide(read_case_data(plain, law.vocabulary), law).content
    found = list(exceptions(answer["trace"]))
    assert found
    assert all(
        (truth, text[0]) == ("unproved", "✗") and text.endswith("所适用的文本没有这样规定的）")
        for truth, text in found
    )


def test_what_a_provision_says_is_told_in_full_once() -> None:
    gist = {
        "zh": "每季排名，后三位约谈并限期整改；并列的名次相同",
        "en": "each quarter ranks, the last three are called and given a time",
    }

    def rule(of: str, *below: Any) -> Any:
        texts = f"1/rank@{of}　{gist['zh']}", f"1/rank@{of}  {gist['en']}"
        return made("rule", *texts, list(below), gist=gist)

    first, second = gists_once([rule("a", rule("b")), rule("c")])
    assert first["text"]["zh"] == "1/rank@a　每季排名，后三位约谈并限期整改；并列的名次相同"
    assert first["children"][0]["text"]["zh"] == "1/rank@b　每季排名……（全文见上）"
    assert second["text"]["zh"] == "1/rank@c　每季排名……（全文见上）"
    assert second["text"]["en"] == "1/rank@c  each quarter ranks … (in full above)"
    assert second["gist"] == gist
    short = gists_once(
        [made("rule", "1/x@a　短", "1/x@a  short", gist={"zh": "短", "en": "short"})] * 2
    )
    assert [one["text"]["en"] for one in short] == ["1/x@a  short"] * 2
