"""`tiaoli review`: findings in text and JSON, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import PROJECT, app

PAST = PROJECT / "examples/review-daye-2014.yaml"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    runner = CliRunner(env={"TIAOLI_LANG": None})
    return runner.invoke(app, ["review", *(str(one) for one in arguments)], input=stdin)


def test_the_findings_are_told_in_chinese() -> None:
    result = run(PAST)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "审查：d1（2014-07-20）—— 不合法"
    assert "├─ ✗ 决定采用的倍数　k2：高于合法的最高数" in lines
    assert "├─ 对 father 多收：70,000.00；已缴 140,000.00，其中多缴 0.00" in lines


def test_the_findings_are_told_in_english() -> None:
    result = run(PAST, "--lang", "en")
    assert result.stdout.startswith("review: d1 (2014-07-20) — unlawful\n")


def test_json_has_the_form_of_a_review() -> None:
    found = json.loads(run(PAST, "--json").stdout)
    assert (found["schema"], found["outcome"], found["exit"]) == ("review/1", "unlawful", 0)


def test_the_day_of_the_review_can_be_another() -> None:
    found = json.loads(run(PAST, "--json", "--as-of", "2014-08-20").stdout)
    states = {one["period"]: one["state"] for one in found["periods"]}
    assert states["reconsideration-term"] == "running"
    present = next(one for one in found["findings"] if one["point"] == "present-basis-found")
    assert present["finding"] == "lawful"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('father: "280000.00"', 'father: "210000.00"', 0),  # the multiple is still wrong
        ("    written: true\n", "", 0),
        ("multiple: 4\n    extra_children: 1\n    bases", "written: true\n    bases", 2),
        ("    kind: fee\n", "", 2),
        ("payer: father, date: 2014-08-11", "payer: father, date: 2014-07-19", 2),
    ],
)
def test_the_exit_code_says_whether_it_could_be_reviewed(old: str, new: str, code: int) -> None:
    text = PAST.read_text("utf-8")
    assert old in text
    assert run("-", stdin=text.replace(old, new)).exit_code == code


def test_an_open_review_exits_3() -> None:
    text = PAST.read_text("utf-8").replace("    written: true\n", "")
    text = text.replace("multiple: 4", "multiple: 3").replace('"280000.00"', '"210000.00"')
    assert run("-", stdin=text).exit_code == 3


def test_what_cannot_be_reviewed_is_told_with_its_place() -> None:
    result = run(PROJECT / "examples/daye-2014.yaml", "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.startswith("/question/ask: no-review\n")
    assert result.stdout == ""


def test_problems_are_told_in_json_too() -> None:
    result = run(PROJECT / "examples/daye-2014.yaml", "--json")
    (problem,) = json.loads(result.stdout)["errors"]
    assert problem["code"] == "no-review"
