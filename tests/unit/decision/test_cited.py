"""Which texts a result cites: what it rests on, and local ones that may have to do with it."""

from __future__ import annotations

import pytest

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.reviewing.review import review
from tests.real import RULESETS, real_law

REGISTRATION = """
schema: case/1
as_of: 2017-03-03
question: {ask: registration, about: [k1]}
persons:
  m: {sex: female, born: 1980-01-01, register: [{from: 1980-01-01, value: urban, place: 420281}]}
children:
  listed: all
  k1: {parents: [m], born: 2016-11-20, birth_place: 420281}
"""
CREDIT = """
schema: case/1
as_of: 2012-07-01
question: {ask: credit, about: [d2]}
persons:
  m: {sex: female, born: 1980-01-01, register: [{from: 1980-01-01, value: urban, place: 420281}]}
children:
  listed: all
  k1: {parents: [m], born: 2011-11-20, birth_place: 420281}
decisions:
  d2: {kind: fee, authority: county-department, place: 420281, date: 2012-06-01, about: [k1]}
"""


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        # Leave, rewards and the targets of townships of the place say nothing of a registration.
        (REGISTRATION, {
            "cn/national/household-registration-opinion",
            "cn/national/household-registration-regulations",
        }),
        # Nor, where no rule decides, anything of a credit: the text that leaves it open is named.
        (CREDIT, {"cn/fee-measures"}),
    ],
)  # fmt: skip
def test_a_local_text_that_can_have_nothing_to_do_with_a_question_is_not_cited(
    text: str, cited: set[str]
) -> None:
    law = real_law()
    content = decide(read_case(text.encode(), law.vocabulary), law).content
    assert {version["instrument"] for version in content["versions"]} == cited


def test_a_finding_about_one_payer_does_not_name_a_rule_that_applies_to_another_only() -> None:
    law = real_law()
    example = RULESETS.parent / "examples/review-daye-2014.yaml"
    findings = review(read_case(example.read_bytes(), law.vocabulary), law).as_json()["findings"]
    bases = {one["subject"]: one["provisions"] for one in findings if one["point"] == "bases"}
    assert bases == {
        "father": ["cn/hubei/pfp-regulations/2009-03-01/41/base.verified"],
        "mother": ["cn/hubei/pfp-regulations/2009-03-01/41/base"],
    }
