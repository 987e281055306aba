"""The README: the commands of its two walks run, and print what stands there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import PROJECT, app

README = (PROJECT / "README.md").read_text("utf-8")
SECTION = README.partition("### 一家人")[2].partition("\n## ")[0]
LAWYER = README.partition("## 法制人员")[2].partition("\n## ")[0]
TRIED = "cn/hubei/pfp-regulations"


def lines_of(section: str) -> list[str]:
    """The commands of a section, with their comments."""
    return re.findall(r"^    (\S.*)$", section, re.MULTILINE)


def commands() -> Iterator[list[str]]:
    for line in lines_of(SECTION):
        yield shlex.split(line, comments=True)


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What all commands of the section print, one after the other."""
    (tmp_path / "examples").symlink_to(PROJECT / "examples")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner(env={"TIAOLI_LANG": None})
    lines: list[str] = []
    for command in commands():
        if command[0] == ".venv/bin/tiaoli":
            result = runner.invoke(app, command[1:])
            assert result.exit_code in (0, 3), result.output
            lines += result.stdout.splitlines()
        else:
            subprocess.run(shlex.join(command).replace("'>'", ">"), shell=True, check=True)
    return lines


def test_the_family_of_the_readme_gets_what_stands_there(printed: list[str]) -> None:
    shown = SECTION.partition("```text\n")[2].partition("```")[0].splitlines()
    left = iter(printed)
    # In this order, with others between: `in` goes on from where the last one was found.
    assert [line for line in shown if line != "…" and line not in left] == []
    assert len(shown) > 15


def test_a_copied_folder_notices_the_changed_multiple_and_passes_without_it(tmp_path: Path) -> None:
    copy = tmp_path / "build/try"
    shutil.copytree(PROJECT / "rulesets", copy / "rulesets")
    shutil.copytree(PROJECT / "features" / TRIED, copy / "features" / TRIED)
    for file in (PROJECT / "features").glob("*.py"):
        shutil.copy(file, copy / "features")
    python = f"{shlex.quote(sys.executable)} -m pytest -p no:cacheprovider --rootdir {PROJECT}"
    file = next(line for line in lines_of(LAWYER) if line.startswith("F="))
    printed, checked = [], []
    for line in lines_of(LAWYER):
        if " check $F" in line and "|" not in line:
            change = copy / "rulesets" / TRIED / "2009-03-01.yaml"
            checked += (
                CliRunner().invoke(app, ["check", str(change), "--lang", "en"]).stdout.splitlines()
            )
        elif line.startswith("sed "):
            subprocess.run(f"{file}\n{line}", shell=True, check=True, cwd=tmp_path)
        elif "-m pytest" in line:
            line = line.replace(
                ".venv/bin/python -m pytest", f"{python} -c {PROJECT}/pyproject.toml"
            )
            ran = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
            printed.append((ran.returncode, ran.stdout))
    shown = LAWYER.partition("```text\n")[2].partition("```")[0].splitlines()
    told = [line.replace(f"{tmp_path}/", "") for line in checked]
    for line in shown:
        assert [one for one in told if one.startswith(line.rstrip("…"))], (line, told)
    (wrong, failed), (right, passed) = printed
    assert wrong == 1 and "1 failed" in failed and "80000.00" in failed, failed
    assert right == 0 and "1 passed" in passed, passed
