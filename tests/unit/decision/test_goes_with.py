"""A defined name that goes with another effect is governed as that is, on the invented ferry."""

import shutil
from pathlib import Path

import pytest

from engine.assurance.answers import answer_to
from engine.assurance.draft import Draft
from engine.assurance.sentences import ask, tell
from engine.decision.governing.law import load_law

FERRY = Path(__file__).parents[2] / "laws" / "ferry" / "rulesets"
ELSEWHERE = """
- article: 2
  for: boat in boats
  confidence: confirmed
  rules:
  - id: of-each-boat
    governs:
      effects: [define]
      questions: [toll]
      place: place(110000)
      day: boat.built
"""
TOLL = (
    ('地点为"420281"', ()),
    ('决定日期为"2009-05-14"', ()),
    ('有以下"船家"', (("编号",), ("ann",))),
    ('有以下"渡船"', (("编号", "船主", "造成日", "有牌照"), ("b1", "ann", "2005-03-01", "否"))),
    ("事实如下", (("对象", "事实", "值", "时间"), ("ann", "年渔获", "0.00", "2005年"))),
    (
        "统计数据如下",
        (("指标", "居民", "级别", "年度", "数额"), ("鱼干价", "全部", "县", "2005", "100.00")),
    ),
    ('"计费年度"设定为"2005"', ()),
)


@pytest.mark.parametrize(("goes_with", "outcome"), [("", "undetermined"), ("charge", "determined")])
def test_what_goes_with_the_charge_is_defined_by_the_law_of_the_charge(
    tmp_path: Path, goes_with: str, outcome: str
) -> None:
    rulesets = Path(shutil.copytree(FERRY, tmp_path / "rulesets"))
    choice = rulesets / "ferry/choice/1990-01-01.yaml"
    choice.write_text(choice.read_text("utf-8") + ELSEWHERE, "utf-8")
    if goes_with:
        words = rulesets / "vocabulary/words.yaml"
        line = "boat.multiple: {type: number,"
        text = words.read_text("utf-8").replace(line, f"{line} goes-with: {goes_with},")
        words.write_text(text, "utf-8")
    law = load_law(rulesets)
    draft = Draft(law.vocabulary)
    for sentence, table in TOLL:
        tell(draft, sentence, table)
    case = ask(draft, '询问"b1"的"渡钱"')
    assert answer_to(case, law)["outcome"] == outcome
