"""How a reader is told which law was taken and which text was not read."""

from __future__ import annotations

from engine.decision.case.reading import read_case
from engine.decision.deciding.decide import decide
from engine.decision.words.suppositions import Suppositions
from tests.real import RULESETS, real_law


def test_the_rule_that_chose_a_text_says_so_once_where_it_is_named_first() -> None:
    law = real_law()
    example = RULESETS.parent / "examples/w01.yaml"
    trace = decide(read_case(example.read_bytes(), law.vocabulary), law).content["trace"]
    told = [one["text"]["zh"] for one in trace["children"] if one["kind"] == "version"]
    gist = "每次生育依生育之日施行的文本；新法不溯及既往"
    assert [text.count(f"births/own-day（{gist}）") for text in told] == [1, 0, 0]
    assert all("births/own-day" in text for text in told)


def test_a_text_that_an_amended_version_still_lacks_is_told_in_words() -> None:
    point = "text:cn/national/unread-sanctions/2012-09-01/unnumbered-other/heaviest"
    zh, en = Suppositions(real_law(), []).world({point: True})
    assert "没有读到" in zh
    assert "cn/national" not in zh + en
