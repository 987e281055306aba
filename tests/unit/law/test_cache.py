"""What was read is found again by the next process, and only what was read of the same files."""

from __future__ import annotations

import os
import pickle
import threading
from datetime import date
from pathlib import Path

import pytest

from engine.law import cache
from engine.law.cache import KEPT, Read, cached
from engine.law.registry import load_registry
from engine.law.statistics import Statistics
from tests.unit.law.lending import BASE, VOCABULARY, amending, write

FILES = {"2001-01-01.yaml": BASE, "2005-01-01.yaml": amending("- repeal: 4\n")}
DEARER = BASE.replace("yuan(2)", "yuan(5)")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the entries."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("TIAOLI_CACHE", str(folder))
    return folder


@pytest.fixture
def rulesets(tmp_path: Path) -> Path:
    return write(tmp_path / "rulesets", FILES)


def fresh(rulesets: Path, known_at: date | None = None) -> Read:
    registry, problems = load_registry(rulesets, known_at)
    assert problems == []
    return registry, Statistics.of([])


def is_read(rulesets: Path, known_at: date | None = None) -> bool:
    """Whether the files are read for the law; it is the right law in any case."""
    called = []

    def read() -> Read:
        called.append(True)
        return fresh(rulesets, known_at)

    assert cached(rulesets, known_at, read) == fresh(rulesets, known_at)
    return bool(called)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_the_same_files_are_read_once(rulesets: Path, kept: Path) -> None:
    assert [is_read(rulesets) for _ in range(3)] == [True, False, False]
    assert len(entries(kept)) == 1


def test_a_copy_of_the_files_shares_the_entry(rulesets: Path, kept: Path, tmp_path: Path) -> None:
    assert is_read(rulesets)
    assert not is_read(write(tmp_path / "copy", FILES))


def test_a_changed_ruleset_is_read(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    write(rulesets, {"2001-01-01.yaml": DEARER})
    assert is_read(rulesets)
    write(rulesets, FILES)
    assert not is_read(rulesets)


def test_a_changed_vocabulary_is_read(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    write(rulesets, {}, VOCABULARY.replace("en: library card", "en: card of the library"))
    assert is_read(rulesets)


def test_a_file_that_is_renamed_or_added_is_read(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    (rulesets / "sources/all.yaml").rename(rulesets / "sources/some.yaml")
    assert is_read(rulesets)
    (rulesets / "PUBLISHED.lock").touch()
    assert is_read(rulesets)


def test_another_day_of_knowledge_is_read(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    assert is_read(rulesets, date(2027, 1, 1))
    assert is_read(rulesets, date(2026, 1, 1))
    assert not is_read(rulesets, date(2027, 1, 1))
    assert not is_read(rulesets)


def test_another_engine_reads(
    rulesets: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_read(rulesets)
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine/parse.py").write_text("changed = True\n", encoding="utf-8")
    monkeypatch.setattr(cache, "_ENGINE", tmp_path / "engine")
    assert is_read(rulesets)


@pytest.mark.parametrize("size", [0, 10, 32, 1000, -1])
def test_a_damaged_entry_is_passed_over_and_written_anew(
    rulesets: Path, kept: Path, size: int
) -> None:
    assert is_read(rulesets)
    (entry,) = entries(kept)
    entry.write_bytes(entry.read_bytes()[:size])
    assert is_read(rulesets)
    assert not is_read(rulesets)


def test_an_entry_with_one_other_byte_is_passed_over(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    (entry,) = entries(kept)
    content = bytearray(entry.read_bytes())
    content[len(content) // 2] ^= 1
    entry.write_bytes(content)
    assert is_read(rulesets)


@pytest.mark.parametrize("rights", [0o620, 0o602])
def test_an_entry_that_others_may_write_is_passed_over(
    rulesets: Path, kept: Path, rights: int
) -> None:
    assert is_read(rulesets)
    (entry,) = entries(kept)
    entry.chmod(rights)
    assert is_read(rulesets)


def test_an_entry_runs_nothing(rulesets: Path, kept: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(kept / "sprung"),)

    assert is_read(rulesets)
    (entry,) = entries(kept)
    packed = pickle.dumps(Trap())
    entry.write_bytes(cache.sha256(packed).digest() + packed)
    assert is_read(rulesets)
    assert entries(kept) == [entry]


@pytest.mark.parametrize("name", ["os.getcwd", "engine.law.cache.cached", "engine.cli.main"])
def test_an_entry_holds_classes_of_data_only(name: str) -> None:
    module, _, function = name.rpartition(".")
    with pytest.raises(pickle.UnpicklingError):
        cache._unpack(f"c{module}\n{function}\n.".encode())


@pytest.mark.parametrize("problem", ["a file", "no rights", "none"])
def test_where_nothing_can_be_kept_the_files_are_read(
    rulesets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    (tmp_path / "file").touch()
    folder = {"a file": str(tmp_path / "file"), "no rights": "/proc/none", "none": ""}[problem]
    monkeypatch.setenv("TIAOLI_CACHE", folder)
    assert is_read(rulesets)
    assert is_read(rulesets)


def test_rulesets_with_errors_leave_nothing(tmp_path: Path, kept: Path) -> None:
    def read() -> Read:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            cached(tmp_path, None, read)
    assert not kept.exists()


def test_what_is_edited_while_it_is_read_is_not_kept(rulesets: Path, kept: Path) -> None:
    def read() -> Read:
        found = fresh(rulesets)
        write(rulesets, {"2001-01-01.yaml": DEARER})
        return found

    cached(rulesets, None, read)
    assert not kept.exists()


def test_the_entries_used_last_stay(rulesets: Path, kept: Path) -> None:
    first = date(2027, 1, 1)
    assert is_read(rulesets, first)
    for entry in entries(kept):
        os.utime(entry, (1, 1))
    assert not is_read(rulesets, first)  # and so it is used now
    for year in range(2030, 2030 + KEPT):
        for entry in entries(kept):
            os.utime(entry, ns=(entry.stat().st_atime_ns, entry.stat().st_mtime_ns - 10**9))
        assert is_read(rulesets, date(year, 1, 1))
    assert len(entries(kept)) == KEPT
    assert not is_read(rulesets, date(2031, 1, 1))
    assert is_read(rulesets, first)


@pytest.mark.parametrize(
    ("chosen", "base", "expected"),
    [
        ("/chosen", "/base", "/chosen"),
        (None, "/base", "/base/tiaoli"),
        (None, "relative", "/home/someone/.cache/tiaoli"),
        (None, None, "/home/someone/.cache/tiaoli"),
        ("", "/base", None),
    ],
)
def test_the_folder_is_that_of_the_user(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None, base: str | None, expected: str | None
) -> None:
    said = {"TIAOLI_CACHE": chosen, "XDG_CACHE_HOME": base, "HOME": "/home/someone"}
    for name, value in said.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert cache._folder() == (None if expected is None else Path(expected))


def test_an_instrument_is_unpacked_once_for_all_threads(rulesets: Path, kept: Path) -> None:
    assert is_read(rulesets)
    registry, _ = cached(rulesets, None, lambda: fresh(rulesets))
    found: list[int] = []
    barrier = threading.Barrier(4)

    def ask() -> None:
        barrier.wait()
        found.append(id(registry.versions("lending/rules")))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
