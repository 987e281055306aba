"""`tiaoli conflicts`: pairs of rules of which neither yields, each with a case that shows it."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile, copytree
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.governing.law import load_law
from tests.unit.decision.harbour import RULESETS

FEATURES = RULESETS.parent / "features"
DUES = "harbour/dues/2001-01-01"
ANCHOR = """\
  - id: watch
    when: quay.collisions >= 2
"""
LONGER = """\
  - id: longer
    when: quay.collisions >= {least}
{yields}    status:
      what: watch
      start: assessment.date
      length: years({years})
"""


def run(*arguments: str | Path, rulesets: Path = RULESETS) -> Result:
    chosen = ("--rulesets", rulesets, "--features", FEATURES)
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(
        app, ["conflicts", *map(str, (*arguments, *chosen))]
    )


def with_second_watch(folder: Path, least: int = 5, years: int = 2, yields: str = "") -> Path:
    """A loose copy of the harbour order with a second rule on the watch."""
    text = (RULESETS / f"{DUES}.yaml").read_text(encoding="utf-8")
    assert text.count(ANCHOR) == 1
    more = LONGER.format(least=least, years=years, yields=yields)
    path = folder / "2001-01-01.yaml"
    path.write_text(text.replace(ANCHOR, more + ANCHOR), encoding="utf-8")
    return path


def found(*arguments: str | Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(run(*arguments, "--json").stdout)
    return read


def test_the_law_as_it_stands_has_none() -> None:
    result = run("harbour/dues")
    assert (result.exit_code, result.stdout) == (0, "没有发现冲突\n")


@pytest.mark.parametrize("least", [2, 3, 5])
def test_a_pair_is_told_with_both_values_and_a_case_that_decide_finds_in_conflict(
    tmp_path: Path, least: int
) -> None:
    copy = with_second_watch(tmp_path, least)
    (one,) = found(copy)
    assert [rule["rule"] for rule in one["rules"]] == [f"{DUES}/2/longer", f"{DUES}/2/watch"]
    assert one["rules"][0]["value"] != one["rules"][1]["value"]
    assert one["case"]["quays"]["q1"]["collisions"] >= least
    # Decided under the law with both rules, the case is a conflict.
    whole = tmp_path / "whole"
    copytree(RULESETS, whole)
    copyfile(copy, whole / f"{DUES}.yaml")
    law = load_law(whole)
    answer = decide(read_case_data(one["case"], law.vocabulary), law).as_json()
    (conflict,) = answer["conflicts"]
    assert conflict["rules"] == [f"{DUES}/2/longer", f"{DUES}/2/watch"]


def test_it_is_told_in_words_and_by_the_exit_code(tmp_path: Path) -> None:
    result = run(with_second_watch(tmp_path), "--lang", "en")
    assert result.exit_code == 1
    assert "1 pairs in conflict" in result.stdout
    assert f"{DUES}/2/longer = " in result.stdout


@pytest.mark.parametrize(
    ("years", "yields"),
    [
        (1, ""),  # both say the same
        (2, "    overrides: watch\n"),  # one yields
        (2, "    unless: quay.collisions >= 2\n"),  # never both
    ],
)
def test_rules_that_agree_or_yield_or_never_meet_are_none(
    tmp_path: Path, years: int, yields: str
) -> None:
    assert found(with_second_watch(tmp_path, years=years, yields=yields)) == []


def test_only_rules_of_texts_in_force_on_a_day_are_compared(tmp_path: Path) -> None:
    copy = with_second_watch(tmp_path)
    assert len(found(copy, "--on", "2005-06-01")) == 1
    assert found(copy, "--on", "1999-01-01") == []


def test_the_same_is_found_each_time(tmp_path: Path) -> None:
    copy = with_second_watch(tmp_path)
    assert run(copy, "--json").stdout == run(copy, "--json").stdout


def test_a_text_of_a_copy_is_read_with_the_other_texts_of_the_copy(tmp_path: Path) -> None:
    copy = copytree(RULESETS, tmp_path / "rulesets")
    copyfile(with_second_watch(tmp_path), copy / f"{DUES}.yaml")
    (copy / "harbour/guild/2015-01-01.yaml").write_text("broken", encoding="utf-8")
    assert run(copy / f"{DUES}.yaml").exit_code == 1
    assert "guild/2015-01-01.yaml" in run(copy / f"{DUES}.yaml").stderr


def test_what_is_not_there_ends_it() -> None:
    result = run("harbour/nothing")
    assert (result.exit_code, result.stdout) == (2, "")
