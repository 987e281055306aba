"""`tiaoli compare`: two days or two states of knowledge, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from tests.unit.decision.harbour import BLAME, RULESETS

DAYS = ("--as-of", "2005-06-01", "--as-of", "2012-01-01")


def run(*arguments: str | Path) -> Result:
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(
        app, ["compare", *map(str, arguments), "--rulesets", str(RULESETS)]
    )


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(BLAME), encoding="utf-8")
    return path


def test_two_days_are_compared_as_text_and_as_json(case: Path) -> None:
    text = run(case, *DAYS)
    assert (text.exit_code, text.stdout.splitlines()[0]) == (0, "2005-06-01  责罚：ann —— 确定")
    found = json.loads(run(case, *DAYS, "--json").stdout)
    assert [one["as_of"] for one in found["sides"]] == ["2005-06-01", "2012-01-01"]
    assert not found["same"]


def test_two_states_of_knowledge_are_compared_as_of_the_day_of_the_case(case: Path) -> None:
    known = ("--known-at", "2026-12-01", "--known-at", "2027-01-01")
    found = json.loads(run(case, *known, "--json").stdout)
    assert [one["as_of"] for one in found["sides"]] == ["2005-06-01", "2005-06-01"]


def test_a_day_by_which_no_text_was_recorded_gives_no_answer(case: Path) -> None:
    result = run(case, "--known-at", "2020-01-01", "--known-at", "2027-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2020-01-01" in result.stderr and "2026-11-23" in result.stderr


@pytest.mark.parametrize(
    "days",
    [(), DAYS[:2], (*DAYS[:2], *DAYS[:2]), (*DAYS, *DAYS[:2]), ("--known-at", "2020-01-01")],
)
def test_one_side_or_three_are_none_to_compare(case: Path, days: tuple[str, ...]) -> None:
    result = run(case, *days)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--as-of" in result.stderr


def test_a_bad_case_and_a_bad_day_are_bad_input(case: Path) -> None:
    assert run(case, "--as-of", "2005-02-30").exit_code == 2
    case.write_text("{}", encoding="utf-8")
    result = run(case, *DAYS, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["errors"]


def test_a_day_before_the_facts_of_the_case_says_what_can_be_done(case: Path) -> None:
    result = run(case, "--as-of", "1999-01-01", "--as-of", "2012-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    first, *_ = result.stderr.splitlines()
    assert "还没有发生" in first and "tiaoli entitlements" in first
    assert "later-than-as-of" in result.stderr
