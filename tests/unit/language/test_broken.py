"""Texts that are wrong, each with the codes in its first line; what is said of them is golden.

Where a change of the messages is meant, `python -m tests.unit.language.test_broken` writes the
golden file anew.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.language.diagnostics import Diagnostic, render
from engine.law.check import check
from tests.unit.law.lending import BASE, write

FOLDER = Path(__file__).parent / "broken"
GOLDEN = FOLDER / "said.txt"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
BEFORE = "2001-01-01.yaml"


def found_in(name: str, folder: Path) -> tuple[str, list[Diagnostic]]:
    """A broken text, and what is found in it beside a sound earlier version."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    write(folder, {BEFORE: BASE, "2005-01-01.yaml": text})
    return text, [one for one in check(folder) if not one.at.file.endswith(BEFORE)]


def said_of(name: str) -> str:
    """What a reader sees, in both languages."""
    with TemporaryDirectory() as folder:
        text, found = found_in(name, Path(folder))
    said = [render(one, text, lang) for one in found for lang in ("en", "zh")]
    return "\n".join([f"=== {name}", *said]) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_text_has_the_problems_that_its_first_line_names(
    name: str, tmp_path: Path
) -> None:
    text, found = found_in(name, tmp_path)
    assert [one.code for one in found] == text.splitlines()[0].removeprefix("# ").split()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_a_broken_text_is_as_agreed(name: str) -> None:
    agreed = GOLDEN.read_text(encoding="utf-8")
    assert said_of(name) in agreed


def test_the_version_before_is_sound(tmp_path: Path) -> None:
    assert check(write(tmp_path, {BEFORE: BASE})) == []


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(map(said_of, NAMES)), encoding="utf-8")
