"""A refusal tells every provision that refuses, on the invented ferry."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import Law, load_law
from tests.unit.decision.ferry import CHOICE, RULES, WORDS, plain
from tests.written import write_all

REFUSED: Final = """\
amends: 2001-01-01
version: {in-force: 2015-01-01, confidence: confirmed, sources: [B1]}
changes:
- add:
    article: 4
    gist: {zh: 不再收费, en: no toll any more}
    rules:
    - id: no-toll
      refuse: {what: ferry-toll, zh: 不再收费, en: no toll any more}
- add:
    article: 5
    gist: {zh: 丧偶的不收费, en: the bereaved pay no toll}
    for: skipper in [b.owner for b in boats]
    rules:
    - id: bereaved
      when: skipper.bereaved
      refuse: {what: ferry-toll, zh: 丧偶的不收费, en: the bereaved pay no toll}
"""


@cache
def law() -> Law:
    texts = {
        "vocabulary/words.yaml": WORDS,
        "sources/all.yaml": "B1: {where: the pier, kind: paper, read: all}\n",
        "ferry/choice/1990-01-01.yaml": CHOICE.replace("lapse]", "lapse, refuse]"),
        "ferry/rules/2001-01-01.yaml": RULES,
        "ferry/rules/2015-01-01.yaml": REFUSED,
    }
    with TemporaryDirectory() as name:
        return load_law(write_all(Path(name), texts))


def refusal(**put: Any) -> Any:
    case = read_case_data(plain(as_of="2015-06-01", **put), law().vocabulary)
    (part,) = decide(case, law()).as_json()["parts"]
    assert part["outcome"] == "refused"
    return part["conclusions"]


def told(*grounds: str) -> Any:
    return [{"effect": "refuse", "object": "ferry-toll", "value": None, "grounds": list(grounds)}]


def test_every_provision_that_refuses_is_a_ground() -> None:
    assert refusal(skippers__ann__bereaved=True) == told("4/no-toll", "5/bereaved")


def test_a_provision_that_does_not_apply_is_none() -> None:
    assert refusal(skippers__ann__bereaved=False) == told("4/no-toll")


def test_one_that_may_apply_is_told_in_the_one_refusal() -> None:
    unknown = {"state": "unknown"}
    assert refusal(skippers__ann__bereaved=unknown) == told("4/no-toll", "5/bereaved")
