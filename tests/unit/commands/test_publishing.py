"""`tiaoli publish`: what is published stays as it is, and what is new can be added."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from engine.cli import app
from engine.law.published import EditedError, publish
from engine.law.registry import LOCK
from tests.unit.decision.harbour import RULESETS

GUILD = "harbour/guild/2001-01-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(RULESETS, tmp_path / "rulesets")


def run(folder: Path, *arguments: str) -> Result:
    command = [*arguments, "--rulesets", str(folder)] if arguments[0] == "publish" else arguments
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(app, list(command))


def test_every_file_of_the_law_gets_a_line_as_sha256sum_writes_it(folder: Path) -> None:
    (folder / "coverage").mkdir()
    (folder / "coverage/harbour.yaml").write_text("{}\n", encoding="utf-8")
    assert run(folder, "publish").exit_code == 0
    lines = (folder / LOCK).read_text(encoding="utf-8").splitlines()
    names = [line.partition("  ")[2] for line in lines]
    assert names == sorted(names) and "vocabulary/words.yaml" in names
    assert not any(name.startswith("coverage/") for name in names)
    digest = sha256((folder / f"{GUILD}.yaml").read_bytes()).hexdigest()
    assert f"{digest}  {GUILD}.yaml" in lines


def test_an_edit_of_what_is_published_is_an_error_of_check_and_stops_publishing(
    folder: Path,
) -> None:
    run(folder, "publish")
    lock = (folder / LOCK).read_bytes()
    assert run(folder, "check", str(folder)).exit_code == 0
    text = folder / f"{GUILD}.yaml"
    text.write_text(text.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")
    found = json.loads(run(folder, "check", str(folder), "--json").stdout)
    assert {one["code"] for one in found if one["severity"] == "error"} == {"published-edited"}
    assert run(folder, "publish").exit_code == 1
    with pytest.raises(EditedError) as error:
        publish(folder)
    assert error.value.paths == (f"{GUILD}.yaml",)
    assert (folder / LOCK).read_bytes() == lock


def test_a_correction_is_a_file_of_its_own(folder: Path) -> None:
    run(folder, "publish")
    text = (folder / f"{GUILD}.yaml").read_text(encoding="utf-8")
    corrected = text.replace("reminder: months(3)", "reminder: months(4)").replace(
        "sources: [B1]}", "recorded: 2026-12-01, sources: [B1]}", 1
    )
    (folder / f"{GUILD}.r2.yaml").write_text(corrected, encoding="utf-8")
    assert run(folder, "check", str(folder)).exit_code == 0
    done = json.loads(run(folder, "publish", "--json").stdout)
    assert done["added"] == [f"{GUILD}.r2.yaml"]
    assert done["standing"] == len((folder / LOCK).read_text(encoding="utf-8").splitlines()) - 1


def test_what_is_wrong_is_not_published(folder: Path) -> None:
    text = folder / f"{GUILD}.yaml"
    wrong = text.read_text(encoding="utf-8").replace("from: reminder", "from: remider")
    text.write_text(wrong, encoding="utf-8")
    assert run(folder, "publish").exit_code == 1
    assert not (folder / LOCK).exists()
