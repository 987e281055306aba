"""`tiaoli notice`: letters of cases and of sealed decisions, in three formats for three readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.cli import PROJECT, app

W01 = PROJECT / "examples/w01.yaml"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    runner = CliRunner(env={"TIAOLI_LANG": None})
    return runner.invoke(app, [str(one) for one in arguments], input=stdin)


def test_a_case_becomes_a_letter() -> None:
    result = run("notice", W01)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "社会抚养费决定书",
        "拟稿，供有权机关审核；本身不是行政决定",
    ]
    assert "起诉期限：自2010年5月14日起，截止日为2010年8月16日" in result.stdout


def test_readers_languages_and_json() -> None:
    assert "For: the lawyer" in run("notice", W01, "--reader", "lawyer", "--lang", "en").stdout
    found = json.loads(run("notice", W01, "--json").stdout)
    assert (found["schema"], found["kind"], found["reader"]) == ("notice/1", "due", "party")
    assert run("notice", W01, "--reader", "judge").exit_code == 2


def test_a_case_on_the_standard_input_and_a_review() -> None:
    assert "社会抚养费决定书" in run("notice", "-", stdin=W01.read_bytes()).stdout
    review = run("notice", PROJECT / "examples/review-daye-2014.yaml")
    assert review.stdout.startswith("审查意见书（对已作决定的审查）\n")


def test_an_assessment_and_benefits_become_letters(tmp_path: Path) -> None:
    county = PROJECT / "examples/townships-2010.yaml"
    record = tmp_path / "assessed.json"
    run("record", county, record, "--answer", "assessment")
    for case in (county, record):
        found = run("notice", case, "--row", "t2", "--lang", "en")
        assert found.exit_code == 0 and "Unit: t2" in found.stdout
        refused = run("notice", case, "--row", "nobody")
        assert refused.exit_code == 2 and "没有 nobody 这个单位。有：" in refused.stderr
    benefits = PROJECT / "examples/entitlements-daye.yaml"
    found = run("notice", benefits, "--answer", "entitlements")
    assert found.stdout.startswith("历年待遇告知书（待遇）\n")
    assert run("notice", benefits, "--answer", "assessment").exit_code == 2
    assert run("notice", W01, "--answer", "entitlements").exit_code == 2
    assert run("notice", W01, "--row", "t2").exit_code == 2


def test_files_are_written(tmp_path: Path) -> None:
    for format, begins in (("pdf", b"%PDF"), ("html", b"<!doctype"), ("text", "社会".encode())):
        path = tmp_path / f"letter.{format}"
        assert run("notice", W01, "--format", format, "-o", path).exit_code == 0
        assert path.read_bytes().startswith(begins)
    nowhere = run("notice", W01, "-o", tmp_path / "no/such/folder")
    assert nowhere.exit_code == 2 and "写不了" in nowhere.stderr


def test_a_sealed_decision_needs_no_rulesets(tmp_path: Path) -> None:
    record, empty = tmp_path / "record.json", tmp_path / "empty"
    empty.mkdir()
    run("record", W01, record)
    straight = run("notice", W01)
    sealed = run("notice", record, "--rulesets", empty)
    assert sealed.exit_code == 0 and sealed.stdout == straight.stdout


def test_an_altered_record_has_no_letter_and_the_place_is_named(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    run("record", W01, record)
    record.write_bytes(record.read_bytes().replace(b"60,000.00", b"61,000.00", 1))
    result = run("notice", record)
    assert result.exit_code == 2 and result.stdout == ""
    assert "/result/trace: changed" in result.stderr


@pytest.mark.parametrize("content", ["schema: case/1", "{", ""])
def test_a_bad_case_has_no_letter(tmp_path: Path, content: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(content)
    result = run("notice", path)
    assert result.exit_code == 2 and result.stdout == ""
