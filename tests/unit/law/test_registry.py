"""The registry: which version is in force when, what was known, and holes and overlaps in time."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from engine.law.registry import LOCK, Registry, hash_files, load_registry
from tests.unit.law.lending import BASE, amending, write

START = "in-force: 2001-01-01"


def loaded(folder: Path, files: dict[str, str], known_at: date | None = None) -> Registry:
    registry, problems = load_registry(write(folder, files), known_at)
    assert problems == []
    return registry


def codes(folder: Path, files: dict[str, str]) -> list[str]:
    return [one.code for one in load_registry(write(folder, files))[1]]


def ids(registry: Registry, day: date) -> list[tuple[str, bool]]:
    found = registry.candidates("lending/rules", day)
    return [(version.id, certain) for version, certain in found]


def test_a_version_is_in_force_until_its_successor_begins(tmp_path: Path) -> None:
    registry = loaded(
        tmp_path, {"2001-01-01.yaml": BASE, "2005-01-01.yaml": amending("- repeal: 4\n")}
    )
    assert ids(registry, date(2000, 12, 31)) == []
    assert ids(registry, date(2001, 1, 1)) == [("2001-01-01", True)]
    assert ids(registry, date(2004, 12, 31)) == [("2001-01-01", True)]
    assert ids(registry, date(2005, 1, 1)) == [("2005-01-01", True)]


def test_inside_a_window_both_versions_are_candidates(tmp_path: Path) -> None:
    later = BASE.replace(START, "in-force: 2005-03")
    registry = loaded(tmp_path, {"2001-01-01.yaml": BASE, "2005-03.yaml": later})
    assert ids(registry, date(2005, 2, 28)) == [("2001-01-01", True)]
    assert ids(registry, date(2005, 3, 1)) == [("2001-01-01", False), ("2005-03", False)]
    assert ids(registry, date(2005, 3, 30)) == [("2001-01-01", False), ("2005-03", False)]
    assert ids(registry, date(2005, 3, 31)) == [("2005-03", True)]


def test_an_end_that_is_stated_holds(tmp_path: Path) -> None:
    ended = BASE.replace(START, START + ", until: 2003-01-01")
    registry = loaded(tmp_path, {"2001-01-01.yaml": ended})
    assert ids(registry, date(2002, 12, 31)) == [("2001-01-01", True)]
    assert ids(registry, date(2003, 1, 1)) == []


def test_the_latest_revision_that_was_known_counts(tmp_path: Path) -> None:
    first = BASE.replace(START, START + ", recorded: 2027-01-01")
    second = first.replace("recorded: 2027-01-01", "recorded: 2027-06-01").replace(
        "yuan(2)", "yuan(5)"
    )
    files = {"2001-01-01.yaml": first, "2001-01-01.r2.yaml": second}
    old = loaded(tmp_path, files, date(2027, 5, 31)).versions("lending/rules")
    new = loaded(tmp_path, files).versions("lending/rules")
    assert [one.id for one in old] == [one.id for one in new] == ["2001-01-01"]
    assert old[0].text_hash != new[0].text_hash
    assert old[0].recorded == date(2027, 1, 1)
    assert loaded(tmp_path, files, date(2026, 12, 31)).instruments == {}


def test_an_amendment_amends_the_revision_that_was_known(tmp_path: Path) -> None:
    revised = BASE.replace(START, START + ", recorded: 2027-06-01").replace(
        "rate.junior", "rate.minor"
    )
    files = {
        "2001-01-01.yaml": BASE,
        "2001-01-01.r2.yaml": revised,
        "2005-01-01.yaml": amending("- repeal: 4\n"),
    }
    old = loaded(tmp_path, files, date(2027, 1, 1)).versions("lending/rules")[1]
    new = loaded(tmp_path, files).versions("lending/rules")[1]
    assert "7/rate.junior" in [rule.local for rule in old.rules]
    assert "7/rate.minor" in [rule.local for rule in new.rules]


def test_instruments_are_found_by_the_places_that_contain_a_place(tmp_path: Path) -> None:
    registry = loaded(tmp_path, {"2001-01-01.yaml": BASE})
    assert [one.id for one in registry.for_place(("420281", "420000", "000000"))] == [
        "lending/rules"
    ]
    assert registry.for_place(("420281", "420000")) == ()


def test_sources_are_registered_by_id(tmp_path: Path) -> None:
    registry = loaded(tmp_path, {"2001-01-01.yaml": BASE})
    assert registry.sources["L1"].where == "the desk"


def test_two_versions_of_one_day_overlap(tmp_path: Path) -> None:
    assert codes(tmp_path, {"2001-01-01.yaml": BASE, "2001.yaml": BASE}) == ["version-overlap"]


def test_an_end_after_the_successor_began_is_an_overlap(tmp_path: Path) -> None:
    ended = BASE.replace(START, START + ", until: 2006-01-01")
    files = {"2001-01-01.yaml": ended, "2005-01-01.yaml": amending("- repeal: 4\n")}
    assert codes(tmp_path, files) == ["version-overlap"]


def test_a_time_without_any_version_is_a_hole(tmp_path: Path) -> None:
    ended = BASE.replace(START, START + ", until: 2003-01-01")
    files = {"2001-01-01.yaml": ended, "2005-01-01.yaml": amending("- repeal: 4\n")}
    found = load_registry(write(tmp_path, files))[1]
    assert [one.code for one in found] == ["version-hole"]
    assert "2003-01-01" in found[0].message.en
    assert "2004-12-31" in found[0].message.en


def test_what_cannot_be_read_is_told_once_and_not_as_a_version_that_is_missing(
    tmp_path: Path,
) -> None:
    files = {
        "2001-01-01.yaml": BASE.replace("  rules:", "\trules:", 1),
        "2005-01-01.yaml": amending("- repeal: 4\n"),
    }
    assert codes(tmp_path, files) == ["not-yaml"]


def test_a_version_that_amends_nothing_known_is_reported(tmp_path: Path) -> None:
    files = {
        "2001-01-01.yaml": BASE,
        "2005-01-01.yaml": amending("- repeal: 4\n", amends="2001-01"),
    }
    found = load_registry(write(tmp_path, files))[1]
    assert [one.code for one in found] == ["unknown-version"]
    assert "2001-01-01" in found[0].remedy.en


def test_versions_that_amend_each_other_are_a_cycle(tmp_path: Path) -> None:
    files = {
        "2005-01-01.yaml": amending("- repeal: 4\n", amends="2006-01-01"),
        "2006-01-01.yaml": amending("- repeal: 4\n", amends="2005-01-01", day="2006-01-01"),
    }
    assert codes(tmp_path, files) == ["cycle"]


def test_a_file_must_stand_where_its_identity_says(tmp_path: Path) -> None:
    moved = BASE.replace("id: lending/rules", "id: lending/order")
    assert codes(tmp_path, {"2001-01-01.yaml": moved}) == ["wrong-file-name"]


def test_a_source_that_is_not_registered_is_reported_where_it_is_named(tmp_path: Path) -> None:
    found = load_registry(write(tmp_path, {"2001-01-01.yaml": BASE.replace("[L1]", "[L9]")}))[1]
    assert [(one.code, one.at.line) for one in found] == [("unknown-source", 6)]


def test_a_published_file_must_not_change(tmp_path: Path) -> None:
    write(tmp_path, {"2001-01-01.yaml": BASE})
    lines = [f"{digest}  {name}" for name, digest in hash_files(tmp_path).items()]
    (tmp_path / LOCK).write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert load_registry(tmp_path)[1] == []
    write(tmp_path, {"2001-01-01.yaml": BASE + "\n"})
    found = load_registry(tmp_path)[1]
    assert [(one.code, one.at.file) for one in found] == [
        ("published-edited", "lending/rules/2001-01-01.yaml")
    ]


def test_hashes_are_those_of_the_bytes(tmp_path: Path) -> None:
    write(tmp_path, {"2001-01-01.yaml": BASE})
    digest = sha256(BASE.encode()).hexdigest()
    assert hash_files(tmp_path)["lending/rules/2001-01-01.yaml"] == digest


def test_without_a_vocabulary_no_version_is_read(tmp_path: Path) -> None:
    registry, problems = load_registry(write(tmp_path, {"2001-01-01.yaml": BASE}, "kidns: {}\n"))
    assert registry.vocabulary is None
    assert registry.instruments == {}
    assert problems[0].code == "unknown-keyword"
