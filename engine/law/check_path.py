"""The check of whatever a person names: a folder of rulesets, a part of one, or a loose copy.

    check_path(Path("rulesets"), HOME)                          # a folder with its own vocabulary
    check_path(Path("rulesets/cn/library/2001-01-01.yaml"), HOME)    # only what concerns this file
    check_path(Path("/tmp/copied/library"), HOME)               # as if it stood in the folder HOME

The problems name files by the path that was given, so that an editor can open them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns
from tempfile import TemporaryDirectory

from engine.language.diagnostics import Diagnostic, Severity
from engine.language.node import Mapping, Text
from engine.language.read import open_source
from engine.law.check import check
from engine.law.registry import LOCK, NOT_LAW

WORDS = "vocabulary"


def check_path(path: Path, home: Path) -> list[Diagnostic]:
    """The problems of a path, in the order of the files; `home` is the project's own folder.

    The nearest folder that holds a vocabulary, the path itself or one above, is checked as a whole,
    and what concerns the path is told. Where there is none, the files are checked in the place of
    those of the same instrument and name in `home`. Raises FileNotFoundError if there is no such
    path, or no ruleset in it.
    """
    whole = path.resolve(strict=True)
    for folder in (whole, *whole.parents):
        if (folder / WORDS).is_dir():
            return _check_within(path, whole, folder)
    return _check_loose(path, home)


def _check_within(path: Path, whole: Path, folder: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for one in check(folder):
        file = folder / one.at.file
        if file.is_relative_to(whole):
            found.append(_at(one, path / file.relative_to(whole)))
        elif one.severity is Severity.ERROR and one.at.file.startswith(f"{WORDS}/"):
            # Without a vocabulary nothing else was read: silence would pass for soundness.
            found.append(_at(one, file))
    return found


def _check_loose(path: Path, home: Path) -> list[Diagnostic]:
    with staged(path, home) as (stage, origin):
        found = check(stage)
    return [_at(one, origin[one.at.file]) for one in found if one.at.file in origin]


@contextmanager
def staged(path: Path, home: Path) -> Iterator[tuple[Path, dict[str, Path]]]:
    """A copy of the folder `home` in which loose files have taken the places of those that they
    are copies of; with the file of each place that was taken."""
    origin: dict[str, Path] = {}
    with TemporaryDirectory() as temporary:
        stage = Path(temporary, "rulesets")
        # What was published may differ in a copy: that is what a copy is for.
        copytree(home, stage, ignore=ignore_patterns(LOCK))
        for file, place in _places(path):
            origin[place.as_posix()] = file
            (stage / place).parent.mkdir(parents=True, exist_ok=True)
            copyfile(file, stage / place)
        yield stage, origin


def _places(path: Path) -> Iterator[tuple[Path, Path]]:
    """Each file with its place in a folder of rulesets: that of the instrument which it, or a file
    beside it, says it belongs to."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise FileNotFoundError(path)
    said = {file: _instrument(file) for file in files}
    beside = {file.parent: id for file, id in said.items() if id is not None}
    for file in files:
        relative = file.relative_to(path) if path.is_dir() else Path(file.name)
        id = said[file] or beside.get(file.parent)
        if id is None or relative.parts[0] in NOT_LAW:
            yield file, relative
        else:
            yield file, Path(*id.split("/"), file.name)


def _instrument(file: Path) -> str | None:
    """The instrument that a file names, if it can be a place."""
    node, _ = open_source(file.read_bytes(), file.name)
    head = None if node is None else node.get("instrument")
    id = head.get("id") if isinstance(head, Mapping) else None
    if not isinstance(id, Text) or not all(
        part and not part.startswith(".") for part in id.value.split("/")
    ):
        return None
    return id.value


def _at(found: Diagnostic, file: Path) -> Diagnostic:
    return replace(found, at=replace(found.at, file=file.as_posix()))
