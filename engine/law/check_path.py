"""The check of whatever a person names: a folder of rulesets, a part of one, or a loose copy.

    check_path(Path("rulesets"), HOME)                          # a folder with its own vocabulary
    check_path(Path("rulesets/cn/library/2001-01-01.yaml"), HOME)    # only what concerns this file
    check_path(Path("/tmp/copied/library"), HOME)               # as if it stood in the folder HOME
    check_source(text, "cn/library", "2001-01-01", HOME)        # a text that is in no file

The problems name files by the path that was given, so that an editor can open them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns
from tempfile import TemporaryDirectory
from typing import Final

from engine.language.diagnostics import Diagnostic, Severity, problem
from engine.language.node import Mapping, Position, Text
from engine.language.read import open_source
from engine.law.check import check
from engine.law.registry import LOCK, NOT_LAW

WORDS = "vocabulary"
_ID: Final = re.compile(r"[a-z0-9-]{1,64}(?:/[a-z0-9-]{1,64}){0,7}")
_VERSION: Final = re.compile(r"[0-9a-z][0-9a-z.-]{0,31}")


class Misplaced(ValueError):
    """Files that belong to no instrument: a problem for each."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        super().__init__(f"{len(diagnostics)} files of no instrument")


def check_path(path: Path, home: Path) -> list[Diagnostic]:
    """The problems of a path, in the order of the files; `home` is the project's own folder.

    The nearest folder that holds a vocabulary, the path itself or one above, is checked as a whole,
    and what concerns the path is told. Where there is none, the files are checked in the place of
    those of the same instrument and name in `home`. Raises FileNotFoundError if there is no such
    path, or no ruleset in it.
    """
    whole = path.resolve(strict=True)
    folder = folder_of(whole)
    return _check_loose(path, home) if folder is None else _check_within(path, whole, folder)


def folder_of(path: Path) -> Path | None:
    """The nearest folder with a vocabulary: the path itself or one above; None: it is loose."""
    whole = path.resolve()
    folders = (one for one in (whole, *whole.parents) if (one / WORDS).is_dir())
    return next(folders, None) if path.exists() else None


def check_source(
    source: bytes, instrument: str | None, version: str | None, home: Path
) -> list[Diagnostic]:
    """The problems of the text of one file, as if it stood in the folder `home` as this version of
    this instrument; what is not given, the text says. The problems name its place in that folder.

    Raises ValueError if one of them cannot be a name.
    """
    said, since = _said(source, "instrument", "id"), _said(source, "version", "in-force")
    id, name = instrument or said or "", version or since or "version"
    if not all((_ID.fullmatch(id) or not id, _VERSION.fullmatch(name))):
        raise ValueError("no name of an instrument or a version")
    place = Path(id, f"{name}.yaml")
    with TemporaryDirectory() as temporary:
        loose = Path(temporary, place)
        loose.parent.mkdir(parents=True, exist_ok=True)
        loose.write_bytes(source)
        return [_at(one, place) for one in _check_loose(Path(temporary), home)]


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
    try:
        with staged(path, home) as (stage, origin):
            found = check(stage)
    except Misplaced as error:
        return error.diagnostics
    return [_at(one, origin[one.at.file]) for one in found if one.at.file in origin]


@contextmanager
def staged(path: Path, home: Path) -> Iterator[tuple[Path, dict[str, Path]]]:
    """A copy of the folder `home` in which loose files have taken the places of those that they
    are copies of; with the file of each place that was taken. Raises Misplaced."""
    places = list(_places(path))
    homeless = [file for file, place in places if len(place.parts) < 2]
    if homeless:
        raise Misplaced([one for file in homeless for one in _why_homeless(file)])
    origin: dict[str, Path] = {}
    with TemporaryDirectory() as temporary:
        stage = Path(temporary, "rulesets")
        # What was published may differ in a copy: that is what a copy is for.
        copytree(home, stage, ignore=ignore_patterns(LOCK))
        for file, place in places:
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
    said = {file: _said(file.read_bytes(), "instrument", "id") for file in files}
    beside = {file.parent: id for file, id in said.items() if id is not None}
    for file in files:
        relative = file.relative_to(path) if path.is_dir() else Path(file.name)
        id = said[file] or beside.get(file.parent)
        if id is None or relative.parts[0] in NOT_LAW:
            yield file, relative
        else:
            yield file, Path(*id.split("/"), file.name)


def _why_homeless(file: Path) -> list[Diagnostic]:
    """Why nothing is known of the place of a file: it cannot be read, or does not say it."""
    _, wrong = open_source(file.read_bytes(), file.as_posix())
    return wrong or [problem("no-instrument", Position(file.as_posix(), 1, 1, 1, 1))]


def _said(source: bytes, section: str, field: str) -> str | None:
    """What a text says of itself, if that can be a part of its place."""
    node, _ = open_source(source, "")
    head = None if node is None else node.get(section)
    said = head.get(field) if isinstance(head, Mapping) else None
    if isinstance(said, Mapping):  # a day that is not known: from, to
        said = said.get("from")
    pattern = _ID if field == "id" else _VERSION
    return said.value if isinstance(said, Text) and pattern.fullmatch(said.value) else None


def _at(found: Diagnostic, file: Path) -> Diagnostic:
    return replace(found, at=replace(found.at, file=file.as_posix()))
