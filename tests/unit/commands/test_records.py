"""`tiaoli record`, `verify`, `replay`, `redact`, `keygen`: files, what is printed, exit codes."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from tests.unit.decision.harbour import PENSION, RULESETS


def run(*arguments: str | Path) -> Result:
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(app, [str(one) for one in arguments])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(PENSION), encoding="utf-8")
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "office.pem"
    assert run("keygen", path).exit_code == 0
    return path


@pytest.fixture
def record(tmp_path: Path, case: Path, key: Path) -> Path:
    path = tmp_path / "record.json"
    result = run("record", case, path, "--sign", key, "--rulesets", RULESETS, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "benefits: ann — determined" in result.stdout
    return path


def test_a_private_key_is_for_its_owner_and_never_overwritten(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    again = run("keygen", key, "--lang", "en")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "there is such a file already" in again.stderr
    assert key.read_bytes() == before


def test_a_record_verifies_without_rulesets_and_replays_with_them(record: Path, key: Path) -> None:
    public = key.with_name("office.pem.pub")
    verified = run("verify", record, "--key", public, "--lang", "en")
    assert (verified.exit_code, verified.stdout) == (0, "unchanged; signed with the given key\n")
    replayed = run("replay", record, "--rulesets", RULESETS, "--lang", "en")
    assert (replayed.exit_code, replayed.stdout) == (0, "the replay gives the same bytes\n")


def test_who_signed_is_left_open_without_a_key(record: Path, case: Path, tmp_path: Path) -> None:
    assert "give --key" in run("verify", record, "--lang", "en").stdout
    unsigned = tmp_path / "unsigned.json"
    run("record", case, unsigned, "--rulesets", RULESETS)
    assert "anybody may have made it" in run("verify", unsigned, "--lang", "en").stdout
    found = json.loads(run("verify", unsigned, "--json").stdout)
    assert (found["holds"], found["key"], found["withheld"]) == (True, None, [])


@pytest.mark.parametrize("command", ["verify", "replay"])
def test_a_changed_record_is_refused_with_the_place(record: Path, command: str) -> None:
    text = record.read_text("utf-8").replace('"children":2', '"children":3', 1)
    record.write_text(text, encoding="utf-8")
    result = run(command, record, "--json")
    assert result.exit_code == 2
    [error] = json.loads(result.stdout)["errors"]
    assert (error["code"], error["where"]) == ("changed", "/case/pilots")
    assert result.stderr.startswith("/case/pilots: changed\n")


def test_a_replay_under_another_law_exits_1_and_says_what_changed(
    record: Path, tmp_path: Path
) -> None:
    rulesets = copytree(RULESETS, tmp_path / "law")
    dues = rulesets / "harbour/dues/2001-01-01.yaml"
    dues.write_text(dues.read_text("utf-8").replace("yuan(30)", "yuan(31)"), encoding="utf-8")
    result = run("replay", record, "--rulesets", rulesets, "--lang", "en")
    assert result.exit_code == 1
    assert "harbour/dues/2001-01-01.yaml: changed, the decision rests on it" in result.stdout
    assert "30.00 → 31.00" in result.stdout
    assert not json.loads(run("replay", record, "--rulesets", rulesets, "--json").stdout)["same"]


def test_a_copy_without_a_fact_verifies_and_is_not_replayed(record: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    assert run("redact", record, copy, "--fact", "pilots.ann.widowed_on").exit_code == 0
    assert "2005-01-31" not in copy.read_text("utf-8")
    assert "places withheld" in run("verify", copy, "--lang", "en").stdout
    result = run("replay", copy, "--rulesets", RULESETS, "--lang", "en")
    assert (result.exit_code, "facts are withheld" in result.stderr) == (2, True)
    assert run("redact", record, tmp_path / "none.json", "--fact", "pilots.bo").exit_code == 2


def test_files_that_cannot_be_read_or_written_are_bad_input(
    record: Path, case: Path, tmp_path: Path, key: Path
) -> None:
    gone = tmp_path / "gone"
    for result in (
        run("verify", gone),
        run("verify", case),
        run("verify", record, "--key", case),
        run("verify", record, "--key", key),
        run("record", gone, tmp_path / "new", "--rulesets", RULESETS),
        run("record", case, record, "--rulesets", RULESETS),
        run("record", case, gone / "new", "--rulesets", RULESETS),
        run("record", case, tmp_path / "new", "--sign", case, "--rulesets", RULESETS),
        run("record", key, tmp_path / "new", "--rulesets", RULESETS),
    ):
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert result.stderr
