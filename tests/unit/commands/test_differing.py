"""`tiaoli diff`: changes by article, in words, and the scenarios that come out otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

from typer.testing import CliRunner, Result

from engine.cli import app
from tests.unit.decision.harbour import RULESETS

FEATURES = RULESETS.parent / "features"
GUILD = "harbour/guild/2001-01-01"


def run(*arguments: str | Path) -> Result:
    chosen = ("--rulesets", RULESETS, "--features", FEATURES)
    return CliRunner(env={"TIAOLI_LANG": None}).invoke(
        app, ["diff", *map(str, (*arguments, *chosen))]
    )


def found(*arguments: str | Path) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def edited(folder: Path, old: str, new: str) -> Path:
    """A loose copy of the guild's statutes with one wording replaced."""
    text = (RULESETS / f"{GUILD}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = folder / "2001-01-01.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_two_versions_differ_by_article_in_words_of_both_languages() -> None:
    (change,) = found(GUILD, "harbour/guild/2010-01-01", "--no-scenarios")["versions"]
    assert (change["old"], change["new"]) == ("2001-01-01", "2010-01-01")
    assert [(one["article"], one["rule"], one["change"]) for one in change["rules"]] == [
        ("1", "1/act", "changed")
    ]
    (rule,) = change["rules"]
    assert "斥责至降级之间" in rule["before"]["zh"] and "斥责" not in rule["after"]["zh"]
    assert rule["before"]["en"] != rule["after"]["en"]
    assert [one["sign"] for one in change["remarks"]] == ["-", "+"]


def test_a_version_in_the_place_of_another_turns_the_scenarios_that_rest_on_it() -> None:
    told = found(GUILD, "harbour/guild/2010-01-01")["scenarios"]
    turned = {(one["file"], one["name"]) for one in told}
    assert ("blame.feature", "一事有幅度，期间随所选的档次") in turned
    assert not any(file == "procedure.feature" for file, _ in turned)
    assert all(one["before"] != one["after"] for one in told)


def test_a_loose_copy_is_compared_with_the_text_that_it_is_a_copy_of(tmp_path: Path) -> None:
    copy = edited(tmp_path, "reminder: months(3)", "reminder: months(4)")
    told = found(RULESETS / f"{GUILD}.yaml", copy)
    # The text is amended later on: the slip is in every version that took the rule over.
    assert {(v["old"], r["rule"]) for v in told["versions"] for r in v["rules"]} == {
        ("2001-01-01", "2/heaviest"),
        ("2010-01-01", "2/heaviest"),
    }
    text = run(RULESETS / f"{GUILD}.yaml", copy, "--lang", "en").stdout
    assert "2/heaviest  changed" in text
    assert "每一档有自己的期间" in text and "- ann: determined reminder…reminder, P3M…P3M" in text


def test_a_rule_that_only_moved_is_renumbered(tmp_path: Path) -> None:
    copy = edited(tmp_path, "- article: 3\n", "- article: 5\n")
    told = found(RULESETS / f"{GUILD}.yaml", copy, "--no-scenarios")
    changes = [(r["was"], r["rule"], r["change"]) for r in told["versions"][0]["rules"]]
    assert changes == [("3/repentant", "5/repentant", "renumbered")]


def test_two_folders_are_compared_whole(tmp_path: Path) -> None:
    other = copytree(RULESETS, tmp_path / "rulesets")
    assert found(RULESETS, other)["versions"] == []
    assert "条文没有不同" in run(RULESETS, other).stdout
    (other / "harbour/dues/2020-01-01.yaml").unlink()
    told = found(RULESETS, other)
    assert [(v["instrument"], v["old"], v["new"]) for v in told["versions"]] == [
        ("harbour/dues", "2020-01-01", None)
    ]
    assert told["scenarios"]


def test_a_text_that_is_not_there_ends_it() -> None:
    result = run("harbour/guild/1950-01-01", GUILD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "harbour/guild/1950-01-01" in result.stderr
    assert run("harbour/dues/2001-01-01", GUILD).exit_code == 2


def test_two_files_of_a_copy_are_read_with_the_words_and_sources_of_the_copy(
    tmp_path: Path,
) -> None:
    copy = copytree(RULESETS, tmp_path / "rulesets")
    for text in copy.rglob("*.yaml"):
        said = text.read_text(encoding="utf-8").replace("B1: {", "B9: {")
        text.write_text(said.replace("[B1]", "[B9]"), encoding="utf-8")
    old, new = (copy / f"harbour/guild/{day}.yaml" for day in ("2001-01-01", "2010-01-01"))
    (change,) = found(old, new, "--no-scenarios")["versions"]
    assert [one["rule"] for one in change["rules"]] == ["1/act"]
