"""One rule says which day's texts of a rank govern, another which day's of all others."""

from __future__ import annotations

from pathlib import Path

from engine.decision.governing.law import Law, load_law
from engine.law.check import check
from tests.unit.decision.test_one_text import CHOICE, HEAD, SOURCES, WORDS, comes_to, told
from tests.written import write_all

DAYS = (
    CHOICE.replace("      TOGETHER\n", "      ranks: [rule]\n")
    + """\
  - id: old
    governs:
      effects: [define, charge, sanction]
      questions: [act]
      place: place(420000)
      day: shop.on
      ranks: [law, administrative-regulation]
"""
)
FINE = """\
fills: [charge toll]
articles:
- article: 1
  confidence: confirmed
  for: shop in shops
  id: toll
  charge:
    what: toll
    payer: shop
    amount: yuan({toll})
"""
STEP = """\
fills: [sanction shutting]
articles:
- article: 1
  confidence: confirmed
  for: shop in shops
  id: shutting
  sanction:
    what: shutting
    bearer: shop
    from: {step}
"""


def law(folder: Path) -> Law:
    """A law on fines and a rule on closing, both milder from 2010 on."""
    files = {
        "vocabulary/words.yaml": WORDS,
        "sources/all.yaml": SOURCES,
        "fair/choice/1990-01-01.yaml": DAYS,
    }
    for day, toll, step in (("2000-01-01", 500, "closed"), ("2010-01-01", 400, "warning")):
        fine = HEAD.format(id="fair/fine", zh="集市法", day=day)
        house = HEAD.format(id="fair/house", zh="集市规约", day=day)
        files[f"fair/fine/{day}.yaml"] = fine + FINE.format(toll=toll)
        files[f"fair/house/{day}.yaml"] = house.replace("law", "rule") + STEP.format(step=step)
    return load_law(write_all(folder, files))


def test_the_rulesets_are_sound(tmp_path: Path) -> None:
    law(tmp_path)
    assert check(tmp_path) == []


def test_only_texts_of_the_rank_are_candidates(tmp_path: Path) -> None:
    """The rule is taken of the day on which it is milder, the law of the day of the act."""
    found = comes_to(told(law(tmp_path), grave=False))

    assert [low for low, *_ in found["toll"]] == ["500.00"]
    assert found["shutting"] == [("warning", "2011-01-01")]


def test_a_text_of_another_rank_makes_no_day_a_candidate_of_its_own(tmp_path: Path) -> None:
    """Between these days only the law changed, so there is one law of that rank to take."""
    law(tmp_path)
    (tmp_path / "fair/house/2010-01-01.yaml").unlink()
    decision = told(load_law(tmp_path), grave=False)

    assert comes_to(decision) == {"toll": [("500.00",)], "shutting": [("closed",)]}
