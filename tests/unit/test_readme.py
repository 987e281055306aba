"""The family of the README: its commands run, and print the lines that stand there."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import PROJECT, app

SECTION = (
    (PROJECT / "README.md").read_text("utf-8").partition("### 一家人")[2].partition("\n## ")[0]
)


def commands() -> Iterator[list[str]]:
    for line in re.findall(r"^    (\S.*)$", SECTION, re.MULTILINE):
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
