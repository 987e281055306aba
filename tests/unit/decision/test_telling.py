"""How the trace tells a condition that the governing texts say nothing about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.decision.case import read_case_data
from engine.decision.decide import decide
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
